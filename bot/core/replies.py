"""What a listener may answer to somebody who waits; carried out after its unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.core.blocks import Message

View: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Shows a message to the person alone, where they are."""

    message: Message


@dataclass(frozen=True, slots=True)
class Replace:
    """Puts another message in the place of the private one the button sits on."""

    message: Message


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Opens a form."""

    view: View


@dataclass(frozen=True, slots=True)
class ShowNext:
    """Shows another view in the place of the form that was sent off."""

    view: View


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Keeps the form open and says, per field, what to change."""

    sentences: Mapping[str, str]


Reply: TypeAlias = Answer | Replace | OpenForm | ShowNext | FieldErrors
