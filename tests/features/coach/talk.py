"""Messages and situations as the rules of the coach see them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage
from bot.features.coach.rules import norms
from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.reading import read
from bot.features.coach.rules.rooms import room_of
from bot.features.coach.rules.situation import Addressee, Situation

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
TOM, ANA, PRIYA, SAM, MEI = "U0TOM0000", "U0ANA0000", "U0PRIYA00", "U0SAM0000", "U0MEI0000"


def message(
    text: str, user: str = TOM, *, minute: float = 0, thread: str | None = None
) -> StoredMessage:
    """A message at so many minutes past noon."""
    at = NOON + timedelta(minutes=minute)
    return StoredMessage("C1", f"{at.timestamp():.6f}", user, text, thread, at)


def told(*said: tuple[str, str], step: float = 1, thread: str | None = None) -> list[StoredMessage]:
    """Messages (who, what), one every `step` minutes from noon on."""
    return [
        message(text, user, minute=place * step, thread=thread)
        for place, (user, text) in enumerate(said)
    ]


def situation(
    text: str,
    *,
    channel: str = "web-relaunch",
    kind: ChannelKind = ChannelKind.PUBLIC,
    before: Sequence[StoredMessage] = (),
    after: Sequence[StoredMessage] = (),
    threads: Sequence[StoredMessage] = (),
    addressees: Sequence[Addressee] = (),
    thread: str | None = None,
) -> Situation:
    """Tom's message in a channel, after what was said before."""
    return Situation(
        message(text, minute=30, thread=thread),
        room_of(channel, kind),
        before=before,
        after=after,
        threads=threads,
        addressees=addressees,
    )


def findings(given: Situation) -> dict[Rule, Finding]:
    """What the norms find."""
    return {each.rule: each for each in norms.find(read(given.message.text), given)}


def rules(given: Situation) -> list[Rule]:
    """The names of what the norms find."""
    return list(findings(given))
