"""What people press and fill in about a baton."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.core import people
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.events import (
    AskReopened,
    AskSettled,
    ButtonPressed,
    FormSubmitted,
    MessageNotSent,
    SettingChanged,
)
from bot.core.ids import known_id
from bot.core.ports import AskLedger
from bot.core.render import clean
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import batons as messages
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.modals import batons as modals
from bot.features.handoffs.rules.batons import baton_of
from bot.features.handoffs.rules.items import StepKind, To
from bot.features.handoffs.rules.shown import BatonShown
from bot.features.handoffs.service import carrying, told
from bot.features.handoffs.service.carrying import Baton, Refused

Verb: TypeAlias = Callable[[UnitOfWork, AskLedger, Baton, str], Message]

_DIRECT: Final = "D"
"""How the ids of conversations of two people begin."""
_VERBS: Final[Mapping[str, tuple[StepKind, Verb]]] = {
    messages.TAKE: (StepKind.TAKEN, carrying.take),
    messages.DONE: (StepKind.DONE, carrying.finish),
    messages.TAKE_BACK: (StepKind.WITHDRAWN, carrying.take_back),
}
_FORMS: Final[Mapping[str, tuple[StepKind, Callable[[BatonShown], View]]]] = {
    messages.ASK_BACK: (StepKind.RETURNED, modals.ask_back),
    messages.SEND_ON: (StepKind.PASSED_ON, modals.send_on),
    messages.OFFER_AGAIN: (StepKind.HANDED_OVER, modals.offer_again),
}
BUTTONS: Final = (*_VERBS, *_FORMS)
"""Every button about a baton, by name."""


class Carrying:
    """Entry points that may ask somebody something, or end that."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def press(self, event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        """Somebody presses a button; a message of their own shows by itself what came of it."""
        is_own = event.on_home or (event.channel_id or "").startswith(_DIRECT)
        return self._press(event, uow, tells=not is_own)

    def choose(self, event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        """An entry of the menu beside a line: the same as the button of that name."""
        name, _, baton_id = event.value.partition("|")
        chosen = replace(event, action_id=name, value=baton_id)
        return self._press(chosen, uow, tells=not event.on_home)

    def ask_back(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """The question is written with which a baton is returned."""
        words = event.values.get(modals.WORDS, "").strip()
        if not clean(words).strip():
            return FieldErrors({modals.WORDS: refusals.NO_WORDS})
        try:
            baton = self._held(event, uow, StepKind.RETURNED)
            told = carrying.ask_back(uow, self._bot.asks, baton, event.user_id, words)
        except Refused as refused:
            return _refused(uow, modals.WORDS, refused)
        return ShowNext(modals.told("Asked", told.text))

    def send_on(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """It is picked to whom a baton is passed on."""
        words = event.values.get(modals.WORDS, "").strip()
        try:
            baton = self._held(event, uow, StepKind.PASSED_ON)
            to = To(event.values.get(modals.WHOM, ""))
            told = carrying.pass_on(uow, self._bot.asks, baton, event.user_id, to, words=words)
        except Refused as refused:
            return _refused(uow, modals.WHOM, refused)
        return ShowNext(modals.told("Passed on", told.text))

    def offer_again(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """It is picked to whom a baton that came back is offered now."""
        try:
            baton = self._held(event, uow, StepKind.HANDED_OVER)
            to = To(event.values.get(modals.WHOM, ""))
            told = carrying.offer_again(uow, baton, event.user_id, to)
        except Refused as refused:
            return _refused(uow, modals.WHOM, refused)
        return ShowNext(modals.told("Offered again", told.text))

    def _press(self, event: ButtonPressed, uow: UnitOfWork, *, tells: bool) -> Reply | None:
        """`tells`: whoever pressed is told what came of it."""
        kind = (_VERBS.get(event.action_id) or _FORMS[event.action_id])[0]
        try:
            baton = carrying.hold(uow, self._bot.asks, known_id(event.value), event.user_id, kind)
            if event.action_id in _FORMS:
                return OpenForm(_FORMS[event.action_id][1](carrying.shown(uow, baton)))
            told = _VERBS[event.action_id][1](uow, self._bot.asks, baton, event.user_id)
        except Refused as refused:
            return Answer(refused.message)
        return Answer(told) if tells else None

    def _held(self, event: FormSubmitted, uow: UnitOfWork, kind: StepKind) -> Baton:
        baton_id = known_id(event.reference)
        return carrying.hold(uow, self._bot.asks, baton_id, event.user_id, kind)


def follow_answer(event: AskSettled, uow: UnitOfWork) -> None:
    """A question may be settled with which a baton was returned."""
    carrying.follow_answer(uow, event.ask_id, is_answered=event.is_answered, by=event.by)


def follow_reopening(event: AskReopened, uow: UnitOfWork) -> None:
    """Its answer may have been none after all."""
    carrying.follow_reopening(uow, event.ask_id)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Whoever wants to be left alone is quoted no longer; whoever does not any more, again."""
    told.redraw_of(uow, event.scope_id)


def not_posted(event: MessageNotSent, uow: UnitOfWork) -> None:
    """A card was given up."""
    carrying.not_posted(uow, event.key)


def is_card(event: MessageNotSent) -> bool:
    """Whether what was given up is the card of a baton."""
    return baton_of(event.key) is not None


def _refused(uow: UnitOfWork, field: str, refused: Refused) -> FieldErrors:
    return FieldErrors({field: people.readable(uow.session, uow.team_id, refused.message.text)})
