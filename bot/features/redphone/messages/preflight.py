"""Who would be paged, and what that means for them."""

from collections.abc import Sequence
from typing import Final

from bot.core.render import Channel, Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.rules.targets import Preflight, Reached, Standing

MOST: Final = 6
"""So many people are named; of more, how many."""
_STANDS: Final = {
    Standing.ON_CALL: "on call",
    Standing.WORKING: "working",
    Standing.RESTING: "not working now, and not on call",
    Standing.AWAY: "away today, and not on call",
}
WAYS: Final = {
    Way.DM: "direct message",
    Way.CHANNEL: "the card",
    Way.EMAIL: "e-mail",
    Way.SMS: "SMS",
    Way.VOICE: "a phone call",
    Way.PAGERDUTY: "PagerDuty",
    Way.WEBHOOK: "a webhook",
    Way.APPRISE: "another service",
}


def lines(found: Preflight | None) -> Sequence[Mrkdwn]:
    """Who would be paged, their time, and what they do; None: nobody was picked yet."""
    if found is None:
        return [mrkdwn("Pick whom to page: then I say what time it is for them.")]
    if not found.reached:
        return [mrkdwn(":warning: That reaches nobody now. Please pick somebody else.")]
    begins = "Nobody is on call there now, so the next level is paged:" if found.is_later else ""
    told = [_line(each) for each in found.reached[:MOST]]
    more = len(found.reached) - MOST
    told += [mrkdwn("• and {count} more", count=more)] if more > 0 else []
    return [join("\n", [*([mrkdwn(begins)] if begins else []), *told])]


def small_print(found: Preflight | None) -> list[Mrkdwn]:
    """Where the card will stand and who reads it, and what does not get through."""
    told = [_card(found)] if found else []
    reached = found.reached if found else ()
    unreached = [each for each in reached if not each.is_outside]
    if reached and len(unreached) == len(reached):
        told.append(
            mrkdwn(
                ":no_bell: Slack alone cannot break through “do not disturb”, and no way outside "
                "of Slack is set up for whoever would be paged."
            )
        )
    elif unreached:
        no_way = (
            ":no_bell: Slack alone cannot break through “do not disturb”; no other way leads to "
        )
        told.append(join("", [mrkdwn(no_way), _names(unreached), mrkdwn(".")]))
    return [*told, mrkdwn("This interrupts at any hour, and goes on until somebody is on it.")]


def disturbed(found: Sequence[Reached]) -> Mrkdwn:
    """Before the second confirmation: whose night it is."""
    more = len(found) - MOST
    rest = mrkdwn(
        "{more}? Not working now, and not on call. If it can wait until they are back, make it an "
        "ask: it is answered within 2 hours of working time.",
        more=f" and {more} more" if more > 0 else "",
    )
    return join("", [mrkdwn(":zzz: Is it worth waking "), _names(found), rest])


def criteria(full: Sequence[str]) -> Mrkdwn:
    """The criteria, where they are too long to be chosen from in full."""
    return join("\n", [mrkdwn("• {criterion}", criterion=each) for each in full])


def by(ways: Sequence[Way]) -> str:
    """Some ways in words: “direct message and SMS”."""
    named = [WAYS[way] for way in ways if way is not Way.CHANNEL]
    *first, last = named or [WAYS[Way.DM]]
    return f"{', '.join(first)} and {last}" if first else last


def _line(each: Reached) -> Mrkdwn:
    return mrkdwn(
        "• {time} for {who}, {stands}",
        time=each.local,
        who=Mention(each.user_id),
        stands=_STANDS[each.standing],
    )


def _names(found: Sequence[Reached]) -> Mrkdwn:
    return join(", ", [mrkdwn("{who}", who=Mention(each.user_id)) for each in found[:MOST]])


def _card(found: Preflight) -> Mrkdwn:
    if not found.card_channel:
        return mrkdwn("There is no channel for its card: only whoever is paged reads it.")
    who = "every member, also of another organisation," if found.is_shared else "every member"
    return mrkdwn(
        "Its card will stand in {channel}, where {who} reads it.",
        channel=Channel(found.card_channel),
        who=who,
    )
