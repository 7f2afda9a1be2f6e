"""Reviews drafts that people write to Baton, and puts them in order."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.core import attention, message_store, people
from bot.core.agreement.setting import EVERYWHERE
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.drafting import DRAFTS, Draft, DraftRequest, Material, Place, revision
from bot.core.events import ChannelKind
from bot.core.ids import known_id
from bot.core.keeping import rows
from bot.core.ports import AskLedger
from bot.core.ports import Draft as Handed
from bot.core.prose import addressed_in
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import queries
from bot.features.coach.messages import drafts as messages
from bot.features.coach.messages.drafts import Reviewed, Uses
from bot.features.coach.models import WordingRow
from bot.features.coach.rules import review, rewriting, template, wordings
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.reading import read
from bot.features.coach.rules.situation import Room, Situation
from bot.features.coach.rules.template import Line, Parts, Section
from bot.features.coach.rules.wordings import About, Job, State, Wording
from bot.features.coach.service import hinting, surroundings
from bot.features.coach.service import written as texts
from bot.features.coach.service.written import Refused, Written


def review_draft(
    uow: UnitOfWork, place: str, user_id: str, asks: AskLedger, *, plainly: bool
) -> None:
    """Tells an author what a draft lacks, and puts it in order, or has a model do so.

    Raises Refused.
    """
    written = texts.written(uow, place, user_id)
    about = _about(written)
    known = queries.wording_about(uow, about)
    if known is not None and known.rev == written.rev and not _was_silenced(uow, known):
        raise Refused(messages.ONCE)
    if known is not None:
        queries.drop_wording(uow, known.id)
    reviewed = _reviewed(uow, written)
    waits = not plainly and not written.is_long and bool(uow.setting(DRAFTS))
    state = State.WAITING if waits else State.DONE
    missing = dict.fromkeys(part for each in reviewed.findings for part in each.missing)
    job = queries.add_wording(uow, about, written.rev, state, list(missing))
    if job is None:
        raise Refused(messages.ONCE)
    if waits:
        message = messages.announcing(reviewed)
    else:
        message = _told(written, job, reviewed, _uses(uow, asks, job, written))
    _tell(uow, _key(job), user_id, message)


def request(uow: UnitOfWork, job: Job) -> DraftRequest | None:
    """What to ask a model about a draft; None: it is gone, or its author is to be left alone."""
    written = texts.still(uow, job)
    if written is None:
        return None
    return DraftRequest(uow.team_id, rewriting.PROMPT, _material(written), wanted=rewriting.WANTED)


def send_version(uow: UnitOfWork, job: Job, draft: Draft, asks: AskLedger) -> None:
    """Sends the version that was announced, under its review: a model's, or the plain one.

    A draft that is not there any more as it was gets none; the news of that may come later.
    """
    written = texts.still(uow, job)
    if written is None:
        follow_change(uow, job.about.channel_id, job.about.ts)
        queries.drop_wording(uow, job.id)
        return
    worded = None if draft.is_plain else _worded(uow, written, draft)
    parts = _as_data(worded) if worded else {}
    if not queries.finish_wording(uow, job, parts):
        return
    done = replace(job, parts=parts)
    message = messages.version(
        _lines(written, done), _uses(uow, asks, done, written), is_drafted=worded is not None
    )
    _tell(uow, f"{_key(job)}:version", job.about.user_id, message, under=_key(job))


def composer(uow: UnitOfWork, reference: str, user_id: str, asks: AskLedger) -> View:
    """The form that asks, with the version in it. Raises Refused."""
    job, written = _version(uow, reference, user_id)
    view = asks.composer(uow, _to_ask(job, written))
    if view is None:
        raise Refused(messages.NO_FORM)
    return view


def post_form(uow: UnitOfWork, reference: str, user_id: str, asks: AskLedger) -> View:
    """The form that posts in a channel, with the version in it. Raises Refused."""
    job, written = _version(uow, reference, user_id)
    view = asks.post_form(uow, _to_post(job, written))
    if view is None:
        raise Refused(messages.NO_FORM)
    return view


def follow_change(uow: UnitOfWork, channel_id: str, ts: str) -> None:
    """A draft says something else now, or is gone: what was made of it goes, too."""
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    said = messages.DELETED if message is None else messages.CHANGED
    for job in queries.drafts_at(uow, channel_id, ts):
        if message is not None and revision(message.text) == job.rev:
            continue
        queries.drop_wording(uow, job.id)
        _revise(uow, job, said)


def follow_use(uow: UnitOfWork, source: str, user_id: str) -> None:
    """A draft was sent off: what was made of it says so, and offers to do so no more."""
    channel_id, _, ts = source.partition("|")
    for job in queries.drafts_at(uow, channel_id, ts):
        written = texts.still(uow, job)
        if written is None or job.about.user_id != user_id:
            continue
        key, uses = _key(job), Uses(str(job.id), is_used=True)
        if uow.outbox.knows(f"{key}:version"):
            key, lines = f"{key}:version", _lines(written, job)
            message = messages.version(lines, uses, is_drafted=bool(job.parts))
        elif job.state is State.DONE:
            reviewed = replace(_reviewed(uow, written), addressees=())
            message = _told(written, job, reviewed, uses)
        else:
            continue
        uow.outbox.revise(f"{key}:used", of=key, message=message)


def follow_off(uow: UnitOfWork, user_id: str) -> None:
    """Nothing that was worded for somebody is kept, if they are left alone."""
    if attention.is_off(uow, user_id):
        for job in queries.drafts_of(uow, user_id):
            _revise(uow, job, messages.FORGOTTEN)
        queries.drop_wordings_of(uow, user_id)


def _erase(uow: UnitOfWork, user_id: str) -> int:
    """Also changes the messages to somebody, of which nothing is known after an erasure."""
    gone = messages.sentence(messages.FORGOTTEN)
    for job in queries.drafts_of(uow, user_id):
        for key in _keys(job):
            uow.outbox.take_back(key, gone)
    return queries.drop_wordings_of(uow, user_id)


def _purge(uow: UnitOfWork, days: int) -> int:
    before = uow.now - min(wordings.KEPT_FOR, timedelta(days=days))
    for job in queries.drafts_before(uow, before):
        _revise(uow, job, messages.FORGOTTEN)
    return queries.drop_old_wordings(uow, before)


KEPT: Final = replace(
    rows(
        "reviewed drafts",
        WordingRow,
        WordingRow.user_id,
        what=messages.KEEPS,
        how_long=messages.KEPT_FOR,
        purge=_purge,
    ),
    erase=_erase,
)


def _told(written: Written, job: Job, reviewed: Reviewed, uses: Uses) -> Message:
    """The review of a draft that nobody words anew."""
    if written.is_long:
        return messages.without_version(reviewed, uses)
    return messages.with_template(reviewed, _lines(written, job), uses)


def _version(uow: UnitOfWork, reference: str, user_id: str) -> tuple[Job, Written]:
    job = queries.wording(uow, known_id(reference))
    if job is None or job.about.user_id != user_id:
        raise Refused(messages.CHANGED)
    written = texts.still(uow, job)
    if written is None:
        raise Refused(messages.CHANGED)
    return job, written


def _reviewed(uow: UnitOfWork, written: Written) -> Reviewed:
    message = written.message
    addressees = surroundings.addressees(uow, message, uow.now)
    public = Situation(message, Room(ChannelKind.PUBLIC), addressees=addressees)
    off = _switched_off(uow, message.user_id)
    found = review.review(public, without={*off, Rule.OFF_HOURS})
    private = review.review(replace(public, room=Room(ChannelKind.DIRECT)), without=off)
    found += [each for each in private if each.rule is Rule.IN_PRIVATE]
    return Reviewed(
        found,
        template.lacking(template.parts_from(written.readable)),
        addressees,
        read(message.text).language,
        is_edited=message.edited_at is not None,
        length=len(written.text),
    )


def _switched_off(uow: UnitOfWork, user_id: str) -> Collection[Rule]:
    author = people.find(uow.session, uow.team_id, user_id)
    return hinting.switched_off(uow, author, EVERYWHERE) if author is not None else ()


def _material(written: Written) -> Material:
    message = written.message
    place = Place(message.channel_id, message.ts)
    return rewriting.material(written.said, place, message.user_id, message.at)


def _worded(uow: UnitOfWork, written: Written, draft: Draft) -> Parts | None:
    given = _material(written)
    names = people.names(uow.session, uow.team_id, given.people.values())
    return rewriting.rewritten(draft, given, written.said, written.readable, names)


def _parts(written: Written, job: Job) -> Parts:
    if not job.parts:
        return template.parts_from(written.readable)
    context, proposal, question, by = (job.parts.get(section, "") for section in Section)
    return Parts(context, proposal, question, by)


def _as_data(parts: Parts) -> dict[str, str]:
    return {section.value: getattr(parts, section) for section in Section}


def _lines(written: Written, job: Job) -> list[Line]:
    """The version in order; where nothing is found of a language it does not know, no blank."""
    lines = template.as_template(_parts(written, job), job.missing)
    if job.missing or read(written.message.text).language is not Language.UNKNOWN:
        return lines
    return _without_blanks(lines)


def _without_blanks(lines: Sequence[Line]) -> list[Line]:
    return [replace(each, blanks=()) for each in lines if each.text]


def _to_ask(job: Job, written: Written) -> Handed:
    place = f"{job.about.channel_id}|{job.about.ts}"
    whom = [each for each in addressed_in(written.message.text) if each != job.about.user_id]
    if written.is_long:
        return Handed(written.text, people=whom, source=place)
    parts = _parts(written, job)
    what = template.with_time(parts.question or parts.context, parts)
    context = parts.context if parts.question else ""
    by = template.time_of(parts)
    return Handed(what, context, proposal=parts.proposal, people=whom, source=place, by=by)


def _to_post(job: Job, written: Written) -> Handed:
    """What rules found missing is a blank in the text; what may only be to be known has none."""
    place = f"{job.about.channel_id}|{job.about.ts}"
    if written.is_long:
        return Handed(written.text, source=place)
    lines = _lines(written, job)
    told = lines if job.missing else _without_blanks(lines)
    return Handed(messages.to_post(told), source=place)


def _uses(uow: UnitOfWork, asks: AskLedger, job: Job, written: Written) -> Uses:
    can_ask = asks.composer(uow, _to_ask(job, written)) is not None
    can_post = asks.post_form(uow, _to_post(job, written)) is not None
    return Uses(str(job.id), can_ask, can_post)


def _about(written: Written) -> About:
    message = written.message
    return About(Wording.DRAFT, message.user_id, message.channel_id, message.ts)


def _key(job: Job) -> str:
    return f"coach:draft:{job.id}"


def _keys(job: Job) -> tuple[str, str]:
    """The review, and the version that follows it if a model words one."""
    return _key(job), f"{_key(job)}:version"


def _was_silenced(uow: UnitOfWork, job: Job) -> bool:
    """Whether a pause kept a review, or its version, from its author."""
    return any(uow.outbox.was_dropped(key) for key in _keys(job))


def _revise(uow: UnitOfWork, job: Job, said: str) -> None:
    """What was made of a draft goes from the conversation with its author."""
    for key in _keys(job):
        uow.outbox.revise(f"{key}:gone", of=key, message=messages.sentence(said))


def _tell(
    uow: UnitOfWork, key: str, user_id: str, message: Message, under: str | None = None
) -> Route:
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return Route.NEVER
    return attention.reach(uow, key, person, message, urgency=Urgency.REPLY, under=under)
