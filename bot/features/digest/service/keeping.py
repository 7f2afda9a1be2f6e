"""What the digest keeps of people."""

from bot.core.keeping import Kept, rows
from bot.features.digest.messages import about as messages
from bot.features.digest.messages import channel as channel_words
from bot.features.digest.models import (
    DigestChannelPostRow,
    DigestChannelRow,
    DigestRow,
    DigestScheduleRow,
    DigestSliceRow,
)
from bot.features.digest.queries import channels, mornings, slices
from bot.features.digest.rules.mornings import KEPT_FOR

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
    Kept(
        "channel digests",
        channel_words.KEEPS,
        channel_words.KEPT_FOR,
        (DigestChannelRow, DigestChannelPostRow),
        lambda _uow, _user_id: [],
        lambda _uow, _user_id: 0,
        lambda uow, _days: channels.forget_old(uow, (uow.now - KEPT_FOR).date()),
        is_trace=True,
    ),
)
