"""Keeps people, channels and memberships as Slack has them; asks Slack outside any transaction."""

from collections.abc import Callable, Iterable
from functools import partial

from bot.core import channels, logs, people, workspaces
from bot.core.bot import Bot
from bot.core.errors import SlackError
from bot.core.events import ChannelChanged, MemberJoined, MemberLeft, PersonEnrolled
from bot.core.unit_of_work import UnitOfWork
from bot.slack.gateway import Gateway

log = logs.get(__name__)

BATCH = 20


class Directory:
    """Asks Slack about whom and what we do not know yet, or not any more."""

    def __init__(self, bot: Bot, gateway: Gateway) -> None:
        self._bot, self._gateway = bot, gateway

    def register(self) -> None:
        """Listens to memberships and keeps everything fresh."""
        self._bot.on(MemberJoined, self.note_joined)
        self._bot.on(MemberLeft, note_left)
        self._bot.on(ChannelChanged, note_changed)
        self._bot.every_tick(self.sync_channels)
        self._bot.every_tick(self.refresh_people)

    def ensure_known(self, team_id: str, user_ids: Iterable[str]) -> None:
        """Asks Slack about the people we have not met. Raises SlackError."""
        with self._bot.reading() as (session, _):
            missing = people.unknown(session, team_id, user_ids)
        self._fetch(team_id, missing)

    def discover(self, team_id: str) -> None:
        """Marks the channels Baton is in now, e.g. those it was added to while it was down."""
        found = self._gateway.joined_channels(team_id)
        with self._bot.begin(team_id, during="directory") as uow:
            for channel in found:
                if channels.find(uow.session, team_id, channel.channel_id) is None:
                    channels.mark_unsynced(uow.session, team_id, channel.channel_id)

    def sync_channels(self, bot: Bot) -> None:
        """Asks Slack about channels that changed: what they are and who is in them."""
        with bot.reading() as (session, _):
            due = channels.unsynced(session, limit=BATCH)
        for team_id, channel_id in due:
            self._try("channel", team_id, partial(self._sync, team_id, channel_id))

    def refresh_people(self, bot: Bot) -> None:
        """Asks Slack again about people whose zone or role may have changed meanwhile."""
        with bot.reading() as (session, now):
            due = people.stale(session, now=now, limit=BATCH)
        for team_id, user_id in due:
            self._try("person", team_id, partial(self._fetch, team_id, [user_id]))

    def note_joined(self, event: MemberJoined, uow: UnitOfWork) -> None:
        """Somebody joined; when it was Baton, everybody in the channel is new to us."""
        if event.user_id == uow.workspace.bot_user_id:
            channels.mark_unsynced(uow.session, uow.team_id, event.channel_id)
        else:
            channels.add_member(uow.session, uow.team_id, event.channel_id, event.user_id)
            self._enrol(uow, [event.user_id])

    def _sync(self, team_id: str, channel_id: str) -> None:
        found = self._gateway.channel(team_id, channel_id)
        members = self._gateway.members(team_id, channel_id) if found and found.is_member else []
        self.ensure_known(team_id, members)
        with self._bot.begin(team_id, during="directory") as uow:
            if found and found.is_member:
                channels.save(uow.session, team_id, found, members, now=uow.now)
                self._enrol(uow, members)
            else:
                channels.forget(uow.session, team_id, channel_id, now=uow.now)

    def _enrol(self, uow: UnitOfWork, user_ids: Iterable[str]) -> None:
        for user_id in user_ids:
            person = people.find(uow.session, uow.team_id, user_id)
            if person is not None and person.is_member:
                self._bot.emit(PersonEnrolled(team_id=uow.team_id, user_id=user_id), uow)

    def _fetch(self, team_id: str, user_ids: Iterable[str]) -> None:
        found = [self._gateway.person(team_id, user_id) for user_id in user_ids]
        if not found:
            return
        with self._bot.begin(team_id, during="directory") as uow:
            for person in found:
                people.save(uow.session, team_id, person, now=uow.now)

    def _try(self, what: str, team_id: str, work: Callable[[], None]) -> None:
        try:
            work()
        except SlackError as error:
            log.warning("slack could not be asked", about=what, team=team_id, error=str(error))


def note_left(event: MemberLeft, uow: UnitOfWork) -> None:
    """Somebody left; when it was Baton, nobody is enrolled by this channel any more."""
    if event.user_id == uow.workspace.bot_user_id:
        channels.forget(uow.session, uow.team_id, event.channel_id, now=uow.now)
    else:
        channels.remove_member(uow.session, uow.team_id, event.channel_id, event.user_id)


def note_changed(event: ChannelChanged, uow: UnitOfWork) -> None:
    """A channel changed: what we know of it has to be asked for again."""
    if channels.find(uow.session, uow.team_id, event.channel_id) is not None:
        channels.mark_unsynced(uow.session, uow.team_id, event.channel_id)


def remember(bot: Bot, workspace: workspaces.Workspace) -> None:
    """Records the workspace that the token belongs to."""
    with bot.begin(workspace.team_id, during="directory") as uow:
        workspaces.save(uow.session, workspace, now=uow.now)
