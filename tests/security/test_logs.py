"""What stands in a log line whatever went wrong, and what never does (T20, T21)."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from slack_sdk.errors import SlackApiError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.core import failures, logs
from bot.core.db import Database
from bot.core.errors import SlackOutcomeUnknown, SlackRateLimited, SlackRefused
from bot.core.redaction import Redactor
from bot.settings import Settings

CANARY = "canary words of a person"
Written = Callable[[], list[dict[str, Any]]]

SECRETS = [
    "xoxb-1234567890-abcdefghijklmnop",
    "xoxp-1-2-3-abcdef",
    "xoxe.xoxb-1-Mi0yLTEyMzQ1Njc4OTA",
    "xoxe-1-My0xLTEyMzQ",
    "xapp-1-A012-345-abcdef0123456789",
    "sk-ant-api03-abcDEF_123-xyz",
    "kQ7Zr0n1T2u3V4w5X6y7Z8a9B0c1D2e3F4g5H6i7J8k=",
    "somebody.else+more@example.co.uk",
    "+49 151 2345 6789",
    "+4915123456789",
    "+1 (555) 010-9999",
    "555-010-9999",
]
HOLDING = [
    ("Authorization: Bearer abc.DEF-123_~+/==", "abc.DEF"),
    ("authorization=Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"),
    ('{"client_secret": "0123456789abcdef"}', "0123456789abcdef"),
    ("signing_secret=8f742231b10e", "8f742231b10e"),
    ("BATON_PAGER_WEBHOOK_SECRET: whsec_abcdef", "whsec_abcdef"),
    ("postgresql+psycopg://baton:pa55-word@db.example/baton", "pa55-word"),
    ("smtps://user:pa%2F55@mail.example?from=x", "pa%2F55"),
    ("https://hooks.slack.com/services/T0/B0/abcdefgh", "T0/B0"),
    ("https://baton.example/l/0123456789abcdef", "0123456789abcdef"),
]
HARMLESS = [
    "digest:U012AB3CD:2026-10-06",
    "1700000000.000100",
    "2026-10-06T08:00:00.123456+00:00",
    "7b5a1c52-3d0e-4f6a-9c1d-0a1b2c3d4e5f",
    "12345678-1234-1234-1234-123456789012",
    "C0123456789",
    "SlackTokenDead (token_revoked)",
    "bot/slack/sender.py:273 _fail",
    "2026-10-06",
]


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Written]:
    """The lines that were written since, at DEBUG."""
    logs.configure("DEBUG", "json", secrets={"hunter2-hunter2"})

    def read() -> list[dict[str, Any]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield read
    logs.configure("WARNING", "console")


@pytest.mark.parametrize("secret", SECRETS)
def test_t20_what_opens_a_door_is_known_by_its_shape(secret: str) -> None:
    said = Redactor()(f"before {secret} after, and ({secret}) again")
    assert secret not in said
    assert said.startswith("before ")
    assert "after, and " in said


@pytest.mark.parametrize(("line", "secret"), HOLDING)
def test_t20_what_stands_behind_its_name_goes(line: str, secret: str) -> None:
    assert secret not in Redactor()(line)


@pytest.mark.parametrize("line", HARMLESS)
def test_t20_ids_times_and_places_stay(line: str) -> None:
    assert Redactor()(line) == line


@given(st.text(max_size=40), st.sampled_from(SECRETS), st.text(max_size=40))
@example("x\x00", SECRETS[0], "\u2028y")
def test_t20_whatever_stands_around_it(before: str, secret: str, after: str) -> None:
    said = Redactor({secret})(f"{before}{secret}{after}")
    assert secret not in said.replace(before, "").replace(after, "")
    assert not set(said) & {"\x00", "\r", "\x1b", "\u2028"}


def test_t20_every_secret_of_the_settings_is_known_by_its_value() -> None:
    given_settings = Settings(
        _env_file=None,
        slack_client_secret="plain-words-only",
        slack_signing_secret="another plain one",
        database_url="postgres://baton:p%40ss-word@db.example/baton",
        baton_pager_smtp_url="smtps://me:mail-word@mail.example?from=baton@example.com",
        baton_pager_apprise_urls="json://one.example/abc, json://two.example/def",
        baton_heartbeat_url="https://beats.example/my-own-id",
    )
    hidden = ["plain-words-only", "another plain one", "p%40ss-word", "p@ss-word", "mail-word"]
    hidden += ["json://two.example/def", "https://beats.example/my-own-id"]
    redact = Redactor(given_settings.secrets)
    assert [each for each in hidden if each in redact(f"it is {each}.")] == []
    assert redact("nothing of it") == "nothing of it"


def _refused() -> None:
    answer = {"ok": False, "error": "fatal", "message": {"text": CANARY}}
    raise SlackApiError(CANARY, answer)  # type: ignore[no-untyped-call]  # the vendor's


def _invalid() -> None:
    class Form(BaseModel):
        number: int

    Form.model_validate({"number": CANARY})


def _chained() -> None:
    try:
        _invalid()
    except ValidationError as error:
        raise LookupError(CANARY) from error


def _together() -> None:
    raise ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)])


@pytest.mark.parametrize("fails", [_refused, _invalid, _chained, _together])
def test_t20_an_error_is_its_class_its_code_and_its_place(
    fails: Callable[[], None], written: Written
) -> None:
    try:
        fails()
    except Exception as error:  # noqa: BLE001 - any
        logs.get("bot.x").exception("it failed", error=error)
        kind = type(error).__name__
    (line,) = written()
    assert "canary" not in str(line)
    assert line["error"] == kind
    assert line["exception"].startswith(f"{kind}\n  tests/security/test_logs.py:")
    assert fails.__name__ in line["exception"]


def test_t20_what_led_to_an_error_is_told_too(written: Written) -> None:
    try:
        _chained()
    except LookupError:
        logs.get("bot.x").exception("it failed")
    assert "caused by ValidationError" in written()[0]["exception"]


def test_t20_a_statements_parameters_are_not_told(database: Database, written: Written) -> None:
    with pytest.raises(SQLAlchemyError) as failed, database.transaction() as session:
        session.execute(text("SELECT * FROM nowhere WHERE x = :x"), {"x": CANARY})
    assert "canary" not in str(failed.value)
    logs.get("bot.x").warning("it failed", exc_info=failed.value)
    (line,) = written()
    assert "canary" not in str(line)
    assert "nowhere" not in str(line)
    assert "Error (" in line["exception"], "its code is told"


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (SlackRefused("channel_not_found"), "SlackRefused (channel_not_found)"),
        (SlackOutcomeUnknown("http 502"), "SlackOutcomeUnknown (http 502)"),
        (SlackRefused("x" * 100), "SlackRefused"),
        (SlackRefused('no<"code">'), "SlackRefused"),
        (FileNotFoundError(2, CANARY), "FileNotFoundError (2)"),
        (KeyError(CANARY), "KeyError"),
    ],
)
def test_t20_an_error_in_a_few_words(error: Exception, named: str) -> None:
    assert failures.named(error) == named
    assert "canary" not in failures.named(SlackRateLimited.__new__(SlackRateLimited, CANARY))


def test_t20_of_anything_but_plain_values_only_the_class_is_shown(written: Written) -> None:
    class Message:
        def __repr__(self) -> str:
            return CANARY

    logs.get("bot.x").info(
        "seen",
        message=Message(),
        more=[Message()],
        body=CANARY.encode(),
        count=3,
        key="hunter2-hunter2",
    )
    (line,) = written()
    assert "canary" not in str(line)
    assert (line["message"], line["more"], line["count"], line["key"]) == (
        "Message",
        ["Message"],
        3,
        "…",
    )


def test_t20_nobody_writes_a_line_of_their_own(written: Written) -> None:
    logs.get("bot.x").info("seen", name="a\n2026 [error] forged\r\x1b[2J\u2028forged")
    assert len(written()) == 1


LIBRARIES = [*logs.QUIET, "psycopg", "aiosmtplib", "matplotlib", "anything.else"]


@pytest.mark.parametrize("name", LIBRARIES)
def test_t20_a_library_is_quiet_at_debug_whatever_its_own_level_is(
    name: str, written: Written
) -> None:
    for each in (name, f"{name}.of.its.own"):
        stranger = logging.getLogger(each)
        before = stranger.level
        stranger.setLevel(logging.DEBUG)
        stranger.debug(CANARY)
        stranger.info("a body: %s", CANARY)
        stranger.setLevel(before)
    assert written() == []


def test_t20_a_library_says_only_what_stands_in_its_source(written: Written) -> None:
    stranger = logging.getLogger("anything.else")
    stranger.warning("Invalid HTTP request received.")
    stranger.warning("unhandled: %s", CANARY)
    stranger.warning(f"unhandled: {CANARY.upper()}")
    try:
        _chained()
    except LookupError as error:
        stranger.error(str(error), exc_info=True)
    lines = written()
    assert "canary" not in str(lines).lower()
    assert [line["event"] for line in lines] == [
        "Invalid HTTP request received.",
        "unhandled: %s",
        "a library tells something",
        "a library tells something",
    ]
    assert all(line["at"].startswith("test_logs.py:") for line in lines)


def test_t20_what_python_writes_by_itself_goes_through_the_log(written: Written) -> None:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logs.adopt()
            warnings.warn(CANARY, stacklevel=1)
        thread = threading.Thread(target=_chained)
        thread.start()
        thread.join()
        sys.excepthook(KeyError, KeyError(CANARY), None)
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    lines = written()
    assert "canary" not in str(lines)
    assert [line["event"] for line in lines] == [
        "a library warns",
        "a thread ended",
        "the process ended",
    ]


@pytest.mark.parametrize("words", ["not {so} many %d", "x"])
def test_t20_a_line_that_cannot_be_written_is_not_shown_instead(
    words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    class Unreadable(str):
        __slots__ = ()

        def __str__(self) -> str:
            raise ValueError(CANARY)

    logs.configure("WARNING", "json")
    ours = next(each for each in logging.getLogger().handlers if isinstance(each, logs._Handler))
    said = words if "%d" in words else Unreadable(words)
    record = logging.LogRecord("any", logging.ERROR, __file__, 7, said, (CANARY,), None)
    ours.handle(record)
    told = capsys.readouterr().err
    assert "canary" not in told
    if words is said:
        assert "a library tells something" in told
    else:
        assert told == "a log line was lost (test_logs.py:7)\n"


@pytest.mark.plants
@pytest.mark.parametrize("form", ["console", "json"])
def test_t20_both_forms_hide_the_same(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("DEBUG", form)
    try:
        try:
            _chained()
        except LookupError as error:
            logs.get("bot.x").exception("failed", error=error, who="a@example.com", n=SECRETS)
    finally:
        logs.configure("WARNING", "console")
    told = capsys.readouterr().err
    assert [secret for secret in (*SECRETS, "canary", "a@example.com") if secret in told] == []
    assert "LookupError" in told
