"""What privacy says."""

from collections.abc import Mapping
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.attention import OFF
from bot.core.blocks import Message, actions, button, section, sections
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.privacy.rules import Overview

SHOW: Final = "privacy.show"
EXPORT: Final = "privacy.export"
ERASE: Final = "privacy.erase"
USAGE: Final = "export | erase | off | on"
HELP: Final = (
    "*Privacy.* `/baton privacy` says what I keep of you and for how long, "
    "`/baton privacy export` sends it to you, `/baton privacy erase` deletes it. "
    "`/baton off` has me leave you alone."
)
NO_MODEL: Final = "No model reads what you write: every text of mine is made by rules."
MODEL: Final = (
    "For digests, for drafts that their authors have reviewed, and where somebody asks to have a "
    "message read kindly, the words go to a model (Anthropic's), without names; I check each line "
    "of it. `/baton off` keeps your words out of that, too."
)
TRACES: Final = (
    "• And traces without words: what I explained to you, how often I wrote, which buttons you "
    "pressed."
)
OFF_MEANS: Final = (
    "I do not write to you, coach you, quote you or keep what you write. "
    "Pages of the red phone and answers to your own clicks still come."
)


def overview(overview: Overview) -> Message:
    """What is kept of somebody."""
    text = overview_text(overview)
    buttons = actions([button("Send it to me", EXPORT), button("Erase it…", ERASE, style="danger")])
    return Message(text, [*sections(text), buttons])


def overview_text(overview: Overview) -> Mrkdwn:
    """What is kept of somebody, a line for each topic."""
    lines = [
        mrkdwn("• {what}: _{long}_", what=topic.what, long=topic.how_long)
        for topic in overview.topics
    ]
    state = (
        f"You are off. {OFF_MEANS}" if overview.is_off else "`/baton off` has me leave you alone."
    )
    return join(
        "\n",
        [
            mrkdwn("*What I keep of you, and for how long*"),
            *lines,
            mrkdwn("{traces}", traces=TRACES),
            Mrkdwn(MODEL if overview.uses_model else NO_MODEL),
            Mrkdwn(state),
        ],
    )


def unclear() -> Message:
    """Something else was typed."""
    return Message(mrkdwn("Type `/baton privacy`, or `export`, `erase`, `off` or `on` behind it."))


def on_its_way(count: int) -> Message:
    """An export is on its way."""
    if not count:
        return Message(mrkdwn("I keep nothing of you."))
    return Message(mrkdwn("It is on its way to you in a direct message."))


def cannot_write() -> Message:
    """I am paused, or do not know them."""
    return Message(
        mrkdwn(
            "I am paused here and cannot send it now. Whoever runs me can: "
            "`baton export` on the command line."
        )
    )


def summary(counts: Mapping[str, int], parts: int) -> Message:
    """The head of an export; the data stand in its thread."""
    intro = mrkdwn(
        "*This is everything I keep of you*, as JSON in the thread ({n}):", n=_parts(parts)
    )
    lines = [mrkdwn("• {name}: {count}", name=name, count=n) for name, n in counts.items()]
    footer = mrkdwn("What other people wrote is not in it.")
    return Message(join("\n", [intro, *lines, footer]))


def part(data: str, number: int, count: int) -> Message:
    """One part of an export."""
    return Message(
        mrkdwn("Part {number} of {count}\n```\n{data}\n```", number=number, count=count, data=data)
    )


def is_off() -> Message:
    """Somebody is left alone from now on."""
    text = mrkdwn(
        "You are off. {means} What I had kept of your messages is deleted; decisions keep what was "
        "recorded.",
        means=OFF_MEANS,
    )
    return Message(text, [section(text), actions([off_button(OFF, "Undo")])])


def is_on() -> Message:
    """Somebody is no longer left alone."""
    return Message(
        mrkdwn(
            "You are on: I work for you again. What was deleted does not come back. "
            "`/baton off` has me leave you alone."
        )
    )


def is_so_already(*, off: bool) -> Message:
    """It was so before; perhaps the first answer got lost."""
    if off:
        return Message(mrkdwn("You are off. `/baton on` has me work for you again."))
    return Message(mrkdwn("You are on. `/baton off` has me leave you alone."))


def on_board(*, is_off: bool) -> list[BoardSection]:
    """The way to what is kept, and back for somebody who is off."""
    off = Row(mrkdwn("*You are off:* I leave you alone. `/baton on` ends that."))
    kept = BoardSection(
        "privacy",
        BoardPart.SETTINGS,
        "",
        elements=[button("What I keep of you", SHOW)],
        notes=[mrkdwn("*Privacy:* see, get or erase what I keep of you.")],
    )
    return [*([BoardSection("off", BoardPart.STANDING, "", [off])] if is_off else []), kept]


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"
