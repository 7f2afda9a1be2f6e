"""Chains, and what becomes of a baton that nobody takes, that is left behind, or that rests."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.service.batons import HandedOver, hand_over
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

MINUTE = timedelta(minutes=1)
TAKE_IT = "Can you take this"
LOGIN = "Fix the login"


def test_a_baton_goes_round_the_sun_with_one_reminder_each_and_comes_back(lively: Town) -> None:
    _chain(lively, "@Priya @Ana @Sam")
    _hand_over(lively)
    tuesday = datetime(2026, 10, 6, tzinfo=UTC)
    assert _holder(lively) == "Priya", "she works until 11:30 UTC"
    lively.move_to(tuesday + timedelta(hours=10) - MINUTE)
    assert _reminders(lively, lively.priya) == []
    lively.move_to(tuesday + timedelta(hours=10))
    lively.advance(minutes=20)
    (told,) = _reminders(lively, lively.priya)
    assert "Wed 7 Oct, 09:30 it goes on to @Ana" in told, "half an hour of it is tomorrow's"
    wednesday = tuesday + timedelta(days=1)
    lively.move_to(wednesday + timedelta(hours=4) - MINUTE)
    assert _holder(lively) == "Priya"
    lively.move_to(wednesday + timedelta(hours=4))
    assert _holder(lively) == "Ana", "the next one, who starts at 12:00 UTC"
    lively.move_to(wednesday + timedelta(hours=14))
    assert len(_reminders(lively, lively.ana)) == 1
    lively.move_to(wednesday + timedelta(hours=16))
    assert _holder(lively) == "Sam"
    lively.move_to(wednesday + timedelta(hours=18))
    (told,) = _reminders(lively, lively.sam)
    assert "it goes back to @Tom" in told
    lively.move_to(wednesday + timedelta(hours=20))
    assert (_holder(lively), _baton(lively).state) == ("Tom", State.BACK)
    moves = [StepKind.NUDGED, StepKind.MOVED] * 2
    assert _steps(lively) == [StepKind.HANDED_OVER, *moves, StepKind.NUDGED, StepKind.CAME_BACK]
    assert len(_reminders(lively, lively.priya)) == 1


def _chain(town: Town, people: str, channel: str = "#infra") -> None:
    town.tom.types(channel, f"/handoff chain {people}")
    town.settle()


def _hand_over(
    town: Town, what: str = LOGIN, to: To = To(), *, by: Person | None = None, **texts: str
) -> HandedOver:
    sender_id = _id(town, by or town.tom)
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        item = Item(what, **texts)
        found = hand_over(uow, town.app.bot.asks, sender_id, "C0INFRA00", item, to)
    town.settle()
    assert not found.refusal
    return found


def _baton(town: Town, what: str = LOGIN) -> HandoffBatonRow:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        rows = queries.open_in(uow, "C0INFRA00")
        return next(each for each in rows if each.what == what)


def _holder(town: Town, what: str = LOGIN) -> str:
    """The name of whoever has a baton or is to take it."""
    holder_id = _baton(town, what).holder_id
    return next(name for name in NAMES if town.slack.see(name)["me"] == holder_id)


def _steps(town: Town) -> list[str]:
    baton_id: UUID = _baton(town).id
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return [each.kind for each in queries.steps(uow, [baton_id])[baton_id]]


def _reminders(town: Town, person: Person) -> list[str]:
    return [text for text in town.writes_to(person) if TAKE_IT in text]


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])


NAMES = ("Tom", "Ana", "Priya", "Sam", "Mei")
