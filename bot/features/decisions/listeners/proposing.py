"""Proposing a decision."""

from bot.core.events import Command, FormSubmitted, GlobalShortcut, MessageNotSent
from bot.core.render import plain
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.listeners.proposals import wrong_in
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.messages import proposals as messages
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.modals import proposals as modals
from bot.features.decisions.rules import permalinks
from bot.features.decisions.rules.proposals import DAYS, Terms
from bot.features.decisions.rules.registry import TITLE_LENGTH, Fields, Place, prefilled_title
from bot.features.decisions.service import conflicts, placing, proposing, spoken


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision propose, with words, a link to a message, or nothing."""
    address = permalinks.first_in(event.text)
    fields = _fields(permalinks.without(plain(event.text)))
    if address is None:
        return _open(uow, event.user_id, event.channel_id, fields)
    if address.site != uow.workspace.url:
        return Answer(capture_words.no_link())
    if not proposing.is_in(uow, address.channel_id):
        return Answer(capture_words.invite_me_first())
    place = spoken.with_root(uow, Place(address.channel_id, address.ts, address.root_ts))
    not_there = proposing.not_there(uow, event.user_id, place.channel_id)
    if not_there or not spoken.stored(uow, place):
        return Answer(capture_words.no_such_message())
    logged = proposing.logged_from(uow, place)
    if logged is not None:
        return Answer(capture_words.already_logged(logged))
    form_id = proposing.start(uow, event.user_id, place)
    terms = _usual(uow, place.channel_id)
    return OpenForm(modals.propose_in_thread(fields, terms, reference=str(form_id)))


def open_form(event: GlobalShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks "Propose a decision" from the menu of shortcuts."""
    return _open(uow, event.user_id, "", Fields(""))


def propose(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form is sent off."""
    reference = conflicts.reference_of(event)
    form = proposing.form_of(uow, reference, event.user_id)
    if form is None:
        return FieldErrors({field_blocks.TITLE: messages.NOT_YOURS})
    channel_id = form.channel_id or event.values.get(modals.CHANNEL, "")
    fields, terms = field_blocks.read(event), modals.read_terms(event)
    wrong = wrong_in(uow, event, terms)
    not_there = proposing.not_there(uow, event.user_id, channel_id)
    if not_there:
        wrong[field_blocks.TITLE if form.channel_id else modals.CHANNEL] = not_there
    if terms is None or wrong:
        return FieldErrors(wrong)
    unfit = proposing.unfit(uow, event.user_id, terms.reviewers, channel_id)
    if unfit:
        return FieldErrors({modals.REVIEWERS: unfit})
    again = (
        modals.propose_in_thread(fields, terms, reference=reference)
        if form.channel_id
        else modals.propose(fields, terms, channel_id=channel_id, reference=reference)
    )
    against = conflicts.shown_first(uow, event, fields, again)
    if against is not None:
        return ShowNext(against)
    if not proposing.propose(uow, form, fields, terms, channel_id):
        return FieldErrors({field_blocks.TITLE: messages.LOGGED_BEFORE})
    return None


def card_not_sent(event: MessageNotSent, uow: UnitOfWork) -> None:
    """A message of ours was given up, perhaps a decision's card."""
    number = placing.number_of(event.key)
    if number is not None:
        proposing.card_not_sent(uow, number)


def _open(uow: UnitOfWork, user_id: str, channel_id: str, fields: Fields) -> Reply:
    here = channel_id if proposing.is_in(uow, channel_id) else ""
    reference = str(proposing.start(uow, user_id))
    terms = _usual(uow, here)
    return OpenForm(modals.propose(fields, terms, channel_id=here or None, reference=reference))


def _usual(uow: UnitOfWork, channel_id: str) -> Terms:
    return Terms((), (), uow.setting(DAYS, channel_id=channel_id), is_lazy=False)


def _fields(words: str) -> Fields:
    """What somebody typed is the title; what is too long for one is the proposal in full."""
    return Fields(prefilled_title(words), words if len(words) > TITLE_LENGTH else "")
