"""What the house itself keeps of people, topic by topic, in the order in which it is erased."""

from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update

from bot.core import (
    actions,
    addresses,
    attempts,
    audit,
    boards,
    dropped,
    erasures,
    gaps,
    groups,
    links,
    message_store,
    quotations,
    revisions,
    unread,
)
from bot.core.actions import ActionRow
from bot.core.addresses import AddressRow, Column
from bot.core.agreement import reading
from bot.core.agreement.reading import SettingRow, VersionRow
from bot.core.agreement.setting import person_scope
from bot.core.attempts import AttemptRow
from bot.core.attention import AttentionRow
from bot.core.audit import AuditRow
from bot.core.boards import BoardRow
from bot.core.breakers import BreakerRow
from bot.core.channels import ChannelMemberRow, ChannelRow
from bot.core.db import affected
from bot.core.dropped import DroppedMinuteRow
from bot.core.erasures import ErasureRow
from bot.core.gaps import GapRow
from bot.core.groups import GroupMemberRow, GroupRow
from bot.core.heartbeat import HeartbeatRow
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.installations import GenerationRow, InstallationRow
from bot.core.introductions import IntroductionRow
from bot.core.keeping import Kept, Record, as_data, nothing_of, plain, rows
from bot.core.leave import LeaveRow
from bot.core.links import LinkRow
from bot.core.message_store import MessageRow, ReactionRow
from bot.core.oauth_states import OAuthStateRow
from bot.core.outbox import POSTS, OutboxRow, look_up_only
from bot.core.people import PersonRow
from bot.core.queue import State
from bot.core.quotations import ERASED, INSTEAD, NOT_KEPT, QuotationRow
from bot.core.rate_limits import RateLimitRow
from bot.core.triggers import UsedTriggerRow
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import WorkspaceRow

BUDGETS_KEPT_FOR: Final = timedelta(days=60)
TRAIL_KEPT_FOR: Final = timedelta(days=730)
GROUPS_KEPT_FOR: Final = timedelta(days=30)
MAY_WAIT: Final = timedelta(days=1)
"""What was never sent is not lost sooner than this, however short texts are kept."""


def _export_messages(uow: UnitOfWork, user_id: str) -> list[Record]:
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    own = (ReactionRow.team_id == uow.team_id) & (ReactionRow.user_id == user_id)
    reactions = uow.session.scalars(select(ReactionRow).where(own))
    return [as_data(row, leave_out={"user_id"}) for row in (*written, *reactions)]


def _erase_messages(uow: UnitOfWork, user_id: str) -> int:
    written = message_store.written_by(uow.session, uow.team_id, user_id)
    revisions.replace(uow, [(row.channel_id, row.ts) for row in written], ERASED)
    erasures.note(uow.session, uow.team_id, user_id, now=uow.now)
    return message_store.forget_person(uow.session, uow.team_id, user_id)


def _purge_messages(uow: UnitOfWork, days: int) -> int:
    erasures.forget_old(uow.session, uow.team_id, now=uow.now)
    return message_store.forget_old(uow.session, uow.team_id, now=uow.now, days=days)


def _export_channels(uow: UnitOfWork, user_id: str) -> list[Record]:
    own = (ChannelMemberRow.team_id == uow.team_id) & (ChannelMemberRow.user_id == user_id)
    found = uow.session.scalars(select(ChannelMemberRow).where(own))
    return [as_data(row, leave_out={"user_id"}) for row in found]


def _erase_channels(uow: UnitOfWork, user_id: str) -> int:
    made = update(ChannelRow).where(
        ChannelRow.team_id == uow.team_id, ChannelRow.creator_id == user_id
    )
    uow.session.execute(made.values(creator_id=""))
    own = (ChannelMemberRow.team_id == uow.team_id) & (ChannelMemberRow.user_id == user_id)
    return affected(uow.session, delete(ChannelMemberRow).where(own))


def _export_groups(uow: UnitOfWork, user_id: str) -> list[Record]:
    theirs = groups.of_person(uow.session, uow.team_id, user_id)
    return [{"group": f"@{groups.name(uow.session, uow.team_id, each)}"} for each in theirs]


def _erase_groups(uow: UnitOfWork, user_id: str) -> int:
    return groups.forget_person(uow.session, uow.team_id, user_id)


def _purge_groups(uow: UnitOfWork, _days: int) -> int:
    return groups.forget_old(uow.session, uow.team_id, before=uow.now - GROUPS_KEPT_FOR)


def _export_settings(uow: UnitOfWork, user_id: str) -> list[Record]:
    own = reading.of_scope(uow.session, uow.team_id, person_scope(user_id))
    return [{"setting": key, "value": value} for key, value in sorted(own.items())]


def _erase_settings(uow: UnitOfWork, user_id: str) -> int:
    others = update(SettingRow).where(
        SettingRow.team_id == uow.team_id, SettingRow.set_by == user_id
    )
    uow.session.execute(others.values(set_by=audit.FORGOTTEN))
    return reading.forget_person(uow.session, uow.team_id, user_id)


def _purge_attention(uow: UnitOfWork, _days: int) -> int:
    before = (uow.now - BUDGETS_KEPT_FOR).date()
    old = (AttentionRow.team_id == uow.team_id) & (AttentionRow.day < before)
    return affected(uow.session, delete(AttentionRow).where(old))


def _export_trail(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"at": plain(row.at), "did": row.action, "about": row.about}
        for row in audit.done_by(uow.session, uow.team_id, user_id)
    ]


def _erase_trail(uow: UnitOfWork, user_id: str) -> int:
    return audit.forget_person(uow.session, uow.team_id, user_id)


def _purge_trail(uow: UnitOfWork, _days: int) -> int:
    old = (AuditRow.team_id == uow.team_id) & (AuditRow.at < uow.now - TRAIL_KEPT_FOR)
    return affected(uow.session, delete(AuditRow).where(old))


def _export_events(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [{"text": text} for text in unread.texts_of(uow.session, uow.team_id, user_id)]


def _erase_events(uow: UnitOfWork, user_id: str) -> int:
    return unread.forget_person(uow.session, uow.team_id, user_id)


def _purge_events(uow: UnitOfWork, days: int) -> int:
    before = uow.now - timedelta(days=days)
    return unread.forget_dead(uow.session, uow.team_id, before=before)


def _export_sent(uow: UnitOfWork, user_id: str) -> list[Record]:
    own = (OutboxRow.team_id == uow.team_id) & (OutboxRow.recipient == user_id)
    found = uow.session.scalars(select(OutboxRow).where(own).order_by(OutboxRow.id))
    return [
        {"at": plain(row.queued_at), "what": row.key, "state": row.state, "ts": row.sent_ts or ""}
        for row in found
    ]


def _erase_sent(uow: UnitOfWork, user_id: str) -> int:
    """What was written to them goes; what tells others of them loses the name, or is not sent."""
    ours = OutboxRow.team_id == uow.team_id
    to_them = or_(
        OutboxRow.recipient == user_id,
        *(
            column.endswith(f":{user_id}", autoescape=True)
            | column.contains(f":{user_id}:", autoescape=True)
            for column in (OutboxRow.lane, OutboxRow.key)
        ),
    )
    count = affected(uow.session, delete(OutboxRow).where(ours, to_them))
    naming = cast(OutboxRow.payload, Text).contains(user_id, autoescape=True)
    for row in uow.session.scalars(select(OutboxRow).where(ours, naming)).all():
        count += 1
        _take_name_out(uow, row, user_id)
    _forget_orphans(uow)
    return count


def _take_name_out(uow: UnitOfWork, row: OutboxRow, user_id: str) -> None:
    change = partial(quotations.without_name, user_id=user_id)
    if row.quotes:
        uow.outbox.rewrite(row.key, change)
    elif row.revises:
        row.payload = change(row.payload)
    if user_id in str(row.payload) or not (row.quotes or row.revises):
        _empty(row)


def _empty(row: OutboxRow) -> None:
    """Keeps nothing of what it says; what may be out already can be found and changed still."""
    if row.method in POSTS and row.state in {State.LEASED, State.UNKNOWN}:
        look_up_only(row)
        return
    row.payload, row.quotes = {}, False
    if row.state not in {State.DONE, State.DROPPED}:
        row.state, row.lease_until = State.DROPPED, None
        row.fence += 1


def _purge_sent(uow: UnitOfWork, days: int) -> int:
    ours = OutboxRow.team_id == uow.team_id
    is_old = OutboxRow.queued_at < uow.now - timedelta(days=days)
    _take_readings_back(uow, is_old)
    is_stuck = OutboxRow.queued_at < uow.now - max(timedelta(days=days), MAY_WAIT)
    out = update(OutboxRow).where(ours, is_old, OutboxRow.quotes, OutboxRow.state == State.DONE)
    dead = is_old & (OutboxRow.state == State.DEAD)
    waiting = is_stuck & OutboxRow.state.in_([State.READY, State.UNKNOWN])
    unsent = update(OutboxRow).where(ours, dead | waiting)
    emptied = affected(uow.session, out.values(payload={}, quotes=False))
    emptied += affected(uow.session, unsent.values(payload={}, quotes=False, state=State.DROPPED))
    _forget_orphans(uow)
    return emptied


def _take_readings_back(uow: UnitOfWork, is_old: ColumnElement[bool]) -> None:
    """What is made of somebody's words as a whole does not outlast the time they are kept."""
    ours = (OutboxRow.team_id == uow.team_id) & OutboxRow.quotes & (OutboxRow.state == State.DONE)
    whole = cast(OutboxRow.payload, Text).contains(f'"{INSTEAD}"', autoescape=True)
    told = select(QuotationRow.channel_id, QuotationRow.ts).where(
        QuotationRow.team_id == uow.team_id,
        QuotationRow.key.in_(select(OutboxRow.key).where(ours, is_old, whole)),
    )
    places = [(channel_id, ts) for channel_id, ts in uow.session.execute(told).all()]
    revisions.replace(uow, places, NOT_KEPT)


def _forget_orphans(uow: UnitOfWork) -> None:
    """A message of ours that is not kept can no longer be changed."""
    told = select(OutboxRow.key).where(OutboxRow.team_id == uow.team_id, OutboxRow.quotes)
    quotations.forget(
        uow.session, QuotationRow.team_id == uow.team_id, QuotationRow.key.not_in(told)
    )


def _export_addresses(uow: UnitOfWork, user_id: str) -> list[Record]:
    """Readable, as they entered them: this is told to nobody else."""
    keyring = uow.house.keyring
    columns: tuple[Column, ...] = ("address", "wanted")
    return [
        {
            "kind": row.kind,
            "entered_at": plain(row.entered_at),
            **{each: addresses.opened(row, keyring, each) for each in columns},
        }
        for row in addresses.of(uow, user_id)
    ]


def _export_attempts(uow: UnitOfWork, user_id: str) -> list[Record]:
    return [
        {"at": plain(row.queued_at), "by": row.pager, "state": row.state}
        for row in attempts.to_person(uow, user_id)
    ]


def _erase_limits(uow: UnitOfWork, user_id: str) -> int:
    theirs = RateLimitRow.scope.contains(user_id, autoescape=True)
    return affected(
        uow.session, delete(RateLimitRow).where(RateLimitRow.team_id == uow.team_id, theirs)
    )


def _forget_gaps(uow: UnitOfWork, _days: int) -> int:
    place = (uow.session, uow.team_id)
    return gaps.forget_old(*place, now=uow.now) + dropped.forget_old(*place, now=uow.now)


HOUSE: Final = (
    Kept(
        "messages",
        "What you write and how you react where I am a member",
        "the text {texts}; that you wrote, when and where, a year",
        (MessageRow, ReactionRow, ErasureRow),
        _export_messages,
        _erase_messages,
        _purge_messages,
        stays="What others wrote about you is theirs and stays as long as their texts do.",
    ),
    rows(
        "profile",
        PersonRow,
        PersonRow.user_id,
        what="Your name, time zone, language and status, as Slack tells them",
        how_long="while you are in a channel with me",
    ),
    Kept(
        "channels",
        "Which channels you share with me",
        "while you are in them",
        (ChannelRow, ChannelMemberRow),
        _export_channels,
        _erase_channels,
        stays="While you stay in a channel with me, Slack tells me again who you are within half "
        "a day: your name and time zone, nothing that you wrote before.",
    ),
    Kept(
        "groups",
        "Which user groups you are in, of those that people mention where I am a member",
        "a month after the last mention",
        (GroupRow, GroupMemberRow),
        _export_groups,
        _erase_groups,
        _purge_groups,
        stays="While you are in a user group, Slack tells me so again when somebody mentions it.",
    ),
    Kept(
        "settings",
        "How you set me up",
        "until you change it",
        (SettingRow, VersionRow),
        _export_settings,
        _erase_settings,
    ),
    rows(
        "leave",
        LeaveRow,
        LeaveRow.user_id,
        what="When you told me you are away",
        how_long="until you take it back",
    ),
    rows(
        "attention",
        AttentionRow,
        AttentionRow.user_id,
        what="How many direct messages I sent you on a day",
        how_long="60 days",
        purge=_purge_attention,
        is_trace=True,
    ),
    rows(
        "introductions",
        IntroductionRow,
        IntroductionRow.user_id,
        what="What I explained to you when you first met it",
        how_long="as long as I am installed",
        is_trace=True,
    ),
    Kept(
        "trail",
        "Which settings you changed, and other things you had me do",
        "two years",
        (AuditRow,),
        _export_trail,
        _erase_trail,
        _purge_trail,
        stays="That it was done stays, without your name, so that others can see what changed.",
    ),
    Kept(
        "events",
        "What Slack sent me and I could not deal with yet",
        "until it is done; if it never is, {texts}",
        (InboxRow, DeliveryRow),
        _export_events,
        _erase_events,
        _purge_events,
    ),
    Kept(
        "sent",
        "What I wrote to you, and where I quote you",
        "the text {texts}, so that I can correct it; that I wrote, 90 days",
        (OutboxRow, QuotationRow),
        _export_sent,
        _erase_sent,
        _purge_sent,
    ),
    Kept(
        "addresses",
        "Your e-mail address and phone number for the red phone, encrypted",
        "until you remove them; one that you did not confirm, a day",
        (AddressRow,),
        _export_addresses,
        addresses.forget_person,
        lambda uow, _days: addresses.forget_old(uow),
    ),
    Kept(
        "calls",
        "That somebody tried to reach you by e-mail or phone; what was said, until it was",
        "a month",
        (AttemptRow,),
        _export_attempts,
        attempts.forget_person,
        lambda uow, _days: attempts.forget_words(uow, before=uow.now - MAY_WAIT),
    ),
    Kept(
        "links",
        "That I made a link for you, which you press outside of Slack",
        "a week after it was good",
        (LinkRow,),
        lambda _uow, _user_id: [],
        links.forget_person,
        lambda uow, _days: links.forget_old(uow),
        is_trace=True,
    ),
    Kept(
        "limits",
        "When I may next write to you",
        "seconds; an old time means nothing",
        (RateLimitRow,),
        lambda _uow, _user_id: [],
        _erase_limits,
        is_trace=True,
    ),
    Kept(
        "buttons",
        "Which buttons I made for you, and that you pressed them",
        "a month",
        (ActionRow,),
        lambda _uow, _user_id: [],
        lambda uow, user_id: actions.forget_person(uow.session, uow.team_id, user_id),
        is_trace=True,
    ),
    rows(
        "board",
        BoardRow,
        BoardRow.user_id,
        what="When you opened your Home tab, so that it stays up to date",
        how_long="90 days after you last did",
        purge=lambda uow, _days: boards.forget_old(uow),
        is_trace=True,
    ),
    Kept(
        "missing",
        "Of which stretches of time I may have missed messages, and what I ask Slack for still",
        "a month",
        (GapRow, DroppedMinuteRow),
        lambda _uow, _user_id: [],
        lambda _uow, _user_id: 0,
        _forget_gaps,
        is_trace=True,
    ),
    nothing_of("heartbeat", "When I took events in last", HeartbeatRow),
    nothing_of("breaker", "That Slack does not answer just now", BreakerRow),
    nothing_of("clicks", "That a click was dealt with, so that it counts once", UsedTriggerRow),
    nothing_of("workspace", "The name of your workspace", WorkspaceRow),
    nothing_of(
        "installation",
        "That I am installed, and the key that Slack gave me for it, encrypted",
        InstallationRow,
        GenerationRow,
        OAuthStateRow,
    ),
)
