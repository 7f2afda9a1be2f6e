"""Decisions and proposals in digests; each line ends in its decision."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.core.blocks import Element, button
from bot.core.digests import ON_HOME, DigestSection, Line, Part
from bot.core.render import Channel, Link, Mrkdwn, mrkdwn, shorten
from bot.core.visibility import Sifted
from bot.features.decisions.messages.cards import person
from bot.features.decisions.messages.entries import LOG_IT, OPEN
from bot.features.decisions.messages.proposals import AGAIN, REVIEW
from bot.features.decisions.messages.reviewers import Waiting
from bot.features.decisions.rules.proposals import Concern
from bot.features.decisions.rules.registry import TITLE_LENGTH, Decision, Status

SHOWN: Final = 10
WAITING: Final = mrkdwn("Proposals that wait for your review")
CLOSING: Final = mrkdwn("Closing before your next working day")
CONCERNED: Final = mrkdwn("Concerns about what you propose")
MADE: Final = mrkdwn("Decided")
NEWS: Final = mrkdwn("What became of proposals")
UNDECIDED: Final = mrkdwn("Ended without a decision")
UNRECORDED: Final = mrkdwn("Not recorded yet")
TROUBLES: Final = mrkdwn("System of record")


def waiting(found: Sifted[Waiting], moment: Callable[[datetime], str]) -> DigestSection | None:
    """What waits for the reader's review; `moment` writes an instant as they do."""
    lines = [_to_review(each, moment) for each in found.seen]
    return section(Part.WAITS, WAITING, Sifted(tuple(lines), found.held_back))


def closing(found: Sifted[Waiting], moment: Callable[[datetime], str]) -> DigestSection | None:
    """The same, of what closes before they work again."""
    lines = [_to_review(each, moment) for each in found.seen]
    return section(Part.CLOSING, CLOSING, Sifted(tuple(lines), found.held_back))


def concerned(found: Sifted[tuple[Decision, Concern]]) -> DigestSection | None:
    """What is in the way of what the reader proposes."""
    lines = [
        _line(
            decision,
            mrkdwn(
                "Concern {serial} by {who}:", serial=concern.serial, who=person(concern.raiser_id)
            ),
        )
        for decision, concern in found.seen
    ]
    return section(Part.WAITS, CONCERNED, Sifted(tuple(lines), found.held_back))


def made(found: Sifted[Decision]) -> DigestSection | None:
    """What was decided."""
    lines = tuple(made_line(each) for each in found.seen)
    return section(Part.DECISIONS, MADE, Sifted(lines, found.held_back))


def made_line(decision: Decision) -> Line:
    """One line about something that was decided; it tells of the thread where that was."""
    told = mrkdwn(
        "{channel}, {by} {who}{status}:",
        channel=Channel(decision.place.channel_id),
        by="logged by" if decision.proposed is None else "proposed by",
        who=person(decision.logged_by),
        status="" if decision.status is Status.ACCEPTED else f", {decision.standing} since",
    )
    return _line(decision, told, about=frozenset({place_of(decision)}))


def settled_line(decision: Decision, concern: Concern) -> Line:
    """One line about a concern that somebody else settled."""
    told = mrkdwn(
        "Concern {serial} {how} by {who}, its card says why:",
        serial=concern.serial,
        how=str(concern.state),
        who=person(concern.settled_by),
    )
    return _line(decision, told)


def withdrawn_line(decision: Decision, by: str) -> Line:
    """One line about a proposal that was taken back."""
    return _line(decision, mrkdwn("Withdrawn by {who}, its card says why:", who=person(by)))


def undecided_line(decision: Decision, why: str, *, is_proposer: bool) -> Line:
    """One line about what ended without a decision; whoever proposed it can do so again."""
    menu = button("Propose again", AGAIN, str(decision.number)) if is_proposer else None
    return _line(decision, mrkdwn("{why}", why=shorten(why, 400)), menu)


def unrecorded_line(channel_id: str, decided_ts: str, settled: Link) -> Line:
    """One line about what somebody settled and nobody logged."""
    return Line(
        mrkdwn("{where}:", where=Channel(channel_id)),
        (settled,),
        button(LOG_IT, OPEN, f"{channel_id}|{decided_ts}"),
        frozenset({(channel_id, decided_ts)}),
    )


def not_yet_line(decision: Decision, system: str) -> Line:
    """One line about a decision that a system does not hold yet."""
    told = mrkdwn(
        "Not yet in {system}. I keep it here; whoever runs me can see why:", system=system
    )
    return _line(decision, told)


def replaced_line(decision: Decision, system: str) -> Line:
    """One line about what somebody changed in the system, and what was written over."""
    told = mrkdwn(
        "Changed by hand in {system}. I wrote it again as it is recorded here; the history there "
        "has the other text. To change it for good, amend it:",
        system=system,
    )
    return _line(decision, told)


def section(part: Part, title: Mrkdwn, lines: Sifted[Line]) -> DigestSection | None:
    """A part of a digest; of many lines it shows the first and says how many more there are."""
    if not lines.seen and not lines.held_back:
        return None
    return DigestSection(
        part,
        title,
        lines.seen[:SHOWN],
        about=frozenset(place for each in lines.seen for place in each.about),
        held_back=lines.held_back,
        more=max(len(lines.seen) - SHOWN, 0),
        rest=ON_HOME if part is Part.WAITS else None,
    )


def place_of(decision: Decision) -> tuple[str, str]:
    """The message with which the thread of a decision begins, or its card."""
    return decision.place.channel_id, decision.place.root_ts


def _to_review(waiting: Waiting, moment: Callable[[datetime], str]) -> Line:
    proposal = waiting.proposal
    closes = (
        "held open by a concern"
        if proposal.is_held_open
        else f"closes {moment(proposal.closes_at)} at the earliest"
    )
    told = mrkdwn(
        "{who} asks for your review{again}, {closes}:",
        who=person(proposal.proposer_id),
        again=" again, as it was changed" if waiting.is_older else "",
        closes=closes,
    )
    return _line(waiting.decision, told, button("Review", REVIEW, proposal.reference))


def _line(
    decision: Decision,
    told: Mrkdwn,
    menu: Element | None = None,
    about: frozenset[tuple[str, str]] = frozenset(),
) -> Line:
    label = f"{decision.name} {shorten(decision.fields.title, TITLE_LENGTH)}"
    return Line(told, (Link(decision.address, label),), menu, about, decision.place.channel_id)
