"""Reads messages charitably, for whoever asks, and for nobody else."""

from bot.core import attention, message_store, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.drafting import DRAFTS, Draft, DraftRequest, Place, revision, with_people
from bot.core.events import MessageShortcut
from bot.core.message_store import StoredMessage
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.coach import queries
from bot.features.coach.messages import kindly as messages
from bot.features.coach.rules import kindly as rules
from bot.features.coach.rules.wordings import About, Job, State, Wording


def read(uow: UnitOfWork, event: MessageShortcut, *, plainly: bool) -> View:
    """The reading by rules, at once; one that a model words is noted if it may be asked.

    Only a message that is stored goes to a model: what Slack passes along from elsewhere is read
    here and kept nowhere.
    """
    text = people.readable(uow.session, uow.team_id, event.text)
    if not text.strip():
        return messages.wordless()
    follows = not plainly and _has_worded(uow, event)
    return messages.view(rules.reading_of(text), follows=follows)


def request(uow: UnitOfWork, job: Job) -> DraftRequest | None:
    """What to ask a model about a message; None: it is gone, or somebody is to be left alone."""
    message = _still(uow, job)
    if message is None:
        return None
    place = Place(message.channel_id, message.ts)
    material = rules.material(message.text, place, message.user_id, message.at)
    return DraftRequest(uow.team_id, rules.PROMPT, material, wanted=rules.WANTED)


def send(uow: UnitOfWork, job: Job, draft: Draft) -> None:
    """Sends the reading that a model worded, or says that there is none; nothing of it stays."""
    about = job.about
    person = people.find(uow.session, uow.team_id, about.user_id)
    if not queries.drop_wording(uow, job.id) or person is None:
        return
    if not attention.is_off(uow, person.user_id):
        key = f"coach:kindly:{job.id}"
        attention.reach(uow, key, person, _told(uow, job, draft), urgency=Urgency.REPLY)


def _has_worded(uow: UnitOfWork, event: MessageShortcut) -> bool:
    """Has a model word a reading, if it may read the message."""
    found = message_store.find(uow.session, uow.team_id, event.channel_id, event.message_ts)
    about = About(Wording.KINDLY, event.user_id, event.channel_id, event.message_ts)
    if found is None or not uow.setting(DRAFTS) or uow.workspace.is_paused:
        return False
    if not _may_be_read(uow, found, event.user_id):
        return False
    if queries.wording_about(uow, about) is None:
        queries.add_wording(uow, about, revision(found.text), State.WAITING)
    return True


def _still(uow: UnitOfWork, job: Job) -> StoredMessage | None:
    """The message as it stands now, if a model may read it for this reader."""
    about = job.about
    found = message_store.find(uow.session, uow.team_id, about.channel_id, about.ts)
    return found if found is not None and _may_be_read(uow, found, about.user_id) else None


def _may_be_read(uow: UnitOfWork, message: StoredMessage, reader_id: str) -> bool:
    someone_is_off = any(attention.is_off(uow, each) for each in (reader_id, message.user_id))
    is_there = message.is_kept and bool(message.text.strip())
    return is_there and not someone_is_off and may_see(uow, reader_id, message.channel_id)


def _told(uow: UnitOfWork, job: Job, draft: Draft) -> Message:
    message = message_store.find(uow.session, uow.team_id, job.about.channel_id, job.about.ts)
    if message is None:
        return messages.gone()
    permalink = uow.workspace.permalink(message.channel_id, message.ts, message.thread_ts)
    still = _still(uow, job)
    worded = rules.worded(draft) if still and revision(still.text) == job.rev else None
    if worded is None:
        return messages.none(permalink)
    given = rules.material(message.text, Place("", ""), message.user_id, message.at)
    words = people.readable(uow.session, uow.team_id, message.text)
    return messages.worded(
        [with_people(each, given.people) for each in worded.readings],
        [with_people(each, given.people) for each in worded.replies],
        permalink,
        words,
        about=frozenset({(message.channel_id, message.ts)}),
    )
