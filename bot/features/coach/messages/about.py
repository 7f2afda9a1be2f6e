"""What the coach says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.blocks import Message, actions, context, section, sections, select
from bot.core.render import Channel, Mrkdwn, join, local_day, mrkdwn
from bot.core.visibility import FEWEST
from bot.features.coach.messages.names import EXAMPLE
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

    `tallies` are those of the last whole weeks; None: too few people are there to count anything.
    `away` are the kinds of hints that stay away from the reader, and until when, in their time.
    """

    channel_id: str
    mode: str
    off_here: frozenset[Rule]
    off_for_me: frozenset[Rule]
    away: Mapping[Rule, datetime]
    tallies: Mapping[Rule, Tally] | None


def overview(state: State) -> Message:
    """Every rule in a line, how it stands here, and at the end what it came to."""
    kinds = {rule.value: NAMES[rule] for rule in Rule}
    menu = select(EXAMPLE, kinds, placeholder="Show an example")
    parts = [
        join("\n", [mrkdwn("*{title}*", title=title), *_rules_of(group, state)])
        for group, title in _GROUPS.items()
    ]
    here = _here(state)
    blocks = [block for part in parts for block in sections(part)]
    return Message(join("\n\n", [*parts, here]), [*blocks, actions([menu]), section(here)])


def example(rule: Rule) -> Message:
    """One rule with its reason and an example."""
    words = WORDS[rule]
    text = mrkdwn("*{name}.* {why}", name=NAMES[rule], why=words.why)
    shown = mrkdwn("For example: _{example}_", example=words.example)
    return Message(join("\n", [text, shown]), [section(text), context(shown)])


def _rules_of(group: Group, state: State) -> list[Mrkdwn]:
    return [
        mrkdwn(
            "• *{name}*{notes}: {why}",
            name=NAMES[rule],
            notes=_notes(rule, state),
            why=WORDS[rule].why,
        )
        for rule in Rule
        if GROUP_OF[rule] is group
    ]


def _here(state: State) -> Mrkdwn:
    if not state.channel_id:
        return mrkdwn("Here I look at nothing. This is what I look at in channels that I am in.")
    mode = _MODES.get(state.mode, _SHADOW)
    channel = Channel(state.channel_id)
    if state.tallies is None:
        return mrkdwn("{channel}: {mode}", channel=channel, mode=mode)
    return mrkdwn(
        "{channel}: {mode} In the last four whole weeks there {verb} {count} hints.",
        channel=channel,
        mode=mode,
        verb="were" if state.mode == ON else "would have been",
        count=_count(sum(tally.count for tally in state.tallies.values())),
    )


def _count(number: int) -> str:
    """A number; a small one would tell of single people."""
    return f"{number:,}" if number >= FEWEST else "fewer than five"


def _notes(rule: Rule, state: State) -> str:
    notes = []
    tally = (state.tallies or {}).get(rule, Tally())
    if tally.count >= FEWEST:
        outcomes = [
            f"{tally.completed} completed" if tally.completed >= FEWEST else "",
            f"{tally.not_helpful} of no help" if tally.not_helpful >= FEWEST else "",
        ]
        told = ", ".join(each for each in outcomes if each)
        notes.append(f"{tally.count:,} in four weeks" + (f" ({told})" if told else ""))
    if rule in state.off_here:
        notes.append("off in this channel")
    if rule in state.off_for_me:
        notes.append("off for you")
    if rule in state.away:
        notes.append(f"stays away from you until {local_day(state.away[rule])}")
    return "".join(f" · {note}" for note in notes)
