"""When a thread is offered to be logged, and which words and addresses lead to a form."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import ChannelKind, MessagePosted, instant_of
from bot.core.message_store import StoredMessage
from bot.core.response_clock import CountedIn, counted
from bot.core.week import NO_WEEK, Unreadable
from bot.core.working_time import WorkingTime
from bot.features.decisions.rules import entries, offers, workflow
from tests.features.decisions.conversations import SETTLED

BERLIN, KOLKATA, LOS_ANGELES = (
    WorkingTime(ZoneInfo(name)) for name in ("Europe/Berlin", "Asia/Kolkata", "America/Los_Angeles")
)
TUESDAY = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 10, 9, 14, 0, tzinfo=UTC)
HOURS = st.integers(0, 14 * 24).map(lambda hours: TUESDAY + timedelta(hours=hours))
PEOPLE = st.lists(st.sampled_from([BERLIN, KOLKATA, LOS_ANGELES]), max_size=4)


def _said(text: str, ts: str = "1791273600.000100", **given: object) -> MessagePosted:
    place = {"team_id": "T1", "channel_id": "C1", "user_id": "U1", "kind": ChannelKind.PUBLIC}
    return MessagePosted(**(place | {"ts": ts, "text": text} | given))  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [said for _, said in SETTLED])
def test_every_thread_that_settles_something_is_noticed_by_one_of_its_messages(
    said: tuple[str, ...],
) -> None:
    root = "1791273600.000000"
    texts = [line.partition(": ")[2] for line in said]
    replies = [_said(text, thread_ts=root) for text in texts[1:]]
    assert any(offers.may_settle(each) for each in (_said(texts[0], root), *replies))


@pytest.mark.parametrize(
    "event",
    [
        _said("I looked at the logs, the error is from the parser."),
        _said("ok"),
        _said("lunch is here", thread_ts="1791273600.000000"),
        _said("Decided: we take Postgres.", kind=ChannelKind.DIRECT),
        _said("Decided: we take Postgres.", kind=ChannelKind.GROUP_DIRECT),
    ],
)
def test_most_chat_is_not_looked_at(event: MessagePosted) -> None:
    assert not offers.may_settle(event)


def test_a_message_without_a_reply_settles_nothing() -> None:
    def stored(number: int, user: str, text: str) -> StoredMessage:
        ts = f"17912736{number:02}.000000"
        return StoredMessage("C1", ts, user, text, "1791273600.000000", instant_of(ts))

    said = [
        stored(0, "U1", "Redis or Postgres for the job queue?"),
        stored(1, "U2", "Postgres is one thing less to run."),
        stored(2, "U1", "Then let's go with Postgres for the job queue."),
        stored(3, "U2", "Agreed, thanks."),
    ]
    assert offers.settled(said[2:3]) is None
    assert offers.settled(said) in said


@pytest.mark.parametrize(
    ("settled_at", "people", "due_at"),
    [
        (TUESDAY, [BERLIN], "2026-10-06T12:00"),
        (TUESDAY, [BERLIN, KOLKATA], "2026-10-07T04:00"),
        (TUESDAY, [], "2026-10-06T12:00"),
        (FRIDAY, [BERLIN], "2026-10-11T14:00"),  # Monday at noon would be later than two days
        (TUESDAY, [WorkingTime(ZoneInfo("UTC"), NO_WEEK)], "2026-10-06T12:00"),
        (
            TUESDAY,
            [WorkingTime(ZoneInfo("UTC"), days_off={date(2026, 10, day) for day in range(6, 20)})],
            "2026-10-08T08:00",
        ),
    ],
)
def test_it_is_offered_when_each_participant_had_four_hours_or_after_two_days(
    settled_at: datetime, people: list[WorkingTime], due_at: str
) -> None:
    assert offers.due_at(settled_at, people).isoformat().startswith(due_at)


@given(HOURS, PEOPLE)
def test_everybody_had_four_hours_unless_two_days_are_over(
    settled_at: datetime, people: list[WorkingTime]
) -> None:
    due_at = offers.due_at(settled_at, people)
    assert offers.WAIT <= due_at - settled_at <= offers.LONGEST_WAIT
    if due_at - settled_at < offers.LONGEST_WAIT:
        had = [counted(settled_at, due_at, CountedIn.WORKING_HOURS, each) for each in people]
        assert all(each >= offers.WAIT for each in had)


@pytest.mark.parametrize(
    ("since", "now", "is_first"),
    [
        (datetime(2026, 10, 9, 17, tzinfo=UTC), datetime(2026, 10, 12, 9, tzinfo=UTC), True),
        (
            datetime(2026, 10, 9, 17, tzinfo=UTC),
            datetime(2026, 10, 13, 9, tzinfo=UTC),
            True,
        ),  # Monday was a holiday
        (datetime(2026, 10, 12, 17, tzinfo=UTC), datetime(2026, 10, 13, 9, tzinfo=UTC), False),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), datetime(2027, 1, 1, 9, tzinfo=UTC), False),
    ],
)
def test_one_digest_a_week_lists_what_is_not_recorded(
    since: datetime, now: datetime, is_first: bool
) -> None:
    assert offers.is_first_of_week(since, now) is is_first


@pytest.mark.parametrize(
    "words",
    [
        "log this",
        "Log it!",
        "please log this decision",
        ": log decision",
        "log the decision: we take Postgres",
        "log that as a decision, please.",
        "LOG THIS \u2013 thanks",
    ],
)
def test_baton_is_told_to_log(words: str) -> None:
    assert entries.asked_to_log(f"<@U0BATON|baton> {words}") == "U0BATON"


@pytest.mark.parametrize(
    "text",
    [
        "<@U0BATON> log this week's hours",
        "<@U0BATON> login is broken",
        "<@U0BATON> catalog this",
        "Could you <@U0BATON> log this",
        "log this <@U0BATON>",
        "<@U0BATON> what is the decision log?",
        "<!here> log this",
    ],
)
def test_other_words_are_none_of_its_business(text: str) -> None:
    assert entries.asked_to_log(text) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [(":memo:", "memo"), ("Memo", "memo"), ("+1", "+1"), ("none", ""), (False, ""), ("", "")],
)
def test_an_emoji_is_read_with_and_without_its_colons(typed: object, name: str) -> None:
    kind = entries.Emoji()
    assert kind.read(typed) == name
    assert kind.read(kind.plain(name)) == name


@pytest.mark.parametrize("typed", ["two words", ":a:, :b:", "<@U1>", "x" * 101])
def test_what_is_no_emoji_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as told:
        entries.Emoji().read(typed)
    assert "one emoji" in told.value.sentence


def test_only_a_link_to_the_same_channel_of_the_same_workspace_is_followed() -> None:
    site = "https://tideline.slack.com/"
    link = f"{site}archives/C0INFRA00/p1791273600000100?thread_ts=1791273000.000000&cid=C0INFRA00"
    found = workflow.address_in(link, site, "C0INFRA00")
    assert found is not None
    assert (found.ts, found.root_ts) == ("1791273600.000100", "1791273000.000000")
    assert workflow.address_in(link, site, "C0WEBSITE") is None
    assert workflow.address_in(link, "https://other.slack.com/", "C0INFRA00") is None
    assert workflow.address_in(f"{site}team/U0TOM0000", site, "C0INFRA00") is None
