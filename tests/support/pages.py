"""People who page one another in a town."""

import re
from typing import Final

from bot.playground.client import Person
from tests.support.town import Town

FIRE: Final = "/redphone Nobody can sign up"
DOWN: Final = "Production down: customers cannot use the product"
FILLED: Final = {"What is it?": DOWN, "What it hurts": "All new customers"}


def on_call(town: Town, person: Person) -> None:
    """Puts somebody on call for good."""
    town.tom.types("#infra", f"/redphone oncall @{person.name}")
    town.settle()


def pages_somebody(town: Town, caller: Person, whom: str, channel: str = "#infra") -> None:
    """Somebody pages a person, also where that wakes them."""
    caller.types(channel, FIRE)
    caller.fills_in({**FILLED, "Person to page": whom})
    view = caller.form
    if view is not None and view.get("submit"):
        caller.fills_in({})
    town.settle()


def notices(town: Town, person: Person) -> list[str]:
    """What paged somebody, as it was first written."""
    return [text for text in town.writes_to(person) if "needs you now" in text]


def progress(town: Town, caller: Person | None = None) -> str:
    """What the message that follows a page says now to its caller; Sam, if nobody is named."""
    return next(text for text in shown(town, caller or town.sam) if "Nobody can sign up" in text)


def shown(town: Town, person: Person) -> list[str]:
    """The messages of the app to somebody as they stand now, with the names of people."""
    town.settle()
    names = {each["id"]: each["name"] for each in town.slack.see(person.name)["people"]}
    return [
        re.sub(r"<@(\w+)>", lambda found: f"@{names[found[1]]}", each["text"])
        for each in person.direct_messages()
    ]
