"""Looking for decisions by their words."""

from bot.core.events import ButtonPressed, Command
from bot.core.render import clean, plain
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import search as messages
from bot.features.decisions.rules.searching import Search, referred
from bot.features.decisions.service import search


def find(event: Command, uow: UnitOfWork) -> Answer:
    """Somebody types /decision find and words."""
    wanted = Search(clean(plain(event.text)))
    return _answer(uow, event.user_id, wanted) if wanted.words else Answer(messages.no_words())


def show_more(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """Somebody wants the next page of what was found; what they may see is asked anew."""
    return _answer(uow, event.user_id, referred(event.value))


def _answer(uow: UnitOfWork, reader_id: str, wanted: Search) -> Answer:
    page = search.find(uow, reader_id, wanted)
    return Answer(messages.found(page.search, page.decisions, page.following, is_cut=page.is_cut))
