"""The digest itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import Message, actions, context, header, sections
from bot.core.digests import DigestSection, Line
from bot.core.people import Person
from bot.core.render import Mrkdwn, join, local_time, mrkdwn
from bot.core.visibility import held_back
from bot.features.digest.rules.settings import WANTED

PLAIN: Final = "Plain digest, no AI used"
DRAFTED: Final = "Drafted with AI from the linked messages"


def digest(
    person: Person,
    parts: Sequence[DigestSection],
    *,
    now: datetime,
    since: datetime,
    is_drafted: bool = False,
) -> Message:
    """The digest; times are the reader's own."""
    greeting = f"{_greeting(now)}, {person.name} · {now:%A} {now.day} {now:%B}"
    blocks = [header(greeting)]
    texts = [mrkdwn("{greeting}", greeting=greeting)]
    for each in sorted((part for part in parts if part.lines), key=lambda each: each.part):
        text = join("\n", [mrkdwn("*{title}*", title=each.title), *map(_bullet, each.lines)])
        texts.append(text)
        blocks += sections(text)
    footer = mrkdwn(
        "Since {since}, when you stopped working. {how}.",
        since=local_time(since),
        how=DRAFTED if is_drafted else PLAIN,
    )
    small_print = [held_back(count)] if (count := sum(part.held_back for part in parts)) else []
    small_print.append(footer)
    blocks += map(context, small_print)
    about = frozenset(place for each in parts for place in each.about)
    return Message(join("\n\n", [*texts, *small_print]), blocks, about)


def with_way_out(digest: Message) -> Message:
    """The first digest says how to stop them."""
    why = mrkdwn(
        "This is your first digest. `/digest` says when it comes; your settings change it."
    )
    off = actions([off_button(WANTED, "No more digests")])
    text = join("\n\n", [digest.text, why])
    return replace(digest, text=text, blocks=[*digest.blocks, context(why), off])


def _greeting(now: datetime) -> str:
    if now.hour < 12:  # noqa: PLR2004 - noon
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"  # noqa: PLR2004 - the evening


def _bullet(line: Line | Mrkdwn) -> Mrkdwn:
    return join(" ", [mrkdwn("•"), line.shown if isinstance(line, Line) else line])
