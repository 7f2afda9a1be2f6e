"""What changes when a proposal closes, and what is said of the close."""

from bot.core.availability import HOLIDAYS, HOURS
from bot.core.digests import DigestSection, Part, Reader
from bot.core.events import (
    ButtonPressed,
    ChannelJoined,
    LeaveChanged,
    MemberLeft,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted
from bot.features.decisions.messages import closing as words
from bot.features.decisions.messages import digest
from bot.features.decisions.service import closing, placing, proposal_cards


def follow_person(event: LeaveChanged | ZoneChanged | PersonEnrolled, uow: UnitOfWork) -> None:
    """Somebody works at other times than before, or is back."""
    closing.follow(uow, event.user_id)


def follow_departure(event: PersonLeft | MemberLeft, uow: UnitOfWork) -> None:
    """Somebody's account is not active any more, or they left a channel."""
    closing.follow(uow, event.user_id)


def follow_return(event: ChannelJoined, uow: UnitOfWork) -> None:
    """Baton is in a channel, perhaps again."""
    closing.follow_return(uow, event.channel_id)


def follow_hours(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody, or everybody, works at other hours than before."""
    closing.follow(uow, event.scope_id)


def moves_periods(event: SettingChanged) -> bool:
    """Whether a setting says when people work."""
    return event.key in {HOURS.key, HOLIDAYS.key}


def card_is_out(event: MessageSent, uow: UnitOfWork) -> None:
    """A decision's card is out."""
    number = placing.number_of(event.key)
    if number is not None:
        closing.card_is_out(uow, number)


def propose_again(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """What ended without a decision gets a new comment period from whoever answers for it."""
    number = int(event.value.partition(":")[0])  # with or without a version
    decision = closing.propose_again(uow, number, event.user_id)
    shown = proposal_cards.shown(uow, decision.number, decision.version) if decision else None
    return Answer(words.again(decision, shown) if decision and shown else words.cannot_again())


def undecided_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What the reader had to do with and that ended without a decision."""
    found = closing.undecided(uow, reader.person.user_id, reader.since)
    reader_id = reader.person.user_id
    lines = tuple(
        digest.undecided_line(decision, why, is_proposer=decision.logged_by == reader_id)
        for decision, why in found.seen
    )
    return digest.section(Part.ANSWERED, digest.UNDECIDED, Sifted(lines, found.held_back))
