"""What people do with the bot, told so that they try again whatever they were not answered."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from bot.core.agreement.setting import person_scope
from bot.playground.client import NoAnswer, NotPossible, Person
from tests.support.pages import DOWN, FIRE
from tests.support.town import Town

Said = Counter[tuple[str, str, str]]
"""What the bot posted: where, to whom, and how it begins."""
Story = Callable[[Town], None]
TRIES: Final = 4
NIGHT_IN_BERLIN: Final = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
NINE_IN_BERLIN: Final = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)
PUMP: Final = "The pump is back."
POOL: Final = "@Priya can you look at the pool size? I would set it to 20."
LICENSED: Final = "is the font licensed?"
POSTGRES: Final = "Then let's go with Postgres for the job queue."
BACKUPS: Final = "Move the backups to db-3"


def insist(town: Town, act: Callable[[], object], is_so: Callable[[], bool]) -> None:
    """Somebody does something until they see that it is done."""
    for _ in range(TRIES):
        with suppress(NoAnswer, NotPossible):
            act()
        town.settle()
        if is_so():
            return
    raise AssertionError("it does not come to that")


def said(town: Town) -> Said:
    """All that stands in the town from the bot, each message as it was first written."""
    return Counter(
        (
            entry["channel"][0],
            str(sorted(entry["audience"])),
            "".join(sign for sign in entry["text"].splitlines()[0] if not sign.isdigit()),
        )
        for entry in town.slack.journal()
        if entry["kind"] == "message" and entry["mark"]
    )


def an_ask_is_asked_and_answered(town: Town) -> None:
    """In a channel, and directly by a command; both are answered."""
    ts = town.tom.says("#web-relaunch", POOL)
    insist(
        town,
        lambda: town.tom.types("#general", f"/ask @Priya {LICENSED}"),
        lambda: _reads(town, town.priya, LICENSED),
    )
    town.priya.says("#web-relaunch", "Set to 20.", reply_to=ts)
    asked = next(each for each in town.priya.direct_messages() if LICENSED in each["text"])
    direct = town.priya.direct_with(town.slack.see("Priya")["app"]["user"])
    town.priya.says(direct, "It is, for the web.", reply_to=asked["ts"])
    insist(
        town,
        lambda: town.priya.types("#infra", "/ask list"),
        lambda: "Nothing is waiting on you" in town.whispers_to(town.priya)[-1],
    )


def a_decision_is_recorded(town: Town) -> None:
    """From the menu of a message; its card stands in the thread, once."""
    ts = town.priya.says("#infra", POSTGRES)
    town.settle()

    def log() -> None:
        town.priya.picks("Log a decision", "#infra", ts)
        town.priya.fills_in({"Why": "One thing less to run."})

    insist(town, log, lambda: any("D-1" in each["text"] for each in town.posts_in("#infra")))


def a_digest_is_sent(town: Town) -> None:
    """Tom's next morning, with what was said."""
    for name in ("Ana", "Priya", "Sam", "Mei", "Noor", "Ivo"):
        town.sets("digest.on", "off", person_scope(str(town.slack.see(name)["me"])))
    town.move_to(NIGHT_IN_BERLIN)
    town.ana.says("#infra", PUMP)
    town.move_to(NINE_IN_BERLIN)
    insist(town, lambda: town.advance(minutes=1), lambda: _reads(town, town.tom, "Good morning"))


def a_page_is_taken_and_resolved(town: Town) -> None:
    """Sam pages Priya, who is on it, and sees to it."""
    form = {"What is it?": DOWN, "What it hurts": "All new customers", "Person to page": "Priya"}

    def press() -> None:
        town.sam.types("#infra", FIRE)
        town.sam.fills_in(form)

    def resolve() -> None:
        town.priya.presses("Resolve…")
        town.priya.fills_in({"What was it, and what was done?": "A bad deploy, rolled back"})

    insist(town, press, lambda: _reads(town, town.priya, "needs you now"))
    insist(
        town,
        lambda: town.priya.presses("I'm on it"),
        lambda: _reads(town, town.sam, "@Priya is on it"),
    )
    insist(town, resolve, lambda: _stands(town, town.priya, "A bad deploy, rolled back"))


def a_baton_is_handed_over_and_taken(town: Town) -> None:
    """Tom writes at the end of his day what Mei is to carry on; she says that she has it."""
    given: Mapping[str, str] = MappingProxyType(
        {"1 · How far is it?": "Half of them are copied.", "1 · Next step": "Copy the rest."}
    )

    def hand_over() -> None:
        town.tom.types("#infra", "/handoff chain @Tom @Mei")
        town.tom.types("#infra", "/handoff")
        town.tom.fills_in({"In progress": BACKUPS})
        town.tom.fills_in(given)

    insist(
        town, hand_over, lambda: any(BACKUPS in each["text"] for each in town.posts_in("#infra"))
    )
    insist(
        town,
        lambda: town.mei.presses("I have it"),
        lambda: any("Mei has it" in each["text"] for each in town.posts_in("#infra")),
    )


STORIES: Final[Mapping[str, Story]] = MappingProxyType(
    {
        "ask": an_ask_is_asked_and_answered,
        "decision": a_decision_is_recorded,
        "digest": a_digest_is_sent,
        "page": a_page_is_taken_and_resolved,
        "hand-off": a_baton_is_handed_over_and_taken,
    }
)


def _reads(town: Town, person: Person, words: str) -> bool:
    return any(words in text for text in town.writes_to(person))


def _stands(town: Town, person: Person, words: str) -> bool:
    town.settle()
    return any(words in each["text"] for each in person.direct_messages())
