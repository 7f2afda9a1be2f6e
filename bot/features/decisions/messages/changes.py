"""What somebody is told of their own change of a decision."""

from bot.core.blocks import Message, actions, button, section
from bot.core.render import mrkdwn, shorten
from bot.features.decisions.messages import names
from bot.features.decisions.messages.cards import named, person
from bot.features.decisions.messages.refusals import FOUND
from bot.features.decisions.rules.registry import Change, Decision, Outcome, name_of


def said(sentence: str) -> Message:
    """One sentence."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def superseded(old: Decision, new: Decision) -> Message:
    """One took the place of the other; for ten minutes it can be undone."""
    text = mrkdwn(
        "{old} is now replaced by {new}, “{title}”. You can undo that for ten minutes.",
        new=named(new),
        title=new.fields.title,
        old=named(old),
    )
    undo = button("Undo", names.UNDO, f"{old.number}|{old.version}")
    return Message(text, [section(text), actions([undo])])


def reviewed(number: int, outcome: Outcome) -> str:
    """What somebody found when they looked at it again."""
    return f"Recorded for {name_of(number)}: {FOUND[outcome]}."


def of_yours(decision: Decision, change: Change, *, by: str, note: str) -> Message:
    """To the owner: somebody else changed what they look after."""
    text = mrkdwn(
        "{who} {did} a decision of yours, {name}: {title}" + (" (“{note}”)" if note else ""),
        who=person(by),
        did=change,
        name=named(decision),
        title=decision.fields.title,
        note=shorten(note, 300),
    )
    place = decision.place
    return Message(text, [section(text)], frozenset({(place.channel_id, place.root_ts)}))


def undone(old: Decision) -> Message:
    """It holds again."""
    return Message(mrkdwn("Undone: {name} is {status} again.", name=named(old), status=old.status))
