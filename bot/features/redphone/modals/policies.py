"""The form for one level of an escalation policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.blocks import (
    Block,
    checkboxes,
    choice_input,
    context,
    form,
    multi_select,
    notice,
    number_input,
    people_input,
)
from bot.core.render import mrkdwn
from bot.core.replies import View
from bot.features.redphone.messages import policies as words
from bot.features.redphone.rules.policies import (
    MAX_CONTACTS,
    MAX_ROUNDS,
    MAX_WAIT,
    OUTSIDE,
    Level,
    Place,
    Policy,
    Way,
)
from bot.features.redphone.rules.targets import PERSON

FORM: Final = "redphone.policy_form"
CONTACTS: Final = "contacts"
PEOPLE: Final = "people"
WAYS: Final = "ways"
WAIT: Final = "wait"
AT_ONCE: Final = "at_once"
ROUNDS: Final = "rounds"
REMOVE: Final = "remove"
YES: Final = "yes"
TITLE: Final = "Escalation policy"
OFFERED: Final = (Way.CHANNEL, *OUTSIDE)
"""The ways to choose from; whoever is reached gets a direct message in any case."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form is drawn from: what can be picked, what is set up, and the policy's name."""

    offered: Mapping[str, str]
    pagers: Sequence[str]
    title: str


def level(place: Place, policy: Policy, sheet: Sheet) -> View:
    """The form for a level; for a new one with what is usual, but for whom it reaches."""
    is_new = place.number > len(policy.levels)
    shown = Level(contacts=()) if is_new else policy.levels[place.number - 1]
    about = "a new level" if is_new else f"level {place.number} of {len(policy.levels)}"
    return form(
        TITLE,
        FORM,
        [
            context(mrkdwn("{title}, {about}", title=sheet.title, about=about)),
            *_contacts(shown, sheet),
            *_ways(shown, sheet),
            *_times(shown, policy),
            *([] if is_new or len(policy.levels) == 1 else [_remove()]),
        ],
        submit="Save",
        reference=place.to_text(),
    )


def told(blocks: list[Block], name: str) -> View:
    """What stands in the form's place from then on; it is known by `name` while it is open."""
    return notice(TITLE, blocks) | {"external_id": f"{FORM}:{name}", "private_metadata": name}


def _contacts(shown: Level, sheet: Sheet) -> list[Block]:
    prefix = f"{PERSON}:"
    picked = [each.removeprefix(prefix) for each in shown.contacts if each.startswith(prefix)]
    menu = multi_select(CONTACTS, sheet.offered, initial=list(shown.contacts))
    return [
        choice_input("Rotations and groups", menu, optional=True),
        people_input(PEOPLE, "People", initial=picked, most=MAX_CONTACTS, optional=True),
    ]


def _ways(shown: Level, sheet: Sheet) -> list[Block]:
    options = {each.value: words.way(each, sheet.pagers) for each in OFFERED}
    boxes = checkboxes(WAYS, options, initial=list(shown.ways))
    once = checkboxes(
        AT_ONCE,
        {YES: "All of them at once, not one after the other"},
        initial=[YES] if shown.all_at_once else [],
    )
    hint = "E-mail, SMS and calls reach whoever entered an address, with /redphone contact"
    return [
        choice_input("Besides a direct message by", boxes, hint=hint, optional=True),
        choice_input("Outside of Slack", once, optional=True),
    ]


def _times(shown: Level, policy: Policy) -> list[Block]:
    return [
        number_input(
            WAIT,
            "Minutes until the next level",
            initial=shown.wait,
            least=1,
            most=MAX_WAIT,
        ),
        number_input(
            ROUNDS,
            "Rounds through all levels",
            initial=policy.rounds,
            least=1,
            most=MAX_ROUNDS,
        ),
    ]


def _remove() -> Block:
    box = checkboxes(REMOVE, {YES: "Remove this level"})
    return choice_input("Or", box, optional=True)
