"""The fields of every form about a decision, and what somebody filled in."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import Final

from bot.core.blocks import (
    Block,
    choice_input,
    date_input,
    person_input,
    radio,
    text_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import clean
from bot.features.decisions.messages import capture as messages
from bot.features.decisions.rules.registry import (
    MAX_TAGS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    Fields,
    all_tags_in,
    tags_in,
)

TITLE: Final = "title"
TEXT: Final = "text"
CONTEXT: Final = "context"
ALTERNATIVES: Final = "alternatives"
OBJECTIONS: Final = "objections"
OWNER: Final = "owner_id"
REVIEW_ON: Final = "review_on"
REVERSIBLE: Final = "is_reversible"
TAGS: Final = "tags"

LABELS: Final[Mapping[str, str]] = {
    TITLE: "Decision",
    TEXT: "In full",
    CONTEXT: "Why",
    ALTERNATIVES: "What else was considered",
    OBJECTIONS: "Objections",
}
HINTS: Final[Mapping[str, str]] = {
    TITLE: "One sentence that somebody who was not there understands.",
    TEXT: "What was decided, in the words that count.",
    CONTEXT: "What it is about, and what speaks for it.",
    ALTERNATIVES: "One on each line, and why it was turned down.",
    OBJECTIONS: "One on each line: who objected to what, and how it was settled.",
}
"""What is asked about what was decided, in order."""
_REVERSIBLE: Final = {"yes": "Yes, easily", "no": "No, or only at a cost"}


def blocks(fields: Fields, *, anew: Collection[str] = (), mark: str = "") -> list[Block]:
    """The fields, with what is known of them filled in.

    Slack keeps what somebody typed where a block id stays: the fields `anew` get another one, with
    `mark` behind their name, and show what they are filled in with.
    """
    return [
        block | {"block_id": f"{block['block_id']}.{mark}"} if block["block_id"] in anew else block
        for block in (*words(fields, HINTS), *details(fields))
    ]


def words(fields: Fields, hints: Mapping[str, str]) -> list[Block]:
    """The fields in words that have a hint, in this order; `details` are the others."""
    written = asdict(fields)
    return [
        text_input(TITLE, LABELS[name], initial=fields.title, hint=hint, max_length=TITLE_LENGTH)
        if name == TITLE
        else _lines(name, LABELS[name], written[name], hint)
        for name, hint in hints.items()
    ]


def details(fields: Fields) -> list[Block]:
    """Who looks after it, when it is looked at again, whether it can be undone, its tags."""
    return [
        person_input(
            OWNER,
            "Owner",
            initial=fields.owner_id or None,
            hint="Looks after it from now on.",
            optional=True,
        ),
        date_input(
            REVIEW_ON,
            "Look at it again on",
            initial=fields.review_on,
            hint="The owner is reminded 14 days, 7 days and 1 day before.",
            optional=True,
        ),
        choice_input(
            "Can it be undone?",
            radio(REVERSIBLE, _REVERSIBLE, initial=_choice(fields.is_reversible)),
            optional=True,
        ),
        text_input(
            TAGS,
            "Tags",
            initial=" ".join(fields.tags),
            hint="Separated by spaces, e.g. database hiring",
            optional=True,
            max_length=300,
        ),
    ]


def read(event: FormSubmitted) -> Fields:
    """What somebody filled in; what a form has no field for is empty."""
    values = event.values
    picked = values.get(REVERSIBLE, "")
    return Fields(
        title=" ".join(values.get(TITLE, "").split()),
        text=values.get(TEXT, "").strip(),
        context=values.get(CONTEXT, "").strip(),
        alternatives=values.get(ALTERNATIVES, "").strip(),
        objections=values.get(OBJECTIONS, "").strip(),
        owner_id=values.get(OWNER, ""),
        review_on=date.fromisoformat(values[REVIEW_ON]) if values.get(REVIEW_ON) else None,
        is_reversible=picked == "yes" if picked else None,
        tags=tags_in(values.get(TAGS, "")),
    )


def mistakes(event: FormSubmitted, today: date, *, known: date | None = None) -> dict[str, str]:
    """A sentence for each field that cannot stay as it is; `today` is where the person is.

    `known` is a day to look again that stands there already.
    """
    fields, tags = read(event), all_tags_in(event.values.get(TAGS, ""))
    found = {}
    if not clean(fields.title).strip():
        found[TITLE] = messages.no_title()
    if fields.review_on not in {None, known} and fields.review_on < today:
        found[REVIEW_ON] = messages.day_is_over()
    if len(tags) > MAX_TAGS:
        found[TAGS] = messages.too_many_tags(len(tags))
    return found


def _lines(name: str, label: str, words: str, hint: str) -> Block:
    return text_input(
        name,
        label,
        initial=words,
        hint=hint,
        optional=True,
        multiline=True,
        max_length=TEXT_LENGTH,
    )


def _choice(is_reversible: bool | None) -> str | None:  # noqa: FBT001
    return None if is_reversible is None else "yes" if is_reversible else "no"
