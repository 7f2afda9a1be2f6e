"""Where a message stands in its conversation: what was said before, and how it is taken."""

from collections.abc import Sequence
from typing import Final

from bot.features.decisions.rules.acts import ACCEPTING, COMMITTING, Act
from bot.features.decisions.rules.reading import Heard

_BEFORE: Final = 12
"""So many messages before are the discussion."""
_AFTER: Final = 4
"""So many messages afterwards show how it is taken."""
_LATELY: Final = 2
_BRIEF: Final = 4
"""Words: whoever takes note says no more."""
_TAKING: Final = frozenset({*ACCEPTING, Act.SAYS_YES, Act.NODS})
_ACTING: Final = frozenset({Act.CARRIES_OUT, Act.DOES, Act.I_WILL})
_SETTLING: Final = frozenset({*COMMITTING, *ACCEPTING, Act.CONCEDES})


class Standing:
    """One message of a conversation, and what stands around it, near enough to belong to it.

    `before` is what people said before, `others` and `lately` what others did, all in order;
    `previous` the message right before, if it is somebody else's. `after` is what comes next,
    machines' messages, too, `replies` the first two of others. `talk` is all of it.
    """

    __slots__ = (
        "after",
        "before",
        "heard",
        "lately",
        "one",
        "others",
        "previous",
        "replies",
        "same_matter",
        "talk",
        "talk_acts",
    )

    def __init__(self, heard: Sequence[Heard], one: Heard) -> None:
        place, user = one.place, one.user
        self.heard = heard
        self.one = one
        self.talk = heard[max(0, place - _BEFORE) : place + 1 + _AFTER]
        self.after = heard[place + 1 : place + 1 + _AFTER]
        self.before = [each for each in self.talk if each.place < place and each.is_human]
        self.others = [each for each in self.before if each.user != user]
        self.lately = [each for each in self.others if each.place >= place - _LATELY]
        last = self.before[-1] if self.before else None
        self.previous = last if last is not None and last.user != user else None
        self.replies = [each for each in self.after if each.is_human and each.user != user][:2]
        self.same_matter = sum([not one.matter.isdisjoint(each.matter) for each in self.before])
        self.talk_acts = frozenset[Act]().union(*[each.acts for each in self.talk])

    @property
    def accepts(self) -> bool:
        """Whether it says yes, to whatever."""
        return not self.one.asks and self.one.does(*ACCEPTING, Act.SAYS_YES)

    @property
    def commits(self) -> bool:
        """Whether it commits somebody to a course, and asks nothing more."""
        return self.one.commits and not self.one.asks

    @property
    def distance(self) -> int | None:
        """How many messages back somebody else put something up, 0 for right before; or None."""
        for distance, each in enumerate(reversed(self.before)):
            if each.user == self.one.user:
                continue
            if Act.PROPOSES in each.acts or (distance == 0 and Act.SUGGESTS in each.acts):
                return distance
        return None

    @property
    def known(self) -> float:
        """How much of what it says was spoken of before, from 0 to 1."""
        if not self.one.matter or self.one.asks or not self.same_matter:
            return 0.0
        spoken = frozenset[str]().union(*[each.matter for each in self.before[-8:]])
        return len(self.one.matter & spoken) / len(self.one.matter)

    @property
    def is_agreed_to(self) -> bool:
        """Whether others said yes to what its author asked or put up before."""
        user = self.one.user
        asked = -1
        for each in self.before:
            if each.user == user and (each.asks or Act.PROPOSES in each.acts):
                asked = each.place
        return asked >= 0 and any(
            each.place > asked and not each.asks and not _TAKING.isdisjoint(each.acts)
            for each in self.others
        )

    @property
    def is_first_to_act(self) -> bool:
        """Whether it carries something out that nobody has just settled."""
        if not self.others or self.one.asks or _ACTING.isdisjoint(self.one.acts):
            return False
        return all(each.asks or _SETTLING.isdisjoint(each.acts) for each in self.lately)

    @property
    def is_acknowledged(self) -> bool:
        """Whether the next of the others says but a few words."""
        return bool(self.replies) and self.replies[0].length <= _BRIEF and not self.replies[0].asks
