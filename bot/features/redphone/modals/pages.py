"""The form of the red phone, and what stands in its place when it was sent off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.blocks import (
    Block,
    Element,
    actions,
    button,
    choice_input,
    context,
    form,
    notice,
    person_input,
    radio,
    section,
    select,
    text_input,
)
from bot.core.render import Mrkdwn, join
from bot.core.replies import View
from bot.features.redphone.messages import preflight as words
from bot.features.redphone.rules import pages as rules
from bot.features.redphone.rules.pages import Filled
from bot.features.redphone.rules.targets import PERSON, Preflight

FORM: Final = "redphone.form"
ANYWAY_FORM: Final = "redphone.anyway_form"
ASK_INSTEAD: Final = "redphone.ask_instead"
KIND: Final = "kind"
WHAT: Final = "what"
IMPACT: Final = "impact"
WHOM: Final = "redphone.whom"
PERSON_FIELD: Final = "redphone.person"
TITLE: Final = "Red phone"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form is drawn from, besides what was typed.

    `offered` are the rotations and groups by target. `on_top` is what has to be read first.
    `is_second`: it is the second time of asking, since somebody would be disturbed.
    """

    criteria: tuple[str, ...]
    offered: Mapping[str, str]
    preflight: Preflight | None
    on_top: Sequence[Mrkdwn] = ()
    is_second: bool = False


def page(filled: Filled, sheet: Sheet) -> View:
    """The form, with what was typed."""
    view = form(
        TITLE,
        ANYWAY_FORM if sheet.is_second else FORM,
        [
            *map(section, sheet.on_top),
            *_kind(filled, sheet.criteria),
            *_texts(filled),
            *_whom(filled, sheet.offered),
            *map(section, words.lines(sheet.preflight)),
            context(join("\n", words.small_print(sheet.preflight))),
            actions([_ask_instead()]),
        ],
        submit="Page anyway" if sheet.is_second else "Page now",
        reference=filled.origin.to_text(),
    )
    return view | {"external_id": name_of(filled.origin.form_id)}


def told(form_id: str, text: Sequence[Mrkdwn]) -> View:
    """What stands in the form's place from then on."""
    return notice(TITLE, [*map(section, text)]) | {"external_id": name_of(form_id)}


def name_of(form_id: str) -> str:
    """The name by which Slack knows an open form."""
    return f"{FORM}:{form_id}"


def _kind(filled: Filled, criteria: tuple[str, ...]) -> list[Block]:
    """The criteria, as the choice of what it is."""
    kinds = rules.kinds(criteria)
    if not kinds:
        return []
    is_cut = any(len(each) > rules.MAX_KIND for each in kinds.values())
    in_full = [context(words.criteria(list(kinds.values())))] if is_cut else []
    choice = radio(KIND, kinds, initial=filled.kind or None)
    return [choice_input("What is it?", choice), *in_full]


def _texts(filled: Filled) -> list[Block]:
    return [
        text_input(
            WHAT,
            "What is happening",
            initial=filled.what,
            multiline=True,
            max_length=rules.MAX_WHAT,
        ),
        text_input(
            IMPACT,
            "What it hurts",
            initial=filled.impact,
            hint="Who or what suffers while nobody acts",
            max_length=rules.MAX_IMPACT,
        ),
    ]


def _whom(filled: Filled, offered: Mapping[str, str]) -> list[Block]:
    """Whom to page; the person only where a person is meant."""
    choices = {**dict(list(offered.items())[:99]), PERSON: "A person"}
    menu = select(WHOM, choices, initial=filled.whom)
    whom = [_telling(choice_input("Whom to page", menu))] if offered else []
    if filled.whom != PERSON and offered:
        return whom
    picked = person_input(PERSON_FIELD, "Person to page", initial=filled.person_id or None)
    return [*whom, _telling(picked)]


def _telling(block: Block) -> Block:
    """A field of which Slack tells at once what was chosen."""
    return block | {"dispatch_action": True}


def _ask_instead() -> Element:
    return button("Make it an ask: answer within 2 hours", ASK_INSTEAD)
