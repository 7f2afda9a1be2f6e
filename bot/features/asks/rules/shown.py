"""An ask as one reader sees it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.features.asks.rules.absence import Absence
from bot.features.asks.rules.states import State


@dataclass(frozen=True, slots=True)
class Words:
    """What an ask says that was composed; empty parts were left out."""

    what: str
    context: str = ""
    kind: str = ""
    proposal: str = ""
    fallback: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """An answer that came too late: to which question, as far as it may be shown, and what it said.

    `state` and `by` tell what became of the ask; without a state, `refusal` says why it is closed
    to whoever answered.
    """

    said: str
    question: str = ""
    state: State | None = None
    by: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers in the place of somebody who is away until `back_on`, and what is theirs.

    `ask_id` is what the asker may ask them instead; `name` is what they are called.
    """

    ask_id: str
    away_id: str
    user_id: str
    name: str
    back_on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One of several messages that are one ask; `quote` is None where it is not kept."""

    message_ts: str
    permalink: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class AskShown:
    """An ask as one reader sees it: who and where by id, times in the reader's own zone.

    They are written as in `locale`. `quote` is None where the text is not kept, or not the reader's
    to see. `due_there` is the due time where the answerer is, and `absence` why it is not the usual
    one; `age` is in their working time. An ask that came directly has no channel. What was asked in
    several messages has them as `parts`; `quote` is all of them. Where the answerer passed it on,
    `holder_id` has it now, and the times are theirs; `is_with_stand_in`: the asker asked them,
    since the answerer is away. `stand_in` is who the asker may ask instead just now. `reason` is
    why it was declined. What completes a message of the asker's stands at `message_ts`, and that
    message at `completes_ts`. `gets_it`: when the answerer gets what they did not get yet, in their
    time. `snoozed`: until when a reader who is asked hears nothing of it. `address` is where they
    can open it in any case.
    """

    id: str
    asker_id: str
    answerer_id: str
    channel_id: str
    message_ts: str
    permalink: str
    quote: str | None
    state: State
    asked: datetime
    due: datetime
    due_there: datetime
    age: timedelta
    is_overdue: bool
    locale: str
    is_urgent: bool = False
    is_paused: bool = False
    is_elsewhere: bool = False
    fallback: str = ""
    group_id: str = ""
    parent_answerer_id: str = ""
    parts: tuple[Part, ...] = ()
    closed_by: str = ""
    absence: Absence | None = None
    holder_id: str = ""
    is_with_stand_in: bool = False
    stand_in: StandIn | None = None
    reason: str = ""
    completes_ts: str = ""
    gets_it: datetime | None = None
    address: str = ""
    snoozed: datetime | None = None

    @property
    def settled_by(self) -> str:
        """Who answered in the place of the answerer; empty: nobody else did."""
        is_other = self.closed_by not in {self.answerer_id, self.asker_id}
        return self.closed_by if self.state is State.ANSWERED and is_other else ""

    @property
    def has_left(self) -> bool:
        """Whether it ended because one of the two is no full member any more.

        What expires otherwise is ended by nobody.
        """
        return self.state is State.EXPIRED and bool(self.closed_by)

    @property
    def is_direct(self) -> bool:
        """Whether it came as a direct message of ours."""
        return not self.channel_id or self.channel_id.startswith("D")

    @property
    def told_from(self) -> frozenset[tuple[str, str]]:
        """The messages whose words are shown, in a channel whose members can be checked."""
        if self.is_direct or self.is_elsewhere or not self.message_ts:
            return frozenset()
        also = {(self.channel_id, part.message_ts) for part in self.parts}
        return frozenset({(self.channel_id, self.message_ts)} | also)

    @property
    def stands_for(self) -> frozenset[tuple[str, str]]:
        """The messages that nobody has to be told of besides."""
        completed = {(self.channel_id, self.completes_ts)} if self.completes_ts else frozenset()
        return self.told_from | completed if self.told_from else self.told_from
