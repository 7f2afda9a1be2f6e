"""Traits of a message that decides, and of one that does not: what each weighs.

The weights are logarithms of odds. They were fitted to labelled conversations and rounded; those
of rare traits were drawn to what the trait means. All are added up, so that no trait decides alone.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from bot.features.decisions.rules.acts import ACCEPTING, COMMITTING, Act
from bot.features.decisions.rules.reading import Heard
from bot.features.decisions.rules.standing import Standing

_NEAR: Final = 2
_LAST: Final = 2
_A_CLAUSE: Final = 3
"""Words."""


class Trait(NamedTuple):
    """What is seen in a message or around it, what that weighs, and how much there is of it."""

    meaning: str
    weight: float
    measure: Callable[[Standing], float]


def _near(meaning: str, act: Act, weight: float) -> Trait:
    return Trait(meaning, weight, lambda at: act in at.talk_acts)


def _reply(meaning: str, weight: float, *acts: Act) -> Trait:
    return Trait(meaning, weight, lambda at: any(_tells(each, acts) for each in at.replies))


def _tells(each: Heard, acts: tuple[Act, ...]) -> bool:
    return not each.asks and each.does(*acts)


def _is_nodded(at: Standing) -> bool:
    return at.previous is not None and Act.NODS in at.previous.acts


def _is_answer(at: Standing) -> bool:
    last = at.previous
    return last is not None and last.asks and not last.does(Act.PROPOSES, Act.SUGGESTS)


def _accepts_plainly(at: Standing) -> bool:
    if not at.accepts or at.one.does(Act.DEFERS, Act.WAITS, Act.CONDITIONAL, Act.OBJECTS):
        return False
    return at.distance is not None and at.distance <= _NEAR


def _is_objected_to(at: Standing) -> bool:
    if not at.after or at.after[0].user == at.one.user:
        return False
    return Act.OBJECTS in at.after[0].acts


def _is_put_off(at: Standing) -> bool:
    place = at.one.place
    return any(Act.DEFERS in each.acts for each in at.heard[place + 1 : place + 13])


def _is_iffy(at: Standing) -> bool:
    if Act.CONDITIONAL not in at.talk_acts:
        return False
    place = at.one.place
    around = at.heard[max(0, place - 2) : place + 3]
    return sum(Act.CONDITIONAL in each.acts for each in around) > 1


ACTS: Final = {
    Act.MINUTES: 1.9,
    Act.RULES: 0.9,
    Act.GRANTS: 1.5,
    Act.AGREES: 0.8,
    Act.SAYS_YES: 0.5,
    Act.NODS: -0.4,
    Act.CONCLUDES: 0.5,
    Act.LEADS_IN: 0.4,
    Act.CARRIES_OUT: 0.7,
    Act.COUNTS: 0.5,
    Act.STATES: -0.6,
    Act.CONDITIONAL: -0.7,
    Act.REPORTS: -0.6,
    Act.WAITS: -0.8,
    Act.DEFERS: -1.6,
    Act.TAKES_BACK: -1.5,
}
"""What each act of it weighs; others weigh nothing by themselves."""

_COMMITS: Final = 1.0
_IN_TWO_WAYS: Final = 0.7
_COMMITS_OR_LEADS_IN: Final = 0.9
"""It commits, or begins as a conclusion does, and asks nothing."""
_STANDS_OUT: Final = 1.2
"""It says more than most messages do."""


def own_words(one: Heard, usual: float) -> float:
    """What a message weighs by itself, where messages have so many words as a rule."""
    weight = sum([ACTS.get(act, 0.0) for act in one.acts])
    if one.commits:
        weight += _COMMITS + _IN_TWO_WAYS * (len(one.acts & COMMITTING) > 1)
    if not one.asks and (one.commits or Act.LEADS_IN in one.acts):
        weight += _COMMITS_OR_LEADS_IN
    return weight + _STANDS_OUT * (one.length > 1.5 * (1 + usual))


_DISCUSSION: Final = (
    Trait("several messages before are about the same", 1.0, lambda at: at.same_matter > 1),
    Trait("no message before is about the same", -0.9, lambda at: at.same_matter == 0),
    Trait("the share of its words that were spoken of before", 0.7, lambda at: at.known),
    Trait(
        "it is about what was asked",
        0.3,
        lambda at: any(each.asks and each.shares_matter_with(at.one) for each in at.before[-6:]),
    ),
    Trait("something is asked around it", 0.7, lambda at: any(each.asks for each in at.talk)),
    Trait(
        "how much is asked before, up to four",
        -0.4,
        lambda at: min(4, sum(each.asks for each in at.before[-8:])),
    ),
    Trait(
        "how many people spoke before, up to four",
        0.7,
        lambda at: min(4, len({each.user for each in at.before[-8:]})),
    ),
    Trait(
        "nobody put anything up in so many words",
        0.7,
        lambda at: not any(Act.PROPOSES in each.acts for each in at.before),
    ),
    Trait("somebody else put something up right before", 0.4, lambda at: at.distance == 0),
    Trait(
        "it says yes to what somebody put up right before",
        0.8,
        lambda at: at.accepts and at.distance == 0,
    ),
    Trait("it says yes to what was put up, without doubts", 0.4, _accepts_plainly),
    Trait(
        "it commits where something is up",
        0.8,
        lambda at: (
            at.commits and any(each.does(Act.PROPOSES, Act.SUGGESTS) for each in at.before[-4:])
        ),
    ),
    Trait("others said yes to what its author asked", 0.4, lambda at: at.is_agreed_to),
    Trait(
        "it says something after somebody nodded",
        0.7,
        lambda at: not at.one.asks and at.one.length >= _A_CLAUSE and _is_nodded(at),
    ),
    Trait("it acts, and nobody has settled it just before", 0.8, lambda at: at.is_first_to_act),
    Trait(
        "its author goes on speaking",
        0.6,
        lambda at: bool(at.before) and at.previous is None,
    ),
    Trait("it answers a question that puts nothing up", -0.6, _is_answer),
    Trait(
        "others have just committed themselves",
        -0.5,
        lambda at: any(each.commits for each in at.lately),
    ),
    Trait(
        "there was just a report of what was decided",
        -1.0,
        lambda at: any(Act.REPORTS in each.acts for each in at.before[-3:]),
    ),
    Trait(
        "the talk has just turned to another matter",
        -0.7,
        lambda at: any(Act.TURNS in each.acts for each in at.before[-3:]),
    ),
    _near("somebody asks for help", Act.SEEKS_HELP, -0.7),
    _near("somebody says that nothing of it is real", Act.SUPPOSES, -0.4),
    _near("somebody jokes", Act.JOKES, -0.3),
    Trait(
        "the talk is of pleasures",
        -0.9,
        lambda at: (
            Act.CHATS in at.talk_acts and sum(Act.CHATS in each.acts for each in at.talk) > 1
        ),
    ),
    Trait("it is all about what might be", -0.7, _is_iffy),
)
"""What stands before it, and what the talk is about."""

_TAKEN: Final = (
    _reply("others agree", 0.8, *ACCEPTING),
    Trait("others say thanks", 0.7, lambda at: any(Act.THANKS in each.acts for each in at.replies)),
    Trait(
        "others nod, how many",
        -0.1,
        lambda at: sum(Act.NODS in each.acts for each in at.replies),
    ),
    Trait("the next of the others says but a few words", 0.6, lambda at: at.is_acknowledged),
    Trait(
        "it commits, and the next says but a few words",
        0.3,
        lambda at: at.commits and at.is_acknowledged,
    ),
    Trait(
        "somebody carries it out",
        1.3,
        lambda at: any(Act.CARRIES_OUT in each.acts for each in at.after[:3]),
    ),
    Trait("a machine follows", 0.7, lambda at: any(each.is_robot for each in at.after[:3])),
    Trait(
        "something else is asked next",
        0.6,
        lambda at: any(each.asks and not each.shares_matter_with(at.one) for each in at.after[:2]),
    ),
    Trait("the talk ends there", 1.1, lambda at: len(at.after) <= _LAST),
    Trait(
        "nothing is asked or put up any more",
        -0.2,
        lambda at: not any(each.asks or Act.PROPOSES in each.acts for each in at.after),
    ),
    Trait("the next is against it", -0.6, _is_objected_to),
    Trait(
        "it is taken back",
        -2.2,
        lambda at: any(Act.TAKES_BACK in each.acts for each in at.after),
    ),
    Trait(
        "the decision is put off right after",
        -0.6,
        lambda at: any(Act.DEFERS in each.acts for each in at.after),
    ),
    Trait("the decision is put off later on", -0.4, _is_put_off),
)
"""How it is taken."""

TRAITS: Final = (*_DISCUSSION, *_TAKEN)
