"""What people press and fill in about a proposal."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Final

from bot.core import people
from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.people import Person
from bot.core.render import clean, plain
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import proposals as messages
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.modals import proposals as modals
from bot.features.decisions.rules.proposals import Terms, Vote
from bot.features.decisions.rules.registry import name_of
from bot.features.decisions.service import conflicts, local, proposing
from bot.features.decisions.service import proposals as service
from bot.features.decisions.service.proposals import Refused

Pressed = Callable[[ButtonPressed, UnitOfWork], Reply | None]
Submitted = Callable[[FormSubmitted, UnitOfWork], Reply | None]

CONFIRMED_WITHIN: Final = timedelta(minutes=5)
_VOTES: Final[Mapping[str, Vote]] = {messages.AGREE: Vote.AGREE, messages.ABSTAIN: Vote.ABSTAIN}


def answered(listener: Pressed) -> Pressed:
    """A button that tells whoever pressed it why it had no effect."""

    @wraps(listener)
    def listen(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        try:
            return listener(event, uow)
        except Refused as refused:
            return Answer(refused.message)

    return listen


def answered_under(name: str) -> Callable[[Submitted], Submitted]:
    """A form that says under this field why it had no effect."""

    def decorate(listener: Submitted) -> Submitted:
        @wraps(listener)
        def listen(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
            try:
                return listener(event, uow)
            except Refused as refused:
                return FieldErrors({name: plain(refused.message.text).partition("\n")[0]})

        return listen

    return decorate


@answered
def vote(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """A reviewer agrees or abstains."""
    held = service.hold(uow, event.value, event.user_id, until_close=True)
    return Answer(service.vote(uow, held, event.user_id, _VOTES[event.action_id]))


@answered
def open_review(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """A reviewer wants to read it and say something, with a comment or without."""
    is_on_card = event.action_id == messages.COMMENT
    held = service.hold(
        uow, event.value, event.user_id, until_close=True, of_any_version=not is_on_card
    )
    vote, comment = service.own_vote(uow, held, event.user_id)
    vote = Vote.COMMENT if is_on_card else vote
    return OpenForm(modals.review(*service.shown(uow, held), vote, comment))


@answered_under(modals.VOTE)
def review(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """A reviewer said something in the form."""
    held = service.hold(uow, event.reference, event.user_id, until_close=True)
    comment = event.values.get(modals.WORDS, "").strip()
    vote = Vote(event.values.get(modals.VOTE, ""))
    if vote is Vote.NONE:
        return FieldErrors({modals.VOTE: messages.NO_WORDS})
    if vote is Vote.COMMENT and not clean(comment).strip():
        return FieldErrors({modals.WORDS: messages.NO_COMMENT})
    vote = Vote.COMMENT if vote is Vote.AGREE and comment else vote
    told = service.vote(uow, held, event.user_id, vote, comment)
    key = f"decisions:{held.number}:vote:{event.user_id}:{uow.now.isoformat()}"
    until = uow.now + CONFIRMED_WITHIN
    uow.outbox.whisper(key, held.row.channel_id, event.user_id, told, drop_after=until)
    return None


@answered
def join(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to review it, too."""
    held = service.hold(uow, event.value, event.user_id, until_close=True)
    return Replace(service.join(uow, held, event.user_id))


@answered
def open_concern(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody has a concern."""
    held = service.hold(uow, event.value, event.user_id, until_close=True)
    return OpenForm(modals.concern(*service.shown(uow, held)))


@answered_under(modals.NAME)
def raise_concern(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The concern is written."""
    held = service.hold(uow, event.reference, event.user_id, until_close=True)
    name = " ".join(event.values.get(modals.NAME, "").split())
    words = event.values.get(modals.WORDS, "").strip()
    written = {modals.NAME: name, modals.WORDS: words}
    empty = {field: messages.NO_WORDS for field, text in written.items() if not clean(text).strip()}
    if empty:
        return FieldErrors(empty)
    service.raise_concern(uow, held, event.user_id, name, words)
    return None


@answered
def open_settle(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to settle a concern."""
    held = service.hold(uow, event.value, event.user_id, of_any_version=True)
    concerns, own = service.may_settle(uow, held, _person(uow, event.user_id))
    decision, proposal = service.shown(uow, held)
    return OpenForm(modals.settle(decision, concerns, own, reference=proposal.reference))


@answered_under(modals.WORDS)
def settle(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """It is written how a concern was settled."""
    held = service.hold(uow, event.reference, event.user_id, of_any_version=True)
    how = event.values.get(modals.WORDS, "").strip()
    if not clean(how).strip():
        return FieldErrors({modals.WORDS: messages.NO_WORDS})
    service.settle(uow, held, _person(uow, event.user_id), _serial(event), how)
    return None


@answered
def open_reopen(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody finds that their concern is not settled after all."""
    held = service.hold(uow, event.value, event.user_id, until_close=True, of_any_version=True)
    concerns = service.reopenable(uow, held, event.user_id)
    decision, proposal = service.shown(uow, held)
    return OpenForm(modals.reopen(decision, concerns, reference=proposal.reference))


@answered_under(modals.WHICH)
def reopen(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """They picked which."""
    held = service.hold(uow, event.reference, event.user_id, until_close=True, of_any_version=True)
    service.reopen(uow, held, event.user_id, _serial(event))
    return None


@answered
def open_change(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """The proposer wants to change it."""
    held = service.hold_own(uow, event.value, event.user_id)
    decision, proposal = service.shown(uow, held)
    terms = service.terms_of(uow, held)
    return OpenForm(
        modals.change(decision.name, decision.fields, terms, reference=proposal.reference)
    )


@answered_under(field_blocks.TITLE)
def change(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The proposer changed it."""
    reference = conflicts.reference_of(event)
    held = service.hold_own(uow, reference, event.user_id)
    if service.is_older(held, reference):
        return FieldErrors({field_blocks.TITLE: messages.CHANGED_MEANWHILE})
    before = service.shown(uow, held)[0].fields  # its form does not ask for what came later
    fields = replace(
        field_blocks.read(event),
        alternatives=before.alternatives,
        objections=before.objections,
    )
    terms = modals.read_terms(event)
    wrong = wrong_in(uow, event, terms)
    if terms is None or wrong:
        return FieldErrors(wrong)
    known = service.terms_of(uow, held).reviewers
    new = [each for each in terms.reviewers if each not in known]
    unfit = proposing.unfit(uow, event.user_id, new or terms.reviewers, held.row.channel_id)
    unfit = unfit or service.cannot_leave(uow, held, terms)
    if unfit:
        return FieldErrors({modals.REVIEWERS: unfit})
    again = modals.change(name_of(held.row.number), fields, terms, reference=reference)
    against = conflicts.shown_first(uow, event, fields, again, but=held.row.number)
    if against is not None:
        return ShowNext(against)
    if not service.amend(uow, held, event.user_id, fields, terms):
        return FieldErrors({field_blocks.TITLE: messages.NOTHING_CHANGED})
    return None


@answered
def open_withdraw(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """The proposer wants to take it back."""
    held = service.hold_own(uow, event.value, event.user_id, also_undecided=True)
    decision, proposal = service.shown(uow, held)
    return OpenForm(modals.withdraw(decision, reference=proposal.reference))


@answered_under(modals.WORDS)
def withdraw(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The proposer says why."""
    held = service.hold_own(uow, event.reference, event.user_id, also_undecided=True)
    why = event.values.get(modals.WORDS, "").strip()
    if not clean(why).strip():
        return FieldErrors({modals.WORDS: messages.NO_WORDS})
    service.withdraw(uow, held, event.user_id, why)
    return None


def wrong_in(uow: UnitOfWork, event: FormSubmitted, terms: Terms | None) -> dict[str, str]:
    """What has to be changed in what somebody filled in, by field."""
    wrong = field_blocks.mistakes(event, local.today(uow, event.user_id))
    if terms is None:
        wrong[modals.DAYS] = messages.NO_DAYS
    elif terms.is_lazy and not field_blocks.read(event).is_reversible:
        wrong[modals.LAZY] = messages.NOT_LAZY
    return wrong


def _person(uow: UnitOfWork, user_id: str) -> Person:
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        raise Refused(messages.said(messages.NOT_OPEN))
    return person


def _serial(event: FormSubmitted) -> int:
    picked = event.values.get(modals.WHICH, "")
    return int(picked) if picked.isascii() and picked.isdecimal() else 0


BUTTONS: Final[Mapping[str, Pressed]] = {
    messages.AGREE: vote,
    messages.ABSTAIN: vote,
    messages.COMMENT: open_review,
    messages.REVIEW: open_review,
    messages.JOIN: join,
    messages.CONCERN: open_concern,
    messages.REOPEN: open_reopen,
    messages.CHANGE: open_change,
    messages.WITHDRAW: open_withdraw,
}
"""Every button about a proposal, but the one that settles a concern, which asks for one's role."""
FORMS: Final[Mapping[str, Submitted]] = {
    modals.REVIEW_FORM: review,
    modals.CONCERN_FORM: raise_concern,
    modals.REOPEN_FORM: reopen,
    modals.CHANGE_FORM: change,
    modals.WITHDRAW_FORM: withdraw,
}
"""Every form about a proposal, with the same exception, but the one that proposes."""
STEERING: Final = {messages.CHANGE, messages.WITHDRAW, modals.CHANGE_FORM, modals.WITHDRAW_FORM}
"""What an admin may do, too, when the proposer is gone."""
