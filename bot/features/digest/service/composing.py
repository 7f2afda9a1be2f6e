"""Puts a digest together for one reader."""

from bot.core.blocks import Message
from bot.core.digests import DigestSources, Reader
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import digest as messages
from bot.features.digest.service.talk import conversations


def compose(uow: UnitOfWork, reader: Reader, sources: DigestSources) -> Message | None:
    """The digest, or None if there is nothing to say."""
    sections = [
        section for source in sources.sections if (section := source(uow, reader)) is not None
    ]
    told = frozenset(message for section in sections for message in section.about)
    talk = conversations(uow, reader, told, sources.threads)
    sections += talk.sections
    if not sections and not talk.coverage.withheld:
        return None
    local = reader.person.working_time.local
    return messages.digest(
        reader.person,
        sections,
        now=local(uow.now),
        since=local(reader.since),
        coverage=talk.coverage,
        prompt=talk.prompt,
    )
