"""The offer at the end of a day, what stands in the channel afterwards, and what went where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from bot.core.agreement.switches import off_button
from bot.core.blocks import Message, actions, button, context, section, sections
from bot.core.render import Channel, Mention, Mrkdwn, join, local_day, mrkdwn, shorten
from bot.features.handoffs.messages import stand_ins
from bot.features.handoffs.rules.days import DAY_ME
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.notes import MOST, Reason

WRITE: Final = "handoffs.write"
NOTHING: Final = "handoffs.nothing"
UNDO_NOTHING: Final = "handoffs.undo_nothing"

KEEP_IT: Final = "I carry it on myself"
LINE: Final = 300
"""So many characters of one thing stand in a list."""

EMPTY: Final = (
    "There is nothing here yet: write a line, or close this if there is nothing to hand over."
)
NOT_YOURS: Final = "This form is too old, so I cannot take it. Open a new one with /handoff."
TOO_MANY: Final = f"That is more than I can hand over at once: please leave {MOST} lines."
NOT_A_LINK: Final = "Here I can take links only, like https://example.com/page."


@dataclass(frozen=True, slots=True)
class Given:
    """An item that somebody else has from now on.

    `until`: it rests until then, as the clock of whoever handed it over shows it.
    """

    what: str
    holder: str
    until: str = ""
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """An item that stays with its author; `trouble` is why it could not be handed over."""

    item: Item
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a hand-off."""

    author_id: str
    channel_id: str
    day: date
    done: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    kept: tuple[Kept, ...] = ()
    watch_out: str = ""


def offer(note_id: UUID, reason: Reason, *, is_begun: bool = False) -> Message:
    """The one offer of a day."""
    before = "You are about to be away." if reason is Reason.LEAVE else "Your day is about to end."
    what = (
        "Your hand-off is begun, and what you wrote is there."
        if is_begun
        else "What is done, and who carries on the rest?"
    )
    told = mrkdwn("{before} {what}", before=before, what=what)
    value = str(note_id)
    stop = [off_button(DAY_ME, "Stop asking me")]
    buttons = [
        button("Write it", WRITE, value, style="primary"),
        button("Nothing to hand over", NOTHING, value),
        *(stand_ins.before_leave() if reason is Reason.LEAVE else stop),
    ]
    return Message(told, [section(told), actions(buttons)])


def nothing(note_id: UUID) -> Message:
    """Nothing is to be handed over today."""
    told = mrkdwn("Noted: nothing to hand over today. Have a good evening.")
    return Message(told, [section(told), actions([button("Undo", UNDO_NOTHING, str(note_id))])])


def sent_already() -> Message:
    """It is sent, and cannot be written any more."""
    return Message(mrkdwn("Your hand-off is sent already. `/handoff` begins another one."))


def no_longer_open() -> Message:
    """The offer is of somebody else, or long ago."""
    return Message(mrkdwn("This offer is no longer open. `/handoff` opens a hand-off."))


def posted(outcome: Outcome) -> Message:
    """What everybody in the channel reads: done, handed over, still with its author."""
    title = mrkdwn(
        "*{who} hands over*, {day}",
        who=Mention(outcome.author_id),
        day=local_day(outcome.day),
    )
    parts = [
        _list("Done", [mrkdwn("{what}", what=_short(each)) for each in outcome.done]),
        _list("Handed over", [_given_line(each) for each in outcome.given]),
        _list("Goes on with the same person", [_kept_line(each.item) for each in outcome.kept]),
    ]
    if outcome.watch_out:
        parts.append(mrkdwn("*Watch out*\n{words}", words=outcome.watch_out))
    told = [title, *filter(None, parts)]
    return Message(join("\n", told), [block for part in told for block in sections(part)])


def told(outcome: Outcome) -> list[Mrkdwn]:
    """To its author: what went where, in paragraphs."""
    went = [mrkdwn("Your hand-off stands in {where}.", where=Channel(outcome.channel_id))]
    if outcome.given:
        lines = [_given_line(each, with_start=True) for each in outcome.given]
        went.append(_list("Handed over", lines))
    stays = [each for each in outcome.kept if not each.trouble]
    if stays:
        went.append(_list("You carry on", [_kept_line(each.item) for each in stays]))
    refused = [each for each in outcome.kept if each.trouble]
    if refused:
        lines = [
            mrkdwn("{what}: {why}", what=_short(each.item.what), why=each.trouble)
            for each in refused
        ]
        went.append(_list("Stays with you, as nobody could take it", lines))
    return went


def told_of_one(given: Given, channel_id: str) -> Mrkdwn:
    """To its author: one thing that was handed over."""
    line = _given_line(given, with_start=True)
    where = mrkdwn("The card stands in {where}.", where=Channel(channel_id))
    again = mrkdwn("If it is yours, take it back on its card, and hand it over anew.")
    return join("\n", [line, where] if given.is_new else [line, where, again])


def elsewhere() -> Mrkdwn:
    """Baton left the channel, or its author did, while the form was open."""
    return mrkdwn(
        "I cannot post there any more, so nothing is sent yet. Please pick another channel."
    )


def changed_meanwhile() -> Mrkdwn:
    """Its lines are other ones since this page was opened."""
    return mrkdwn("The lines changed in another window, so here is the page once more.")


def next_of(chain: str, name: str) -> str:
    """Whoever is next in a chain, as something to choose; without a name the channel's own."""
    return f"Next in {chain} ({name})" if chain else f"Whoever is next ({name})"


def left_out(count: int) -> Mrkdwn:
    """There is more than fits."""
    return mrkdwn("{count} more things of your day did not fit here.", count=count)


def small(lines: Sequence[Mrkdwn]) -> list[dict[str, object]]:
    """Small print above a form, if there is any."""
    return [context(join("\n", list(lines)))] if lines else []


def _given_line(given: Given, *, with_start: bool = False) -> Mrkdwn:
    if not given.is_new:
        return mrkdwn("{what} → {who} has it already", what=_short(given.what), who=given.holder)
    line = mrkdwn("{what} → {who}", what=_short(given.what), who=given.holder)
    if not given.until or not with_start:
        return line
    return join("", [line, mrkdwn(", who starts {when} (your time)", when=given.until)])


def _kept_line(item: Item) -> Mrkdwn:
    told = [each for each in (item.progress, item.next_step) if each]
    line = mrkdwn("{what}", what=_short(item.what))
    state = mrkdwn("{state}", state=_short("; next: ".join(told)))
    return join(": ", [line, state]) if told else line


def _list(title: str, lines: Sequence[Mrkdwn]) -> Mrkdwn:
    """A title and a line for each; empty without lines."""
    if not lines:
        return Mrkdwn("")
    return join("\n", [mrkdwn("*{title}*", title=title), *[Mrkdwn(f"• {each}") for each in lines]])


def _short(text: str) -> str:
    return shorten(text, LINE)
