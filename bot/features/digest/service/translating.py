"""Has what a model worded put into the languages of those whose digests come soon."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from bot.core.drafting import Draft, DraftRequest, revision
from bot.core.languages import language_of
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import translations as queries
from bot.features.digest.rules import languages as rules
from bot.features.digest.rules.languages import TRANSLATE, Untranslated
from bot.features.digest.rules.mornings import Due
from bot.features.digest.rules.slices import ANOTHER_TRY, DRAFT_AHEAD, GIVE_UP, Drafted
from bot.features.digest.service.mornings import enrolled, reader_of, wants

PROMPT: Final = "digest/translate"


def untranslated(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that come soon, are drafted, and may be in another language."""
    return queries.untranslated(session, now + GIVE_UP, now + DRAFT_AHEAD, limit)


def claim(uow: UnitOfWork, due: Due, *, limit: int) -> list[Untranslated]:
    """Takes on up to so many translations for somebody's digest, each for all who read them."""
    person = enrolled(uow, due.user_id)
    language = language_for(uow, person) if person else ""
    if person is None or not language or uow.workspace.is_paused or not wants(uow, due.user_id):
        queries.note_translated(uow, due)
        return []
    since = reader_of(uow, person, at=max(due.scheduled, uow.now)).since
    queries.forget_failed(uow, before=uow.now - ANOTHER_TRY)
    claimed: list[Untranslated] = []
    for part in queries.missing(uow, person.user_id, since, language):
        if not part.lines or part.is_in_it_already:
            continue
        if len(claimed) == limit:
            return claimed
        if queries.claim(uow, part):
            claimed.append(part)
    queries.note_translated(uow, due)
    return claimed


def request(team_id: str, part: Untranslated) -> DraftRequest:
    """What to ask a model for."""
    return DraftRequest(team_id, PROMPT, rules.material_of(part), {"language": part.language})


def keep(uow: UnitOfWork, part: Untranslated, draft: Draft) -> None:
    """Keeps what became of a translation; where it came to nothing, the lines stay as they are."""
    queries.keep(uow, part, rules.wordings(part, draft), is_plain=draft.is_plain)


def worded_in(uow: UnitOfWork, drafted: Drafted | None, language: str) -> Drafted | None:
    """The lines of a channel in a language, where they are in it; "": as they were drafted."""
    if drafted is None or not language:
        return drafted
    said = queries.wordings(uow, drafted.channel_id, language)
    lines = [replace(line, text=said.get(revision(line.text), line.text)) for line in drafted.lines]
    return replace(drafted, lines=lines)


def language_for(uow: UnitOfWork, person: Person) -> str:
    """The language somebody wants their digest's lines in; "": that in which they were drafted."""
    is_wanted = uow.setting(TRANSLATE, user_id=person.user_id)
    return language_of(person.locale) if is_wanted else ""
