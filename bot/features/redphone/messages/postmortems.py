"""What a page leads to once it is resolved."""

from typing import Final

from bot.core.blocks import Message, actions, button, header, sections
from bot.core.render import Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.rules.postmortems import Draft

DECIDE: Final = "redphone.decide"
WRITE: Final = "redphone.post_mortem"
NOT_YOURS: Final = "You cannot see that page any more, so I cannot show what is in it."
NOWHERE: Final = (
    "This page stands in no channel, and neither can a decision about it. "
    "`/decision log` in a channel logs it there."
)
NO_WORDS: Final = "Please write at least what happened."


def offered(page_id: str) -> Message:
    """To whoever resolved a page."""
    text = mrkdwn("It is resolved, thank you. What is worth keeping of it?")
    buttons = [
        button("Make it a decision…", DECIDE, page_id),
        button("Write a post-mortem…", WRITE, page_id),
    ]
    return Message(text, [*sections(text), actions(buttons)])


def said(sentence: str) -> Message:
    """One sentence, to whoever pressed."""
    return Message(mrkdwn(sentence))


def posted_at(where: Mrkdwn) -> Mrkdwn:
    """To whoever wrote it."""
    return join(" ", [mrkdwn("The post-mortem stands"), where])


def post_mortem(draft: Draft, author_id: str) -> Message:
    """A post-mortem for everybody who could follow the page."""
    parts = {
        "What happened": draft.what,
        "Impact": draft.impact,
        "Timeline (UTC)": draft.timeline,
        "What went well": draft.went_well,
        "What we change": draft.changes,
    }
    told = [
        mrkdwn("*{label}*\n{text}", label=label, text=text)
        for label, text in parts.items()
        if text.strip()
    ]
    by = mrkdwn("Written by {who}", who=Mention(author_id))
    title = f"Post-mortem: {draft.title}"
    blocks = [header(title), *(block for part in [*told, by] for block in sections(part))]
    return Message(join("\n", [mrkdwn("*{title}*", title=title), *told, by]), blocks)
