"""What is said of swaps."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.locales import moment
from bot.core.render import Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.messages import rotations
from bot.features.redphone.rules.schedules import Swap

NOT_A_MEMBER: Final = "Only full members can be on call. Please pick somebody else."
ENDS_BEFORE: Final = "That ends before it begins."
AMBIGUOUS: Final = "That can be read in two ways. Write it like Mon 9 Nov, or tomorrow 17:00."
OVER: Final = "That swap is over, or was taken back already."
NO_ROTATION: Final = "There is nothing to swap yet. `/redphone schedule` sets up who is on call."


def swapped(swap: Swap, name: str, locale: str, untold: Sequence[str]) -> Message:
    """Somebody is on call for a while; one click takes it back. Times are the reader's."""
    text = mrkdwn(
        "{who} is on call{where} from {start} to {end}.",
        who=Mention(swap.user_id),
        where=_where(name),
        start=moment(swap.start, locale),
        end=moment(swap.end, locale),
    )
    told = join(" ", [text, *rotations.tell_yourself(untold)])
    undo = button("Undo", rotations.TAKE_BACK, str(swap.id))
    return Message(told, [section(told), actions([undo])])


def swapped_in(by: str, name: str, start: str, end: str, hint: str) -> Message:
    """To somebody who is on call for a while; times are theirs."""
    text = mrkdwn(
        "{who} put you on call{where} from {start} to {end}: `/redphone` pages you then, at any "
        "hour.",
        who=Mention(by),
        where=_where(name),
        start=start,
        end=end,
    )
    return Message(rotations.hinted(text, hint))


def swapped_out(by: str, name: str, start: str, end: str) -> Message:
    """To somebody whose turn another person takes; times are theirs."""
    text = (
        "{who} has somebody else on call{where} from {start} to {end}: these hours are not yours."
    )
    return Message(mrkdwn(text, who=Mention(by), where=_where(name), start=start, end=end))


def taken_back(by: str, name: str, end: str) -> Message:
    """To both, when that does not hold any more."""
    text = "{who} took back the swap{where} until {end}. {how} shows whose turn it is."
    how = mrkdwn("`/redphone schedule`")
    return Message(mrkdwn(text, who=Mention(by), where=_where(name), end=end, how=how))


def is_taken_back(untold: Sequence[str]) -> Message:
    """To whoever took it back."""
    return Message(join(" ", [mrkdwn("Taken back."), *rotations.tell_yourself(untold)]))


def _where(name: str) -> Mrkdwn:
    return mrkdwn(" in {name}", name=mrkdwn("*{name}*", name=name)) if name else mrkdwn("")
