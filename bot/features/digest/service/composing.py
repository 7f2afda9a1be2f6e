"""Puts a digest together for one reader."""

from dataclasses import dataclass

from bot.core.blocks import Message
from bot.core.digests import DigestSources, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import digest as messages
from bot.features.digest.service.talk import conversations


@dataclass(frozen=True, slots=True)
class Composed:
    """A digest that is put together."""

    message: Message


def compose(
    uow: UnitOfWork,
    reader: Reader,
    sources: DigestSources,
    *,
    late: bool = False,  # noqa: ARG001 - drawn soon
) -> Composed | None:
    """The digest, or None if there is nothing to say."""
    sections = [
        section for source in sources.sections if (section := source(uow, reader)) is not None
    ]
    told = frozenset(message for section in sections for message in section.about)
    talk = conversations(uow, reader, told)
    if talk.section is not None:
        sections.append(talk.section)
    if not sections:
        return None
    local = reader.person.working_time.local
    return Composed(
        messages.digest(
            reader.person,
            sections,
            now=local(uow.now),
            since=local(reader.since),
            is_drafted=bool(talk.drafted),
        )
    )
