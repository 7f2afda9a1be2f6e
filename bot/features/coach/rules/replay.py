"""What the coach would have said in conversations that are over."""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.core import replays
from bot.core.errors import NoRule
from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.prose import addressed_in
from bot.core.render import clean, plain, shorten
from bot.core.replays import Example, Outcome, Place, Tally, TimeOf
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.limits import Candidate, HeldBack, within_limits
from bot.features.coach.rules.review import review, review_talk
from bot.features.coach.rules.rooms import room_of
from bot.features.coach.rules.settled import review_settled
from bot.features.coach.rules.situation import Addressee, Room, Situation
from bot.features.coach.rules.surroundings import Surroundings, addressee

MOST_OPEN: Final = 200
"""Conversations that are heard at a time; of more, those that were silent longest are let go."""
MOST_EXAMPLES: Final = 3
LONGEST_PHRASE: Final = 80
_MENTION: Final = regex(r"<@\w+(?:\|[^<>]*)?>")


@dataclass(slots=True)
class _Open:
    place: Place
    around: Surroundings


class Replay:
    """Hears conversations again, each by age; they may come one after another or mixed."""

    def __init__(self, rules: replays.Rules, time_of: TimeOf) -> None:
        """Raises NoRule."""
        self._without = frozenset(Rule) - _named(rules)
        self._time_of = time_of
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._candidates: list[Candidate] = []
        self._without_limits: Counter[Rule] = Counter()
        self._completed = 0
        self._talks: set[tuple[str, str]] = set()

    def hear(self, place: Place, message: StoredMessage, *, is_looked_at: bool = True) -> None:
        """Hears the next message of a conversation."""
        found = self._open.get(place.channel_id)
        if found is None:
            found = self._open[place.channel_id] = _Open(place, Surroundings(_room(place)))
            if len(self._open) > MOST_OPEN:
                self.end(next(iter(self._open)))
        self._open.move_to_end(place.channel_id)
        for situation in found.around.hear(message, is_looked_at=is_looked_at):
            self._judge(place, situation)
        if is_looked_at and Rule.BACK_AND_FORTH not in self._without:
            self._propose_to_talk(place, message, found.around.lately(message))

    def end(self, channel_id: str) -> None:
        """Looks at what is left of a conversation, and forgets it."""
        found = self._open.pop(channel_id, None)
        if found is not None:
            for situation in found.around.end():
                self._judge(found.place, situation)

    def outcome(self) -> Outcome:
        """What would have been said, within the limits of every day."""
        for channel_id in list(self._open):
            self.end(channel_id)
        given: list[Candidate] = []
        held_back = Counter({HeldBack.COMPLETED: self._completed})
        for each, why in within_limits(self._candidates):
            if why is None:
                given.append(each)
            else:
                held_back[why] += 1
        return Outcome(
            rules=_by_rule(given, self._without_limits),
            total=_tally(given, self._without_limits.total()),
            held_back={why.value: held_back[why] for why in HeldBack},
        )

    def _judge(self, place: Place, bare: Situation) -> None:
        situation = replace(bare, addressees=self._addressees(bare.message))
        alone = replace(situation, after=()) if situation.after else situation
        found = review(alone, without=self._without)
        if not found:
            return
        self._without_limits[found[0].rule] += 1
        still = review_settled(situation, without=self._without) if situation.after else found
        if still:
            self._candidates.append(_candidate(place, situation.message, still[0]))
        else:
            self._completed += 1

    def _propose_to_talk(
        self, place: Place, last: StoredMessage, said: Sequence[StoredMessage]
    ) -> None:
        finding = review_talk(said, _room(place)) if said else None
        if finding is None or (last.channel_id, finding.about) in self._talks:
            return
        self._talks.add((last.channel_id, finding.about))
        self._without_limits[finding.rule] += 1
        self._candidates.append(_candidate(place, last, finding))

    def _addressees(self, message: StoredMessage) -> Sequence[Addressee]:
        if "<@" not in message.text:
            return ()
        times = ((each, self._time_of(each)) for each in addressed_in(message.text))
        return [
            addressee(user_id, time, message.at)
            for user_id, time in times
            if time is not None and user_id != message.user_id
        ]


def _named(rules: replays.Rules) -> frozenset[Rule]:
    unknown = sorted(set(rules) - set(Rule))
    if unknown:
        raise NoRule(f"({unknown[0]}) There are: {', '.join(Rule)}.")
    return frozenset(Rule(name) for name in rules) or frozenset(Rule)


def _room(place: Place) -> Room:
    room = room_of(place.name, place.kind)
    return replace(room, is_general=room.is_general or place.is_general)


def _candidate(place: Place, message: StoredMessage, finding: Finding) -> Candidate:
    return Candidate(
        message.at,
        message.user_id,
        finding.rule,
        (message.channel_id, message.thread_root),
        _shown(finding.phrase),
        shorten(clean(place.title), LONGEST_PHRASE),
    )


def _shown(phrase: str) -> str:
    """Somebody's words on one line, without anybody's name that Slack knows."""
    head = _MENTION.sub("someone", phrase[: 4 * LONGEST_PHRASE])
    return shorten(" ".join(clean(plain(head)).split()), LONGEST_PHRASE)


def _by_rule(given: Iterable[Candidate], without_limits: Mapping[Rule, int]) -> dict[str, Tally]:
    by_rule = defaultdict[Rule, list[Candidate]](list)
    for each in given:
        by_rule[each.rule].append(each)
    return {
        rule.value: _tally(by_rule[rule], without_limits[rule])
        for rule in Rule
        if by_rule[rule] or without_limits[rule]
    }


def _tally(given: Sequence[Candidate], without_limits: int) -> Tally:
    examples = {each.phrase.casefold(): each for each in reversed(given)}
    first = sorted(examples.values(), key=lambda each: each.at)[:MOST_EXAMPLES]
    return Tally(
        hints=len(given),
        people=len({each.user_id for each in given}),
        without_limits=without_limits,
        examples=[Example(each.phrase, each.place) for each in first],
    )
