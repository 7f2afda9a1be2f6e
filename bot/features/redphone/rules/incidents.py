"""The channel that is made for one page."""

from datetime import date
from typing import Final
from uuid import UUID

from bot.core.agreement.kinds import Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.channel_names import named
from bot.core.render import shorten

CHANNELS: Final = Setting[bool](
    "redphone.incident_channels",
    Switch(),
    default=False,
    layers=(Layer.WORKSPACE,),
    label="A channel for each page",
    hint="Public where its card is, private elsewhere; whoever is on it is invited",
)
MAX_WORDS: Final = 40


def name_of(what: str, kind: str, day: date) -> str:
    """What such a channel is called: `inc-20261006-nobody-can-sign-up`.

    What cannot stand in the name of a channel is left out.
    """
    prefix = f"inc-{day:%Y%m%d}"
    words = (named(shorten(each, MAX_WORDS)) for each in (what, kind))
    return named(prefix, next(filter(None, words), ""))


def key_of(page_id: UUID) -> str:
    """Under which key its making is queued."""
    return f"redphone:{page_id}:incident"


def invitation_key(page_id: UUID, user_id: str) -> str:
    """Under which key somebody's invitation is queued."""
    return f"redphone:{page_id}:invite:{user_id}"


def made_for(key: str) -> UUID | None:
    """The page for which a channel of that key is made."""
    match key.split(":"):
        case ["redphone", page_id, "incident"]:
            return UUID(page_id)
        case _:
            return None


def invited_to(key: str) -> tuple[UUID, str] | None:
    """The page and the person of an invitation of that key."""
    match key.split(":"):
        case ["redphone", page_id, "invite", user_id]:
            return UUID(page_id), user_id
        case _:
            return None
