"""A long back-and-forth of two people: when to propose a talk, and what it would be about."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.features.coach.rules.catalogue import Finding, Leaning, Rule
from bot.features.coach.rules.norms.cues import stands
from bot.features.coach.rules.norms.sentences import Sentence, sentences_of
from bot.features.coach.rules.reading import phrase_of, read

ALTERNATIONS: Final = 12
"""So often one of two people answers the other before talking is proposed."""
WITHIN: Final = timedelta(minutes=30)
MOST: Final = 5
"""Lines of an agenda."""
LONGEST: Final = 120
"""Characters of a line."""

_FEWEST_WORDS: Final = 3
_OPEN: Final = regex(
    r"\?|\b(?:not sure|no idea|don't know|depends|hmm+|let me (?:check|think)|good question|but\b|"
    r"unsure|maybe|what do you|i'd have to|hard to say)"
)
_POINT: Final = regex(
    r"^(?:(?:but|and|so|well|hm+|also|no|yes|ok)[, ]+)*(?:i (?:think|'d|would|still|don't (?:think|"
    r"like|see)|disagree|prefer|worry)|i'd|we (?:should|could|need|can't|have to)|the (?:problem|"
    r"issue|question|point|risk|thing|real|catch)\b|(?:my|one) (?:concern|worry|point|problem)|"
    r"option|either|what if|if we|it (?:depends|should|would)|that (?:would|breaks|doesn't|won't)|"
    r"unless|because)\b"
)


def long_talk(messages: Sequence[StoredMessage]) -> Finding | None:
    """The newest run of messages in which two people alternate too often; None: there is none.

    `messages` are one thread, or a channel outside of threads, by age. `about` is the run's first
    message, which stays the same while the two go on.
    """
    for run in reversed(list(_of_two(messages))):
        if first := _first_of_long(run):
            return Finding(Rule.BACK_AND_FORTH, _phrase(first), (), Leaning.CONSIDER, first.ts)
    return None


def agenda(messages: Sequence[StoredMessage]) -> list[str]:
    """What two people would talk about: open questions, then points, in their words.

    At most 5 lines of at most 120 characters, each once, in the order in which they were said.
    """
    turns = [list(group) for _, group in groupby(messages, key=lambda each: each.user_id)]
    said = [[one for each in turn for one in _sentences(each)] for turn in turns]
    questions, points = list(_open_questions(said)), list(_points(said))
    chosen = dict.fromkeys([*reversed(questions), *reversed(points)])
    kept = set(list(chosen)[:MOST])
    in_order = dict.fromkeys(one for turn in said for one in turn if one in kept)
    return [_line(one) for one in in_order]


def _of_two(messages: Sequence[StoredMessage]) -> Iterator[Sequence[StoredMessage]]:
    """The longest stretches in which no more than two people write."""
    start, people = 0, set[str]()
    for end, message in enumerate(messages):
        if len(people) > 1 and message.user_id not in people:
            yield messages[start:end]
            start, people = _last_turn(messages, end), {messages[end - 1].user_id}
        people.add(message.user_id)
    yield messages[start:]


def _last_turn(messages: Sequence[StoredMessage], end: int) -> int:
    """Where the turn begins that ends right before place `end`."""
    start = end - 1
    while start > 0 and messages[start - 1].user_id == messages[end - 1].user_id:
        start -= 1
    return start


def _first_of_long(run: Sequence[StoredMessage]) -> StoredMessage | None:
    turns = [next(group) for _, group in groupby(run, key=lambda each: each.user_id)]
    for first, last in zip(turns, turns[ALTERNATIONS:], strict=False):
        if last.at - first.at <= WITHIN:
            return first
    return None


def _sentences(message: StoredMessage) -> tuple[Sentence, ...]:
    return sentences_of(read(message.text).own)


def _open_questions(said: Sequence[Sequence[Sentence]]) -> Iterator[Sentence]:
    for turn, following in zip(said, [*said[1:], ()], strict=True):
        asked = [each for each in turn if each.words.endswith("?") and _says_enough(each)]
        if asked and not _is_settled(following):
            yield from asked


def _is_settled(following: Sequence[Sentence]) -> bool:
    return bool(following) and not stands(following, _OPEN)


def _points(said: Sequence[Sequence[Sentence]]) -> Iterator[Sentence]:
    for turn in said:
        for each in turn:
            if _POINT.match(each.words) and not each.words.endswith("?") and _says_enough(each):
                yield each


def _says_enough(sentence: Sentence) -> bool:
    return len(sentence.words.split()) >= _FEWEST_WORDS


def _phrase(message: StoredMessage) -> str:
    return phrase_of(read(message.text).own)


def _line(sentence: Sentence) -> str:
    if len(sentence.written) <= LONGEST:
        return sentence.written
    head, _, rest = sentence.written[: LONGEST - 1].rpartition(" ")
    return f"{head or rest}\u2026"
