"""What waits for a review, on boards, and what was objected to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.blocks import Message, button, context, sections
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Instant, Link, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.decisions.messages.cards import named, person
from bot.features.decisions.messages.proposals import REVIEW, outcome
from bot.features.decisions.rules.proposals import Concern, Proposal
from bot.features.decisions.rules.registry import Decision

WAITING: Final = "Proposals that wait for your review"
CONCERNED: Final = "Concerns about what you propose"
PROPOSED: Final = "What you propose"
SHOWN: Final = 10
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for the reader; `is_older`: they spoke before it was changed."""

    decision: Decision
    proposal: Proposal
    is_older: bool
    is_last_day: bool = False

    @property
    def closes_first(self) -> bool:
        """Whether it may close before the reader works again; a concern holds it open."""
        return self.is_last_day and not self.proposal.is_held_open


@dataclass(frozen=True, slots=True)
class Objected:
    """A decision and what was objected to it; `recorded` is what its record says of that."""

    decision: Decision
    concerns: tuple[Concern, ...]
    recorded: str = ""


def waiting_line(waiting: Waiting) -> Mrkdwn:
    """One line about a proposal that waits for the reader."""
    return mrkdwn(
        "{name} {title}, closes {at} at the earliest{again}{last}",
        name=named(waiting.decision),
        title=waiting.decision.fields.title,
        at=Instant(waiting.proposal.closes_at),
        again=". It changed since you spoke" if waiting.is_older else "",
        last=". Today is your last working day before that" if waiting.is_last_day else "",
    )


def waiting_on_board(waiting: Sifted[Waiting]) -> BoardSection:
    """What waits for the review of a board's owner."""
    rows = [_to_review(each) for each in waiting.seen]
    return _on_board("decisions-reviews", BoardPart.WAITS, WAITING, rows, waiting.held_back)


def concern_line(decision: Decision, concern: Concern) -> Mrkdwn:
    """One line about an open concern."""
    return mrkdwn(
        "{name} {title}, concern {serial} by {who}, on its card",
        name=named(decision),
        title=decision.fields.title,
        serial=concern.serial,
        who=person(concern.raiser_id),
    )


def concerns_on_board(concerns: Sifted[tuple[Decision, Concern]]) -> BoardSection:
    """What is in the way of what a board's owner proposes."""
    rows = [Row(concern_line(*each)) for each in concerns.seen]
    return _on_board("decisions-concerns", BoardPart.WAITS, CONCERNED, rows, concerns.held_back)


def proposed_on_board(proposed: Sifted[tuple[Decision, Proposal]]) -> BoardSection:
    """What a board's owner proposes, and how far it is."""
    rows = [Row(proposed_line(*each)) for each in proposed.seen]
    return _on_board("decisions-proposed", BoardPart.PROPOSALS, PROPOSED, rows, proposed.held_back)


def proposed_line(decision: Decision, proposal: Proposal) -> Mrkdwn:
    """One line about an open proposal of the reader's."""
    closes = "closes {at} at the earliest"
    if proposal.is_held_open:
        closes = "waits until its concerns are settled"
    return mrkdwn(
        f"{{name}} {{title}}, {{spoken}} of {{asked}} spoke, {closes}",
        name=named(decision),
        title=decision.fields.title,
        spoken=proposal.spoken,
        asked=len(proposal.asked),
        at=Instant(proposal.closes_at),
    )


def objections(found: Sifted[Objected], words: Sequence[str], left: int) -> Message:
    """What was objected to decisions with these words; `left` are more of them."""
    if not found.seen and not found.held_back:
        return no_objections(words)
    parts = [mrkdwn("Objections to decisions about “{words}”:", words=" ".join(words))]
    parts += [part for each in found.seen for part in _objected(each)]
    notes = [held_back(found.held_back)] if found.held_back else []
    if left > 0:
        notes.append(mrkdwn("{count} more decisions; further words narrow it down.", count=left))
    blocks = [block for part in parts for block in sections(part)]
    return Message(join("\n", [*parts, *notes]), [*blocks, *map(context, notes)])


def no_objections(words: Sequence[str]) -> Message:
    """Nothing that the reader may see."""
    return Message(
        mrkdwn(
            "I found no objections to anything about “{words}” that you can open. "
            "Fewer words find more.",
            words=" ".join(words),
        )
    )


def which_objections() -> Message:
    """No words."""
    return Message(
        mrkdwn("Objections to what? Type for example `/decision objections new UI design`.")
    )


def _on_board(
    name: str, part: BoardPart, title: str, rows: Sequence[Row], not_checked: int
) -> BoardSection:
    notes = [held_back(not_checked)] if not_checked else []
    return BoardSection(name, part, title, rows, notes=notes)


def _to_review(waiting: Waiting) -> Row:
    return Row(waiting_line(waiting), button("Review", REVIEW, waiting.proposal.reference))


def _objected(objected: Objected) -> list[Mrkdwn]:
    decision = objected.decision
    title = decision.fields.title
    head = mrkdwn(
        "*{name}* {title} ({status})",
        name=decision.name,
        title=Link(decision.permalink, title) if decision.permalink else title,
        status=decision.standing,
    )
    lines = [line for each in objected.concerns for line in _raised(each)]
    lines += [mrkdwn("• {line}", line=line) for line in objected.recorded.splitlines() if line]
    return [join("\n", [head, *lines])]


def _raised(concern: Concern) -> list[Mrkdwn]:
    words = mrkdwn(
        "• *{name}*, {who}: {words}",
        name=concern.name,
        who=person(concern.raiser_id),
        words=shorten(concern.words, LONGEST),
    )
    return [words, outcome(concern)]
