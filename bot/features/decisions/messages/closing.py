"""What is said when proposals wait for reviewers, and when they close."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Instant, Mrkdwn, join, mrkdwn
from bot.features.decisions.messages.cards import named, person
from bot.features.decisions.messages.proposals import AGAIN, rule, voting
from bot.features.decisions.rules.proposals import Concern, Proposal, Result
from bot.features.decisions.rules.registry import Decision
from bot.features.decisions.rules.tally import Tally

PROPOSED_AGAIN: Final = "Proposed again, with a new comment period."
NEWS_KEPT: Final = "That a proposal of yours, or one that you review, has closed"
NEWS_KEPT_FOR: Final = "until you were told"


def outcome(tally: Tally, *, is_lazy: bool) -> str:
    """How a count came out, in one sentence for the record."""
    others = f", {tally.abstained} abstained" if tally.abstained else ""
    others += f", {tally.away} {'was' if tally.away == 1 else 'were'} away" if tally.away else ""
    if not tally.counted:
        return f"Nobody decided it{others}."
    total = tally.counted + tally.abstained + tally.away
    people = "reviewer" if total == 1 else "reviewers"
    agreed = f"{tally.agreed} of {total} {people} agreed{others}"
    if is_lazy:
        return f"Nobody objected, which is enough here; {agreed}."
    if tally.result is Result.ACCEPTED:
        return f"{agreed}."
    return f"{agreed}; it takes more than half{' of the others' if others else ''}."


def reviewers_changed(new: Sequence[str], gone: Sequence[str]) -> str:
    """Who was asked to review besides, and who is no longer, for the record; ids as mentions."""
    parts = [("asked, too: ", new), ("no longer asked: ", gone)]
    return "; ".join(
        label + ", ".join(f"<@{each}>" for each in sorted(ids)) for label, ids in parts if ids
    )


def please_review(
    decision: Decision, proposal: Proposal, *, is_new: bool, is_last_day: bool
) -> Message:
    """To a reviewer who has not spoken."""
    intro = "{who} asks for your review of {name}" if is_new else "{name} waits for your review"
    when = "Today is your last working day before it closes, {at}." if is_last_day else _CLOSES
    text = mrkdwn(
        intro + ": {title}\n" + when + " {how}",
        who=person(proposal.proposer_id),
        name=named(decision),
        title=decision.fields.title,
        at=Instant(proposal.closes_at),
        how=rule(proposal),
    )
    return Message(text, [section(text), actions(voting(proposal))])


def accepted(decision: Decision, why: str) -> Message:
    """To everybody who had to do with it."""
    return Message(_ended(":white_check_mark: {name} is accepted: {title}\n{why}", decision, why))


def undecided(decision: Decision, why: str, *, is_proposer: bool) -> Message:
    """The same; whoever proposed it can do so again."""
    text = _ended("{name} ended without a decision: {title}\n{why}", decision, why)
    if not is_proposer:
        return Message(text)
    again = button("Propose again", AGAIN, str(decision.number))
    return Message(text, [section(text), actions([again])])


def waits(decision: Decision, concerns: Sequence[Concern], *, reader_id: str) -> Message:
    """To the proposer, and to those whose concerns are in the way."""
    if any(each.raiser_id == reader_id for each in concerns):
        text = mrkdwn(
            "The comment period of {name} is over, and it waits for the concern that you raised. "
            "Settle it on its card when it is settled for you; until then nothing is decided.",
            name=named(decision),
        )
        return Message(text)
    intro = mrkdwn(
        "The comment period of {name} is over. It stays open until these concerns are settled; "
        "then everybody gets one more working day:",
        name=named(decision),
    )
    return Message(join("\n", [intro, *map(_raised, concerns)]))


def nobody_left(decision: Decision) -> Message:
    """To the proposer."""
    text = mrkdwn(
        "Nobody is left to review {name}, {title}: whoever was asked cannot open it any more. So "
        "it will end without a decision, unless you name others with _Change_ on its card.",
        name=named(decision),
        title=decision.fields.title,
    )
    return Message(text)


def again(decision: Decision, proposal: Proposal) -> Message:
    """It is open once more."""
    text = mrkdwn(
        "{name} is open again. It closes {at} at the earliest.",
        name=named(decision),
        at=Instant(proposal.closes_at),
    )
    return Message(text)


def cannot_again() -> Message:
    """Somebody else did something with it meanwhile, or it is not theirs."""
    return Message(mrkdwn("This is not a proposal of yours that ended without a decision."))


_CLOSES: Final = "It closes {at} at the earliest."


def _ended(template: str, decision: Decision, why: str) -> Mrkdwn:
    return mrkdwn(template, name=named(decision), title=decision.fields.title, why=why)


def _raised(concern: Concern) -> Mrkdwn:
    return mrkdwn("• concern {serial}, {who}", serial=concern.serial, who=person(concern.raiser_id))
