"""The forms of a hand-off: the day, then its items in pages; one item alone; what went where."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID
from zlib import crc32

from bot.core.blocks import (
    Block,
    Options,
    channel_input,
    context,
    divider,
    form,
    notice,
    person_input,
    section,
    sections,
    text_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import Mrkdwn, clean, mrkdwn
from bot.core.replies import View
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.messages.notes import Given, Outcome
from bot.features.handoffs.modals import fields, prefilling
from bot.features.handoffs.rules.batons import WHAT_LENGTH
from bot.features.handoffs.rules.notes import (
    PER_PAGE,
    Entry,
    Written,
    entries_from,
    lines_of,
    listed,
    on_page,
    pages_of,
)

DAY_FORM: Final = "handoffs.day_form"
ITEMS_FORM: Final = "handoffs.items_form"
ONE_FORM: Final = "handoffs.one_form"

CHANNEL: Final = "channel"
DONE: Final = "done"
IN_PROGRESS: Final = "in_progress"
WATCH_OUT: Final = "watch_out_all"
WHAT: Final = "what"
WHOM: Final = "whom"

ONE: Final = 0
"""The number of an item that stands alone."""
_MARK: Final = ":"


def day(note_id: UUID, written: Written, channel_id: str, above: Sequence[Mrkdwn] = ()) -> View:
    """The first page: what is done and what is in progress, a line for each."""
    blocks: list[Block] = [
        *messages.small(above),
        channel_input(
            CHANNEL,
            "Where?",
            initial=channel_id or None,
            hint="A channel that you and I are in. Your hand-off stands there for everybody.",
        ),
        _lines(DONE, "Done", lines_of(written.done), "A line for each. Take out what is nobody's."),
        _lines(
            IN_PROGRESS,
            "In progress",
            lines_of(written.entries),
            "A line for each. On the next page you say who carries it on.",
        ),
        _lines(WATCH_OUT, "Watch out for", written.watch_out, "What everybody should know."),
    ]
    view = form("Your hand-off", DAY_FORM, blocks, submit="Next", reference=str(note_id))
    return view | {"external_id": f"{DAY_FORM}{_MARK}{note_id}"}


def read_day(event: FormSubmitted, before: Written) -> tuple[str, Written]:
    """Channel, and what stands in the first page."""
    written = Written(
        entries_from(prefilling.joined(event, DONE, prefilling.DONE), before.done),
        entries_from(prefilling.joined(event, IN_PROGRESS, prefilling.IN_PROGRESS), before.entries),
        prefilling.joined(event, WATCH_OUT, prefilling.WATCH_OUT),
    )
    return event.values.get(CHANNEL, ""), written


def items(
    note_id: UUID,
    written: Written,
    page: int,
    choices: Options,
    above: Sequence[Mrkdwn] = (),
) -> View:
    """A page of questions about single items, the first being 0."""
    blocks: list[Block] = [*messages.small(above)]
    for number, entry in numbered(written, page):
        title = mrkdwn("*{number} · {what}*", number=number, what=entry.item.what)
        blocks += [section(title), *fields.to_whom(number, entry, choices)]
        blocks += [*fields.about(number, entry.item), divider()]
    is_last = page + 1 >= pages_of(written.entries)
    called = "Your hand-off" if page == 0 and is_last else f"Your hand-off, page {page + 1}"
    reference = _MARK.join([str(note_id), str(page), mark_of(written)])
    submit = "Hand over" if is_last else "Next"
    return form(called, ITEMS_FORM, blocks[:-1], submit=submit, reference=reference)


def numbered(written: Written, page: int) -> list[tuple[int, Entry]]:
    """The items of a page with their numbers in the hand-off, from 1 on."""
    return list(enumerate(on_page(written.entries, page), page * PER_PAGE + 1))


def page_of(reference: str) -> tuple[str, int, str]:
    """Hand-off, page and the mark of its lines, of a form that was sent."""
    note_id, page, mark = reference.split(_MARK)
    return note_id, int(page), mark


def mark_of(written: Written) -> str:
    """Changes when other items are listed, or in another order."""
    lines = "\n".join(each.item.what for each in listed(written.entries))
    return f"{crc32(lines.encode()):x}"


def one(note_id: UUID, entry: Entry, channel_id: str) -> View:
    """The form that hands over one thing to a named person."""
    blocks: list[Block] = [
        person_input(WHOM, "Who carries it on?", initial=entry.to or None),
        text_input(WHAT, "What?", initial=entry.item.what, max_length=WHAT_LENGTH),
        channel_input(
            CHANNEL,
            "Where?",
            initial=channel_id or None,
            hint="A channel that you and I are in. It stands there for everybody.",
        ),
        *fields.about(ONE, entry.item),
    ]
    return form("Hand over", ONE_FORM, blocks, submit="Hand over", reference=str(note_id))


def sent(outcome: Outcome) -> View:
    """What went where."""
    blocks = [block for part in messages.told(outcome) for block in sections(part)]
    return notice("Handed over", blocks)


def read_one(event: FormSubmitted, before: Entry) -> tuple[str, Entry]:
    """Channel, and the one thing with what stands in its form."""
    values = event.values
    entry = fields.read(event, ONE, before)
    item = replace(entry.item, what=" ".join(values.get(WHAT, "").split()))
    return values.get(CHANNEL, ""), replace(entry, item=item, to=values.get(WHOM, ""))


def mistakes_of_one(event: FormSubmitted, author_id: str) -> dict[str, str]:
    """A sentence for each of its fields that cannot stay as it is."""
    found = fields.mistakes(event, ONE, author_id)
    if not clean(event.values.get(WHAT, "")).strip():
        found[WHAT] = refusals.NO_WORDS
    if event.values.get(WHOM) == author_id:
        found[WHOM] = refusals.YOURSELF
    return found


def sent_one(given: Given, channel_id: str) -> View:
    """Where one thing went."""
    title = "Handed over" if given.is_new else "Not handed over"
    return notice(title, [section(messages.told_of_one(given, channel_id))])


def sent_before() -> View:
    """The same form was sent a second time."""
    return notice("Handed over", [section(messages.sent_already().text)])


def not_yours() -> View:
    """The form cannot be sent any more."""
    return notice("Not handed over", [context(mrkdwn("{why}", why=messages.NOT_YOURS))])


def _lines(name: str, label: str, initial: str, hint: str) -> Block:
    return text_input(name, label, initial=initial, hint=hint, optional=True, multiline=True)
