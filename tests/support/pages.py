"""People who page one another in a town."""

from typing import Final

from bot.core import people
from bot.features.redphone.service import changing
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

FIRE: Final = "/redphone Nobody can sign up"
DOWN: Final = "Production down: customers cannot use the product"
FILLED: Final = {"What is it?": DOWN, "What it hurts": "All new customers"}


def on_call(town: Town, person: Person) -> None:
    """Puts somebody on call for good."""
    user_id = str(town.slack.see(person.name)["me"])
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        whom = people.find(uow.session, uow.team_id, user_id)
        assert whom is not None
        changing.put_on_call(uow, whom, by=user_id)


def pages_somebody(town: Town, caller: Person, whom: str, channel: str = "#infra") -> None:
    """Somebody pages a person, also where that wakes them."""
    caller.types(channel, FIRE)
    caller.fills_in({**FILLED, "Person to page": whom})
    view = caller.form
    if view is not None and view["submit"] is not None:
        caller.fills_in({})
    town.settle()


def notices(town: Town, person: Person) -> list[str]:
    """What paged somebody, as it was first written."""
    return [text for text in town.writes_to(person) if "needs you now" in text]


def progress(town: Town, caller: Person | None = None) -> str:
    """What the message that follows a page says now to its caller; Sam, if nobody is named."""
    town.settle()
    told = (caller or town.sam).direct_messages()
    return str(next(each["text"] for each in told if "Nobody can sign up" in each["text"]))
