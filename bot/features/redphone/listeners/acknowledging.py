"""What people press and fill in about a page that somebody is on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias
from uuid import UUID

from bot.core.blocks import Message
from bot.core.events import ButtonPressed, FormSubmitted, Interaction, PersonLeft
from bot.core.ids import known_id
from bot.core.render import clean, mrkdwn
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import acknowledging as messages
from bot.features.redphone.messages import controls, joining, resolving, updates
from bot.features.redphone.modals import acknowledging as modals
from bot.features.redphone.service import acknowledging as service
from bot.features.redphone.service import joining as helping
from bot.features.redphone.service import resolving as ending
from bot.features.redphone.service import standing
from bot.features.redphone.service import updates as telling
from bot.features.redphone.service.standing import Page, Refused

Verb: TypeAlias = Callable[[UnitOfWork, UUID | None, str], Message]
NewForm: TypeAlias = Callable[[UnitOfWork, Page, str], View]

_DIRECT: Final = "D"
"""How the ids of conversations of two people begin."""
_HOUR: Final = 60


def acknowledge(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Somebody is on it: a message of their own shows that by itself."""
    page_id = known_id(event.value)
    if page_id is None:
        return Answer(messages.said(messages.UNKNOWN))
    taken = service.acknowledge(uow, page_id, event.user_id, through=service.BUTTON)
    if taken.refusal:
        return Answer(messages.said(taken.refusal))
    if not taken.is_first:
        since = standing.local(uow, event.user_id, taken.at or uow.now)
        return Answer(messages.taken_before(event.value, taken.by, since, event.user_id))
    return None if _is_own(event) else Answer(messages.you_are_on_it(taken.in_flight))


def press(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Any other button: it does something, or opens a form about it."""
    page_id = known_id(event.value)
    try:
        if event.action_id in _FORMS:
            return OpenForm(_open(uow, _FORMS[event.action_id], page_id, event.user_id))
        return Answer(_VERBS[event.action_id](uow, page_id, event.user_id))
    except Refused as refused:
        return Answer(messages.said(refused.sentence))


def choose(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """An entry of the menu: the same as the button of that name."""
    name, _, page_id = event.value.partition("|")
    return press(replace(event, action_id=name, value=page_id), uow)


def update(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """It is written how it goes."""
    words = event.values.get(modals.WORDS, "").strip()
    if not clean(words).strip():
        return FieldErrors({modals.WORDS: updates.NO_WORDS})
    try:
        page = telling.update(uow, known_id(event.reference), event.user_id, words)
    except Refused as refused:
        return FieldErrors({modals.WORDS: refused.sentence})
    return ShowNext(modals.told("Posted", updates.noted(_next(uow, page, event)).text))


def resolve(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """It is written what it was."""
    words = event.values.get(modals.WORDS, "").strip()
    if not clean(words).strip():
        return FieldErrors({modals.WORDS: resolving.NO_WORDS})
    try:
        ending.resolve(uow, known_id(event.reference), event.user_id, words)
    except Refused as refused:
        return FieldErrors({modals.WORDS: refused.sentence})
    return ShowNext(modals.told("Resolved", mrkdwn(resolving.UNDO)))


def invite(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """It is picked who shall join."""
    people, rotation_id = event.chosen.get(modals.WHO, ()), event.values.get(modals.ROTATION, "")
    try:
        page_id = known_id(event.reference)
        asked = helping.invite(uow, page_id, event.user_id, people, rotation_id)
    except Refused as refused:
        return FieldErrors({modals.WHO: refused.sentence})
    return ShowNext(
        modals.told("Join me", joining.asked(asked.people, asked.before, asked.refused))
    )


def hand_over(event: FormSubmitted, uow: UnitOfWork) -> Reply:
    """It is picked who has it from then on."""
    to = event.values.get(modals.TO, "")
    try:
        helping.hand_over(uow, known_id(event.reference), event.user_id, to)
    except Refused as refused:
        return FieldErrors({modals.TO: refused.sentence})
    return ShowNext(modals.told("Handed over", joining.handed_over(to).text))


def follow_departure(event: PersonLeft, uow: UnitOfWork) -> None:
    """Whoever has a page may have left."""
    service.leave(uow, event.user_id)


def _still_on_it(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> Message:
    page = telling.still_on_it(uow, page_id, user_id)
    return updates.still_on_it(_at(uow, page, user_id))


def _snooze(minutes: int) -> Verb:
    def snooze(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> Message:
        page = telling.snooze(uow, page_id, user_id, timedelta(minutes=minutes))
        return updates.still_on_it(_at(uow, page, user_id))

    return snooze


def _hand_back(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> Message:
    service.hand_back(uow, page_id, user_id)
    return updates.handed_back()


def _join(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> Message:
    if helping.join(uow, page_id, user_id):
        return joining.joined()
    return joining.has_it() if helping.has_it(uow, page_id, user_id) else joining.joined_before()


def _reopen(uow: UnitOfWork, page_id: UUID | None, user_id: str) -> Message:
    ending.reopen(uow, page_id, user_id)
    return messages.said(resolving.REOPENED)


def _open(uow: UnitOfWork, new_form: NewForm, page_id: UUID | None, user_id: str) -> View:
    return new_form(uow, helping.held(uow, page_id, user_id), user_id)


def _update_form(uow: UnitOfWork, page: Page, _user_id: str) -> View:
    return modals.update(str(page.id), standing.words(uow, page))


def _resolve_form(uow: UnitOfWork, page: Page, _user_id: str) -> View:
    return modals.resolve(str(page.id), standing.words(uow, page))


def _invite_form(uow: UnitOfWork, page: Page, _user_id: str) -> View:
    what = standing.words(uow, page)
    return modals.invite(str(page.id), what, helping.calls(uow), helping.MOST)


def _hand_over_form(uow: UnitOfWork, page: Page, user_id: str) -> View:
    if page.acknowledged_by != user_id:
        raise Refused(messages.NOT_WITH_YOU)
    others = helping.others(uow, page, user_id)
    if not others:
        raise Refused(joining.NOBODY_ELSE)
    return modals.hand_over(str(page.id), standing.words(uow, page), others)


def _is_own(event: ButtonPressed) -> bool:
    return (event.channel_id or "").startswith(_DIRECT)


def _next(uow: UnitOfWork, page: Page, event: Interaction) -> str:
    return _at(uow, page, event.user_id)


def _at(uow: UnitOfWork, page: Page, user_id: str) -> str:
    """When the clock looks at a page next, in somebody's time."""
    return standing.local(uow, user_id, page.next_at or uow.now)


_VERBS: Final[Mapping[str, Verb]] = {
    controls.STILL_ON_IT: _still_on_it,
    controls.SNOOZE: _snooze(_HOUR),
    **{controls.snooze(minutes): _snooze(minutes) for minutes in controls.SNOOZES},
    controls.HAND_BACK: _hand_back,
    controls.JOIN: _join,
    controls.REOPEN: _reopen,
}
_FORMS: Final[Mapping[str, NewForm]] = {
    controls.UPDATE: _update_form,
    controls.RESOLVE: _resolve_form,
    controls.INVITE: _invite_form,
    controls.HAND_OVER: _hand_over_form,
}
BUTTONS: Final = (
    controls.STILL_ON_IT,
    controls.SNOOZE,
    controls.HAND_BACK,
    controls.JOIN,
    controls.REOPEN,
    *_FORMS,
)
"""Every button about a page that somebody is on, by name."""
