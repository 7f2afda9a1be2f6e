"""What a button under a hint is about: the message, and the rule."""

from dataclasses import dataclass
from typing import Self

from bot.features.coach.rules.catalogue import Rule


@dataclass(frozen=True, slots=True)
class HintReference:
    """A message and the rule that its hint was about."""

    channel_id: str
    ts: str
    rule: Rule

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What a button or a form says it is about; None if it is none of ours."""
        channel_id, _, rest = text.partition("|")
        ts, _, rule = rest.partition("|")
        if not (channel_id and ts) or rule not in set(Rule):
            return None
        return cls(channel_id, ts, Rule(rule))

    @property
    def place(self) -> tuple[str, str]:
        """Where the message stands."""
        return self.channel_id, self.ts

    def __str__(self) -> str:
        return f"{self.channel_id}|{self.ts}|{self.rule}"
