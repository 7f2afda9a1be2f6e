"""The form of the red phone: what it shows, and what becomes of it when it is sent off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core import attention, channels, people
from bot.core.ids import new_id
from bot.core.render import Mrkdwn
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import command as messages
from bot.features.redphone.messages import limits as limit_words
from bot.features.redphone.messages import preflight as preflight_words
from bot.features.redphone.messages import progress as progress_words
from bot.features.redphone.modals import pages as modals
from bot.features.redphone.modals.pages import Sheet
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.limits import Limited
from bot.features.redphone.rules.pages import CRITERIA, Filled, New, Origin, cleared
from bot.features.redphone.rules.targets import PERSON, Preflight
from bot.features.redphone.service import (
    cards,
    limits,
    notices,
    pages,
    reviews,
    standing,
    targets,
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What has to be changed in a form, in a sentence per field."""

    sentences: Mapping[str, str]


def fresh(
    uow: UnitOfWork, caller_id: str, origin: Origin, what: str, *, on_top: Sequence[Mrkdwn] = ()
) -> View:
    """A new form, for whoever is on call first."""
    filled = Filled(origin, what=what, whom=targets.first_choice(uow))
    notes = [] if filled.whom != PERSON else [messages.nobody_on_call()]
    return again(uow, caller_id, cleared(filled), on_top=[*on_top, *notes])


def with_missing(uow: UnitOfWork, caller_id: str, filled: Filled, wrong: Wrong) -> View:
    """The form with the field that was not there yet, and what has to be changed, on top of it."""
    note = messages.not_yet(list(wrong.sentences.values()))
    return again(uow, caller_id, cleared(filled), on_top=[note])


def again(
    uow: UnitOfWork,
    caller_id: str,
    filled: Filled,
    *,
    on_top: Sequence[Mrkdwn] = (),
    is_second: bool = False,
) -> View:
    """The form with what was typed, and who would be paged by now."""
    offered = targets.offered(uow)
    if filled.whom != PERSON and filled.whom not in offered:
        filled = replace(filled, whom=PERSON)
    found = preflight(uow, caller_id, filled) if filled.target else None
    sheet = Sheet(uow.setting(CRITERIA), offered, found, on_top, is_second)
    return modals.page(filled, sheet)


def redraw(
    uow: UnitOfWork, caller_id: str, filled: Filled, *, on_top: Sequence[Mrkdwn] = ()
) -> None:
    """Has a form that is open show who would be paged by now; what was typed stays."""
    view = again(uow, caller_id, filled, on_top=on_top)
    show(uow, caller_id, filled.origin.form_id, view)


def show(uow: UnitOfWork, user_id: str, form_id: str, view: View) -> None:
    """Puts a view in the place of a form that is open."""
    uow.outbox.update_form(f"redphone:form:{form_id}:{new_id()}", user_id, view)


def submit(uow: UnitOfWork, caller_id: str, filled: Filled, *, is_second: bool) -> View | Wrong:
    """Pages whom the form says, or tells in its place why not yet; nothing typed is lost."""
    filled, known = cleared(filled), queries.made_by(uow, filled.origin.form_id)
    if known is not None:
        return paged(uow, known)
    wrong = problems(uow, caller_id, filled)
    if wrong:
        return Wrong(wrong)
    limited = limits.judge(uow, caller_id, is_drill=filled.origin.is_drill)
    disturbed = preflight(uow, caller_id, filled).disturbs
    if limited is None and disturbed and not is_second:
        warning = preflight_words.disturbed(disturbed)
        return again(uow, caller_id, filled, on_top=[warning], is_second=True)
    page = pages.begin(uow, _new(caller_id, filled))
    if isinstance(page, Limited):
        return again(uow, caller_id, filled, on_top=_refused(uow, caller_id, page))
    return paged(uow, page)


def paged(uow: UnitOfWork, page: PageRow) -> View:
    """What stands in the form's place when somebody is being paged."""
    caller = targets.member(uow, page.caller_id)
    shown = progress_words.lines(notices.progress(uow, page, caller)) if caller else []
    return modals.told(page.form_id, [*shown, messages.follows()])


def problems(uow: UnitOfWork, caller_id: str, filled: Filled) -> Mapping[str, str]:
    """What has to be changed before anybody can be paged, by field."""
    found = {}
    if not filled.what:
        found[modals.WHAT] = messages.SAY_WHAT
    if not filled.impact:
        found[modals.IMPACT] = messages.SAY_IMPACT
    wrong = _wrong_target(uow, caller_id, filled)
    if wrong:
        found[modals.PERSON_FIELD if filled.whom == PERSON else modals.WHOM] = wrong
    return found


def preflight(uow: UnitOfWork, caller_id: str, filled: Filled) -> Preflight:
    """Who would be paged by a form, and in which moment of theirs."""
    channel_id = cards.place(uow, filled.origin.typed_in)
    return targets.preflight(uow, filled.target, caller_id, channel_id)


def readable(uow: UnitOfWork, text: str) -> str:
    """What somebody typed, as people read it."""
    return people.readable(uow.session, uow.team_id, text)


def may_quote(uow: UnitOfWork, caller_id: str, author_id: str | None, channel_id: str) -> bool:
    """Whether the form may begin with the words of a message: the caller's own, or public ones."""
    if author_id is None or author_id == caller_id:
        return author_id is not None
    channel = channels.find(uow.session, uow.team_id, channel_id)
    is_public = channel is not None and not channel.is_private
    return is_public and not attention.is_off(uow, author_id)


def _wrong_target(uow: UnitOfWork, caller_id: str, filled: Filled) -> str:
    if not filled.target:
        return messages.SAY_WHOM
    if filled.whom == PERSON and targets.member(uow, filled.person_id) is None:
        return messages.CANNOT_BE_PAGED
    if preflight(uow, caller_id, filled).reached:
        return ""
    return messages.IS_YOU if targets.is_own(uow, filled.target, caller_id) else messages.NOBODY


def _new(caller_id: str, filled: Filled) -> New:
    origin = filled.origin
    return New(
        origin.form_id,
        caller_id,
        filled.kind,
        filled.what,
        filled.impact,
        filled.target,
        typed_in=origin.typed_in,
        about_channel=origin.about_channel,
        about_ts=origin.about_ts,
        is_drill=origin.is_drill,
    )


def _refused(uow: UnitOfWork, caller_id: str, limited: Limited) -> list[Mrkdwn]:
    until, own = standing.local(uow, caller_id, limited.until), reviews.share_of(uow, caller_id)
    return limit_words.refused(limited, until, own, *limits.human_route(uow))
