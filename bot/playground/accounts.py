"""What people set about themselves, and admins about others; the app is told of each change."""

from typing import Final
from zoneinfo import available_timezones

from bot.playground.slack import LocalSlack
from bot.playground.world import User

MAX_STATUS: Final = 100
SPEECH: Final = ":speech_balloon:"
_NOTHING: Final = {
    "is_admin": False,
    "is_owner": False,
    "is_primary_owner": False,
    "is_restricted": False,
    "is_ultra_restricted": False,
}
ROLES: Final = {
    "primary owner": _NOTHING | {"is_admin": True, "is_owner": True, "is_primary_owner": True},
    "owner": _NOTHING | {"is_admin": True, "is_owner": True},
    "admin": _NOTHING | {"is_admin": True},
    "member": _NOTHING,
    "guest": _NOTHING | {"is_restricted": True},
    "single-channel guest": _NOTHING | {"is_restricted": True, "is_ultra_restricted": True},
}


class Refused(Exception):
    """Slack does not do that; the text says why."""


def set_status(slack: LocalSlack, person: User, emoji: str, text: str, until: int) -> None:
    """Somebody sets their status, until an instant in Unix time or for good; or clears it.

    Raises Refused.
    """
    if len(text) > MAX_STATUS:
        raise Refused(f"a status has at most {MAX_STATUS} characters")
    if until and until <= slack.clock.now().timestamp():
        raise Refused("a status cannot end in the past")
    emoji = emoji or (SPEECH if text else "")
    told = f"sets their status to {emoji} {text}".rstrip() if emoji else "clears their status"
    changes = {"status_emoji": emoji, "status_text": text, "status_expiration": until}
    slack.change_account(person, told, changes)


def end_statuses(slack: LocalSlack) -> None:
    """Clears the statuses whose time is over."""
    now = slack.clock.now().timestamp()
    for person in list(slack.world.users.values()):
        if 0 < person.status_expiration <= now:
            set_status(slack, person, "", "", 0)


def move(slack: LocalSlack, person: User, zone: str) -> None:
    """Somebody's time zone becomes another. Raises Refused."""
    if zone not in available_timezones():
        raise Refused(f"there is no time zone {zone}")
    slack.change_account(person, f"moves to {zone}", {"tz": zone})


def give_role(slack: LocalSlack, admin: User, person: User, role: str) -> None:
    """An admin makes somebody a member, a guest, an admin or an owner. Raises Refused."""
    _check(admin)
    if role not in ROLES:
        raise Refused(f"there is no role {role}")
    slack.change_account(person, f"is now: {role}", ROLES[role])


def deactivate(slack: LocalSlack, admin: User, person: User, *, is_back: bool = False) -> None:
    """An admin deactivates somebody's account, or activates it again. Raises Refused."""
    _check(admin)
    told = "is back" if is_back else "is deactivated"
    slack.change_account(person, told, {"deleted": not is_back})


def _check(admin: User) -> None:
    if not admin.is_admin:
        raise Refused(f"{admin.name} is no admin")
