"""Digests of channels, each at its own time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.core import channels
from bot.core.agreement import document
from bot.core.agreement.setting import channel_scope, person_scope
from bot.features.digest import jobs
from bot.features.digest.models import DigestChannelPostRow, DigestChannelRow
from bot.features.digest.service import channels as service
from bot.playground.world import TEAM_ID
from tests.support.town import Town

INFRA = "C0INFRA00"
FOUR = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
"""Tuesday 16:00 in Berlin."""
DAY = timedelta(days=1)


def _posts(town: Town, channel: str = "#infra") -> list[str]:
    return [each["text"] for each in town.posts_in(channel) if "`/digest channel`" in each["text"]]


def _states(town: Town) -> list[str]:
    with town.app.bot.reading() as (session, _):
        rows = select(DigestChannelPostRow).order_by(DigestChannelPostRow.made_at)
        return [row.state for row in session.scalars(rows)]


def _answer(town: Town, channel: str, command: str) -> str:
    town.tom.types(channel, command)
    return town.whispers_to(town.tom)[-1]


def _every_afternoon(town: Town) -> None:
    for key, value in (
        ("digest.channel_at", "16:00"),
        ("digest.channel_zone", "Europe/Berlin"),
        ("digest.channel", "daily"),
    ):
        town.sets(key, value, channel_scope(INFRA))


def test_a_channel_gets_one_at_its_own_time_on_weekdays(lively: Town) -> None:
    told = _answer(lively, "#infra", "/digest channel daily 16:00")
    assert "#infra gets a digest from Monday to Friday at 16:00 (Europe/Berlin)" in told
    assert "The next one comes on Tue 6 Oct." in told
    talk = lively.sam.says("#infra", "The tank is full.")
    lively.priya.says("#infra", "Then I close the valve.", reply_to=talk)
    asked = lively.mei.says("#infra", "Does the pump run?")
    lively.move_to(FOUR - timedelta(minutes=1))
    assert _posts(lively) == []
    lively.move_to(FOUR)
    lively.advance(minutes=30)
    (post,) = _posts(lively)
    assert "Digest of #infra · Tuesday 6 October" in post
    questions, conversations = post.split("*Conversations*")
    assert "“Does the pump run?”" in questions
    assert "1 new reply: " in conversations
    assert "“The tank is full.”" in conversations
    assert "3 messages in 2 conversations" in conversations
    assert "<@" not in post, "nobody is called by it"
    lively.sam.says("#infra", "It does.", reply_to=asked)
    lively.move_to(FOUR + DAY)
    newest = _posts(lively)[-1]
    assert "Questions without an answer" not in newest
    assert "The tank is full." not in newest
    for days in (2, 3, 4, 5):
        lively.move_to(FOUR + days * DAY)
    assert _states(lively) == ["sent", "sent", "empty", "empty"], "none at the weekend"


def test_a_week_is_told_of_on_its_day(quiet: Town) -> None:
    _answer(quiet, "#infra", "/digest channel weekly")
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 12, 6, 59, tzinfo=UTC))
    assert _posts(quiet) == []
    quiet.move_to(datetime(2026, 10, 12, 7, 0, tzinfo=UTC))
    (post,) = _posts(quiet)
    assert "The week in #infra · Monday 12 October" in post
    assert "The pump is back." in post
    quiet.move_to(datetime(2026, 10, 19, 7, 0, tzinfo=UTC))
    assert _states(quiet) == ["sent", "empty"]


@pytest.mark.needs("decisions")
def test_it_tells_what_was_decided_proposed_and_not_recorded_here(quiet: Town) -> None:
    quiet.sets("digest.channel", "weekly", channel_scope(INFRA))
    decided = quiet.tom.says("#infra", "We take Postgres for the queue.")
    elsewhere = quiet.tom.says("#web-relaunch", "We take the blue logo.")
    for channel, ts in (("#infra", decided), ("#web-relaunch", elsewhere)):
        quiet.tom.picks("Log a decision", channel, ts)
        quiet.tom.fills_in({})
    root = quiet.tom.says("#infra", "Shall we take Redis or Valkey for the cache?")
    quiet.priya.says("#infra", "Then let's go with Valkey for the cache.", reply_to=root)
    quiet.tom.says("#infra", "Agreed, thanks.", reply_to=root)
    quiet.move_to(datetime(2026, 10, 12, 9, 0, tzinfo=UTC))
    (post,) = _posts(quiet)
    assert "*Decided*\n• We take Postgres for the queue" in post
    assert "*Not recorded yet*\n• Settled in a thread: " in post
    assert post.count("Valkey for the cache") == 1, "the thread is not told again"
    assert "blue logo" not in post


@pytest.mark.needs("decisions")
def test_it_tells_until_when_proposals_are_open(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.tom.types("#infra", "/decision propose We move to Valkey")
    quiet.tom.fills_in({"Reviewers": "Priya"})
    quiet.move_to(FOUR)
    (post,) = _posts(quiet)
    assert "*Open proposals*\n• We move to Valkey, open until " in post


def test_off_means_none_and_on_again_tells_nothing_twice(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(FOUR)
    off = _answer(quiet, "#infra", "/digest channel off")
    assert off.startswith("Done: no more digests in #infra.")
    quiet.mei.says("#infra", "The pump is gone.")
    quiet.move_to(FOUR + DAY)
    assert len(_posts(quiet)) == 1
    _every_afternoon(quiet)
    quiet.move_to(FOUR + 2 * DAY)
    newest = _posts(quiet)[-1]
    assert "The pump is gone." not in newest, "it was said before the day it tells of"
    assert len(_posts(quiet)) == 1


def test_the_buttons_change_it_and_undo_takes_it_back(quiet: Town) -> None:
    assert "gets no digest" in _answer(quiet, "#infra", "/digest channel")
    quiet.tom.presses("Every weekday")
    quiet.settle()
    assert _standing(quiet, "09:00")
    quiet.tom.presses("Undo")
    quiet.settle()
    assert "gets no digest" in _answer(quiet, "#infra", "/digest channel")


def test_undo_takes_back_all_that_was_changed(quiet: Town) -> None:
    _answer(quiet, "#infra", "/digest channel weekly friday 15:00")
    _answer(quiet, "#infra", "/digest channel daily 16:00")
    quiet.tom.presses("Undo")
    quiet.settle()
    told = _answer(quiet, "#infra", "/digest channel")
    assert "every Friday at 15:00 (Europe/Berlin)" in told


def test_it_stays_in_its_zone_until_somebody_types_a_time(quiet: Town) -> None:
    told = _answer(quiet, "#web-relaunch", "/digest channel daily 16:00")
    assert "at 16:00 (Europe/Berlin)" in told
    quiet.priya.types("#web-relaunch", "/digest channel weekly")
    weekly = quiet.whispers_to(quiet.priya)[-1]
    assert "every Monday at 16:00 (Europe/Berlin)" in weekly
    quiet.priya.types("#web-relaunch", "/digest channel 16:00")
    typed = quiet.whispers_to(quiet.priya)[-1]
    assert "every Monday at 16:00 (Asia/Kolkata)" in typed
    assert "16:00 is now in Asia/Kolkata; it was Europe/Berlin." in typed


def test_each_answer_says_what_it_answers(quiet: Town) -> None:
    offered = _answer(quiet, "#infra", "/digest channel")
    assert "#infra gets no digest. I can post one here for everybody" in offered
    assert "on weekdays or every Monday, at 09:00 (Europe/Berlin)" in offered
    same = "It is like that already: #infra gets "
    assert _answer(quiet, "#infra", "/digest channel off") == f"{same}no digest."
    done = _answer(quiet, "#infra", "/digest channel daily")
    assert done.startswith("Done: #infra gets a digest from Monday to Friday at 09:00")
    assert _answer(quiet, "#infra", "/digest channel daily 9:00").startswith(f"{same}a digest")
    asked = _answer(quiet, "#infra", "/digest channel")
    assert asked.startswith("#infra gets a digest from Monday to Friday at 09:00")


def test_help_says_what_can_be_typed(quiet: Town) -> None:
    told = _answer(quiet, "#infra", "/digest channel help")
    assert "#infra gets no digest." in told
    for each in ("daily 16:00", "weekly friday 15:00", "16:00", "now", "off"):
        assert f"`/digest channel {each}`" in told


def test_anybody_may_see_now_what_it_would_say(quiet: Town) -> None:
    quiet.priya.types("#infra", "/digest channel now")
    assert "Nothing new in #infra" in quiet.whispers_to(quiet.priya)[-1]
    quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    quiet.priya.types("#infra", "/digest channel now")
    told = quiet.whispers_to(quiet.priya)[-1]
    assert "Digest of #infra" in told
    assert "“The pump is back.”" in told
    assert "(Asia/Kolkata)" in told, "none was chosen for the channel"
    assert _states(quiet) == []


def _standing(town: Town, at: str) -> bool:
    told = _answer(town, "#infra", "/digest channel")
    return f"from Monday to Friday at {at} (Europe/Berlin)" in told


def test_what_was_changed_since_is_not_taken_back(quiet: Town) -> None:
    _answer(quiet, "#infra", "/digest channel daily 16:00")
    quiet.sets("digest.channel_at", "17:00", channel_scope(INFRA))
    quiet.tom.presses("Undo")
    assert _standing(quiet, "17:00")


def test_what_cannot_be_is_told_in_a_sentence(quiet: Town) -> None:
    hourly = _answer(quiet, "#infra", "/digest channel hourly")
    assert "daily, weekly, or not at all" in hourly
    assert "`daily 16:00`, `weekly monday 09:00`, `16:00`" in hourly
    assert "“lunch” is not a time of day" in _answer(quiet, "#infra", "/digest channel daily lunch")
    assert "in a channel that I am in" in _answer(quiet, "#general", "/digest channel")
    direct = quiet.tom.direct_with("Priya")
    assert "in a channel that I am in" in _answer(quiet, direct, "/digest channel daily")
    quiet.mei.types("#infra", "/digest channel daily")
    assert "Only admins" in quiet.whispers_to(quiet.mei)[-1]
    quiet.mei.types("#infra", "/digest channel")
    assert "gets no digest" in quiet.whispers_to(quiet.mei)[-1]
    with quiet.app.bot.reading() as (session, _):
        assert session.scalars(select(DigestChannelRow)).all() == []


def test_it_follows_the_agreements_file_and_the_trail_tells_who(quiet: Town) -> None:
    bot = quiet.app.bot
    file = (
        "channels:\n  '#infra':\n    digest.channel: daily\n    digest.channel_at: 16:00\n"
        "    digest.channel_zone: europe/berlin\n"
    )
    with bot.begin(TEAM_ID, during="job") as uow:
        read = document.read(uow.session, TEAM_ID, bot.agreement, file)
        assert read.problems == ()
        bot.change_settings(uow, read.changes, by="operator")
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(FOUR)
    assert len(_posts(quiet)) == 1
    with bot.reading() as (session, _):
        written = document.export(session, TEAM_ID, bot.agreement)
        wrong = document.read(
            session,
            TEAM_ID,
            bot.agreement,
            "channels:\n  '#infra':\n    digest.channel_zone: Europe/Atlantis\n",
        )
    assert "digest.channel_zone: Europe/Berlin" in written
    (problem,) = wrong.problems
    assert problem.line == 3
    assert "I know no time zone “Europe/Atlantis”; write it like Europe/Berlin." in str(problem)


def test_it_stays_at_its_hour_when_the_clocks_change(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.move_to(datetime(2026, 10, 25, 12, 0, tzinfo=UTC))  # summer time ended in the night
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 26, 14, 59, tzinfo=UTC))
    assert _posts(quiet) == []
    quiet.move_to(datetime(2026, 10, 26, 15, 0, tzinfo=UTC))
    assert len(_posts(quiet)) == 1


def test_late_it_says_as_of_when_and_too_late_the_next_one_tells(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    quiet.slack.move_to(FOUR + timedelta(hours=3))
    quiet.settle()
    assert "As of Tue 6 Oct, 19:00." in _posts(quiet)[-1]
    quiet.mei.says("#infra", "The pump is gone.")
    quiet.settle()
    quiet.slack.move_to(FOUR + DAY + timedelta(hours=7))
    quiet.settle()
    assert len(_posts(quiet)) == 1
    quiet.move_to(FOUR + 2 * DAY)
    assert "The pump is gone." in _posts(quiet)[-1]
    assert "As of" not in _posts(quiet)[-1]
    assert _states(quiet) == ["sent", "folded", "sent"]


def test_other_hours_on_the_same_day_bring_no_second_one(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(FOUR)
    quiet.mei.says("#infra", "The pump is gone.")
    quiet.sets("digest.channel_at", "18:00", channel_scope(INFRA))
    quiet.move_to(FOUR + timedelta(hours=3))
    assert len(_posts(quiet)) == 1
    quiet.move_to(FOUR + DAY + timedelta(hours=2))
    assert "The pump is gone." in _posts(quiet)[-1]


def test_what_is_changed_or_deleted_later_is_so_in_it_too(lively: Town) -> None:
    _every_afternoon(lively)
    edited = lively.mei.says("#infra", "The pump is back.")
    deleted = lively.sam.says("#infra", "My password is secret.")
    lively.move_to(FOUR)
    lively.mei.edits("#infra", edited, "The pump is broken.")
    lively.sam.deletes("#infra", deleted)
    lively.settle()
    (post,) = _posts(lively)
    assert "“The pump is broken.”" in post
    assert "The pump is back." not in post
    assert "(deleted)" in post
    assert "secret" not in post


def test_it_tells_only_of_its_own_channel_private_ones_too(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _answer(quiet, "#leads", "/digest channel daily 16:00")
    _every_afternoon(quiet)
    quiet.priya.says("#leads", "Budget: 40,000.")
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(FOUR)
    (private,), (public,) = _posts(quiet, "#leads"), _posts(quiet)
    assert "Budget: 40,000." in private
    assert "pump" not in private
    assert "Budget" not in public


def test_who_wants_to_be_left_alone_is_not_quoted(quiet: Town) -> None:
    _every_afternoon(quiet)
    root = quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    quiet.sets("people.off", "on", person_scope("U0MEI0000"))
    quiet.mei.says("#infra", "And I am gone.")
    quiet.sam.says("#infra", "Good to know.", reply_to=root)
    quiet.move_to(FOUR)
    (post,) = _posts(quiet)
    assert "pump" not in post
    assert "I am gone" not in post
    assert "“Good to know.”" in post
    assert "1 message in 1 conversation" in post


def test_where_baton_cannot_speak_it_is_silent_and_goes_on_later(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    quiet.server.slack.world.channels[INFRA].is_archived = True
    _ask_again(quiet)
    quiet.move_to(FOUR)
    assert _states(quiet) == ["folded"]
    quiet.server.slack.world.channels[INFRA].is_archived = False
    _ask_again(quiet)
    quiet.tom.types("#infra", "/baton pause")
    quiet.move_to(FOUR + DAY)
    assert _states(quiet) == ["folded", "folded"]
    quiet.tom.types("#infra", "/baton resume")
    quiet.move_to(FOUR + 2 * DAY)
    assert _states(quiet) == ["folded", "folded", "sent"]
    (post,) = _posts(quiet)
    assert "The pump is back." in post


def _ask_again(town: Town) -> None:
    with town.app.bot.database.transaction() as session:
        channels.mark_unsynced(session, TEAM_ID, INFRA)
    town.settle()


def test_two_that_find_it_due_post_it_once(quiet: Town) -> None:
    _every_afternoon(quiet)
    quiet.mei.says("#infra", "The pump is back.")
    quiet.settle()
    bot = quiet.app.bot
    quiet.slack.move_to(FOUR)
    with bot.reading() as (session, now):
        (found,) = service.due(session, now, 10)
    jobs.send_to_channels(bot)
    with bot.begin(TEAM_ID, during="job") as uow:
        service.send(uow, found[1], bot.digest_sources)
    quiet.settle()
    assert len(_posts(quiet)) == 1
    assert _states(quiet) == ["sent"]
