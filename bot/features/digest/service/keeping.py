"""What the digest keeps of people."""

from bot.core.keeping import Kept, rows
from bot.features.digest.messages import about as messages
from bot.features.digest.models import (
    DigestOpinionRow,
    DigestRow,
    DigestScheduleRow,
    DigestSliceRow,
    DigestWishRow,
)
from bot.features.digest.queries import mornings, opinions, slices
from bot.features.digest.rules import opinions as opinion_rules
from bot.features.digest.rules.mornings import KEPT_FOR
from bot.features.digest.service.keeping_apps import KEPT_OF_APPS

KEPT = (
    rows(
        "digests",
        DigestRow,
        DigestRow.user_id,
        what=messages.KEEPS,
        how_long=messages.KEPT_FOR,
        purge=lambda uow, _days: mornings.forget_old(uow, (uow.now - KEPT_FOR).date()),
    ),
    rows(
        "digest schedule",
        DigestScheduleRow,
        DigestScheduleRow.user_id,
        what=messages.SCHEDULE,
        how_long=messages.SCHEDULED_FOR,
        is_trace=True,
    ),
    Kept(
        "worded talk",
        messages.SLICES,
        messages.SLICES_FOR,
        (DigestSliceRow,),
        lambda _uow, _user_id: [],
        slices.forget_worded,
    ),
    rows(
        "digest wishes",
        DigestWishRow,
        DigestWishRow.user_id,
        what=messages.WISHES,
        how_long=messages.WISHES_FOR,
    ),
    rows(
        "digest opinions",
        DigestOpinionRow,
        DigestOpinionRow.user_id,
        what=messages.OPINIONS,
        how_long=messages.OPINIONS_FOR,
        purge=lambda uow, _days: opinions.forget_old(
            uow, (uow.now - opinion_rules.KEPT_FOR).date()
        ),
    ),
    *KEPT_OF_APPS,
)
