"""The first attempt of a page does not wait for anything else that Baton does."""

from threading import Event
from typing import Final

import pytest

from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.clock import monotonic
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.pages import FILLED, FIRE
from tests.support.town import Town

BAR: Final = 5.0
QUEUED: Final = 2_000


@pytest.mark.slow
def test_p6_a_page_is_out_within_5_seconds_beside_full_queues_without_clock_or_model(
    quiet: Town,
) -> None:
    """No job runs meanwhile: a town's metronome ticks once a minute."""
    quiet.sam.types("#infra", FIRE)
    _queue_digests(quiet, quiet.ana, quiet.mei, quiet.priya)
    began = monotonic()
    quiet.sam.fills_in({**FILLED, "Person to page": "Tom"})
    waiting = Event()
    while not _is_paged(quiet, quiet.tom):
        assert monotonic() - began < BAR, "it waits for something"
        waiting.wait(0.05)
    assert quiet.row_counts(State.READY)["outbox"] > QUEUED / 2, "it went past what waits"


def _queue_digests(town: Town, *people: Person) -> None:
    """More than Slack takes within minutes."""
    ids = [str(town.slack.see(person.name)["me"]) for person in people]
    message = Message(mrkdwn("Good morning"))
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        for number in range(QUEUED):
            to = ids[number % len(ids)]
            uow.outbox.post_to_person(f"test:{number}", to, message, urgency=Urgency.DIGEST)


def _is_paged(town: Town, person: Person) -> bool:
    reader = str(town.slack.see(person.name)["me"])
    return any(
        "needs you now" in entry["text"] and reader in entry["audience"]
        for entry in town.slack.journal()
        if entry["kind"] == "message"
    )
