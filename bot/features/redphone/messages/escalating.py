"""What is told of how a page goes on, to its caller and in its timeline."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, sections
from bot.core.render import Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages.preflight import WAYS
from bot.features.redphone.messages.progress import NOBODY_THERE
from bot.features.redphone.rules.escalating import Place
from bot.features.redphone.rules.policies import Way

DRILL: Final = mrkdwn(":test_tube: *This is a drill, nothing is wrong.*")


def nobody_answered(what: str, route: Mrkdwn, *, is_drill: bool) -> Message:
    """To the caller: everybody was tried."""
    text = mrkdwn(
        ":warning: I tried everybody as often as the escalation policy says, and nobody is on it "
        "yet. They still can be, by the button of their message.\n{what}",
        what=Quote(what),
    )
    return _told(text, route, is_drill=is_drill)


def nobody_there(what: str, route: Mrkdwn, *, is_drill: bool) -> Message:
    """To the caller: the policy leads to nobody."""
    text = join("\n", [NOBODY_THERE, mrkdwn("{what}", what=Quote(what))])
    return _told(text, route, is_drill=is_drill)


def nobody_reached(people: Sequence[str], what: str, route: Mrkdwn, *, is_drill: bool) -> Message:
    """To the caller: nothing arrived so far."""
    names = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in people])
    go_on = mrkdwn(" so far, and go on trying.\n{what}", what=Quote(what))
    text = join("", [mrkdwn(":warning: I could not reach "), names, go_on])
    return _told(text, route, is_drill=is_drill)


def on_their_way(count: int) -> str:
    """In the timeline: what nobody could take back any more."""
    return "1 was already on its way" if count == 1 else f"{count} were already on their way"


def by(way: Way, *, may_have_arrived: bool = False) -> str:
    """In the timeline: how somebody was reached, or was not."""
    return f"by {WAYS[way]}" + ("; it may have arrived" if may_have_arrived else "")


def stands_at(place: Place, levels: int, rounds: int) -> str:
    """In the timeline: which level is reached."""
    level = f"level {place.level} of {levels}" if levels > 1 else ""
    turn = f"round {place.round} of {rounds}" if rounds > 1 else ""
    return ", ".join(filter(None, [level, turn]))


def nobody_behind(name: str) -> str:
    """In the timeline: a contact of the policy who cannot be paged. Empty: it was deleted."""
    return f"nobody to page behind “{name}”" if name else "a contact that is not there any more"


def _told(text: Mrkdwn, route: Mrkdwn, *, is_drill: bool) -> Message:
    whole = join("\n", [*([DRILL] if is_drill else []), text, route])
    return Message(whole, sections(whole))
