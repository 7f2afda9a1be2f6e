"""The user groups of the workspace: people make and change them; the app is told of each change."""

from collections.abc import Sequence
from typing import Final

from bot.playground import events, payloads
from bot.playground.accounts import Refused
from bot.playground.journal import Kind
from bot.playground.slack import LocalSlack
from bot.playground.world import User, UserGroup

MAX_HANDLE: Final = 21


def make(slack: LocalSlack, person: User, handle: str, members: Sequence[User]) -> UserGroup:
    """Somebody makes a user group. Raises Refused."""
    _check(person, members)
    handle, now = _free(slack, handle), slack.clock.now()
    ids = [member.id for member in members]
    ident, team = slack.world.new_id("S"), slack.world.team.id
    group = UserGroup(ident, handle, handle.title(), ids, person.id, now, now, team=team)
    slack.world.groups[group.id] = group
    slack.note(Kind.GROUP, person.id, f"makes the group @{handle}", None, audience=[person.id])
    slack.tell(events.group("subteam_created", payloads.group(group), slack.clock.ts()))
    return group


def set_members(slack: LocalSlack, person: User, group: UserGroup, members: Sequence[User]) -> None:
    """Somebody decides who is in a group from now on. Raises Refused."""
    _check(person, members)
    before, group.members = group.members, [member.id for member in members]
    now = int(slack.clock.now().timestamp())
    moved = events.group_members(group, before, slack.clock.ts(), now)
    _change(slack, person, group, f"changes who is in @{group.handle}")
    slack.tell(moved)


def rename(slack: LocalSlack, person: User, group: UserGroup, handle: str) -> None:
    """Somebody gives a group another handle. Raises Refused."""
    _check(person, ())
    before, group.handle = group.handle, _free(slack, handle)
    _change(slack, person, group, f"renames @{before} to @{group.handle}")


def disable(slack: LocalSlack, person: User, group: UserGroup) -> None:
    """Somebody takes a group out of use: nobody is mentioned by it any more. Raises Refused."""
    _check(person, ())
    group.disabled = slack.clock.now()
    _change(slack, person, group, f"disables @{group.handle}")


def _change(slack: LocalSlack, person: User, group: UserGroup, told: str) -> None:
    group.updated, group.updated_by = slack.clock.now(), person.id
    slack.note(Kind.GROUP, person.id, told, None, audience=[person.id])
    slack.tell(events.group("subteam_updated", payloads.group(group), slack.clock.ts()))


def _free(slack: LocalSlack, wanted: str) -> str:
    handle = wanted.removeprefix("@").lower()
    if not 0 < len(handle) <= MAX_HANDLE:
        raise Refused(f"a handle has 1 to {MAX_HANDLE} characters")
    if slack.world.group_called(handle) or slack.world.user_called(handle):
        raise Refused(f"@{handle} is taken")
    return handle


def _check(person: User, members: Sequence[User]) -> None:
    if person.is_restricted or person.is_ultra_restricted:
        raise Refused("guests cannot change user groups")
    if any(member.is_bot or member.deleted for member in members):
        raise Refused("only people who are there can be in a user group")
