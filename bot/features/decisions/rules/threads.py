"""A thread as rules look at it: what was said, what is heard in it, which message decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.talk import Line
from bot.features.decisions.rules.acts import ACCEPTING, Act
from bot.features.decisions.rules.reading import Heard, hear_all
from bot.features.decisions.rules.weighing import deciding_message


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of a thread: Slack's `text`, and `said`, as people read it.

    It may not be quoted if its author wants to be left alone. `day` is when, where its reader is.
    """

    ts: str
    author_id: str
    name: str
    text: str
    said: str
    day: date
    is_quotable: bool = True


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread and the place of its decision; `is_settled`: there is a message that settles it."""

    spoken: Sequence[Spoken]
    heard: Sequence[Heard]
    decided: int
    is_settled: bool

    @property
    def decision(self) -> Spoken:
        """The message that is taken for the decision."""
        return self.spoken[self.decided]


def read(spoken: Sequence[Spoken], picked: str) -> Thread:
    """Reads a thread, the oldest message first; there must be one.

    `picked` is the `ts` of the message that somebody took for the decision. A reply that settles
    nothing gives way to a message that does.
    """
    lines = [Line(place, each.author_id, each.text) for place, each in enumerate(spoken)]
    heard = hear_all(lines)
    found = deciding_message(lines)
    chosen = next((place for place, each in enumerate(spoken) if each.ts == picked), None)
    own_choice = (
        chosen if chosen and (heard[chosen].commits or heard[chosen].does(Act.GRANTS)) else None
    )
    decided = next((each for each in (own_choice, found, chosen) if each is not None), 0)
    return Thread(spoken, heard, decided, found is not None or heard[decided].commits)


def is_objection(heard: Heard) -> bool:
    """Whether somebody is against it."""
    return heard.is_human and heard.does(Act.OBJECTS) and not heard.does(*ACCEPTING)


def settling(thread: Thread, place: int) -> int | None:
    """With which message whoever objected at a place gave in, or decided; None: it is open."""
    user = thread.heard[place].user
    for heard in thread.heard[place + 1 :]:
        gives_in = heard.commits or heard.does(*ACCEPTING, Act.CONCEDES, Act.CARRIES_OUT)
        if heard.user == user and gives_in and not is_objection(heard):
            return heard.place
    return None


def is_approved(thread: Thread) -> bool:
    """Whether somebody else than who decided said yes, before it or after."""
    return any(
        each.user != thread.decision.author_id
        and each.is_human
        and not each.does(Act.OBJECTS)
        and (each.does(*ACCEPTING, Act.NODS) or _follows(thread, each))
        for each in thread.heard[1:]
    )


def _follows(thread: Thread, heard: Heard) -> bool:
    """Whether somebody goes on from what was decided: carries it out, or concludes from it."""
    is_after = heard.place > thread.decided and not heard.asks
    return is_after and heard.does(Act.CARRIES_OUT, Act.LEADS_IN)
