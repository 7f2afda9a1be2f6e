"""One decision: its card in the thread, and its line in a list."""

from bot.core.blocks import Block, Message, context, section, sections
from bot.core.quotations import SOMEBODY
from bot.core.render import Link, Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.decisions.rules.registry import TEXT_LENGTH, Decision


def card(decision: Decision) -> Message:
    """The card in the thread."""
    text = mrkdwn("Logged as {name}: {title}", name=named(decision), title=decision.fields.title)
    return Message(text, _laid_out(decision))


def shown(decision: Decision) -> Message:
    """One decision in full."""
    text = mrkdwn("{name}: {title}", name=decision.name, title=decision.fields.title)
    return Message(text, _laid_out(decision))


def line(decision: Decision) -> Mrkdwn:
    """One line about a decision."""
    title = decision.fields.title
    return mrkdwn(
        "*{name}* {title}, logged by {who}",
        name=decision.name,
        title=Link(decision.permalink, title) if decision.permalink else title,
        who=person(decision.logged_by),
    )


def named(decision: Decision) -> Link | str:
    """What a decision is called, as a link to where it was made, if it stands anywhere."""
    return Link(decision.permalink, decision.name) if decision.permalink else decision.name


def person(user_id: str) -> Mention | str:
    """Somebody of whom, maybe, nothing is kept."""
    return Mention(user_id) if user_id else SOMEBODY


def _laid_out(decision: Decision) -> list[Block]:
    fields = decision.fields
    title = mrkdwn(":pushpin: *{name}: {title}*", name=named(decision), title=fields.title)
    blocks = [section(title)]
    if fields.text not in {"", fields.title}:
        blocks += sections(mrkdwn("{text}", text=Quote(fields.text, TEXT_LENGTH)))
    if fields.context:
        blocks += sections(mrkdwn("*Why:* {why}", why=fields.context))
    footer = mrkdwn("Logged by {who}", who=person(decision.logged_by))
    return [*blocks, context(join(" · ", [footer, *_recorded(decision)]))]


def _recorded(decision: Decision) -> list[Mrkdwn]:
    """Where it is kept outside of Slack."""
    return [
        mrkdwn("recorded in {place}", place=Link(url, name) if url else name)
        for name, url in decision.recorded_in
    ]
