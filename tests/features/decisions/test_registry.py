"""What a decision may become, how it is listed, and what takes the place of what."""

from datetime import UTC, date, datetime
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import channels, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.people import Account
from bot.core.working_time import WorkingTime
from bot.core.workspaces import Workspace
from bot.features.decisions.queries import proposals
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import amending as merging
from bot.features.decisions.rules import listing, reviews
from bot.features.decisions.rules.listing import Wanted
from bot.features.decisions.rules.registry import Change, Fields, Place, Status
from bot.features.decisions.rules.superseding import Refusal, chain, refusal
from bot.features.decisions.service import amending, recording, superseding
from bot.features.decisions.service.access import Refused

MANY = 6
STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, MANY), st.integers(1, MANY)), max_size=30)
TOKYO, BERLIN = (WorkingTime(ZoneInfo(zone)) for zone in ("Asia/Tokyo", "Europe/Berlin"))


@given(STEPS, st.lists(st.sampled_from(list(Status)), min_size=MANY, max_size=MANY))
def test_no_sequence_of_superseding_and_undoing_goes_in_a_circle(
    steps: list[tuple[bool, int, int]], begun: list[Status]
) -> None:
    statuses = dict(enumerate(begun, start=1))
    successors: dict[int, int] = {}
    for is_undone, old, new in steps:
        if is_undone and old in successors:
            del successors[old]
            statuses[old] = Status.ACCEPTED
        elif not is_undone and refusal(old, new, statuses, successors) is None:
            statuses[old], successors[old] = Status.SUPERSEDED, new
        for number in statuses:
            assert successors.get(chain(number, successors)[-1]) is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (Status.ACCEPTED, Status.ACCEPTED, None),
        (Status.DEPRECATED, Status.ACCEPTED, None),
        (Status.SUPERSEDED, Status.ACCEPTED, Refusal.SUPERSEDED_BEFORE),
        (Status.PROPOSED, Status.ACCEPTED, Refusal.NOT_DECIDED),
        (Status.REJECTED, Status.ACCEPTED, Refusal.NOT_DECIDED),
        (Status.ACCEPTED, Status.PROPOSED, Refusal.NOT_ACCEPTED),
        (Status.ACCEPTED, Status.DEPRECATED, Refusal.NOT_ACCEPTED),
    ],
)
def test_only_what_was_accepted_is_superseded_by_what_is(
    old: Status, new: Status, why: Refusal | None
) -> None:
    assert refusal(1, 2, {1: old, 2: new}, {}) is why


@pytest.mark.parametrize("pairs", [[(1, 2), (2, 1)], [(1, 2), (2, 3), (3, 1)]])
def test_people_who_supersede_at_once_close_no_circle(
    pairs: list[tuple[int, int]], bot: Bot
) -> None:
    _settle_in(bot)
    for number in range(1, 4):
        _add(bot, f"option {number}")
    done: list[bool] = []
    threads = [Thread(target=_supersede, args=(bot, *pair, done)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(pairs)
    assert {True, False} == set(done)
    with bot.begin("T1", during="interaction") as uow:
        assert Status.ACCEPTED in {row.status for row in queries.newest(uow)}


@pytest.mark.parametrize(
    ("text", "wanted", "unread"),
    [
        ("", Wanted(), None),
        ("<#C1|infra> accepted", Wanted(channel_id="C1", status="accepted"), None),
        ("<@U2|mei> tag Database", Wanted(owner_id="U2", tags=("database",)), None),
        ("mine", Wanted(owner_id="U1"), None),
        ("status proposed by <@U3>", Wanted(owner_id="U3", status="proposed"), None),
        ("#hiring hiring", Wanted(tags=("hiring",)), None),
        ("tag accepted", Wanted(tags=("accepted",)), None),
        ("accepted @nobody", Wanted(status="accepted"), "@nobody"),
        ("?!", Wanted(), "?!"),
    ],
)
def test_what_narrows_a_list_is_read(text: str, wanted: Wanted, unread: str | None) -> None:
    assert (wanted, unread) == listing.read(text, "U1")


def test_a_list_is_the_same_behind_its_button() -> None:
    wanted = Wanted("C1", "U1", "accepted", ("a", "b"), 17)
    assert wanted == listing.unwritten(listing.written(wanted))


def test_reminders_begin_with_the_owners_own_day_and_end_with_the_reviews() -> None:
    on = date(2026, 10, 19)  # a Monday: a day before, nobody works
    at = [instant for instant, _ in reviews.reminders(on, TOKYO)]
    assert at == [datetime(2026, 10, day, 0, tzinfo=UTC) for day in (5, 12, 19)]
    assert reviews.reminder_at(on, TOKYO, at[1]) == 7
    assert reviews.next_look(on, TOKYO, at[2]) == datetime(2026, 10, 19, 15, tzinfo=UTC)
    assert reviews.next_look(on, TOKYO, datetime(2026, 10, 19, 15, tzinfo=UTC)) is None


def test_of_reminders_that_were_missed_only_the_last_one_counts() -> None:
    on, now = date(2026, 10, 15), datetime(2026, 10, 13, 9, tzinfo=UTC)
    assert reviews.reminder_at(on, BERLIN, now) == 7
    assert reviews.next_look(on, BERLIN, now) == datetime(2026, 10, 14, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "then"),
    [
        (date(2026, 10, 6), date(2027, 4, 6)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_the_next_review_is_half_a_year_away(today: date, then: date) -> None:
    assert then == reviews.next_review(today)


def test_words_of_two_meet_field_by_field() -> None:
    base = Fields("Postgres", context="less to run", tags=("db",))
    theirs = Fields("Postgres for all", context="it is one thing", tags=("db",))
    newest = Fields("Postgres", context="it is cheap", tags=("db", "queue"))
    merged = merging.merged(base, theirs, newest)
    assert merged == Fields("Postgres for all", context="it is one thing", tags=("db", "queue"))
    assert merging.clashes(base, theirs, newest) == ("context",)


def test_versions_stay_as_they_were_and_are_read_back(bot: Bot) -> None:
    _settle_in(bot)
    first = Fields("Postgres", owner_id="U1", review_on=date(2027, 1, 5), tags=("db",))
    with bot.begin("T1", during="interaction") as uow:
        row = recording.add(uow, first, Place("C1"), by="U1")
        assert row is not None
        recording.change(
            uow, row, Change.AMENDED, by="U1", fields=Fields("Redis", is_reversible=False)
        )
        uow.session.flush()
        kept = [recording.fields_of_record(each.record) for each in queries.versions(uow, 1)]
    assert kept == [first, Fields("Redis", is_reversible=False)]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.PROPOSED, "press Change on its card"),
        (Status.REJECTED, "D-1 is rejected, so it stays as it is."),
    ],
)
def test_only_what_holds_is_amended(status: Status, sentence: str, bot: Bot) -> None:
    _settle_in(bot)
    with bot.begin("T1", during="interaction") as uow:
        recording.add(uow, Fields("Postgres"), Place("C1"), by="U1", status=status)
        begun = dict.fromkeys(("opened_at", "changed_at", "closes_at"), uow.now)
        own = {"number": 1, "proposer_id": "U1", "options": "", "days": 1, "is_lazy": False}
        proposals.add(uow, own | begun)
        with pytest.raises(Refused, match=sentence):
            amending.to_amend(uow, "U1", 1)


def _settle_in(bot: Bot) -> None:
    """A workspace with one person and one channel, in which Baton is, too."""
    now = bot.clock.now()
    with bot.database.transaction() as session:
        home = Workspace("T1", "Baton", "https://baton.test/", "B1", "UB", frozenset())
        workspaces.save(session, home, now=now)
        people.save(session, "T1", Account("U1", "Tom", "Europe/Berlin", is_member=True), now=now)
        room = Channel("C1", "infra", is_private=False, is_member=True)
        channels.save(session, "T1", room, ["U1"], as_of=now)


def _add(bot: Bot, title: str) -> None:
    with bot.begin("T1", during="interaction") as uow:
        assert recording.add(uow, Fields(title, owner_id="U1"), Place("C1"), by="U1")


def _supersede(bot: Bot, old: int, new: int, done: list[bool]) -> None:
    try:
        with bot.begin("T1", during="interaction") as uow:
            superseding.supersede(uow, "U1", old, new)
        done.append(True)
    except Refused:
        done.append(False)
