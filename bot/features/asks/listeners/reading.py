"""What the fields of forms say."""

from bot.core import deadlines
from bot.core.deadlines import Ambiguous, Deadline
from bot.core.events import FormSubmitted
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.asks import modals
from bot.features.asks.messages import answers
from bot.features.asks.service import composing


def whom(event: FormSubmitted) -> list[str]:
    """The people that were picked, without who picked them."""
    return [each for each in event.chosen.get(modals.WHOM, ()) if each != event.user_id]


def time_in(
    event: FormSubmitted, uow: UnitOfWork, name: str, author: Person | None
) -> Deadline | None:
    """The time in a field, in the author's zone; None: it is empty. Raises Unreadable."""
    text = event.values.get(name, "").strip()
    if not text or author is None:
        return None
    picked = event.values.get(modals.WHOM, "")
    reader = composing.clock_of(uow, whom(event) or ([picked] if picked else []))
    found = deadlines.read(text, written=uow.now, author=author.working_time, reader=reader)
    if isinstance(found, Ambiguous):
        raise Unreadable(answers.either(found.choices, author.working_time, uow.now))
    return found
