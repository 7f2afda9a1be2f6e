"""The digest itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import Message, actions, context, header, section, sections
from bot.core.digests import DigestSection, Line
from bot.core.people import Person
from bot.core.render import Mrkdwn, join, local_time, mrkdwn
from bot.core.visibility import held_back
from bot.features.digest.messages import opinions
from bot.features.digest.rules.coverage import Coverage
from bot.features.digest.rules.settings import WANTED

PLAIN: Final = "Plain digest, no AI used"
DRAFTED: Final = "Drafted with AI from the linked messages"


def digest(
    person: Person,
    parts: Sequence[DigestSection],
    *,
    now: datetime,
    since: datetime,
    coverage: Coverage,
    prompt: str = "",
) -> Message:
    """The digest; times are the reader's own."""
    greeting = f"{_greeting(now)}, {person.name} · {now:%A} {now.day} {now:%B}"
    blocks = [header(greeting)]
    texts = [mrkdwn("{greeting}", greeting=greeting)]
    for each in sorted((part for part in parts if part.lines), key=lambda each: each.part):
        title = Mrkdwn(f"*{each.title}*")
        more = [mrkdwn("and {count} more", count=each.more)] if each.more else []
        shown = [*map(_bullet, each.lines), *more]
        texts.append(join("\n", [title, *shown]))
        if each.menu is None:
            blocks += sections(texts[-1])
        else:
            blocks += [section(title, accessory=each.menu), *sections(join("\n", shown))]
    footer = mrkdwn(
        "Since {since}, when you stopped working. {how}.",
        since=local_time(since),
        how=DRAFTED if prompt else PLAIN,
    )
    count = coverage.withheld + sum(part.held_back for part in parts)
    small_print = [held_back(count)] if count else []
    small_print += [join(" ", [mrkdwn("Not read:"), gap]) for gap in coverage.gaps]
    small_print.append(footer)
    blocks += map(context, small_print)
    blocks.append(actions(opinions.elements(now.date(), prompt)))
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
