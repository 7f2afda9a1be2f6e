"""What the digest keeps of people."""

from datetime import timedelta

from bot.core.keeping import Kept, rows
from bot.features.digest.messages import about as messages
from bot.features.digest.models import (
    DigestRow,
    DigestScheduleRow,
    DigestSliceRow,
    DigestTranslationRow,
)
from bot.features.digest.queries import mornings, slices
from bot.features.digest.rules.mornings import KEPT_FOR
from bot.features.digest.rules.slices import KEPT as KEPT_SLICES

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
        (DigestSliceRow, DigestTranslationRow),
        lambda _uow, _user_id: [],
        slices.forget_worded,
        purge=lambda uow, days: slices.forget_slices(
            uow, told_before=uow.now - KEPT_SLICES, said_before=uow.now - timedelta(days)
        ),
    ),
)
