"""Which fields a settings form has, and what a form that was sent off changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core.agreement.kinds import Plain
from bot.core.agreement.refusals import closes
from bot.core.agreement.setting import Layer, Scope, Setting
from bot.core.events import FormSubmitted, MessageNotSent, MessageSent
from bot.core.week import Unreadable

INHERIT: Final = "inherit"
NOTHING: Final = "none"
"""What stands for a list in which nothing is chosen."""


@dataclass(frozen=True, slots=True)
class Field:
    """One setting in a form: what is typed or chosen in it, and what holds without it.

    `refused` is Slack's word for why Baton cannot post where it says; empty: it can.
    """

    setting: Setting[Any]
    given: str
    inherited: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class FormReference:
    """What a settings form is about, and which version of it was shown."""

    scope: Scope
    version: int

    def __str__(self) -> str:
        return f"{self.scope.layer}|{self.scope.id}|{self.version}"


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting that says something else now, in words."""

    label: str
    before: str
    after: str


def read_reference(text: str) -> FormReference | None:
    """What a form is about; None if it is none of ours."""
    layer, _, rest = text.partition("|")
    scope_id, _, version = rest.partition("|")
    if layer not in set(Layer) or not (version.isascii() and version.isdecimal()):
        return None
    return FormReference(Scope(Layer(layer), scope_id), int(version))


def read_form(
    settings: Sequence[Setting[Any]], values: Mapping[str, str]
) -> tuple[dict[str, Plain | None], dict[str, str]]:
    """What was set, by key (None: as the layers above have it), and a sentence per wrong field."""
    read: dict[str, Plain | None] = {}
    wrong: dict[str, str] = {}
    for setting in settings:
        given = values.get(setting.key, "").strip()
        if not given and setting.kind.holds_several:
            given = NOTHING
        if given in {"", INHERIT}:
            read[setting.key] = None
            continue
        try:
            read[setting.key] = setting.kind.plain(setting.kind.read(given))
        except Unreadable as unreadable:
            wrong[setting.key] = unreadable.sentence
    return read, wrong


def given_in(event: FormSubmitted) -> Mapping[str, str]:
    """What a form holds, field by field, as people would type it."""
    chosen = {name: ", ".join(words) for name, words in event.chosen.items()}
    return {**event.values, **chosen}


def scope_wanted(text: str, *, channel_id: str, user_id: str) -> Scope | None:
    """Whose settings somebody means by what they typed; None: that is not clear."""
    match text.strip().lower():
        case "" | "me" | "mine":
            return Scope(Layer.PERSON, user_id)
        case "channel" | "here":
            return Scope(Layer.CHANNEL, channel_id)
        case "workspace" | "team" | "everybody":
            return Scope(Layer.WORKSPACE)
        case _:
            return None


def is_refused(event: MessageNotSent) -> bool:
    """Whether a channel is closed to Baton until somebody changes something."""
    return bool(event.channel_id) and closes(event.code)


def is_in_channel(event: MessageSent) -> bool:
    """Whether a message stands in a channel, and in no direct conversation."""
    return event.channel_id.startswith(("C", "G"))
