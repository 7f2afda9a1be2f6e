"""What waits for somebody's review, and what was objected to what."""

from bot.core.boards import BoardSection
from bot.core.digests import DigestSection, Part, Reader
from bot.core.events import Command
from bot.core.people import Person
from bot.core.render import plain
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import digest
from bot.features.decisions.messages import reviewers as messages
from bot.features.decisions.rules.proposals import asked_for
from bot.features.decisions.service import reviewers


def answer_objections(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision objections."""
    words = asked_for(plain(event.text))
    if not words:
        return Answer(messages.which_objections())
    found, left = reviewers.objections(uow, event.user_id, words)
    return Answer(messages.objections(found, words, left))


def waiting_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """The proposals that wait for the reader's review, and do so tomorrow, too."""
    later, _ = reviewers.split(reviewers.waiting_for(uow, reader.person))
    return digest.waiting(later, reader.person.moment)


def closing_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """Those that close before the reader works again."""
    _, closing = reviewers.split(reviewers.waiting_for(uow, reader.person))
    return digest.closing(closing, reader.person.moment)


def concerns_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What is in the way of what the reader proposes."""
    return digest.concerned(reviewers.concerns_for(uow, reader.person))


def news_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What became of what the reader spoke about, or proposed."""
    news = reviewers.news_for(uow, reader.person, reader.since)
    return digest.section(Part.ANSWERED, digest.NEWS, news)


def board(uow: UnitOfWork, person: Person) -> list[BoardSection]:
    """The proposals that wait for somebody's review, and what they propose themselves."""
    return [
        messages.waiting_on_board(reviewers.waiting_for(uow, person)),
        messages.concerns_on_board(reviewers.concerns_for(uow, person)),
        messages.proposed_on_board(reviewers.proposed_by(uow, person)),
    ]
