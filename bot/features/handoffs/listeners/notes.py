"""The end of a day: its offer and its forms."""

from bot.core import people
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.people import Person
from bot.core.render import Mrkdwn
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.messages.notes import Given
from bot.features.handoffs.modals import fields
from bot.features.handoffs.modals import notes as modals
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.rules.days import wanting
from bot.features.handoffs.rules.notes import (
    MOST,
    Writing,
    Written,
    from_data,
    listed,
    pages_of,
    with_page,
)
from bot.features.handoffs.service import (
    drafting,
    fuller,
    notes,
    prefilling,
    sending,
    writing,
)


class Notes:
    """Entry points that need to know what features tell of a day, and who keeps track of asks."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def open_today(self, uow: UnitOfWork, person: Person, here: str) -> Reply:
        """The hand-off of somebody's day; `here` is the conversation in which they asked for it."""
        return self._open(uow, notes.of_today(uow, person), person, here)

    def write(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody presses "Write it"."""
        note = notes.own(uow, event.value, event.user_id)
        person = people.find(uow.session, uow.team_id, event.user_id)
        if note is None or person is None:
            return Answer(messages.no_longer_open())
        if note.state == Writing.SENT:
            return Answer(messages.sent_already())
        return self._open(uow, note, person)

    def write_day(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The first page is sent."""
        note = notes.own(uow, event.reference, event.user_id)
        if note is None:
            return ShowNext(modals.not_yours())
        if note.state == Writing.SENT:
            return ShowNext(modals.sent_before())
        channel_id, written = modals.read_day(event, from_data(note.filled))
        note.channel_id, note.state = channel_id, Writing.BEGUN
        writing.keep(note, written)
        wrong = _wrong_in(uow, event.user_id, channel_id, written)
        if wrong:
            return FieldErrors(wrong)
        if pages_of(written.entries):
            return ShowNext(_page(uow, note, written, 0))
        return self._send(uow, note)

    def write_items(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """A page of questions about single items is sent."""
        note_id, page, mark = modals.page_of(event.reference)
        note = notes.own(uow, note_id, event.user_id)
        if note is None:
            return ShowNext(modals.not_yours())
        if note.state == Writing.SENT:
            return ShowNext(modals.sent_before())
        written = from_data(note.filled)
        if mark != modals.mark_of(written):
            return ShowNext(_page(uow, note, written, 0, [messages.changed_meanwhile()]))
        shown = modals.numbered(written, page)
        answered = [fields.read(event, number, entry) for number, entry in shown]
        written = Written(
            written.done, with_page(written.entries, page, answered), written.watch_out
        )
        writing.keep(note, written)
        wrong: dict[str, str] = {}
        for number, _ in shown:
            wrong |= fields.mistakes(event, number, event.user_id)
        if wrong:
            return FieldErrors(wrong)
        if page + 1 < pages_of(written.entries):
            return ShowNext(_page(uow, note, written, page + 1))
        return self._send(uow, note)

    def hand_over_one(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The form about one thing is sent."""
        note = notes.own(uow, event.reference, event.user_id)
        author = people.find(uow.session, uow.team_id, event.user_id)
        if note is None or author is None:
            return ShowNext(modals.not_yours())
        if note.state == Writing.SENT:
            return ShowNext(modals.sent_before())
        [before] = from_data(note.filled).entries
        note.channel_id, entry = modals.read_one(event, before)
        writing.keep(note, Written(entries=(entry,)))
        wrong = modals.mistakes_of_one(event, event.user_id)
        not_there = writing.not_there(uow, event.user_id, note.channel_id)
        wrong |= {modals.CHANNEL: not_there} if not_there else {}
        if wrong:
            return FieldErrors(wrong)
        went = sending.send_one(uow, self._bot.asks, note, author)
        if isinstance(went, Given):
            return ShowNext(modals.sent_one(went, note.channel_id))
        return FieldErrors({modals.WHOM: went.trouble})

    def stop(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Stop asking me."""
        self._want(uow, event.user_id, on=False)
        return Replace(messages.stopped())

    def again(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Ask me again."""
        self._want(uow, event.user_id, on=True)
        return Replace(messages.again())

    def _open(self, uow: UnitOfWork, note: HandoffNoteRow, person: Person, here: str = "") -> Reply:
        """The first page; what a model draws of the day is offered in it when it is there."""
        view = writing.open_day(uow, self._bot.day_sources, note, person, here)
        if not self._bot.drafter.is_plain:
            since = prefilling.looks_back_to(uow, person)
            drafting.want(uow, note.id, person, since)
        return OpenForm(fuller.with_offer(uow, note, view))

    def _send(self, uow: UnitOfWork, note: HandoffNoteRow) -> Reply:
        author = people.find(uow.session, uow.team_id, note.author_id)
        if author is None:
            return ShowNext(modals.not_yours())
        if writing.not_there(uow, author.user_id, note.channel_id):
            written = from_data(note.filled)
            return ShowNext(modals.day(note.id, written, "", [messages.elsewhere()]))
        return ShowNext(modals.sent(sending.send(uow, self._bot.asks, note, author)))

    def _want(self, uow: UnitOfWork, user_id: str, *, on: bool) -> None:
        self._bot.change_settings(uow, [wanting(user_id, on=on)], by=user_id)


def say_nothing(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Nothing to hand over."""
    return Replace(notes.say_nothing(uow, event.value, event.user_id))


def undo_nothing(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """There is something after all."""
    return Replace(notes.take_back(uow, event.value, event.user_id))


def _page(
    uow: UnitOfWork,
    note: HandoffNoteRow,
    written: Written,
    page: int,
    above: list[Mrkdwn] | None = None,
) -> View:
    choices = writing.choices(uow, note.author_id, note.channel_id)
    return modals.items(note.id, written, page, choices, above or [])


def _wrong_in(uow: UnitOfWork, user_id: str, channel_id: str, written: Written) -> dict[str, str]:
    """A sentence for each field of the first page that cannot stay as it is."""
    found = {}
    if not_there := writing.not_there(uow, user_id, channel_id):
        found[modals.CHANNEL] = not_there
    if len(listed(written.entries)) > MOST:
        found[modals.IN_PROGRESS] = messages.TOO_MANY
    elif written.is_empty:
        found[modals.DONE] = messages.EMPTY
    return found
