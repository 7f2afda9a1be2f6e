"""What other apps posted, told after what people said in the same channel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.core import visibility
from bot.core.digests import DigestSection, Part, Reader
from bot.core.quotations import Place
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages.talk import channel_title
from bot.features.digest.service import apps, places
from bot.features.digest.service.apps import AppTalk


@dataclass(frozen=True, slots=True)
class Posted:
    """The sections with what apps posted; `withheld` lines could not be checked."""

    sections: list[DigestSection]
    withheld: int = 0


def after(
    uow: UnitOfWork, reader: Reader, sections: Sequence[DigestSection], told: Collection[Place]
) -> Posted:
    """Adds to each channel's section what apps posted there; channels with nothing else come last.

    Left out is what is `told` of elsewhere in the digest, by the (channel, ts) of messages.
    """
    reader_id = reader.person.user_id
    shared = places.told_of(uow, reader_id)
    by_title = {each.title: each for each in sections}
    posted = {
        each.channel_id: talk
        for each in shared
        if (talk := apps.lines(uow, each.channel_id, reader.since, uow.now, told)).lines
    }
    look = visibility.look(uow, reader_id, posted)
    withheld = 0
    for channel_id, talk in posted.items():
        open_places = look.sift(uow, [channel_id], channel_of=str)
        withheld += open_places.held_back * len(talk.lines)
        if open_places.seen:
            title = channel_title(channel_id)
            by_title[title] = _with(by_title.get(title), title, talk)
    return Posted(list(by_title.values()), withheld)


def _with(section: DigestSection | None, title: Mrkdwn, talk: AppTalk) -> DigestSection:
    if section is None:
        return DigestSection(Part.HAPPENED, title, talk.lines, talk.about)
    return replace(section, lines=[*section.lines, *talk.lines], about=section.about | talk.about)
