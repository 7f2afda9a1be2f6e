"""The forms that change a decision: amend, supersede, deprecate, review."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.core.blocks import (
    Block,
    choice_input,
    date_input,
    form,
    notice,
    radio,
    section,
    sections,
    text_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import Link, Mrkdwn, Quote, join, mrkdwn
from bot.core.replies import View
from bot.features.decisions.messages.cards import named, person
from bot.features.decisions.messages.histories import FIELDS
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules.registry import Decision, Fields, Outcome
from bot.features.decisions.rules.reviews import next_review

AMEND_FORM: Final = "decisions.amend_form"
SUPERSEDE_FORM: Final = "decisions.supersede_form"
DEPRECATE_FORM: Final = "decisions.deprecate_form"
REVIEW_FORM: Final = "decisions.review_form"

NOTE: Final = "note"
SUCCESSOR: Final = "successor"
OUTCOME: Final = "outcome"
NEXT_ON: Final = "next_on"
_NOTE_LENGTH: Final = 1_000
_OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.STILL_TRUE: "Still true",
    Outcome.REVERSED: "Reversed: it holds no more",
    Outcome.IMPLEMENTED: "Implemented: no need to look at it again",
}


def amend(decision: Decision, fields: Fields | None = None, note: str = "") -> View:
    """The form that amends a decision, with its newest version, or somebody's words, in it."""
    blocks = field_blocks.blocks(fields or decision.fields)
    why = text_input(
        NOTE,
        "What changes, and why",
        initial=note,
        hint="Everybody can read it in the history.",
        optional=True,
        multiline=True,
        max_length=_NOTE_LENGTH,
    )
    version = str(decision.version)
    named_apart = [each | {"block_id": field(each["block_id"], version)} for each in [*blocks, why]]
    return form(
        f"Amend {decision.name}",
        AMEND_FORM,
        named_apart,
        submit="Amend",
        reference=f"{decision.number}|{version}",
    )


def amended_meanwhile(
    decision: Decision, by: str, fields: Fields, clashes: Sequence[str], note: str
) -> View:
    """Somebody else amended it first: one's own words, and what stands there now."""
    intro = mrkdwn(
        "{who} amended {name} while you wrote. Nothing of yours is lost: it is in this form, on "
        "top of the newest version. Send it again if it still holds.",
        who=person(by),
        name=named(decision),
    )
    blocks: list[Block] = [section(intro)]
    if clashes:
        told = [_newest(decision.fields, name) for name in clashes]
        both = Mrkdwn("You both changed this; the newest version says:")
        blocks += sections(join("\n", [both, *told]))
    view = amend(decision, fields, note)
    return view | {"blocks": [*blocks, *view["blocks"]]}


def field(name: str, version: str) -> str:
    """The id of a field in the form for a version.

    Slack keeps what was typed where ids stay the same, also over what a new form fills in.
    """
    return f"{name}:{version}"


def supersede(decision: Decision) -> View:
    """The form that picks what takes the place of a decision."""
    blocks = [
        section(_about(decision)),
        text_input(
            SUCCESSOR,
            "Which decision takes its place?",
            hint="Its number, like D-17. Log it first if it has none.",
            max_length=20,
        ),
        _why(optional=True),
    ]
    reference = str(decision.number)
    return form(
        f"Supersede {decision.name}",
        SUPERSEDE_FORM,
        blocks,
        submit="Supersede",
        reference=reference,
    )


def deprecate(decision: Decision) -> View:
    """The form that says why a decision holds no more."""
    told = "It stays in the registry, marked as deprecated; nothing takes its place."
    blocks = [section(_about(decision)), section(Mrkdwn(told)), _why(optional=False)]
    return form(
        f"Deprecate {decision.name}",
        DEPRECATE_FORM,
        blocks,
        submit="Deprecate",
        reference=str(decision.number),
    )


def review(decision: Decision, today: date, outcome: str = Outcome.STILL_TRUE) -> View:
    """The form that says whether a decision still holds."""
    blocks = [
        section(_about(decision)),
        choice_input("Does it still hold?", radio(OUTCOME, _OUTCOMES, initial=outcome)),
        date_input(
            NEXT_ON,
            "Look at it again on",
            initial=next_review(today),
            hint="If it is still true.",
            optional=True,
        ),
        _why(optional=True),
    ]
    return form(
        f"Review {decision.name}",
        REVIEW_FORM,
        blocks,
        submit="Record",
        reference=f"{decision.number}|{decision.version}",
    )


def told(title: str, sentence: str) -> View:
    """Something that only has to be said."""
    return notice(title, [section(mrkdwn("{sentence}", sentence=sentence))])


def note_in(event: FormSubmitted) -> str:
    """What somebody wrote about their change."""
    return event.values.get(NOTE, "").strip()


def _about(decision: Decision) -> Mrkdwn:
    label = f"{decision.name}: {decision.fields.title}"
    shown = Link(decision.permalink, label) if decision.permalink else label
    return mrkdwn("*{decision}*", decision=shown)


def _why(*, optional: bool) -> Block:
    return text_input(
        NOTE,
        "Why",
        hint="Everybody can read it in the history.",
        optional=optional,
        multiline=True,
        max_length=_NOTE_LENGTH,
    )


def _newest(fields: Fields, name: str) -> Mrkdwn:
    """What one field says now."""
    title = mrkdwn("*{field}*", field=FIELDS[name].capitalize())
    match name:
        case "owner_id":
            return join("\n", [title, mrkdwn("{who}", who=person(fields.owner_id))])
        case "is_reversible":
            said = {None: "", True: "Yes", False: "No"}[fields.is_reversible]
        case "tags":
            said = " ".join(fields.tags)
        case _:
            said = str(getattr(fields, name) or "")
    return join("\n", [title, mrkdwn("{said}", said=Quote(said or "(nothing)"))])
