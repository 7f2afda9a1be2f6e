"""What the digest keeps of people."""

from datetime import timedelta

from bot.core.keeping import Kept, rows
from bot.features.digest.messages import about as messages
from bot.features.digest.messages import channel as channel_words
from bot.features.digest.models import (
    DigestChannelPostRow,
    DigestChannelRow,
    DigestOpinionRow,
    DigestRow,
    DigestScheduleRow,
    DigestSliceRow,
    DigestTranslationRow,
    DigestWishRow,
)
from bot.features.digest.queries import channels, mornings, opinions, slices
from bot.features.digest.rules import opinions as opinion_rules
from bot.features.digest.rules.mornings import KEPT_FOR
from bot.features.digest.rules.slices import KEPT as KEPT_SLICES
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
        (DigestSliceRow, DigestTranslationRow),
        lambda _uow, _user_id: [],
        slices.forget_worded,
        purge=lambda uow, days: slices.forget_slices(
            uow, told_before=uow.now - KEPT_SLICES, said_before=uow.now - timedelta(days)
        ),
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
    *KEPT_OF_APPS,
)
