"""What a decision's owner is asked when it is to be looked at again, and what came of it."""

from datetime import date

from bot.core.blocks import Element, Message, actions, button, section
from bot.core.boards import Row
from bot.core.render import Link, local_day, mrkdwn
from bot.features.decisions.messages import names
from bot.features.decisions.messages.cards import named
from bot.features.decisions.rules.registry import Decision, Outcome


def reminder(decision: Decision, today: date) -> Message:
    """To the owner: the day comes, or is here."""
    fields = decision.fields
    on = fields.review_on or today
    days = (on - today).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days, on {local_day(on)}")
    text = mrkdwn(
        "You own {name}: {title}\nIt is up for review {when}. Does it still hold?",
        name=named(decision),
        title=fields.title,
        when=when,
    )
    place = decision.place
    about = frozenset({(place.channel_id, place.root_ts)})
    return Message(text, [section(text), actions(answers(decision))], about)


def due_row(decision: Decision) -> Row:
    """On its owner's board: it is up for review, or was."""
    fields = decision.fields
    when = "Review was due on {day}" if decision.was_review_due else "Review on {day}"
    label = f"{decision.name} {fields.title}"
    text = mrkdwn(
        f"{{title}}\n{when}",
        title=Link(decision.permalink, label) if decision.permalink else label,
        day=local_day(fields.review_on) if fields.review_on else "",
    )
    return Row(text, button("Review…", names.REVIEW, str(decision.number)))


def answers(decision: Decision) -> list[Element]:
    """A button for each outcome of a review of this version."""
    outcomes = {
        Outcome.STILL_TRUE: "Still true…",
        Outcome.REVERSED: "Reversed…",
        Outcome.IMPLEMENTED: "Implemented…",
    }
    return [
        button(label, names.REVIEW, f"{decision.number}|{decision.version}|{outcome}")
        for outcome, label in outcomes.items()
    ]
