"""Lists of decisions, and what a search found."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.blocks import Element, Message, actions, button, context, section, sections
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Channel, Mention, Mrkdwn, join, local_day, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.decisions.messages import names, reviews
from bot.features.decisions.messages.about import COMMANDS
from bot.features.decisions.messages.cards import line
from bot.features.decisions.rules.listing import Wanted, written
from bot.features.decisions.rules.registry import Decision, Status, name_of

TO_REVIEW: Final = "Decisions of yours to look at again"


def listed(decisions: Sifted[Decision], wanted: Wanted, following: Wanted | None = None) -> Message:
    """A page of a list, and a button for the next one."""
    more = [button("More", names.MORE, written(following))] if following else []
    intro = join("", [Mrkdwn("Decisions"), _described(wanted), Mrkdwn(", the newest first:")])
    if wanted.before is not None:
        intro = join("", [Mrkdwn("Older decisions"), _described(wanted), Mrkdwn(":")])
    message = _listed(intro, decisions, more)
    if message is not None:
        return message
    if more:
        text = Mrkdwn("Nothing that you can open among these. Older ones may be.")
        return Message(text, [section(text), actions(more)])
    return nothing_listed(wanted)


def nothing_listed(wanted: Wanted) -> Message:
    """Nothing is in a list that the reader may see."""
    if wanted.before is not None:
        return Message(Mrkdwn("There are no older ones."))
    if not wanted.is_narrowed:
        start = "No decisions yet. Pick _Log a decision_ from the menu of a message to start."
        return Message(Mrkdwn(start))
    text = join("", [Mrkdwn("I found no decision"), _described(wanted), Mrkdwn(_NOTHING)])
    return Message(text)


def not_understood(word: str) -> Message:
    """A word behind `list` that is nothing one can look by."""
    return Message(
        mrkdwn(
            "I know no channel, tag, status or person called “{word}”. "
            "`/decision list #channel`, `list accepted`, `list @somebody` or `list mine` narrow "
            "the list; `/decision find words` looks into the texts.",
            word=word,
        )
    )


def unknown(number: int) -> Message:
    """There is no such decision, or none the reader may see."""
    return Message(mrkdwn("I found no decision {name} that you can open.", name=name_of(number)))


def no_verb(word: str) -> Message:
    """Something that /decision cannot do, and what it can."""
    return Message(join("\n", [mrkdwn(_NO_VERB, word=shorten(word, 40)), Mrkdwn(COMMANDS)]))


def help_text() -> Message:
    """What /decision can do."""
    return Message(Mrkdwn(COMMANDS))


def on_board(decided: Sifted[Decision], since: date) -> BoardSection:
    """What was decided since a day, on somebody's board."""
    rows = [Row(line(decision)) for decision in decided.seen]
    notes = [Mrkdwn(_FIND)] if rows else []
    notes += [held_back(decided.held_back)] if decided.held_back else []
    day = local_day(since)
    return BoardSection(
        "decisions-made",
        BoardPart.DECISIONS,
        f"Decided since {day}",
        rows,
        _none_made(decided.held_back),
        notes=notes,
    )


def _none_made(not_checked: int) -> Mrkdwn:
    what = "Nothing that I can show you just now." if not_checked else "Nothing was decided."
    return mrkdwn("{what} `/decision list` shows what was decided before.", what=what)


def due_on_board(due: Sifted[Decision]) -> BoardSection:
    """What the owner of a board has to look at again."""
    notes = [held_back(due.held_back)] if due.held_back else []
    rows = [reviews.due_row(each) for each in due.seen]
    return BoardSection("decisions-due", BoardPart.WAITS, TO_REVIEW, rows, notes=notes)


_NO_VERB: Final = "“{word}” means nothing to me here, so I changed nothing. This is what I know:"
_FIND: Final = "`/decision list` shows more, `/decision find words` looks for one."
_STANDING: Final = {str(Status.REJECTED): "withdrawn or rejected"}
_NOTHING: Final = " that you can open. `/decision list` shows all; fewer words behind it show more."


def _described(wanted: Wanted) -> Mrkdwn:
    """How a list is narrowed, as one says it behind the word decision."""
    parts: list[Mrkdwn] = []
    if wanted.status:
        parts.append(
            mrkdwn(" that are {status}", status=_STANDING.get(wanted.status, wanted.status))
        )
    if wanted.channel_id:
        parts.append(mrkdwn(" in {channel}", channel=Channel(wanted.channel_id)))
    if wanted.owner_id:
        parts.append(mrkdwn(" of {owner}", owner=Mention(wanted.owner_id)))
    if wanted.tags:
        parts.append(mrkdwn(" with the tag {tags}", tags=" and ".join(wanted.tags)))
    return join("", parts)


def _listed(
    intro: Mrkdwn, decisions: Sifted[Decision], more: Sequence[Element] = ()
) -> Message | None:
    """What was found, and how much was held back; None if neither."""
    lines = [intro, *map(line, decisions.seen)] if decisions.seen else []
    note = [held_back(decisions.held_back)] if decisions.held_back else []
    if not lines and not note:
        return None
    blocks = sections(join("\n", lines)) if lines else []
    below = [*map(context, note), *([actions(more)] if more else [])]
    return Message(join("\n", [*lines, *note]), [*blocks, *below])
