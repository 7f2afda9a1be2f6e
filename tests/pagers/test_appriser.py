"""Apprise, as far as it is ours: what it is told to say, and what its answer means."""

from dataclasses import replace

import pytest

from bot.core.errors import PagerOutcomeUnknown, PagerRefused
from bot.core.ports import Act, Notice
from bot.pagers import appriser
from bot.pagers.appriser import Appriser
from tests.support.local_api import Answer, Fault
from tests.support.pagers_api import PagersApi

pytestmark = pytest.mark.skipif(
    not appriser.is_installed(), reason="apprise is not installed: `make apprise`"
)


def _url(api: PagersApi) -> str:
    return str(api.settings("apprise")["baton_pager_apprise_urls"])


def test_everybody_in_the_settings_is_told_once(api: PagersApi, notice: Notice) -> None:
    Appriser(f"{_url(api)}, {_url(api)}").call(notice, "")
    assert [name for name, _ in api.told] == ["apprise", "apprise"]
    said = api.told[0][1].body
    assert said["title"] == notice.subject
    assert said["message"].startswith(notice.text)
    assert notice.link in said["message"]
    assert said["type"] == "failure"


def test_what_is_over_is_told_as_such(api: PagersApi, notice: Notice) -> None:
    Appriser(_url(api)).call(replace(notice, act=Act.RESOLVE), "")
    said = api.told[0][1].body
    assert said["type"] == "success"
    assert notice.link not in said["message"]


def test_what_people_wrote_is_no_markup_and_no_second_address(
    api: PagersApi, notice: Notice
) -> None:
    hostile = "a\r\nb <b>\\n json://evil.example {0}"
    Appriser(_url(api)).call(replace(notice, subject=hostile, text=hostile), "")
    ((_, request),) = api.told
    assert request.body["title"] == "a b <b>\\n json://evil.example {0}"
    assert "<b>\\n json://evil.example {0}" in request.body["message"]


@pytest.mark.parametrize("answer", [Answer({}, 500), Answer({}, 400), Answer({}, is_lost=True)])
def test_when_not_everybody_was_told_somebody_may_have_been(
    answer: Answer, api: PagersApi, notice: Notice, caplog: pytest.LogCaptureFixture
) -> None:
    api.faults.append(Fault(answer))
    with pytest.raises(PagerOutcomeUnknown):
        Appriser(f"{_url(api)}, {_url(api)}").call(notice, "")
    assert len(api.journal) == 2
    assert caplog.text == "", "its own log lines hold addresses"


def test_an_address_of_no_kind_that_it_knows_is_refused(notice: Notice) -> None:
    with pytest.raises(PagerRefused):
        Appriser("nothing://canary").call(notice, "")
