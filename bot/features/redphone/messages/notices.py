"""What whoever is paged gets."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Message, actions, context, header, sections
from bot.core.render import Channel, Link, Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages.controls import controls
from bot.features.redphone.rules.acknowledging import Standing
from bot.features.redphone.rules.notices import Notice
from bot.features.redphone.rules.states import OVER, UNANSWERED, State

DRILL: Final = mrkdwn(
    "*This is a drill.* Nothing is on fire: please press the button all the same."
)
DRILL_OVER: Final = mrkdwn("*This was a drill.*")


def notice(shown: Notice) -> Message:
    """A page, as whoever is paged reads it."""
    told = [*_drill(shown), _who(shown), _words(shown), *_where(shown)]
    text = join("\n", [*told, *_standing(shown)])
    blocks: list[Block] = [*_heading(shown), *sections(text), context(_small(shown))]
    buttons = controls(shown.page_id, shown.standing, shown.reader_id)
    return Message(text, [*blocks, *([actions(buttons)] if buttons else [])])


def called_off(caller_id: str, *, is_drill: bool) -> Message:
    """To whoever was on it: they can stop."""
    told = mrkdwn("It is over: {caller} called it off.", caller=Mention(caller_id))
    return Message(join(" ", [*([DRILL_OVER] if is_drill else []), told]))


def _heading(shown: Notice) -> list[Block]:
    title = shown.kind or "Red phone"
    return [header(f"DRILL: {title}" if shown.is_drill else title)]


def _drill(shown: Notice) -> list[Mrkdwn]:
    if not shown.is_drill:
        return []
    return [DRILL_OVER if shown.standing.state in OVER else DRILL]


def _who(shown: Notice) -> Mrkdwn:
    who = Mention(shown.caller_id)
    if shown.standing.state not in UNANSWERED:
        return mrkdwn(":rotating_light: {caller} needed you:", caller=who)
    return mrkdwn(":rotating_light: {caller} needs you now:", caller=who)


def _words(shown: Notice) -> Mrkdwn:
    told = mrkdwn("{what}", what=Quote(shown.what, 2_000))
    if not shown.impact:
        return told
    return join("\n", [told, mrkdwn("*What it hurts:* {impact}", impact=shown.impact)])


def _where(shown: Notice) -> list[Mrkdwn]:
    """What leads on: the message it is about, its card, and the channel where it is dealt with."""
    told = []
    if shown.about:
        about = Link(shown.about, "the message")
        told.append(mrkdwn("It is about {link}.", link=about))
    if shown.card:
        card, channel = Link(shown.card, "its card"), Channel(shown.card_channel)
        told.append(mrkdwn("See {link} in {channel}.", link=card, channel=channel))
    if shown.channel_id:
        told.append(mrkdwn("Everybody works on it in {it}.", it=Channel(shown.channel_id)))
    return [join(" ", told)] if told else []


def _standing(shown: Notice) -> Sequence[Mrkdwn]:
    if shown.standing.state in UNANSWERED:
        return []
    return [standing(shown.standing, shown.since, shown.reader_id)]


def standing(found: Standing, since: str, reader_id: str) -> Mrkdwn:
    """Where a page stands that somebody is, or was, on, in one sentence; `since` is local."""
    match found.state:
        case State.RESOLVED:
            ended = mrkdwn("It has been over since {since}.", since=since)
            if not found.resolution:
                return ended
            words = mrkdwn("What was done:\n{words}", words=Quote(found.resolution, 500))
            return join("\n", [ended, words])
        case State.CALLED_OFF:
            who = Mention(found.resolved_by)
            return mrkdwn("It is over: {who} called it off at {since}.", who=who, since=since)
        case _ if found.acknowledged_by == reader_id:
            return mrkdwn("You have been on it since {since}.", since=since)
        case _:
            who = Mention(found.acknowledged_by)
            return mrkdwn("{who} has been on it since {since}.", who=who, since=since)


def _small(shown: Notice) -> Mrkdwn:
    template = "It was {time} for you. Round {number} of {rounds}."
    if shown.standing.state in UNANSWERED:
        template = (
            "It is {time} for you. Round {number} of {rounds}: it goes on until somebody is on it."
        )
    return mrkdwn(
        template,
        time=shown.paged_at,
        number=shown.turn.number,
        rounds=shown.turn.of,
    )
