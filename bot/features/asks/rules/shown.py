"""An ask as one reader sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

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
class AskShown:
    """An ask as one reader sees it: who and where by id, times in the reader's own zone.

    `quote` is None where the text is not kept, or not the reader's to see. `due_there` is the due
    time where the answerer is; `age` is in the answerer's working time. An ask that came directly
    has no channel. Where the answerer passed it on, `holder_id` has it now, and the times are
    theirs. `reason` is why it was declined.
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
    is_urgent: bool = False
    is_paused: bool = False
    is_elsewhere: bool = False
    fallback: str = ""
    group_id: str = ""
    parent_answerer_id: str = ""
    holder_id: str = ""
    reason: str = ""

    @property
    def is_direct(self) -> bool:
        """Whether it came as a direct message of ours."""
        return not self.channel_id or self.channel_id.startswith("D")

    @property
    def told_from(self) -> frozenset[tuple[str, str]]:
        """The message whose words are shown, in a channel whose members can be checked."""
        if self.is_direct or self.is_elsewhere or not self.message_ts:
            return frozenset()
        return frozenset({(self.channel_id, self.message_ts)})
