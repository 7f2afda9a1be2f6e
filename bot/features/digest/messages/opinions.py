"""Whether a digest was of use, in words."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.core.blocks import Element, Message, button
from bot.core.render import join, mrkdwn
from bot.features.digest.messages.names import BAD, GOOD
from bot.features.digest.rules.opinions import PLAIN, DigestOf

_TOO_FEW: Final = "too few people to say"
_SUITS_BETTER: Final = mrkdwn(
    "For one that suits you better, the menu beside each channel's name has more and less of it, "
    "and `/digest` says when it comes."
)
_NONE: Final = "Nobody has said yet whether a digest was of use."


def elements(local_date: date, prompt: str) -> list[Element]:
    """The buttons 👍 and 👎 of somebody's digest; without a prompt it is the plain one."""
    reference = DigestOf(local_date, prompt or PLAIN).reference
    return [button("👍", GOOD, reference), button("👎", BAD, reference)]


def thanks(*, is_good: bool, before: bool | None = None) -> Message:
    """Their opinion is noted; `before` is what they thought of it until now, None: nothing."""
    sign = "👍" if is_good else "👎"
    if before is is_good:
        return Message(mrkdwn("It counts as {sign} already.", sign=sign))
    if before is not None:
        noted = mrkdwn("Counted as {sign} instead.", sign=sign)
        return Message(noted if is_good else join(" ", [noted, _SUITS_BETTER]))
    if is_good:
        return Message(mrkdwn("Thank you, glad it helped."))
    told = mrkdwn("Thank you for telling me. It counts when the wording of digests is changed.")
    return Message(join(" ", [told, _SUITS_BETTER]))


def gone() -> Message:
    """There is no such digest."""
    return Message(mrkdwn("I do not know that digest any more."))


def quality(figures: Iterable[tuple[str, tuple[int, float] | None]]) -> str:
    """For the command line: of each prompt how many opinions there are, and the share of good ones.

    None: from too few people.
    """
    lines = [
        f"{prompt}: {f'{figure[0]} opinions, {figure[1]:.0%} good' if figure else _TOO_FEW}"
        for prompt, figure in figures
    ]
    return "\n".join(lines) or _NONE
