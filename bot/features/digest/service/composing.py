"""Puts a digest together for one reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.blocks import Message
from bot.core.digests import DigestSection, DigestSources, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import digest as messages
from bot.features.digest.rules.mornings import Beginning
from bot.features.digest.service.talk import conversations


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest, and the prompt from which its drafted lines come; empty: it is plain."""

    message: Message
    prompt: str = ""


def compose(
    uow: UnitOfWork,
    reader: Reader,
    sources: DigestSources,
    *,
    beginning: Beginning = Beginning.UNNAMED,
    late: bool = False,
) -> Composed | None:
    """The digest, or None if there is nothing to say.

    `beginning` is what was when it begins to tell; `late`: it says as of when it is.
    """
    given = [part for source in sources.sections if (part := source(uow, reader)) is not None]
    told = frozenset(place for part in given for place in part.about)
    talk = conversations(uow, reader, told, sources.threads)
    parts = told_once([*given, *talk.sections])
    if not any(part.count or part.held_back for part in parts) and not talk.coverage.withheld:
        return None
    local = reader.person.working_time.local
    message = messages.digest(
        reader.person,
        parts,
        now=local(uow.now),
        since=local(reader.since),
        coverage=talk.coverage,
        beginning=beginning,
        prompt=talk.prompt,
        late=late,
    )
    return Composed(message, talk.prompt)


def told_once(parts: Iterable[DigestSection]) -> list[DigestSection]:
    """The parts in the order in which they are read, without what an earlier one told."""
    in_order = sorted(parts, key=lambda each: each.part)
    return [_untold(part, in_order) for part in in_order]


def _untold(part: DigestSection, parts: Sequence[DigestSection]) -> DigestSection:
    told = {place for each in parts if each.part < part.part for place in each.about}
    lines = [line for line in part.lines if not line.about or not line.about <= told]
    return replace(part, lines=lines)
