"""One decision: its card in the thread, in full, and its line in a list."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.quotations import SOMEBODY
from bot.core.render import Link, Mention, Mrkdwn, Quote, join, local_day, mrkdwn
from bot.features.decisions.messages import histories, names
from bot.features.decisions.rules.registry import (
    TEXT_LENGTH,
    Decision,
    Details,
    History,
    Outcome,
    Status,
    name_of,
)

_MARKS: Final[Mapping[Status, str]] = {
    Status.PROPOSED: "💬",
    Status.ACCEPTED: "📌",
    Status.REJECTED: "🚫",
    Status.SUPERSEDED: "🔁",
    Status.DEPRECATED: "🗑️",
}


def card(decision: Decision, after_link: str = "") -> Message:
    """The card in the thread; `after_link` leads to what replaced it."""
    text = mrkdwn("Logged as {name}: {title}", name=named(decision), title=decision.fields.title)
    if decision.status is not Status.ACCEPTED:
        text = join("", [text, mrkdwn(" ({status})", status=decision.standing)])
    replaced = [name_of(number) for number in decision.supersedes]
    links = [mrkdwn("Supersedes {names}", names=", ".join(replaced))] if replaced else []
    if decision.superseded_by is not None:
        after = name_of(decision.superseded_by)
        link = Link(after_link, after) if after_link else after
        links.append(mrkdwn("Superseded by {name}", name=link))
    is_replaced = decision.superseded_by is not None
    return Message(text, _laid_out(decision, links, is_replaced=is_replaced))


def shown(details: Details) -> Message:
    """One decision in full, with what happened to it and what can be done."""
    decision = details.decision
    text = mrkdwn("{name}: {title}", name=decision.name, title=decision.fields.title)
    is_replaced = details.superseded_by is not None
    told = _laid_out(decision, links(details), is_replaced=is_replaced)
    return Message(text, [*told, *below(details)])


def links(details: Details) -> list[Mrkdwn]:
    """What a decision replaced, and what replaced it."""
    found = [
        mrkdwn("Supersedes {name} {title}", name=named(each), title=each.fields.title)
        for each in details.supersedes
    ]
    if details.superseded_by is not None:
        after = details.superseded_by
        template = "Superseded by {name} {title}"
        found.append(mrkdwn(template, name=named(after), title=after.fields.title))
    return found


def below(details: Details) -> list[Block]:
    """What happened to a decision, and what can be done about it."""
    decision = details.decision
    history = histories.below(details.history, details.now)
    buttons = [*_doing(decision), *_older(decision, details.history)]
    return [*history, *([actions(buttons)] if buttons else [])]


def line(decision: Decision) -> Mrkdwn:
    """One line about a decision."""
    title = decision.fields.title
    return mrkdwn(
        "*{name}* {title}{status}, {by} {who}",
        name=decision.name,
        title=Link(decision.permalink, title) if decision.permalink else title,
        status="" if decision.status is Status.ACCEPTED else f" ({decision.standing})",
        by="logged by" if decision.proposed is None else "proposed by",
        who=person(decision.logged_by),
    )


def named(decision: Decision) -> Link | str:
    """What a decision is called, as a link to where it was made, if it stands anywhere."""
    return Link(decision.permalink, decision.name) if decision.permalink else decision.name


def person(user_id: str) -> Mention | str:
    """Somebody of whom, maybe, nothing is kept."""
    return Mention(user_id) if user_id else SOMEBODY


def _laid_out(
    decision: Decision, links: Sequence[Mrkdwn], *, is_replaced: bool = False
) -> list[Block]:
    """All that is recorded; `is_replaced`: one of the links tells so."""
    fields = decision.fields
    title = mrkdwn(
        "{mark} *{name}: {title}*",
        mark=_MARKS[decision.status],
        name=named(decision),
        title=fields.title,
    )
    blocks = [section(title)]
    if fields.text not in {"", fields.title}:
        blocks += sections(mrkdwn("{text}", text=Quote(fields.text, TEXT_LENGTH)))
    if fields.context:
        blocks += sections(mrkdwn("*Why:* {why}", why=fields.context))
    if fields.alternatives:
        blocks += sections(_listed("*Also considered:*", fields.alternatives))
    if fields.objections:
        blocks += sections(_listed("*Objections:*", fields.objections))
    logged = mrkdwn("Logged by {who}", who=person(decision.logged_by))
    blocks.append(context(facts(decision, [*links, logged], is_replaced=is_replaced)))
    if decision.is_source_gone:
        gone = "The message it came from was deleted; what stands here is what somebody confirmed."
        blocks.append(context(Mrkdwn(gone)))
    return blocks


def facts(decision: Decision, others: Sequence[Mrkdwn], *, is_replaced: bool = False) -> Mrkdwn:
    """What is known of a decision besides its words, in one line with `others` of its place.

    `is_replaced`: these tell what replaced it, so where it stands is clear.
    """
    standing = mrkdwn("{standing}", standing=decision.standing.capitalize())
    status = [] if is_replaced else [standing]
    return join(" · ", [*status, *_facts(decision), *others, *_recorded(decision)])


def _recorded(decision: Decision) -> list[Mrkdwn]:
    """Where it is kept outside of Slack."""
    return [
        mrkdwn("recorded in {place}", place=Link(url, name) if url else name)
        for name, url in decision.recorded_in
    ]


def _listed(title: str, lines: str) -> Mrkdwn:
    said = [mrkdwn("• {line}", line=each) for each in lines.splitlines() if each.strip()]
    return join("\n", [Mrkdwn(title), *said])


def _facts(decision: Decision) -> list[Mrkdwn]:
    """Who looks after it, when it is looked at again, whether it can be undone."""
    fields = decision.fields
    facts = []
    if decision.outcome is Outcome.IMPLEMENTED:
        facts.append(Mrkdwn("Implemented"))
    if fields.owner_id:
        facts.append(mrkdwn("Owner {who}", who=Mention(fields.owner_id)))
    if fields.review_on is not None and decision.status is Status.ACCEPTED:
        day = f"{local_day(fields.review_on)} {fields.review_on:%Y}"
        when = "Review was due on {day}" if decision.was_review_due else "Review on {day}"
        facts.append(mrkdwn(when, day=day))
    if fields.is_reversible is not None:
        can = "Can be undone" if fields.is_reversible else "Hard to undo"
        facts.append(Mrkdwn(can))
    if fields.tags:
        facts.append(mrkdwn("Tags: {tags}", tags=", ".join(fields.tags)))
    return facts


def _doing(decision: Decision) -> list[Element]:
    """What can be done about a decision that stands as it does."""
    number = str(decision.number)
    if decision.status is Status.ACCEPTED:
        return [
            button("Amend…", names.AMEND, number),
            button("Supersede…", names.SUPERSEDE, number),
            button("Review…", names.REVIEW, number),
            button("Deprecate…", names.DEPRECATE, number),
        ]
    if decision.status is Status.DEPRECATED:
        return [button("Supersede…", names.SUPERSEDE, number)]
    return []


def _older(decision: Decision, history: History) -> list[Element]:
    if not history.more:
        return []
    return [histories.more(decision.number, history)]
