"""The judge of labelled rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core.evals import MessageRow, Row, Verdict
from bot.core.message_store import StoredMessage
from bot.core.render import mentions_in
from bot.features.coach.rules.catalogue import GROUP_OF, Group, Part
from bot.features.coach.rules.review import review
from bot.features.coach.rules.rooms import room_of
from bot.features.coach.rules.situation import Situation

_LABELS: Final = {Part.LINK: Part.CONTEXT, Part.WHOM: Part.CONTEXT}
"""Rows are labelled with context and question alone."""
_SOME_DAY: Final = datetime(2026, 1, 6, 12, tzinfo=UTC)


def judge(row: Row) -> Verdict:
    """Whether a labelled message deserves a hint, what it lacks, and which norms it goes against.

    Raises RowUnfit.
    """
    given = MessageRow.read(row)
    said = [*((one.user, one.text) for one in given.prev), (given.user, given.text)]
    mentioned = mentions_in(" ".join(text for _, text in said))
    messages = [
        _message(place, _id_of(user, mentioned), text) for place, (user, text) in enumerate(said)
    ]
    situation = Situation(
        messages[-1],
        room_of(given.channel),
        before=messages[:-1],
        is_first=given.first_in_conv,
    )
    found = review(situation)
    lacking = [each for each in found if GROUP_OF[each.rule] is Group.ANSWERABILITY]
    missing = dict.fromkeys(_LABELS.get(part, part) for each in lacking for part in each.missing)
    return {
        "needs_coaching": bool(lacking),
        "missing": [part.value for part in missing],
        "norms": [each.rule.value for each in found if GROUP_OF[each.rule] is Group.NORM],
    }


def _message(place: int, user_id: str, text: str) -> StoredMessage:
    return StoredMessage("C", f"{place}", user_id, text, None, _SOME_DAY + timedelta(minutes=place))


def _id_of(user: str, mentioned: Sequence[str]) -> str:
    """The id under which somebody is mentioned, which has their name in it; or their name."""
    return next((each for each in mentioned if user and user.upper() in each), user)
