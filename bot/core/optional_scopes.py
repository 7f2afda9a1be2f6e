"""What Baton can do only where an admin allowed more than it must have."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OptionalScope:
    """A scope that may be left out when Baton is installed; `off` says what is off then."""

    scope: str
    off: str


def lacking(wanted: Iterable[OptionalScope], granted: Collection[str]) -> list[OptionalScope]:
    """Those that were left out."""
    return [each for each in wanted if each.scope not in granted]


def sentence(each: OptionalScope) -> str:
    """What is off without a scope, and what to do."""
    return f"{each.off}. To have that, add Baton to Slack once more and allow {each.scope}."
