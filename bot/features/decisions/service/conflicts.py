"""Finding the accepted decisions that a new one goes against, before it is saved."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.core.events import FormSubmitted
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import look
from bot.features.decisions.messages import conflicts as messages
from bot.features.decisions.messages.conflicts import Conflict
from bot.features.decisions.queries import channels as channel_queries
from bot.features.decisions.queries import search as queries
from bot.features.decisions.queries.channels import Channels
from bot.features.decisions.queries.terms import Of, Query, begun
from bot.features.decisions.rules import conflicts as rules
from bot.features.decisions.rules.ranking import Candidate
from bot.features.decisions.rules.registry import Fields, Status
from bot.features.decisions.service import recording
from bot.features.decisions.service.search import open_to

MOST: Final = 3
"""How many are shown."""
COMPARED: Final = 100
"""How many of the newest that may be meant are compared."""
ASKED: Final = 30
"""How many words, the longest, the index is asked about."""
_SHOWN: Final = "|"


def of(
    uow: UnitOfWork, reader_id: str, fields: Fields, *, but: int | None = None
) -> Sequence[Conflict]:
    """The accepted decisions that these fields go against, of those the reader may see.

    The newest 3, of the newest 100 each that name one of the things and are about one of the same
    words. `but` is the number of the decision that is changed itself.
    """
    looked = look(uow, reader_id, channel_queries.of_decisions(uow))
    near = {each.number: each for each in _near(uow, fields, open_to(looked))}
    near.pop(but or 0, None)
    seen = looked.sift(uow, near.values(), channel_of=lambda each: each.channel_id).seen
    newest = sorted((each.number for each in seen), reverse=True)
    found = (
        (row, rules.clash(fields, recording.fields_of(row))) for row in queries.rows(uow, newest)
    )
    clashing = [(row, words) for row, words in found if words][:MOST]
    return [Conflict(recording.decision(uow, row), words) for row, words in clashing]


def shown_first(
    uow: UnitOfWork, event: FormSubmitted, fields: Fields, view: View, *, but: int | None = None
) -> View | None:
    """The form once more, with what it goes against; None: nothing that was not shown before.

    `view` is the form with what they typed. Who sends it off as it is shown here means it. What a
    form is about then stands in `reference_of(event)`.
    """
    reference, _, shown = event.reference.partition(_SHOWN)
    known = set(shown.split(","))
    found = of(uow, event.user_id, fields, but=but)
    if all(str(each.decision.number) in known for each in found):
        return None
    numbers = ",".join(str(each.decision.number) for each in found)
    return view | {
        "private_metadata": f"{reference}{_SHOWN}{numbers}",
        "blocks": [*messages.note(found), *view["blocks"]],
    }


def reference_of(event: FormSubmitted) -> str:
    """What the form is about, whether conflicts were shown in it or not."""
    return event.reference.partition(_SHOWN)[0]


def _near(uow: UnitOfWork, fields: Fields, channels: Channels) -> list[Candidate]:
    """Accepted decisions that may be meant, by the index alone."""
    uow.session.flush()
    below, near = queries.end(uow), []
    about = begun(_longest(rules.about(fields)), Of.TEXT)
    for named, of_ in ((rules.chosen(fields), Of.TEXT), (rules.weighed(fields), Of.TITLE)):
        if named and about:
            query: Query = [begun(_longest(named), of_), about, *channels.terms]
            near += queries.matching(uow, query, channels, below=below, limit=COMPARED)
    return [each for each in near if each.status == Status.ACCEPTED]


def _longest(stems: Collection[str]) -> Sequence[str]:
    """The stems that tell most, as many as an index is asked about."""
    return sorted(stems, key=lambda stem: (-len(stem), stem))[:ASKED]
