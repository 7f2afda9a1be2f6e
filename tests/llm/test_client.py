"""The client: one call, to where the settings say, within its time, and silent about texts."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.drafting import NEWS
from bot.llm import replies
from bot.llm.client import LONG_PAUSE, CallFailed, MessagesClient, Question
from bot.llm.prompts import Filled
from tests.support.messages_api import KEY, Action, MessagesApi, lines, ok, refusal, status

ROOT = Path(__file__).parents[2]
CANARY = "canary-of-somebody"


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi() as running:
        yield running


def _question(seconds: float = 5.0) -> Question:
    rows = json.dumps([{"id": "S1", "text": CANARY}])
    filled = Filled("Be brief.", "Read.", rows)
    schema = replies.lines_of(NEWS.kinds)
    return Question("claude-haiku-5-5", filled, schema, 100, "medium", seconds)


def _failure(api: MessagesApi, seconds: float = 5.0) -> CallFailed:
    with pytest.raises(CallFailed) as failed:
        MessagesClient(KEY, api.url).ask(_question(seconds))
    return failed.value


def test_what_people_wrote_is_in_the_tool_result_only(api: MessagesApi) -> None:
    MessagesClient(KEY, api.url).ask(_question())
    (entry,) = api.journal
    result = entry["body"]["messages"][-1]["content"][0]
    assert result["type"] == "tool_result"
    assert json.loads(result["content"])[0]["text"] == CANARY
    entry["body"]["messages"][-1]["content"] = []
    assert CANARY not in json.dumps(entry["body"])
    assert entry["body"]["tool_choice"] == {"type": "none"}
    assert api.rejected == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("action", "code", "is_free", "pause"),
    [
        (status(429), "http_429", True, 0.0),
        (status(429, retry_after="7"), "http_429", True, 7.0),
        (status(429, retry_after="999999999"), "http_429", True, 0.0),
        (status(429, retry_after="99999"), "http_429", True, LONG_PAUSE),
        (status(429, "enforced_spend_limit_reached"), "spend_limit", True, LONG_PAUSE),
        (status(529, "overloaded"), "http_529", True, 0.0),
        (status(500), "http_500", False, 0.0),
        (status(401), "http_401", True, LONG_PAUSE),
        (status(400), "http_400", True, 0.0),
        (Action("truncate"), "connection", False, 0.0),
        (Action("huge"), "too_large", False, 0.0),
        (refusal(), "stopped_refusal", False, 0.0),
    ],
)
def test_a_failure_is_a_code_and_never_a_second_call(
    action: Action, code: str, pause: float, api: MessagesApi, *, is_free: bool
) -> None:
    api.will(action, ok("the second answer"))
    failure = _failure(api)
    assert (failure.code, failure.is_free, failure.pause_seconds) == (code, is_free, pause)
    assert len(api.journal) == 1


@pytest.mark.parametrize("kind", ["hang", "trickle"])
def test_the_wall_clock_ends_a_call(kind: str, api: MessagesApi) -> None:
    api.will(Action(kind))
    began = monotonic()
    assert _failure(api, seconds=0.5).code == "timeout"
    assert monotonic() - began < 3.0
    api.release()


def test_nobody_there_is_a_failed_connection() -> None:
    with pytest.raises(CallFailed) as failed:
        MessagesClient(KEY, "http://127.0.0.1:1").ask(_question())
    assert failed.value.code == "connection"


def test_t20_no_text_and_no_key_is_logged(
    api: MessagesApi, caplog: pytest.LogCaptureFixture
) -> None:
    logs.configure("DEBUG", "console")
    logging.getLogger().addHandler(caplog.handler)
    broken = [Action(kind) for kind in ("html200", "broken_json", "wrong_shape", "truncate")]
    for action in (status(400), status(500), refusal(), ok(CANARY), *broken):
        api.will(action)
        with suppress(CallFailed):
            MessagesClient(KEY, api.url).ask(_question())
    logs.configure("WARNING", "console")
    assert len(caplog.records) >= 7
    assert "canary" not in caplog.text


HOSTILE = {
    "ANTHROPIC_API_KEY": "sk-ant-stolen",
    "ANTHROPIC_AUTH_TOKEN": "stolen",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:9/evil",
    "ANTHROPIC_CUSTOM_HEADERS": "Authorization: Bearer stolen\nX-Evil: 1\nHost: evil.example",
    "ANTHROPIC_LOG": "debug",
    "ANTHROPIC_PROFILE": "evil",
    "ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE": "content",
    "OTEL_TRACES_EXPORTER": "console",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "all_proxy": "http://127.0.0.1:9",
    "SSL_CERT_FILE": "/nowhere",
    "NO_PROXY": "",
}
ASK = """
import sys
from bot.core import logs
from bot.llm import replies
from bot.llm.client import MessagesClient, Question
from bot.llm.prompts import Filled
logs.configure("WARNING", "console")
assert "anthropic" not in sys.modules
schema = replies.lines_of(["fyi"])
question = Question("claude-haiku-5-5", Filled("s", "t", "[]"), schema, 9, "low", 20.0)
print(MessagesClient(sys.argv[1], sys.argv[2]).ask(question).text)
"""


@pytest.mark.slow
def test_t21_nothing_in_the_environment_changes_where_or_how_it_asks(
    api: MessagesApi, tmp_path: Path
) -> None:
    profile = tmp_path / "configs"
    profile.mkdir()
    (profile / "evil.json").write_text('{"base_url": "http://127.0.0.1:9"}')
    (tmp_path / "active_config").write_text("evil")
    plain = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    hostile = HOSTILE | {"ANTHROPIC_CONFIG_DIR": str(tmp_path)}
    for environment in (plain, plain | hostile):
        told = subprocess.run(
            [sys.executable, "-c", ASK, KEY, api.url],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (told.returncode, told.stderr) == (0, "")
    calm, stormy = api.journal
    assert calm == stormy
    assert api.rejected == []


@pytest.mark.slow
def test_without_a_key_the_vendors_package_is_not_even_imported(tmp_path: Path) -> None:
    code = """
import sys
from bot.app import Application
from bot.settings import Settings
application = Application(Settings(_env_file=None, database_url="sqlite:///b.db"))
assert application.bot.drafter.is_plain
assert "anthropic" not in sys.modules, "imported"
"""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def test_the_local_api_refuses_what_the_real_one_would(api: MessagesApi) -> None:
    with pytest.raises(CallFailed) as failed:
        MessagesClient("sk-ant-wrong", api.url).ask(_question())
    assert (failed.value.code, api.rejected) == ("http_401", ["no bearer key"])
    api.will(lines())
    assert MessagesClient(KEY, api.url).ask(_question()).request_id == "req_local"
