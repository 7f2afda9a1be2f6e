"""A draft that somebody wrote to Baton, as it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core import attention, message_store, people
from bot.core.drafting import revision
from bot.core.message_store import StoredMessage
from bot.core.render import clean, mentions_in, plain
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.messages import drafts as messages
from bot.features.coach.rules import rewriting, template
from bot.features.coach.rules.template import Sentence
from bot.features.coach.rules.wordings import Job


class Refused(Exception):
    """There is nothing to review, or to use; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as it stands now; `said` are its sentences as Slack has them."""

    message: StoredMessage
    said: Sequence[Sentence]
    readable: Sequence[Sentence]

    @property
    def text(self) -> str:
        """The draft as people read it."""
        return template.joined(self.readable)

    @property
    def rev(self) -> str:
        """Tells this wording of it from another."""
        return revision(self.message.text)

    @property
    def is_long(self) -> bool:
        """Whether it is too long to be put in order."""
        return len(self.text) > rewriting.LONGEST


def written(uow: UnitOfWork, place: str, user_id: str) -> Written:
    """The draft at a place, if it is theirs and can be reviewed. Raises Refused."""
    channel_id, _, ts = place.partition("|")
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    if uow.workspace.is_paused:
        raise Refused(messages.PAUSED)
    if message is None or message.user_id != user_id:
        raise Refused(messages.GONE)
    if attention.is_off(uow, user_id):
        raise Refused(messages.OFF)
    if not message.is_kept:
        raise Refused(messages.NOT_KEPT)
    found = _read(uow, message)
    if not clean(found.text).strip():
        raise Refused(messages.EMPTY)
    return found


def still(uow: UnitOfWork, job: Job) -> Written | None:
    """The draft, if it is as it was and its author wants to hear of it."""
    about = job.about
    message = message_store.find(uow.session, uow.team_id, about.channel_id, about.ts)
    if message is None or not message.is_kept or attention.is_off(uow, about.user_id):
        return None
    return _read(uow, message) if revision(message.text) == job.rev else None


def _read(uow: UnitOfWork, message: StoredMessage) -> Written:
    said = template.sentences_of(message.text)
    names = people.names(uow.session, uow.team_id, mentions_in(message.text))
    readable = [replace(each, text=plain(template.spelled_out(each.text), names)) for each in said]
    return Written(message, said, readable)
