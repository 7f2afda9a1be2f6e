"""Whether digests were of use, by what they were worded with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

PLAIN: Final = "plain"
"""What stands for the prompt of a digest that no model had a hand in."""
KEPT_FOR: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DigestOf:
    """The digest of a date, and the prompt with its version, as a button refers to it."""

    day: date
    prompt: str

    @property
    def reference(self) -> str:
        """As one text, see `read`."""
        return f"{self.day}|{self.prompt}"

    @classmethod
    def read(cls, reference: str) -> "DigestOf | None":
        """What a reference stands for, if it is one."""
        day, _, prompt = reference.partition("|")
        try:
            return cls(date.fromisoformat(day), prompt) if prompt else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of one digest."""

    user_id: str
    prompt: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """How many opinions there are of the digests of a prompt, and how many are good.

    `people` is who they are from: a figure about too few says something about one of them.
    """

    prompt: str
    count: int
    good: int
    people: frozenset[str]


def quality(opinions: Iterable[Opinion]) -> list[Quality]:
    """The opinions by prompt, in its order."""
    by_prompt: defaultdict[str, list[Opinion]] = defaultdict(list)
    for each in opinions:
        by_prompt[each.prompt].append(each)
    return [
        Quality(
            prompt,
            len(found),
            sum(each.is_good for each in found),
            frozenset(each.user_id for each in found),
        )
        for prompt, found in sorted(by_prompt.items())
    ]
