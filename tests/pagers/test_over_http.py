"""PagerDuty, the webhook, SMS and calls, against a local server that speaks their APIs."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import pytest

from bot.core.clock import monotonic
from bot.core.errors import BatonError, PagerOutcomeUnknown, PagerRefused, PagerUnavailable
from bot.core.ports import Act, Notice, Pager
from bot.pagers.pagerduty import PagerDuty
from bot.pagers.twilio import Sms, Twilio, Voice
from bot.pagers.webhook import Webhook
from tests.support.local_api import Answer, Fault
from tests.support.pagers_api import ACCOUNT, KEY, SECRET, SENDER, TOKEN, PagersApi

NUMBER = "+4915112345678"
LONG, SHORT = 10.0, 0.6
"""Seconds: with a busy machine, and where nothing comes anyway."""
HOSTILE = "a\r\nBcc: x@evil.example\0\x1b[31m <b>&amp;\u202e\ud800]]></Say> 💥"

Make: TypeAlias = Callable[..., Pager]
Problem: TypeAlias = tuple[type[BatonError], str]


def _pagerduty(url: str, key: str = KEY, seconds: float = LONG) -> Pager:
    return PagerDuty(key, url, seconds=seconds)


def _webhook(url: str, secret: str = SECRET, seconds: float = LONG) -> Pager:
    return Webhook(f"{url}/hook?team=1", secret, seconds=seconds)


def _twilio(url: str, token: str = TOKEN, seconds: float = LONG) -> Twilio:
    return Twilio(ACCOUNT, token, SENDER, url, seconds=seconds)


def _sms(url: str, seconds: float = LONG) -> Pager:
    return Sms(_twilio(url, seconds=seconds))


def _voice(url: str, seconds: float = LONG) -> Pager:
    return Voice(_twilio(url, seconds=seconds))


EACH = pytest.mark.parametrize("make", [_pagerduty, _webhook, _sms, _voice])


def _told(api: PagersApi) -> Any:
    ((_, request),) = api.told
    return request.body


@EACH
def test_a_notice_that_is_taken_is_handed_over_once(
    make: Make, api: PagersApi, notice: Notice
) -> None:
    pager = make(api.url)
    pager.call(notice, NUMBER)
    ((name, _),) = api.told
    assert name == pager.name
    assert len(api.journal) == 1


@pytest.mark.slow
@EACH
@pytest.mark.parametrize(
    ("answer", "means"),
    [
        (Answer({"code": 20429, "message": "canary"}, 429), (PagerUnavailable, "(429 20429)")),
        (Answer({"message": "canary"}, 503), (PagerUnavailable, "(503)")),
        (Answer(b"canary", 500), (PagerOutcomeUnknown, "(500)")),
        (Answer(b"canary", 502), (PagerOutcomeUnknown, "(502)")),
        (Answer({"message": "canary"}, 408), (PagerOutcomeUnknown, "(408)")),
        (Answer({"status": "canary"}, 400), (PagerRefused, "(400)")),
        (Answer({}, 401), (PagerRefused, "(401)")),
        (Answer({}, 302, {"location": "/v2/enqueue"}), (PagerRefused, "(302)")),
        (Answer(None, is_lost=True), (PagerOutcomeUnknown, "(RemoteProtocolError)")),
        (Answer(b"x" * 100_000, 202), (PagerOutcomeUnknown, "(its answer is too long)")),
        (Answer(None, is_slow=True), (PagerOutcomeUnknown, "(timeout)")),
    ],
)
def test_an_answer_that_is_no_yes_is_told_by_its_code_and_nothing_else(
    answer: Answer, means: Problem, make: Make, api: PagersApi, notice: Notice
) -> None:
    kind, code = means
    api.faults.append(Fault(answer))
    began = monotonic()
    with pytest.raises(kind) as problem:
        make(api.url, seconds=SHORT if answer.is_slow else LONG).call(notice, NUMBER)
    assert monotonic() - began < LONG
    assert problem.value.detail == code
    assert len(api.journal) == 1, "nobody is called twice, and no redirect is followed"


@pytest.mark.parametrize("make", [_pagerduty, _sms, _voice])
@pytest.mark.parametrize("garbage", [b"<html>", b"", b"[" * 20_000, {"status": 1}, ["queued"]])
def test_garbage_where_a_yes_should_stand_may_be_one(
    garbage: Any, make: Make, api: PagersApi, notice: Notice
) -> None:
    api.faults.append(Fault(Answer(garbage)))
    with pytest.raises(PagerOutcomeUnknown):
        make(api.url).call(notice, NUMBER)


@EACH
def test_where_nobody_listens_nobody_was_reached(make: Make, notice: Notice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(PagerUnavailable, match="ConnectError"):
        make(f"http://127.0.0.1:{port}").call(notice, NUMBER)


@pytest.mark.slow
@EACH
def test_a_server_that_accepts_and_keeps_silent_may_have_understood(
    make: Make, notice: Notice
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(PagerOutcomeUnknown):
            make(url, seconds=SHORT).call(notice, NUMBER)


@pytest.mark.slow
@EACH
def test_a_connection_that_is_never_encrypted_has_told_nobody(make: Make, notice: Notice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(PagerUnavailable):
            make(url, seconds=SHORT).call(notice, NUMBER)


@EACH
def test_an_address_that_is_not_encrypted_is_not_taken(make: Make) -> None:
    with pytest.raises(ValueError, match="https"):
        make("http://pagers.example")


@EACH
def test_texts_of_any_kind_are_taken(make: Make, api: PagersApi, notice: Notice) -> None:
    details = {HOSTILE: HOSTILE * 9}
    hostile = replace(notice, subject=HOSTILE * 99, text=HOSTILE * 2_000, details=details)
    make(api.url).call(hostile, NUMBER)
    assert len(api.told) == 1


def test_wrong_keys_are_refused(api: PagersApi, notice: Notice) -> None:
    wrong = [
        _pagerduty(api.url, "another"),
        _webhook(api.url, "another"),
        Sms(_twilio(api.url, "another")),
    ]
    for pager in wrong:
        with pytest.raises(PagerRefused):
            pager.call(notice, NUMBER)


@pytest.mark.parametrize("make", [_sms, _voice])
@pytest.mark.parametrize("number", ["", "0151", "+49 151", "+4915112345678\n", "+٤٩١٥١١٢٣٤٥٦٧٨"])
def test_what_is_no_number_is_not_called(
    number: str, make: Make, api: PagersApi, notice: Notice
) -> None:
    with pytest.raises(PagerRefused):
        make(api.url).call(notice, number)
    assert api.journal == []


def test_pagerduty_puts_together_what_is_about_one_incident(api: PagersApi, notice: Notice) -> None:
    pager = _pagerduty(api.url)
    for act in (Act.TRIGGER, Act.ACKNOWLEDGE, Act.RESOLVE):
        pager.call(replace(notice, act=act), "")
    events = [request.body for _, request in api.told]
    assert {event["dedup_key"] for event in events} == {"redphone:p1"}
    assert [event["event_action"] for event in events] == ["trigger", "acknowledge", "resolve"]
    said = events[0]["payload"]
    assert said["summary"] == "Production down: the shop shows 500"
    assert said["custom_details"] == {"caller": "Tom", "text": notice.text}
    assert events[0]["links"] == [{"href": notice.link, "text": "I'm on it"}]


def test_the_webhook_says_everything_and_the_same_key_for_the_same(
    api: PagersApi, notice: Notice
) -> None:
    pager = _webhook(api.url)
    pager.call(notice, "")
    pager.call(notice, "")
    (_, first), (_, second) = api.told
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == notice.key
    assert first.headers["content-type"] == "application/json"
    assert json.loads(first.raw) == {
        "version": 1,
        "key": notice.key,
        "incident": "redphone:p1",
        "act": "trigger",
        "test": False,
        "subject": notice.subject,
        "text": notice.text,
        "link": notice.link,
        "details": {"caller": "Tom"},
    }


def test_an_sms_is_short_and_carries_the_link(api: PagersApi, notice: Notice) -> None:
    _sms(api.url).call(replace(notice, text="It hurts. " * 200), NUMBER)
    told = _told(api)
    assert (told["To"], told["From"]) == (NUMBER, SENDER)
    assert told["Body"].startswith("Production down: the shop shows 500\nIt hurts.")
    assert told["Body"].endswith(f"…\nSay that you are on it: {notice.link}")
    assert len(told["Body"]) < 500


def test_without_a_link_an_sms_says_that_it_cannot_be_answered(
    api: PagersApi, notice: Notice
) -> None:
    _sms(api.url).call(replace(notice, link=""), NUMBER)
    assert "an answer to this reaches nobody" in _told(api)["Body"]


def test_a_service_sends_sms_and_cannot_call(api: PagersApi, notice: Notice) -> None:
    service = Twilio(ACCOUNT, TOKEN, "MG" + "0" * 32, api.url)
    assert not service.can_call
    with pytest.raises(PagerRefused, match="21211"):  # the local server knows one number only
        Sms(service).call(notice, NUMBER)
    assert api.journal[0].body["MessagingServiceSid"] == "MG" + "0" * 32


def test_an_order_that_fails_at_once_is_refused(api: PagersApi, notice: Notice) -> None:
    api.faults.append(Fault(Answer({"sid": "SM1", "status": "failed"}, 201)))
    with pytest.raises(PagerRefused, match="failed"):
        _sms(api.url).call(notice, NUMBER)


def test_a_call_reads_aloud_twice_what_people_wrote_and_not_what_they_meant_as_markup(
    api: PagersApi, notice: Notice
) -> None:
    _voice(api.url).call(replace(notice, subject=HOSTILE, text="<Dial>+1900</Dial> & co"), NUMBER)
    script = ET.fromstring(_told(api)["Twiml"])  # noqa: S314 - our own
    assert [part.tag for part in script] == ["Say", "Pause", "Say"]
    said = script[0].text or ""
    assert said == script[2].text
    assert "<Dial>+1900</Dial> & co." in said
    assert notice.link not in said
    assert said.endswith("This call cannot take your answer.")


@EACH
def test_a_test_says_so(make: Make, api: PagersApi, notice: Notice) -> None:
    make(api.url).call(replace(notice, is_test=True), NUMBER)
    assert "test" in json.dumps(_told(api)).lower()
