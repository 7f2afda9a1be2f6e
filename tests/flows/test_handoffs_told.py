"""One message tells somebody of several batons at once, and shows where each is by then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

import pytest

from bot.core.agreement.setting import person_scope
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.service import batons, carrying
from bot.features.handoffs.service.moving import Mover
from bot.features.handoffs.service.telling import Teller
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs")

T = TypeVar("T")

INFRA: Final = "C0INFRA00"
PRIYA: Final = "U0PRIYA00"
TOM: Final = "U0TOM0000"
TUESDAY: Final = datetime(2026, 10, 6, tzinfo=UTC)
NEW: Final = "hands over 3 things to you"
LATE: Final = "Can you take these"
THINGS: Final = ("Raise the pool size", "Renew the certificate", "Call the bank")
WORKERS: Final = 4


def test_what_is_handed_over_together_is_told_together_and_shows_where_each_is(
    lively: Town,
) -> None:
    lively.sets("attention.budget", "1", person_scope(PRIYA))
    hand_over(lively, *THINGS)
    [told] = about(lively, lively.priya, "hands over")
    assert NEW in told
    assert all(what in told for what in THINGS)
    assert told.count("State: half of it is there") == len(THINGS)
    assert lines(lively, NEW) == dict.fromkeys(THINGS, True)
    lively.priya.picks_option("Raise the pool size", "I have it")
    lively.settle()
    assert "You have it, from" in the_message(lively, NEW)["text"]
    lively.priya.picks_option("Raise the pool size", "Done")
    lively.settle()
    lively.priya.picks_option("Renew the certificate", "Pass on…")
    lively.priya.fills_in({"Who carries it on?": "Noor"})
    lively.settle()
    message = the_message(lively, NEW)
    assert "Done by <@U0PRIYA00>" in message["text"]
    assert "It is offered to <@U0NOOR000>" in message["text"]
    assert lines(lively, NEW) == {THINGS[0]: False, THINGS[1]: False, THINGS[2]: True}


def test_what_somebody_did_not_take_in_time_comes_in_one_reminder(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff chain @Priya @Ana")
    lively.settle()
    hand_over(lively, *THINGS, to=To())
    lively.move_to(TUESDAY + timedelta(hours=10, minutes=1))
    lively.advance(minutes=20)
    [told] = about(lively, lively.priya, LATE)
    assert told.count("Otherwise Wed, 7 Oct, 9:31 am it goes on to @Ana.") == len(THINGS)
    lively.priya.picks_option("Call the bank", "I have it")
    lively.settle()
    for words in (NEW, LATE):
        assert "You have it, from" in the_message(lively, words)["text"]
    lively.move_to(TUESDAY + timedelta(days=1, hours=4, minutes=5))
    assert lines(lively, LATE) == {**dict.fromkeys(THINGS, False), "Call the bank": True}
    assert the_message(lively, LATE)["text"].count("It is offered to <@U0ANA0000>") == 2


def test_what_comes_from_several_people_is_told_together_as_well(quiet: Town) -> None:
    def work(uow: UnitOfWork) -> None:
        for sender, what in ((TOM, "Raise the pool size"), ("U0NOOR000", "Call the bank")):
            batons.hand_over(uow, quiet.app.bot.asks, sender, INFRA, Item(what), To(PRIYA))

    _perform(quiet, work)
    [told] = about(quiet, quiet.priya, "2 things came to you")
    assert "For you to take, from @Tom" in told
    assert "For you to take, from @Noor" in told


def test_of_what_somebody_cannot_open_any_more_the_others_tell_nothing(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()

    def work(uow: UnitOfWork) -> None:
        for channel, what in ((INFRA, "Call the bank"), ("G0LEADS00", "The new salaries")):
            batons.hand_over(uow, quiet.app.bot.asks, TOM, channel, Item(what), To(PRIYA))

    _perform(quiet, work)
    assert lines(quiet, "2 things") == {"Call the bank": True, "The new salaries": True}
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()
    quiet.priya.picks_option("Call the bank", "I have it")
    quiet.settle()
    assert lines(quiet, "1 thing") == {"Call the bank": True}


def test_four_workers_tell_and_remind_of_each_thing_once(quiet: Town) -> None:
    """All at the same time, of the same and of other batons."""
    _perform(quiet, partial(_hand_over, quiet, [f"Item {number}" for number in range(10)]))
    bot = quiet.app.bot
    teller, mover = Teller(bot.digests), Mover(bot.digests, bot.asks)
    _all_at_once(quiet, [teller.tell, teller.tell, mover.remind, teller.tell])
    assert len(about(quiet, quiet.priya, "hands over 10 things to you")) == 1
    _perform(quiet, _make_late)
    _all_at_once(quiet, [mover.remind, teller.tell, mover.remind, mover.remind])
    assert len(about(quiet, quiet.priya, LATE)) == 1
    kinds = [step.kind for step in _steps(quiet)]
    assert kinds.count(StepKind.NUDGED) == 10


def test_an_answer_and_a_holder_who_takes_it_at_that_moment_do_not_wait_for_each_other(
    quiet: Town,
) -> None:
    hand_over(quiet, *THINGS)
    for baton in _open(quiet):
        ask_id = _perform(quiet, partial(_ask_back, quiet, baton.id))
        quiet.settle()
        with ThreadPoolExecutor(2) as workers:
            answered = workers.submit(_perform, quiet, partial(_answer, quiet, ask_id))
            taken = workers.submit(_perform, quiet, partial(_take, quiet, baton.id))
            answered.result()
            taken.result()
    assert [each.state for each in _open(quiet)] == [State.TAKEN] * len(THINGS)


def _ask_back(town: Town, baton_id: UUID, uow: UnitOfWork) -> UUID:
    asks = town.app.bot.asks
    baton = carrying.hold(uow, asks, baton_id, PRIYA, StepKind.RETURNED)
    carrying.ask_back(uow, asks, baton, PRIYA, "Which one?")
    assert baton.ask_id is not None
    return baton.ask_id


def _answer(town: Town, ask_id: UUID, uow: UnitOfWork) -> bool:
    return town.app.bot.asks.close(uow, ask_id, by=TOM)


def _take(town: Town, baton_id: UUID, uow: UnitOfWork) -> None:
    asks = town.app.bot.asks
    baton = carrying.hold(uow, asks, baton_id, PRIYA, StepKind.TAKEN)
    carrying.take(uow, asks, baton, PRIYA)


def _make_late(uow: UnitOfWork) -> None:
    """As if two of their hours had passed."""
    for baton in queries.open_in(uow, "C0INFRA00"):
        baton.offered_at = baton.look_at = uow.now - timedelta(hours=4)


def _all_at_once(town: Town, works: list[Callable[[UnitOfWork, str], None]]) -> None:
    with ThreadPoolExecutor(WORKERS) as workers:
        running = [
            workers.submit(_perform, town, lambda uow, work=work: work(uow, PRIYA))
            for work in works
        ]
        for each in running:
            each.result()


def hand_over(town: Town, *things: str, to: To | None = None) -> None:
    """Tom hands over several things in one go, as his hand-off of a day does."""
    _perform(town, partial(_hand_over, town, things, to=to))
    town.settle()


def _hand_over(
    town: Town, things: list[str] | tuple[str, ...], uow: UnitOfWork, to: To | None = None
) -> None:
    for what in things:
        item = Item(what, progress="half of it is there")
        found = batons.hand_over(uow, town.app.bot.asks, TOM, INFRA, item, to or To(PRIYA))
        assert not found.refusal


def about(town: Town, person: Person, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in town.writes_to(person) if words in text]


def the_message(town: Town, words: str) -> Json:
    """The only message to Priya with these words, as it is by now."""
    town.settle()
    [found] = [each for each in town.priya.direct_messages() if words in each["text"]]
    return found


def lines(town: Town, words: str) -> dict[str, bool]:
    """The things in that message, and whether anything can be done about each."""
    sections = the_message(town, words)["blocks"][1:]
    titles = [each["text"]["text"].partition("|")[2].partition(">")[0] for each in sections]
    return {what: "accessory" in each for what, each in zip(titles, sections, strict=True)}


def _open(town: Town) -> list[HandoffBatonRow]:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return list(queries.open_in(uow, INFRA))


def _steps(town: Town) -> list[HandoffStepRow]:
    ids = [each.id for each in _open(town)]
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        found = queries.steps(uow, ids)
    return [step for steps in found.values() for step in steps]


def _perform(town: Town, work: Callable[[UnitOfWork], T]) -> T:
    return town.app.bot.perform(TEAM_ID, work, during="interaction")
