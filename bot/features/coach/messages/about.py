"""What the coach says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.blocks import Message, header, section, sections
from bot.core.render import Channel, Mrkdwn, join, mrkdwn
from bot.features.coach.messages.words import WORDS
from bot.features.coach.rules.catalogue import GROUP_OF, Group, Rule
from bot.features.coach.rules.settings import NAMES, OFF, ON

HELP: Final = (
    "*Coach.* If a message of yours cannot be answered yet, I tell you how to complete it. "
    "Only you see that, and you can switch it off. In a new channel I only count, until its "
    "creator or an admin switches me on: `/baton settings channel`. `/baton coach` explains each "
    "hint; a draft that you send me gets the same look before anybody sees it."
)
KEEPS: Final = "Which of your messages I had a hint for"
KEPT_FOR: Final = "90 days"
KEEPS_WHEN: Final = "Since when I work for you, and when you had the last hint"
KEEPS_REFUSALS: Final = "How often a kind of hint was of no help to you"
KEPT_WHILE_HERE: Final = "as long as I am installed"

_GROUPS: Final = {
    Group.ANSWERABILITY: "Can it be answered without asking back?",
    Group.NORM: "How we agreed to write",
}
_MODES: Final = {
    ON: "I give hints here, to the author alone.",
    OFF: "I look at nothing here.",
}
_SHADOW: Final = "I only count here, and say nothing."


@dataclass(frozen=True, slots=True)
class Tally:
    """How many hints of one kind there were, and how many of them were of use or of none."""

    count: int = 0
    completed: int = 0
    not_helpful: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """How the coach stands in a channel, and to somebody; without `channel_id` it is not there.

    `tallies` are those of the last 30 days; None: too few people are there to count anything.
    `away` are the kinds of hints that stay away from the reader, and until when, in their time.
    """

    channel_id: str
    mode: str
    off_here: frozenset[Rule]
    off_for_me: frozenset[Rule]
    away: Mapping[Rule, datetime]
    tallies: Mapping[Rule, Tally] | None


def overview(state: State) -> Message:
    """Every rule with an example, how it stands here, and what it came to."""
    blocks = sections(_here(state))
    lines = [_here(state)]
    for group, title in _GROUPS.items():
        blocks.append(header(title))
        for rule in (each for each in Rule if GROUP_OF[each] is group):
            lines.append(_rule(rule, state))
            blocks.append(section(lines[-1]))
    return Message(join("\n", lines), blocks)


def _here(state: State) -> Mrkdwn:
    if not state.channel_id:
        return mrkdwn("Here I look at nothing. This is what I look at in channels that I am in.")
    mode = _MODES.get(state.mode, _SHADOW)
    channel = Channel(state.channel_id)
    if state.tallies is None:
        return mrkdwn("{channel}: {mode}", channel=channel, mode=mode)
    total = sum(tally.count for tally in state.tallies.values())
    is_on = state.mode == ON
    counted = "hint" if total == 1 else "hints"
    return mrkdwn(
        "{channel}: {mode} In the last 30 days there {verb} {total} {counted}.",
        channel=channel,
        mode=mode,
        verb="were" if is_on else "would have been",
        total=total,
        counted=counted,
    )


def _rule(rule: Rule, state: State) -> Mrkdwn:
    words = WORDS[rule]
    return mrkdwn(
        "*{name}*{notes}\n{why}\n_{example}_",
        name=NAMES[rule],
        notes=_notes(rule, state),
        why=words.why,
        example=words.example,
    )


def _notes(rule: Rule, state: State) -> str:
    notes = []
    tally = (state.tallies or {}).get(rule, Tally())
    if tally.count:
        outcomes = [
            f"{tally.completed} completed" if tally.completed else "",
            f"{tally.not_helpful} of no help" if tally.not_helpful else "",
        ]
        told = ", ".join(each for each in outcomes if each)
        notes.append(f"{tally.count} in 30 days" + (f" ({told})" if told else ""))
    if rule in state.off_here:
        notes.append("off in this channel")
    if rule in state.off_for_me:
        notes.append("off for you")
    if rule in state.away:
        notes.append(f"stays away from you until {state.away[rule]:%d %B}")
    return "".join(f" · {note}" for note in notes)
