"""How quickly questions are answered: figures about a team, never about one of its people."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.core.render import clean, escape, plain, shorten
from bot.core.visibility import may_count

WEEKS: Final = 8
MAX_LABEL: Final = 24
A_WEEK: Final = timedelta(weeks=1)
_BLOCK: Final = "█"
_ROUNDING: Final = 1e-9
"""How far a product of shares may be off; a share is reached if it is reached but for that."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One ask, as a figure sees it.

    `took` is working time of the answerer: until it was answered, or else until now or until it
    ended in another way. Then it is censored: an answer would have taken longer than that, and
    nobody knows how much. `in_time` is None while it is neither answered nor due.
    """

    asker_id: str
    answerer_id: str
    asked: datetime
    is_urgent: bool
    took: timedelta
    is_answered: bool
    in_time: bool | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be said of many asks. Shares are between 0 and 1, times are working time.

    `people` is how many asked or were asked. `median` and `ninetieth`: within that time half and
    nine in ten are answered; None where fewer are, however long one waits. `per_week`: the Monday
    of each week (UTC) and how many were asked in it, the present week last.
    """

    asks: int
    people: int
    answered_in_time: float
    median: timedelta | None
    ninetieth: timedelta | None
    per_week: tuple[tuple[date, int], ...]
    urgent_share: float


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a channel and of the workspace; None: they would tell of single people."""

    channel_id: str
    of_channel: Figures | None
    of_workspace: Figures | None
    until: datetime


def figures(observed: Sequence[Observed], *, now: datetime) -> Figures | None:
    """What these asks say together; None where that would tell of single people."""
    if not may_tell(observed):
        return None
    curve = kaplan_meier(observed)
    return Figures(
        asks=len(observed),
        people=len({who for ask in observed for who in (ask.asker_id, ask.answerer_id)}),
        answered_in_time=_share(ask.in_time for ask in _judged(observed)),
        median=quantile(curve, 0.5),
        ninetieth=quantile(curve, 0.9),
        per_week=_per_week(observed, now),
        urgent_share=_share(ask.is_urgent for ask in observed),
    )


def may_tell(observed: Sequence[Observed]) -> bool:
    """Whether figures of these asks tell of nobody: five people were asked, and five asked.

    How quick and how much in time answers are tells of those who were asked; how many questions
    there are, and how urgent, of those who ask. To count both as one would not do: where five ask
    one person, every figure about answers is that person's. Asks of which nobody can say yet
    whether they are in time do not count, because that share is about the others alone.
    """
    judged = _judged(observed)
    return may_count(ask.asker_id for ask in judged) and may_count(
        ask.answerer_id for ask in judged
    )


def tellable(channels: Iterable[Sequence[Observed]]) -> list[Observed]:
    """What figures of several channels together may cover, given the asks of each.

    Whoever knows the figures of all and those of some can work out the rest. So the rest is always
    a channel that may be told of, or several: of those that may not be told of by themselves all
    count, if together they may, or none.
    """
    told, rest = list[Observed](), list[Observed]()
    for observed in channels:
        (told if may_tell(observed) else rest).extend(observed)
    return told + rest if may_tell(rest) else told


def kaplan_meier(observed: Iterable[Observed]) -> list[tuple[timedelta, float]]:
    """The share that is still unanswered after each time at which something was answered.

    The product-limit estimate of Kaplan & Meier, "Nonparametric Estimation from Incomplete
    Observations", J. Amer. Statist. Assoc. 53 (1958), 457-481. It keeps what was never answered:
    that waited for its time, and counts among those that could have been answered until then. Of
    what happened at the same time answers come first, as there. Before the first time the share is
    1; after the longest wait nobody knows it.
    """
    asks = list(observed)
    answered = Counter(ask.took for ask in asks if ask.is_answered)
    ended = Counter(ask.took for ask in asks)
    curve: list[tuple[timedelta, float]] = []
    # Between two that ended unanswered only counts change, and a quotient of counts is exact.
    share, waiting, since = 1.0, len(asks), len(asks)
    for took in sorted(ended):
        waiting -= answered[took]
        if answered[took]:
            curve.append((took, share * waiting / since))
        if unanswered := ended[took] - answered[took]:
            share = share * waiting / since
            waiting -= unanswered
            since = waiting
    return curve


def quantile(curve: Sequence[tuple[timedelta, float]], q: float) -> timedelta | None:
    """The first time at which a share of `q` is answered (0 < q ≤ 1); None if it never is.

    As in Klein & Moeschberger, Survival Analysis (2003), 4.5: nothing is interpolated.
    """
    return next((took for took, share in curve if share <= 1 - q + _ROUNDING), None)


def bars(rows: Sequence[tuple[str, float, str]], width: int = 20) -> list[str]:
    """Lines of (label, value, what to say of the value), each with a bar, for a code block.

    The largest value has a bar of `width` blocks, no value above 0 has none. The lines are equally
    wide, and stay so when they are escaped, which is left to `render.mrkdwn`. Values are finite and
    not negative.
    """
    labels = [_in_code(label) for label, _, _ in rows]
    said = [_in_code(text) for _, _, text in rows]
    most = max((value for _, value, _ in rows), default=0)
    drawn = [_bar(value, most, width) for _, value, _ in rows]
    left, right = (max(map(_columns, texts), default=0) for texts in (labels, said))
    return [
        f"{label}{' ' * (left - _columns(label))} {bar:<{width}} "
        f"{' ' * (right - _columns(text))}{text}"
        for label, bar, text in zip(labels, drawn, said, strict=True)
    ]


def _judged(observed: Iterable[Observed]) -> list[Observed]:
    return [ask for ask in observed if ask.in_time is not None]


def _share(verdicts: Iterable[bool | None]) -> float:
    counted = Counter(map(bool, verdicts))
    return counted[True] / counted.total()


def _per_week(observed: Iterable[Observed], now: datetime) -> tuple[tuple[date, int], ...]:
    """Weeks from that of the first ask to that of `now`, the last eight of them."""
    counted = Counter(_monday(ask.asked) for ask in observed)
    monday = _monday(now)
    count = min(WEEKS, (monday - min(counted)) // A_WEEK + 1)
    mondays = [monday - A_WEEK * back for back in reversed(range(count))]
    return tuple((each, counted[each]) for each in mondays)


def _monday(instant: datetime) -> date:
    # In UTC for every reader: weeks that begin elsewhere would tell what was asked in between.
    day = instant.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def _bar(value: float, most: float, width: int) -> str:
    return _BLOCK * max(1, round(width * (value / most))) if value > 0 else ""


def _in_code(text: str) -> str:
    """A text as people read it within a code block, on one line: nothing in it ends the block."""
    return plain(escape(shorten(clean(text), MAX_LABEL))).replace("`", "'")


def _columns(text: str) -> int:
    """How many columns a text takes in a font of one width (Unicode Standard Annex #11)."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
