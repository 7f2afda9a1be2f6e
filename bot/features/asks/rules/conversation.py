"""Which message of a conversation answers its question, where others may talk in between."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from bot.core.cues import has_link_or_code, own_words, without_address
from bot.core.patterns import regex
from bot.core.talk import Line, is_robot, tells_of_itself
from bot.features.asks.rules.evidence import answers_kind, evidence, shared
from bot.features.asks.rules.problems import PROBLEM
from bot.features.asks.rules.replies import ANSWERING, Meaning, Role, meaning
from bot.features.asks.rules.reply_phrases import YES_NO
from bot.features.asks.rules.rhetoric import BANTER
from bot.features.asks.rules.small_talk import (
    ANNOUNCES,
    AUTOMATIC,
    CHAT,
    JOKES,
    LAUGHING,
    ME_TOO,
    THANKS,
)
from bot.features.asks.rules.thread import UNKNOWN, Thread
from bot.features.asks.rules.wording import expects_reply

_CALLS: Final = regex(r"\b(?:any(?:one|body)|some(?:one|body)|every(?:one|body)|who|folks|guys)\b")
_NEAR: Final = 3
"""So many messages later somebody still talks of the same."""
_SOON: Final = 600.0
"""Seconds between two messages that belong together."""
_SHORT: Final = 6
"""Words: who asks back about a question is brief."""
_ENOUGH: Final = 2
_MUCH: Final = 3
"""Evidence that is wanted of what comes late."""


def answer_index(
    lines: Sequence[Line], start: int, *, asker: str, asked: Collection[str] = ()
) -> int | None:
    """The number of the first line from place `start` on that answers the question before it.

    None if none does. `asked` are those the question is put to; empty: whoever reads it. Accepting
    or declining a request is an answer.
    """
    if not 0 < start < len(lines):
        return None
    thread = Thread.of(lines, start, asker, asked)
    named = thread.spoken_to(thread.question) - {asker}
    return _Reading(thread, {*asked, *named}).answer()


class _Verdict(Enum):
    """What a message is to the question."""

    ANSWERS = auto()
    MAY_ANSWER = auto()
    ELSEWHERE = auto()  # talk about another thing, which others may take up
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class _Topic:
    """Something else that somebody said, and to whom; who takes it up talks of it."""

    by: str
    place: int
    text: str
    to: frozenset[str]
    is_open: bool


@dataclass(slots=True)
class _Reading:
    """A conversation as it is read, message by message."""

    thread: Thread
    asked: set[str]
    topics: list[_Topic] = field(default_factory=list)

    def answer(self) -> int | None:
        """The first clear answer, or else the first message that could be one."""
        perhaps: int | None = None
        for place in range(self.thread.start, len(self.thread.lines)):
            line = self.thread.lines[place]
            if line.user == self.thread.asker:
                if self._asker_needs_no_more(line):
                    break
                continue
            match self._judged(place):
                case _Verdict.ANSWERS:
                    return line.number
                case _Verdict.MAY_ANSWER if perhaps is None:
                    perhaps = line.number
        return perhaps

    def _asker_needs_no_more(self, line: Line) -> bool:
        to = self.thread.spoken_to(line)
        if to and self.asked and expects_reply(line.text):
            self.asked |= to
        said = meaning(line.text, Role.ASKER, self.thread.question.text)
        if said is Meaning.SOLVED:
            return not to and not THANKS.occurs(own_words(line.text))
        return said is Meaning.NEVER_MIND

    def _judged(self, place: int) -> _Verdict:
        line = self.thread.lines[place]
        if is_robot(line.user) or AUTOMATIC.occurs(own_words(line.text)) or tells_of_itself(line):
            return _Verdict.NOTHING
        to = self.thread.spoken_to(line)
        is_thanked = self.thread.is_thanked(place) and not self.thread.is_too_fast(line)
        if to and self.thread.asker not in to:
            self._note(place, to)
            return _Verdict.ELSEWHERE
        if not to and not is_thanked and (others := self._taken_up(place)) is not None:
            self._note(place, others)
            return _Verdict.ELSEWHERE
        verdict = self._of_words(place, is_direct=bool(to), is_thanked=is_thanked)
        if verdict in {_Verdict.ELSEWHERE, _Verdict.MAY_ANSWER}:
            self._note(place, to)
        return verdict

    def _of_words(self, place: int, *, is_direct: bool, is_thanked: bool) -> _Verdict:
        line, question = self.thread.lines[place], self.thread.question.text
        is_meant = is_direct or line.user in self.asked
        role = Role.ANSWERER if is_meant or not self.asked else Role.OTHER
        said = meaning(line.text, role, question)
        if said not in ANSWERING:
            return self._of_no_answer(place, said, is_meant=is_meant)
        if is_meant or is_thanked or said is not Meaning.ANSWER:
            return _Verdict.ANSWERS
        if self.asked and not self._speaks_of_it(line):
            return _Verdict.NOTHING
        if self.thread.tells_own_problem(line) or self._tells_another_problem(line):
            return _Verdict.ELSEWHERE
        is_late = self.thread.passed(line) > UNKNOWN
        enough = _MUCH if is_late or _is_idle(line.text) else 1
        if evidence(line.text, question) >= enough or self.thread.is_taken_up(place):
            return _Verdict.ANSWERS
        return _Verdict.ELSEWHERE if _is_idle(line.text) else _Verdict.MAY_ANSWER

    def _of_no_answer(self, place: int, said: Meaning, *, is_meant: bool) -> _Verdict:
        line = self.thread.lines[place]
        if said is Meaning.ASKS_BACK and self.thread.is_grateful(place):
            return _Verdict.MAY_ANSWER
        is_new = not is_meant and not self._asks_back(line, place) and _asks_another(line.text)
        return _Verdict.ELSEWHERE if is_new else _Verdict.NOTHING

    def _tells_another_problem(self, line: Line) -> bool:
        weak = evidence(line.text, self.thread.question.text) < _ENOUGH
        return weak and PROBLEM.occurs(own_words(line.text)) and _asks_another(line.text)

    def _speaks_of_it(self, line: Line) -> bool:
        words = own_words(line.text)
        question = self.thread.question.text
        is_shown = has_link_or_code(line.text) or YES_NO.begins(without_address(words))
        is_of_kind = answers_kind(words, question, precisely=True)
        return is_shown or is_of_kind or shared(line.text, question) > 0

    def _asks_back(self, line: Line, place: int) -> bool:
        """Whether it is a brief question on what was asked, or right after the asker's words."""
        before = self.thread.lines[place - 1]
        if len(line.text.split()) > _SHORT:
            return False
        is_next = before.user == self.thread.asker and not _CALLS.search(own_words(line.text))
        return is_next or shared(line.text, self.thread.question.text) > 0

    def _note(self, place: int, to: frozenset[str]) -> None:
        line = self.thread.lines[place]
        is_open = _asks_another(line.text) or self.thread.tells_own_problem(line)
        self.topics.append(_Topic(line.user, place, line.text, to, is_open))

    def _taken_up(self, place: int) -> frozenset[str] | None:
        """With whom a message goes on about another thing; None: it does not."""
        if self.thread.is_too_fast(self.thread.lines[place]):
            return frozenset()
        near = (topic for topic in reversed(self.topics) if place - topic.place <= _NEAR)
        return next((frozenset({each.by}) for each in near if self._takes_up(each, place)), None)

    def _takes_up(self, topic: _Topic, place: int) -> bool:
        line, question = self.thread.lines[place], self.thread.question.text
        own, theirs = shared(line.text, question), shared(line.text, topic.text)
        if theirs != own or self.thread.asker_between(topic.place, place):
            return theirs > own and topic.by != line.user
        is_asked = line.user in self.asked
        is_waiting = topic.is_open and not self._is_taken(topic, place)
        if topic.by == line.user and topic.is_open and not topic.to:
            return evidence(line.text, question) < _ENOUGH
        if topic.by == line.user or line.user in topic.to:
            goes_on = not is_asked or is_waiting or self._is_just_after(topic, place)
            return goes_on and not self._is_over(topic, place)
        return is_waiting and not topic.to and not is_asked

    def _is_just_after(self, topic: _Topic, place: int) -> bool:
        before, line = self.thread.lines[topic.place], self.thread.lines[place]
        if place - topic.place > 1 or before.at is None or line.at is None:
            return False
        speaks_of_it = evidence(line.text, self.thread.question.text) >= _ENOUGH
        if topic.by != line.user and (speaks_of_it or self.thread.is_thanks(before)):
            return False
        return line.at - before.at < _SOON

    def _is_taken(self, topic: _Topic, place: int) -> bool:
        """Whether somebody has answered another question already, or its asker is content."""
        between = (each for each in self.topics if topic.place < each.place < place)
        return any(topic.by in each.to or each.by in topic.to for each in between) or any(
            self.thread.thanks(each, topic.by) for each in range(topic.place + 1, place)
        )

    def _is_over(self, topic: _Topic, place: int) -> bool:
        """Whether somebody has thanked for it."""
        talkers = {topic.by, *topic.to} - {self.thread.lines[place].user}
        between = range(topic.place + 1, place)
        return any(self.thread.thanks(each, user) for each in between for user in talkers)


def _is_idle(text: str) -> bool:
    words = own_words(text)
    is_fun = BANTER.occurs(text.lower()) and not has_link_or_code(text)
    return ANNOUNCES.occurs(words) or JOKES.occurs(words) or LAUGHING.occurs(text) or is_fun


def _asks_another(text: str) -> bool:
    words = own_words(text)
    return expects_reply(text) and not (ME_TOO.occurs(words) or CHAT.begins(words))
