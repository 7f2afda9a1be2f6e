"""A conversation, and what can be told of its messages without knowing what they mean for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.cues import cue, own_words
from bot.core.patterns import regex
from bot.core.talk import Line, puts_names_first, spoken_to
from bot.features.asks.rules.evidence import shared
from bot.features.asks.rules.replies import Meaning, Role, meaning
from bot.features.asks.rules.reply_phrases import CONTENT, YES_NO
from bot.features.asks.rules.small_talk import REACTION, THANKS
from bot.features.asks.rules.wording import expects_reply

UNKNOWN: Final = 3600.0
"""Seconds that are taken to have passed where nobody tells."""
_FASTEST: Final = 8.0
"""Characters a second: nobody reads a question and types an answer as fast as that."""
_LEAST: Final = 3.0
_THANKED: Final = regex(r"\b(?:thanks?|thank you|thx|ty|ta|cheers|that was it)\b")
_OWN_PROBLEM: Final = cue(
    "own problem",
    "somebody begins to tell of their own",
    (
        r"(?:(?:hi|hey|hello|so|ok|hm+|now|and|all|guys|everyone)\b[ ,.!]*+)*+(?:(?:i'?m|"
        r"i am|we'?re) (?:\w+ing|stuck|new|not able)\b|(?:my|our) \w+|(?:now )?(?:i|"
        r"we) (?:need|want|get|got|keep|can'?t|cannot|just (?:got|get|saw)|see)\b|"
        r"when i\b)"
    ),
)


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation whose question stands before place `start`."""

    lines: Sequence[Line]
    start: int
    asker: str
    people: frozenset[str]
    names_first: bool

    @classmethod
    def of(cls, lines: Sequence[Line], start: int, asker: str, asked: Collection[str]) -> "Thread":
        """The conversation, with everybody who speaks or is asked in it."""
        people = frozenset(line.user for line in lines) | frozenset(asked)
        return cls(lines, start, asker, people, puts_names_first(lines, people))

    @property
    def question(self) -> Line:
        """The message that asks."""
        return self.lines[self.start - 1]

    def spoken_to(self, line: Line) -> frozenset[str]:
        """Whom a message speaks to, as far as it names anybody."""
        return spoken_to(line.text, self.people - {line.user}, names_first=self.names_first)

    def passed(self, line: Line) -> float:
        """Seconds since the question."""
        if line.at is None or self.question.at is None:
            return UNKNOWN
        return line.at - self.question.at

    def is_too_fast(self, line: Line) -> bool:
        """Whether nobody could have read the question and written that."""
        return 0 <= self.passed(line) < _LEAST + len(line.text) / _FASTEST

    def is_thanked(self, place: int) -> bool:
        """Whether the asker is content at once, and names nobody else."""
        following = self._asker_next(place)
        if following is None:
            return False
        to, words = self.spoken_to(following), own_words(following.text)
        is_content = THANKS.begins(words) or CONTENT.begins(words)
        is_meant = not to or self.lines[place].user in to
        return is_content and is_meant and not expects_reply(following.text)

    def is_grateful(self, place: int) -> bool:
        """Whether the asker thanks at once, somewhere in what they say, and asks nothing more."""
        following = self._asker_next(place)
        if following is None or expects_reply(following.text):
            return False
        return self.is_thanks(following)

    def is_thanks(self, line: Line) -> bool:
        """Whether somebody thanks in it."""
        return _THANKED.search(own_words(line.text)) is not None

    def is_taken_up(self, place: int) -> bool:
        """Whether the asker reacts at once, or nobody else says anything."""
        following = self._asker_next(place)
        if following is not None:
            words = own_words(following.text)
            return THANKS.begins(words) or REACTION.begins(words) or YES_NO.begins(words)
        return len({line.user for line in self.lines[self.start :]} - {self.asker}) == 1

    def thanks(self, place: int, user: str) -> bool:
        """Whether the message is by that person, who says to have what they need."""
        line = self.lines[place]
        return line.user == user and meaning(line.text, Role.ASKER) is Meaning.SOLVED

    def asker_between(self, begin: int, end: int) -> bool:
        """Whether the asker says something between two places."""
        return any(line.user == self.asker for line in self.lines[begin + 1 : end])

    def tells_own_problem(self, line: Line) -> bool:
        """Whether somebody begins to tell of a problem of their own, in other words."""
        return _OWN_PROBLEM.begins(own_words(line.text)) and not shared(
            line.text, self.question.text
        )

    def _asker_next(self, place: int) -> Line | None:
        following = self.lines[place + 1] if place + 1 < len(self.lines) else None
        return following if following is not None and following.user == self.asker else None
