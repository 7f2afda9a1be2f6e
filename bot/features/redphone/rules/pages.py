"""What somebody wants of the red phone, and what it is for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.core.agreement.kinds import Lines
from bot.core.agreement.setting import Layer, Setting
from bot.core.render import clean, shorten
from bot.features.redphone.rules.targets import PERSON

CRITERIA: Final = Setting[tuple[str, ...]](
    "redphone.criteria",
    Lines(10, 120),
    (
        "Production down: customers cannot use the product",
        "Security incident: somebody is where they must not be",
        "Data loss: what we keep is being lost or leaked",
        "Legal or safety: somebody is in danger, or the law is broken",
        "Press crisis: our name is at stake, and hours count",
    ),
    (Layer.WORKSPACE,),
    "Incident criteria",
    "What the red phone is for, a line each, as “name: a sentence”; whoever pages picks one",
)
HUMAN_ROUTE: Final = Setting[tuple[str, ...]](
    "redphone.human_route",
    Lines(2, 120),
    (),
    (Layer.WORKSPACE,),
    "If the red phone does not help",
    "What people do then, e.g. “call the duty desk, 030 1234567”; none: they call who is on call",
)
MAX_KIND: Final = 75
MAX_WHAT: Final = 2_000
MAX_IMPACT: Final = 500
_BAR: Final = "|"
_DRILL: Final = "drill"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form came from: its own id, where it was typed, and the message it is about.

    `is_drill`: it is for trying the red phone out.
    """

    form_id: str
    typed_in: str = ""
    about_channel: str = ""
    about_ts: str = ""
    is_drill: bool = False

    def to_text(self) -> str:
        """As it is kept in the form."""
        drill = _DRILL if self.is_drill else ""
        return _BAR.join((self.form_id, self.typed_in, self.about_channel, self.about_ts, drill))

    @classmethod
    def from_text(cls, kept: str) -> "Origin":
        """As it was kept in a form."""
        form_id, typed_in, about_channel, about_ts, drill = kept.split(_BAR)
        return cls(form_id, typed_in, about_channel, about_ts, is_drill=drill == _DRILL)


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form. `whom` is a rotation, a group, or that it is a person."""

    origin: Origin
    kind: str = ""
    what: str = ""
    impact: str = ""
    whom: str = PERSON
    person_id: str = ""

    @property
    def target(self) -> str:
        """Whom the page is for, as it is kept; empty: nobody was picked yet."""
        if self.whom != PERSON:
            return self.whom
        return f"{PERSON}:{self.person_id}" if self.person_id else ""


@dataclass(frozen=True, slots=True)
class New:
    """A page to be made; the same `form_id` makes one only."""

    form_id: str
    caller_id: str
    kind: str
    what: str
    impact: str
    target: str
    typed_in: str = ""
    about_channel: str = ""
    about_ts: str = ""
    is_drill: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A page as one of its people reads of it later, in their own time and `locale`.

    `address` is what they got about it, at `paged_at`. `taken_by` was on it at `taken_at`; empty:
    nobody was. `what` is None where it is not kept, or not to be shown any more.
    """

    caller_id: str
    reader_id: str
    taken_by: str
    what: str | None
    address: str
    paged_at: datetime
    taken_at: datetime | None
    locale: str
    is_drill: bool = False
    is_called_off: bool = False


def kind_of(criterion: str) -> str:
    """What an incident criterion is called: what stands before its colon, or all of it."""
    return shorten(clean(criterion.partition(":")[0]), MAX_KIND)


def kinds(criteria: tuple[str, ...]) -> Mapping[str, str]:
    """The criteria to choose from, each under what it is called."""
    return {kind_of(each): each for each in criteria if kind_of(each)}


def cleared(filled: Filled) -> Filled:
    """What stands in the form, as far as anybody can read it."""
    return replace(
        filled,
        kind=shorten(clean(filled.kind), MAX_KIND),
        what=clean(filled.what).strip()[:MAX_WHAT],
        impact=clean(filled.impact).strip()[:MAX_IMPACT],
    )


def is_call_for_help(text: str) -> bool:
    """Whether somebody who typed this wants to know what the red phone is, not to page."""
    return text.strip().casefold() == "help"
