"""What is said about proposals: their card, and what somebody is told about one."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import (
    MAX_MESSAGE_BLOCKS,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    section,
    sections,
)
from bot.core.render import Instant, Mrkdwn, Quote, join, mrkdwn, shorten
from bot.features.decisions.messages import cards, histories
from bot.features.decisions.messages.cards import named, person
from bot.features.decisions.rules.proposals import (
    COMMENT_LENGTH,
    WORDS_LENGTH,
    Concern,
    ConcernState,
    Proposal,
    ProposalState,
    Result,
    Review,
    Vote,
)
from bot.features.decisions.rules.registry import TEXT_LENGTH, Decision, Details, name_of

AGREE: Final = "decisions.agree"
COMMENT: Final = "decisions.agree_with_comment"
ABSTAIN: Final = "decisions.abstain"
CONCERN: Final = "decisions.raise_concern"
SETTLE: Final = "decisions.settle_concern"
REOPEN: Final = "decisions.reopen_concern"
CHANGE: Final = "decisions.change_proposal"
WITHDRAW: Final = "decisions.withdraw_proposal"
JOIN: Final = "decisions.review_too"
REVIEW: Final = "decisions.speak"
AGAIN: Final = "decisions.propose_again"
PROPOSE: Final = "decisions.propose"
PROPOSE_NAME: Final = "Propose a decision"
PROPOSE_DESCRIPTION: Final = "Ask reviewers for their agreement, with a fair comment period"
PROPOSE_USAGE: Final = "propose words | propose link to a message"

SAYS: Final[Mapping[Vote, str]] = {
    Vote.AGREE: "Agree",
    Vote.COMMENT: "Agree with comment",
    Vote.ABSTAIN: "Abstain",
}
NOT_YOURS: Final = "This form is no longer good. Please open it again with /decision propose."
LOGGED_BEFORE: Final = (
    "This thread has a decision meanwhile. Propose yours without the link to the thread."
)
NO_REVIEWER: Final = "Please pick at least one reviewer besides yourself."
NO_DAYS: Final = "It can be from 1 to 20 working days."
NOT_LAZY: Final = (
    "Silence can agree only to what can be undone. Say above that it can, or take this tick away."
)
NOT_THERE: Final = (
    "I am not in that channel. Invite me there with /invite, or pick one that I am in."
)
NOT_OPEN: Final = "I cannot show you that conversation, so I cannot post for you there."
YOURS: Final = "As the proposer you do not vote; your reviewers do."
CANNOT_LEAVE: Final = "Who has spoken on it stays a reviewer: what they said counts."
FULL: Final = "This proposal has as many reviewers as it can have. You can still raise a concern."
NO_WORDS: Final = "Please write a few words."
NO_COMMENT: Final = "Please write your comment, or pick another answer."
SETTLED_BEFORE: Final = "This concern is settled already."
NOTHING_OPEN: Final = "No concern is open any more."
NOTHING_TO_REOPEN: Final = "You have settled no concern here that could be opened again."
NOTHING_CHANGED: Final = "You changed nothing. Close the form to leave everything as it is."
CHANGED_MEANWHILE: Final = "It was changed meanwhile. Please close this form and open it again."
_HEADS: Final[Mapping[Result, str]] = {
    Result.NONE: ":speech_balloon: *{name}, proposed: {title}*",
    Result.ACCEPTED: ":white_check_mark: *{name}, accepted: {title}*",
    Result.REJECTED: "*{name}, rejected: {title}*",
    Result.NO_DECISION: "*{name}, no decision: {title}*",
    Result.WITHDRAWN: "*{name}, withdrawn: {title}*",
}
_FIELDS: Final[Mapping[str, str]] = {
    **histories.FIELDS,
    "options": "the options",
    "days": "comment period",
    "is_lazy": "what silence means",
}
CONCERNS_ON_CARD: Final = 8
CONCERNS_SHOWN: Final = 25
_SETTLED: Final[Mapping[ConcernState, str]] = {
    ConcernState.OPEN: "open",
    ConcernState.RESOLVED: "settled",
    ConcernState.OVERRULED: "overruled",
}


def card(decision: Decision, proposal: Proposal) -> Message:
    """The card of a proposal, for everybody in the channel."""
    replaced = [name_of(number) for number in decision.supersedes]
    links = [mrkdwn("Supersedes {names}", names=", ".join(replaced))] if replaced else []
    end = [*_end(decision, proposal, links), *_buttons(proposal)]
    return _laid_out(decision, proposal, end, most=CONCERNS_ON_CARD)


def shown(details: Details) -> Message:
    """A proposal for one reader, with what happened to it."""
    decision, proposal = details.decision, details.proposal
    if proposal is None:
        raise ValueError(f"{decision.name} was never proposed")
    end = [*_end(decision, proposal, cards.links(details)), *_buttons(proposal)]
    whole = [*end, *cards.below(details)]
    return _laid_out(decision, proposal, whole, most=CONCERNS_SHOWN)


def _laid_out(
    decision: Decision, proposal: Proposal, end: Sequence[Block], *, most: int
) -> Message:
    """What is said about a proposal, with at most so many concerns, and `end` as a whole below it.

    If it is too much for a message its longest texts are cut, and fewer concerns are shown.
    """
    head = mrkdwn(_HEADS[proposal.result], name=named(decision), title=decision.fields.title)
    parts, votes = [head, *_body(decision, proposal)], _reviews(proposal)
    spoken = [block for part in votes for block in sections(part)]
    texts = [block for part in parts for block in sections(part)]
    room = MAX_MESSAGE_BLOCKS - len(end) - len(spoken) - 1
    if len(texts) + min(most, len(proposal.concerns)) > room:
        texts = [section(part) for part in parts]
    concerns = _concerns(proposal, min(most, room - len(texts)))
    text = join("\n", [*parts, *votes, *concerns, _footer(proposal)])
    return Message(text, [*texts, *spoken, *map(section, concerns), *end])


def _end(decision: Decision, proposal: Proposal, links: Sequence[Mrkdwn]) -> list[Block]:
    """Who proposed it, and when it closes, or what is known of it since it did."""
    footer = [context(_footer(proposal))]
    if proposal.state is ProposalState.OPEN:
        return footer
    later = []
    if decision.superseded_by is not None:
        later.append(mrkdwn("Superseded by {name}", name=name_of(decision.superseded_by)))
    return [*footer, context(cards.facts(decision, [*links, *later]))]


def _buttons(proposal: Proposal) -> list[Block]:
    if proposal.state is ProposalState.OPEN:
        return [actions(voting(proposal)), actions(_managing(proposal))]
    if proposal.result is not Result.NO_DECISION:
        return []
    again = button("Propose again", AGAIN, str(proposal.number))
    return [actions([again, button("Withdraw", WITHDRAW, proposal.reference)])]


def voting(proposal: Proposal) -> list[Element]:
    """The buttons to say what one thinks of a proposal, as it is in this version."""
    at = proposal.reference
    return [
        button("Agree", AGREE, at, style="primary"),
        button("Agree with comment", COMMENT, at),
        button("Raise a concern", CONCERN, at),
        button("Abstain", ABSTAIN, at),
    ]


def body(decision: Decision, proposal: Proposal) -> list[Block]:
    """What is proposed, for a form."""
    head = mrkdwn("*{name}: {title}*", name=decision.name, title=decision.fields.title)
    parts = [head, *_body(decision, proposal), *_concerns(proposal, len(proposal.concerns))]
    return [*(block for part in parts for block in sections(part)), context(_when(proposal))]


def said(text: str) -> Message:
    """One sentence."""
    return Message(mrkdwn("{text}", text=text))


def no_card(decision: Decision) -> Message:
    """To whoever proposed or logged it."""
    text = mrkdwn(
        "I could not post the card of {name}, {title}. I may be missing in its channel, or not "
        "allowed to post there. `/decision show {name}` shows it.",
        name=decision.name,
        title=decision.fields.title,
    )
    return Message(text)


def only_proposer(proposal: Proposal) -> Message:
    """To somebody else who wants to change a proposal, or to take it back."""
    who = person(proposal.proposer_id)
    return Message(mrkdwn("Only {who}, who proposed it, can change or withdraw it.", who=who))


def stands(decision: Decision, proposal: Proposal, vote: Vote, before: Vote) -> Message:
    """A vote counts from now on."""
    changed = before not in {Vote.NONE, vote}
    was = f" instead of “{SAYS[before]}”" if changed else ""
    text = mrkdwn(
        "Your vote on {name}: {vote}{was}. You can change it until it closes, "
        "{at} at the earliest.",
        vote=SAYS[vote],
        name=named(decision),
        was=was,
        at=Instant(proposal.closes_at),
    )
    return Message(text)


def has_changed(decision: Decision, proposal: Proposal) -> Message:
    """The button was on an older version: here is the present one."""
    note = mrkdwn(
        "{name} has changed since that card, so nothing was counted. This is how it reads now:",
        name=named(decision),
    )
    shown = card(decision, proposal)
    return Message(join("\n", [note, shown.text]), [section(note), *shown.blocks])


def is_over(decision: Decision, proposal: Proposal) -> Message:
    """Too late."""
    if proposal.state is ProposalState.WITHDRAWN:
        return Message(mrkdwn("{name} was withdrawn.", name=named(decision)))
    text = mrkdwn(
        "The comment period of {name} ended {at}, so nothing was changed.",
        name=named(decision),
        at=Instant(proposal.closes_at),
    )
    return Message(text)


def not_a_reviewer(decision: Decision, proposal: Proposal) -> Message:
    """Only reviewers vote, but everybody may join them."""
    text = mrkdwn(
        "Only reviewers vote on {name}. Join them, or raise a concern without joining.",
        name=named(decision),
    )
    at = proposal.reference
    buttons = [button("Review it, too", JOIN, at), button("Raise a concern", CONCERN, at)]
    return Message(text, [section(text), actions(buttons)])


def joined(decision: Decision, proposal: Proposal) -> Message:
    """Somebody reviews it from now on."""
    text = mrkdwn(
        "You review {name} now: {title}", name=named(decision), title=decision.fields.title
    )
    return Message(text, [section(text), actions(voting(proposal))])


def cannot_settle(concerns: Sequence[Concern]) -> Message:
    """Only who raised a concern settles it."""
    template = (
        "“{name}” is {who}'s concern: only they can settle it, or an admin, with a reason that "
        "everybody sees."
    )
    lines = [mrkdwn(template, name=each.name, who=person(each.raiser_id)) for each in concerns]
    return Message(join("\n", lines))


def concern_raised(decision: Decision, concern: Concern) -> Message:
    """To the proposer."""
    text = mrkdwn(
        "{who} raised a concern about {name}, which stands on its card as concern {serial}. It "
        "stays in the way until {who} settles it.",
        who=person(concern.raiser_id),
        name=named(decision),
        serial=concern.serial,
    )
    return Message(text)


def concern_settled(decision: Decision, proposal: Proposal, concern: Concern) -> Message:
    """To the proposer, and to the raiser if somebody else did it."""
    text = mrkdwn(
        "{who} {how} concern {serial} about {name}; why stands on its card.",
        who=person(concern.settled_by),
        how="overruled" if concern.state is ConcernState.OVERRULED else "settled",
        serial=concern.serial,
        name=named(decision),
    )
    if proposal.open_concerns:
        return Message(text)
    free = mrkdwn(
        "Nothing is in the way any more. It closes {at} at the earliest.",
        at=Instant(proposal.closes_at),
    )
    return Message(join("\n", [text, free]))


def look_again(
    decision: Decision, proposal: Proposal, vote: Vote, changed: Sequence[str], by: str
) -> Message:
    """To somebody who spoke before a material change; `changed` names fields."""
    text = mrkdwn(
        "{who} changed {name} after you said “{vote}”: {title}\nWhat changed: {changed}. "
        "Please look whether your vote still holds, and say it again if so. It closes {at} at the "
        "earliest now.",
        changed=", ".join(_FIELDS[each] for each in changed),
        who=person(by),
        name=named(decision),
        vote=SAYS[vote],
        title=decision.fields.title,
        at=Instant(proposal.closes_at),
    )
    return Message(text, [section(text), actions(voting(proposal))])


def withdrawn(decision: Decision, by: str) -> Message:
    """To those who spoke; why is for the card to say, which forgets it when it has to."""
    text = mrkdwn(
        "{who} withdrew {name}, {title}. Why stands on its card.",
        who=person(by),
        name=named(decision),
        title=decision.fields.title,
    )
    return Message(text)


def _body(decision: Decision, proposal: Proposal) -> list[Mrkdwn]:
    fields = decision.fields
    parts = []
    if fields.text not in {"", fields.title}:
        parts.append(mrkdwn("{text}", text=Quote(fields.text, TEXT_LENGTH)))
    if fields.context:
        parts.append(mrkdwn("*Why:* {why}", why=fields.context))
    if proposal.options:
        label = "Also considered" if proposal.result is Result.ACCEPTED else "Options weighed"
        options = [mrkdwn("• {option}", option=option) for option in proposal.options]
        parts.append(join("\n", [mrkdwn("*{label}:*", label=label), *options]))
    if fields.alternatives:
        parts.append(mrkdwn("*Also considered:*\n{others}", others=fields.alternatives))
    return parts


def _reviews(proposal: Proposal) -> list[Mrkdwn]:
    lines = [*_asked(proposal)] if proposal.state is ProposalState.OPEN else []
    lines += [
        line
        for vote in SAYS
        if (found := [each for each in proposal.reviews if each.vote is vote])
        for line in _of_vote(vote, found)
    ]
    return [join("\n", lines)] if lines else []


def _of_vote(vote: Vote, reviews: Sequence[Review]) -> list[Mrkdwn]:
    label = mrkdwn("*{vote}:*", vote=SAYS[vote])
    if any(each.comment for each in reviews):
        return [label, *map(_commented, reviews)]
    return [join(" ", [label, join(", ", [_reviewer(each) for each in reviews])])]


def _commented(review: Review) -> Mrkdwn:
    said_so = (
        [mrkdwn("\n{words}", words=Quote(review.comment, COMMENT_LENGTH))] if review.comment else []
    )
    return join("", [mrkdwn("• "), _reviewer(review), *said_so])


def _reviewer(review: Review) -> Mrkdwn:
    older = " (before the last change; asked again)" if review.is_older else ""
    return mrkdwn("{who}{older}", who=person(review.user_id), older=older)


def _asked(proposal: Proposal) -> list[Mrkdwn]:
    """How many have spoken; nobody is named for silence."""
    if not proposal.asked:
        return []
    count = "{spoken} of {total} reviewers have spoken."
    return [mrkdwn(count, spoken=proposal.spoken, total=len(proposal.asked))]


def _concerns(proposal: Proposal, most: int) -> list[Mrkdwn]:
    """At most so many concerns, those that are open rather than others."""
    ranked = sorted(proposal.concerns, key=lambda each: each.state is not ConcernState.OPEN)
    kept = sorted(ranked[:most], key=lambda each: each.serial)
    shown = [_concern(each) for each in kept]
    left = len(ranked) - len(kept)
    if left:
        more = "… and {count} more {concerns}: `/decision show {name}`"
        concerns = "concern" if left == 1 else "concerns"
        name = name_of(proposal.number)
        shown.append(mrkdwn(more, count=left, concerns=concerns, name=name))
    return shown


def _concern(concern: Concern) -> Mrkdwn:
    text = mrkdwn(
        "{mark}*Concern {serial}, {name}* ({state}), raised by {who}\n{words}",
        mark=":warning: " if concern.state is ConcernState.OPEN else "",
        serial=concern.serial,
        name=concern.name,
        state=_SETTLED[concern.state],
        who=person(concern.raiser_id),
        words=Quote(concern.words, WORDS_LENGTH),
    )
    return text if concern.state is ConcernState.OPEN else join("\n", [text, outcome(concern)])


def outcome(concern: Concern) -> Mrkdwn:
    """How a concern was settled."""
    if concern.state is ConcernState.OPEN:
        return mrkdwn("Open.")
    return mrkdwn(
        "{how} by {who}: {words}",
        how="Overruled" if concern.state is ConcernState.OVERRULED else "Settled",
        who=person(concern.settled_by),
        words=shorten(concern.how, WORDS_LENGTH),
    )


def _footer(proposal: Proposal) -> Mrkdwn:
    by = mrkdwn("Proposed by {who}.", who=person(proposal.proposer_id))
    if proposal.state is ProposalState.OPEN:
        return join(" ", [by, _when(proposal)])
    parts = [by]
    if proposal.reason:
        parts.append(mrkdwn("{why}", why=proposal.reason))
    return join(" ", parts)


def rule(proposal: Proposal) -> str:
    """What it takes to be accepted."""
    if proposal.is_lazy:
        return "Silence counts as agreement."
    return "Accepted if most reviewers agree."


def _when(proposal: Proposal) -> Mrkdwn:
    waiting = sum(each.state is ConcernState.OPEN for each in proposal.concerns)
    concerns = "the open concern" if waiting == 1 else "the open concerns"
    if proposal.is_held_open:
        text = "The comment period is over; it waits for {concerns}. {how}"
        return mrkdwn(text, concerns=concerns, how=rule(proposal))
    are = "is" if waiting == 1 else "are"
    until = f" It cannot be accepted before {concerns} {are} settled." if waiting else ""
    return mrkdwn(
        "Closes {at} at the earliest. {how}{until}",
        at=Instant(proposal.closes_at),
        how=rule(proposal),
        until=until,
    )


def _managing(proposal: Proposal) -> list[Element]:
    at = proposal.reference
    states = {each.state for each in proposal.concerns}
    elements = []
    if ConcernState.OPEN in states:
        elements.append(button("Settle a concern", SETTLE, at))
    if ConcernState.RESOLVED in states:
        elements.append(button("Reopen a concern", REOPEN, at))
    return [*elements, button("Change", CHANGE, at), button("Withdraw", WITHDRAW, at)]


def not_a_member(name: str) -> str:
    """Somebody who was picked cannot review."""
    return f"{name} cannot review: pick full members of this workspace."


def not_in_channel(name: str) -> str:
    """Somebody who was picked cannot see the proposal."""
    return f"{name} cannot open that channel. Invite them there first, or pick somebody else."
