"""What stood around a message, what a next message makes up for, and how rarely hints come."""

import gc
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import NoRule
from bot.core.message_store import StoredMessage
from bot.core.replays import Outcome, Place, nobody_knows
from bot.core.working_time import WorkingTime
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.limits import Candidate, HeldBack, within_limits
from bot.features.coach.rules.replay import Replay
from bot.features.coach.rules.settings import LOOKS_AFTER, REST
from bot.features.coach.rules.settled import review_settled
from bot.features.coach.rules.situation import Addressee, Room, Situation
from bot.features.coach.rules.surroundings import (
    BEFORE,
    MOST_AFTER,
    MOST_BEFORE,
    Surroundings,
    addressee,
)

TUESDAY = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
TOM, ANA, PRIYA = "U0TOM", "U0ANA", "U0PRIYA"
INFRA = Place("C0INFRA", "infra")


def _said(
    seconds: float,
    text: str,
    user: str = TOM,
    *,
    under: StoredMessage | None = None,
    channel: str = INFRA.channel_id,
) -> StoredMessage:
    at = TUESDAY + timedelta(seconds=seconds)
    thread_ts = under.ts if under else None
    return StoredMessage(channel, f"{at.timestamp():.6f}", user, text, thread_ts, at)


def _replayed(*said: StoredMessage, rules: Sequence[str] = ("naked_hello",)) -> Outcome:
    replay = Replay(rules, nobody_knows)
    for each in said:
        replay.hear(INFRA, each)
    return replay.outcome()


@st.composite
def talks(draw: st.DrawFn) -> list[StoredMessage]:
    """A conversation with threads, its messages seconds or many minutes apart."""
    said: list[StoredMessage] = []
    at = 0
    for number in range(draw(st.integers(1, 30))):
        at += draw(st.sampled_from([1, 20, 50, 89, 90, 91, 600, 1_799, 1_801, 90_000]))
        roots = [each for each in said if not each.is_reply]
        under = draw(st.none() | st.sampled_from(roots)) if roots else None
        said.append(_said(at, f"{number}", draw(st.sampled_from([TOM, ANA])), under=under))
    return said


def _expected(message: StoredMessage, said: Sequence[StoredMessage]) -> Situation:
    """The same by looking at everything."""
    here = said.index(message)
    if message.is_reply:
        root = next(each for each in said if each.ts == message.thread_ts)
        lane = [root, *(each for each in said if each.thread_ts == root.ts and each.is_reply)]
        threads, since = [], TUESDAY
    else:
        root, since = None, message.at - BEFORE
        lane = [each for each in said if not each.is_reply]
        replies = [each for each in said[:here] if each.is_reply and each.at >= since]
        of_threads = {each.thread_ts for each in replies}
        threads = [each for each in said if each.ts in of_threads]
    before = [each for each in lane if since <= each.at < message.at]
    return Situation(
        message,
        Room(),
        before=before[-MOST_BEFORE:],
        after=[each for each in lane if message.at < each.at <= message.at + LOOKS_AFTER][
            :MOST_AFTER
        ],
        root=root,
        threads=threads,
        is_first=not before,
    )


@pytest.mark.slow
@given(said=talks())
def test_what_stood_around_each_message_is_what_looking_at_everything_finds(
    said: list[StoredMessage],
) -> None:
    around = Surroundings(Room())
    heard = [each for message in said for each in around.hear(message, is_looked_at=True)]
    found = [*heard, *around.end()]
    assert [each.message for each in found] == said
    for situation in found:
        expected = _expected(situation.message, said)
        assert list(situation.before) == list(expected.before)
        assert list(situation.after) == list(expected.after)
        assert (situation.root, situation.is_first) == (expected.root, expected.is_first)
        assert {each.ts for each in expected.threads} <= {each.ts for each in situation.threads}


def test_a_conversation_of_any_length_is_kept_in_part() -> None:
    around = Surroundings(Room())
    roots = [_said(n / 1_000, "a root", ANA) for n in range(5_000)]
    seen = 0
    for root in roots:
        seen += len(list(around.hear(root, is_looked_at=True)))
    del roots
    for n in range(5_000):
        reply = _said(10 + n / 1_000, "a reply", TOM, under=root)
        seen += len(list(around.hear(reply, is_looked_at=n % 2 == 0)))
    seen += len(list(around.end()))
    assert seen == 7_500
    kept = sum(type(each) is StoredMessage for each in gc.get_objects())
    assert kept < 3_000


def test_a_hello_is_completed_by_its_authors_next_message_within_90_seconds() -> None:
    hello = _said(0, "Hi <@U0ANA>")
    question = "the signup page times out since 9:00, can you look at the pool size?"
    completed = _replayed(hello, _said(80, question))
    assert (completed.total.hints, completed.held_back["completed"]) == (0, 1)
    late = _replayed(hello, _said(100, question))
    assert (late.total.hints, late.held_back["completed"]) == (1, 0)
    again = _replayed(hello, _said(80, "hello"))
    assert again.total.hints == 1


def test_what_still_holds_is_what_the_whole_of_it_lacks() -> None:
    hello = _said(0, "Hi <@U0ANA>")
    alone = review_settled(Situation(hello))
    assert Rule.NAKED_HELLO in {each.rule for each in alone}
    assert review_settled(Situation(hello, after=[_said(5, "hello?")])) == alone
    told = _said(5, "does the header fit now? I have moved it by 4 pixels: <https://example.com>")
    assert review_settled(Situation(hello, after=[told])) == []


def test_talk_that_is_mixed_from_many_channels_is_looked_at_in_each() -> None:
    replay = Replay(["naked_hello"], nobody_knows)
    for round_ in range(2):
        for number in range(500):
            place = Place(f"C{number}", f"room-{number}")
            hello = _said(round_ * 7_200 + number, "hello", f"U{number}", channel=f"C{number}")
            replay.hear(place, hello)
    outcome = replay.outcome()
    assert outcome.total.without_limits == 1_000
    assert (outcome.total.hints, outcome.total.people) == (500, 500)
    assert outcome.held_back["resting"] == 500


def test_a_long_back_and_forth_is_one_hint_however_long_it_is() -> None:
    said = [_said(60 * n, f"I am not sure of {n}", (TOM, ANA)[n % 2]) for n in range(29)]
    outcome = _replayed(*said, rules=["back_and_forth"])
    assert (outcome.total.hints, outcome.total.without_limits) == (1, 1)
    slow = [_said(180 * n, f"I am not sure of {n}", (TOM, ANA)[n % 2]) for n in range(29)]
    assert _replayed(*slow, rules=["back_and_forth"]).total.without_limits == 0


def test_a_rule_that_there_is_not_is_named() -> None:
    with pytest.raises(NoRule, match="rudeness"):
        Replay(["heated", "rudeness"], nobody_knows)


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        at=st.integers(0, 40 * 60).map(lambda minutes: TUESDAY + timedelta(minutes=minutes)),
        user_id=st.sampled_from([TOM, ANA, PRIYA]),
        rule=st.sampled_from([Rule.NAKED_HELLO, Rule.HEATED]),
        root=st.tuples(st.just("C0INFRA"), st.sampled_from("abcdefgh")),
        phrase=st.just("hi"),
        place=st.just("#infra"),
    )
)


@given(candidates=CANDIDATES)
def test_nobody_gets_a_second_hint_within_four_hours_or_the_same_in_one_thread(
    candidates: list[Candidate],
) -> None:
    told = list(within_limits(candidates))
    assert sorted(each.at for each, _ in told) == [each.at for each, _ in told]
    given_: list[Candidate] = []
    for each, why in told:
        is_said = any((one.root, one.rule) == (each.root, each.rule) for one in given_)
        theirs = [one for one in given_ if one.user_id == each.user_id]
        rests = any(each.at - one.at < REST for one in theirs)
        expected = HeldBack.SAID_THERE if is_said else HeldBack.RESTING if rests else None
        assert why is expected
        given_ += [each] if why is None else []
    assert len(told) == len(candidates)


def test_an_addressees_day_is_told_in_their_own_time() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    early = addressee(ANA, WorkingTime(zone), TUESDAY)
    starts = datetime(2026, 10, 6, 9, 0, tzinfo=zone)
    assert early == Addressee(ANA, datetime(2026, 10, 6, 5, 0, tzinfo=zone), starts)
    assert addressee(ANA, WorkingTime(zone), TUESDAY + timedelta(hours=5)).starts_at is None
