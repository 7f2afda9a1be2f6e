"""Steps that people can put into a workflow; what one asks for, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a value is, as Slack's manifest calls it."""

    TEXT = "string"
    PERSON = "slack#/types/user_id"
    CHANNEL = "slack#/types/channel_id"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a step is given, or gives back; `title` is its label in the workflow's form."""

    name: str
    kind: Kind
    title: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a workflow; it needs a plan of Slack's on which custom steps can be used."""

    name: str
    title: str
    description: str
    inputs: Sequence[Parameter]
    outputs: Sequence[Parameter]
