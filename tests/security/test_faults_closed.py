"""Channels that Slack closes to Baton: what posted there is flagged, and its owner told once."""

from datetime import UTC, datetime
from typing import Final

import pytest

from bot.core.agreement import refusals
from bot.core.agreement.refusals import Refused
from bot.core.agreement.setting import channel_scope
from bot.core.blocks import Message
from bot.core.render import mrkdwn
from bot.features.agreement import jobs
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.pages import pages_somebody
from tests.support.town import Town

CODES: Final = (
    "is_archived",
    "channel_not_found",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
)
INFRA: Final = "C0INFRA00"
THERE: Final = f'"channel": "{INFRA}"'
"""What is posted there, and not what is written about it elsewhere."""
FOUR: Final = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
"""Tuesday 16:00 in Berlin, where Tom is."""
NEXT: Final = datetime(2026, 10, 7, 14, 0, tzinfo=UTC)
CLOSED: Final = "Slack does not let me post in #infra"

pytestmark = pytest.mark.needs("digest", "agreement")


def _refused(town: Town) -> list[Refused]:
    with town.app.bot.reading() as (session, _):
        return refusals.every(session, TEAM_ID)


def _told(town: Town, person: Person) -> list[str]:
    return [text for text in town.writes_to(person) if "does nothing now" in text]


def _is_refused(town: Town, code: str) -> None:
    """Tom has #infra told of its day at four, and Slack refuses that."""
    town.tom.types("#infra", "/digest channel daily 16:00")
    town.mei.says("#infra", "Does the pump run?")
    _closes(town, code)
    town.move_to(FOUR)


def _closes(town: Town, code: str) -> None:
    fault = {"method": "chat.postMessage", "error": code, "about": THERE, "times": 1_000}
    town.slack.faults(methods=[fault])


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_f36_a_setting_whose_channel_is_closed_is_flagged_and_its_owner_told_once(
    code: str, quiet: Town
) -> None:
    _is_refused(quiet, code)
    assert [(each.key, each.code) for each in _refused(quiet)] == [("digest.channel", code)]
    quiet.advance(minutes=10)
    (told,) = _told(quiet, quiet.tom)
    assert "“Digest of the channel” does nothing now" in told
    assert CLOSED in told
    assert CLOSED in quiet.home_of(quiet.tom)
    assert CLOSED not in quiet.home_of(quiet.mei), "she did not set it, and is no admin"
    quiet.tom.types("#infra", "/baton settings channel")
    assert "Slack does not let me post there" in str(quiet.tom.form)
    (line,) = [each for each in jobs.look_over(quiet.app.bot) if "digest.channel" in each.found]
    assert code in line.found
    assert line.to_do
    quiet.mei.says("#infra", "Does the tank leak?")
    quiet.move_to(NEXT)
    quiet.advance(hours=1)
    assert len(_told(quiet, quiet.tom)) == 1, "once, however often it is refused"
    assert _told(quiet, quiet.mei) == []


@pytest.mark.slow
def test_f36_the_flag_goes_when_something_stands_there_again(quiet: Town) -> None:
    _is_refused(quiet, "is_archived")
    assert _refused(quiet)
    quiet.slack.faults()
    quiet.mei.says("#infra", "Does the tank leak?")
    quiet.move_to(NEXT)
    quiet.advance(minutes=10)
    assert "Does the tank leak?" in str(quiet.posts_in("#infra"))
    assert _refused(quiet) == []
    assert CLOSED not in quiet.home_of(quiet.tom)
    (line,) = jobs.look_over(quiet.app.bot)
    assert line.to_do == ""


@pytest.mark.slow
def test_f36_the_flag_goes_when_the_setting_changes(quiet: Town) -> None:
    _is_refused(quiet, "restricted_action")
    assert _refused(quiet)
    quiet.sets("digest.channel", "weekly", channel_scope(INFRA))
    assert _refused(quiet) == []


@pytest.mark.slow
def test_f36_of_what_an_operator_set_an_admin_is_told(quiet: Town) -> None:
    for key, value in (("digest.channel_at", "14:00"), ("digest.channel", "daily")):
        quiet.sets(key, value, channel_scope(INFRA))
    quiet.mei.says("#infra", "Does the pump run?")
    _closes(quiet, "is_archived")
    quiet.move_to(FOUR)
    quiet.advance(minutes=10)
    assert len(_told(quiet, quiet.tom)) == 1


@pytest.mark.slow
def test_f36_whoever_is_off_is_not_told(quiet: Town) -> None:
    quiet.tom.types("#infra", "/digest channel daily 16:00")
    quiet.tom.types("#infra", "/baton off")
    quiet.mei.says("#infra", "Does the pump run?")
    _closes(quiet, "is_archived")
    quiet.move_to(FOUR)
    quiet.advance(minutes=10)
    assert _refused(quiet)
    assert _told(quiet, quiet.tom) == []


@pytest.mark.slow
@pytest.mark.needs("redphone")
def test_f36_the_channel_of_pages_is_flagged_like_any_other(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone channel #infra")
    _closes(quiet, "is_archived")
    pages_somebody(quiet, quiet.tom, "@Priya")
    quiet.advance(minutes=10)
    assert [each.key for each in _refused(quiet)] == ["redphone.channel"]
    assert CLOSED in _told(quiet, quiet.tom)[0]


@pytest.mark.slow
def test_f36_what_no_setting_asked_for_flags_nothing(quiet: Town) -> None:
    quiet.tom.types("#infra", "/digest channel daily 16:00")
    for code in ("is_archived", "msg_too_long"):
        _closes(quiet, code)
        key = "asks:x" if code == "is_archived" else "digest:channel:x"
        with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
            uow.outbox.post(key, INFRA, Message(mrkdwn("Hello.")))
        assert quiet.posts_in("#infra") == []
    assert _refused(quiet) == []
