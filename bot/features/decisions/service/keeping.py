"""What is kept of people in the decision registry, and how it is given out and erased."""

import json

from bot.core import attention
from bot.core.keeping import Kept, Record, nothing_of, plain
from bot.core.quotations import ERASED
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import about
from bot.features.decisions.models import (
    DecisionCountRow,
    DecisionDraftRow,
    DecisionRow,
)
from bot.features.decisions.queries import drafts, search
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import registry as rules
from bot.features.decisions.service import (
    capture,
    offers,
    proposal_keeping,
    recording,
    sources,
    steps,
    versions,
    wanting,
)


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's words and name out of the registry; the records stay."""
    changed = {row.number: row for row in queries.of_person(uow, user_id)}
    for row in queries.quoting(uow, user_id):
        newest = queries.version(uow, row.number, row.version)
        kept = newest.record if newest is not None else {}  # they are in it no more
        row.title, row.text = kept.get("title", ERASED), kept.get("text", ERASED)
        row.author_id = ""
        search.index(row)
        changed[row.number] = row
    for row in changed.values():
        row.owner_id = "" if row.owner_id == user_id else row.owner_id
        row.logged_by = "" if row.logged_by == user_id else row.logged_by
        recording.redraw(uow, row)
        wanting.again(uow, row.number)
    return len(changed)


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody logged, and what they are quoted with."""
    logged = [
        {"number": row.number, "title": row.title, "why": row.context, "at": plain(row.decided_at)}
        | ({"text": row.text} if row.author_id in {"", user_id} else {})
        for row in queries.of_person(uow, user_id)
    ]
    own = {row["number"] for row in logged}
    quoted = [
        {"number": row.number, "quoted": row.text, "at": plain(row.decided_at)}
        for row in queries.quoting(uow, user_id)
        if row.number not in own
    ]
    return [*logged, *quoted]


def erase_forms(uow: UnitOfWork, user_id: str) -> int:
    """Forgets the forms that somebody has open, and those of others that show their words."""
    theirs = [each for each in drafts.all_of(uow) if _is_about(each, user_id)]
    for each in theirs:
        drafts.drop(uow, each)
    return len(theirs)


def follow_off(uow: UnitOfWork, user_id: str) -> None:
    """Forgets the forms of others that show the words of somebody who wants to be left alone."""
    if not attention.is_off(uow, user_id):
        return
    for each in drafts.all_of(uow):
        is_open = each.kind == capture.KIND and each.user_id != user_id
        if is_open and _is_about(each, user_id):
            drafts.drop(uow, each)


def export_forms(uow: UnitOfWork, user_id: str) -> list[Record]:
    """The forms that somebody has open, and what they are filled in with."""
    return [
        {"filled": each.filled, "at": plain(each.opened_at)}
        for each in drafts.all_of(uow)
        if each.user_id == user_id
    ]


def _is_about(draft: DecisionDraftRow, user_id: str) -> bool:
    return user_id in {draft.user_id, draft.author_id} or user_id in json.dumps(draft.filled)


KEPT = (
    steps.KEPT,  # before the drafts go in which its workflows wait
    offers.KEPT,
    *versions.KEPT,  # before the decisions forget whom they quote
    sources.KEPT,
    Kept(
        "decision forms",
        about.KEEPS_FORMS,
        about.FORMS_KEPT_FOR,
        (DecisionDraftRow,),
        export_forms,
        erase_forms,
        lambda uow, _days: drafts.forget_old(uow, before=uow.now - rules.FORMS_KEPT_FOR),
    ),
    Kept(
        "decisions",
        about.KEEPS,
        about.KEPT_FOR,
        (DecisionRow,),
        export,
        erase,
        stays=about.STAYS,
    ),
    proposal_keeping.KEPT,
    nothing_of("decision numbers", about.NUMBERS, DecisionCountRow),
)
