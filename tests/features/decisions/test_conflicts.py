"""What a new decision goes against; and what it does not, for false alarms annoy."""

import pytest

from bot.core import channels, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.people import Account
from bot.core.workspaces import Workspace
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.conflicts import clash
from bot.features.decisions.rules.registry import Change, Fields, Place, Status
from bot.features.decisions.service import conflicts, recording

QUEUE = Fields(
    "Postgres for the job queue",
    "We keep jobs in Postgres.",
    alternatives="Redis: one more thing to run\nKafka - too heavy\nDo nothing",
    tags=("infra",),
)
HOST = Fields(
    "Host the app in Frankfurt",
    context="Our customers are in Germany.",
    alternatives="Ireland, because of latency\nOur own servers: nobody on call",
)
STANDUP = Fields(
    "Written standups instead of a daily call",
    alternatives="A daily video call: Priya and Mei are asleep",
    tags=("meetings",),
)
FRONT = Fields("React for the new frontend", alternatives="Vue\nSvelte\nServer rendered pages")
NOTES = Fields("Notion for the roadmap", alternatives="Google Sheets: no permissions")
LOGO = Fields("Keep the blue logo", alternatives="The green logo: reads badly on dark")
EXPLICIT = Fields("Postgres for everything", alternatives="Redis as the job queue: loses jobs")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (QUEUE, Fields("Redis for the job queue"), ("redis",)),
        (QUEUE, Fields("Use Redis for background job queues"), ("redis",)),
        (QUEUE, Fields("Let's go with Kafka", "Jobs go to a queue in Kafka."), ("kafka",)),
        (QUEUE, Fields("We take Redis", tags=("infra",)), ("redis",)),
        (QUEUE, Fields("Replace Postgres with Redis for the job queue"), ("redis",)),
        (
            QUEUE,
            Fields("RabbitMQ for the job queue", alternatives="Postgres: polling is wasteful"),
            ("postgres",),
        ),
        (HOST, Fields("Host the app in Ireland"), ("ireland",)),
        (HOST, Fields("Host the app on our own servers"), ("servers",)),
        (STANDUP, Fields("A daily video call", tags=("meetings",)), ("daily", "video", "call")),
        (FRONT, Fields("Svelte for the frontend"), ("svelte",)),
        (NOTES, Fields("Move the roadmap to Google Sheets"), ("google", "sheets")),
        (LOGO, Fields("Green logo from January"), ("green", "logo")),
        (EXPLICIT, Fields("Redis for the queue of jobs"), ("redis",)),
    ],
)
def test_what_was_turned_down_and_is_picked_now_is_told(
    old: Fields, new: Fields, words: tuple[str, ...]
) -> None:
    assert clash(new, old) == words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (QUEUE, Fields("Use Redis for caching")),
        (QUEUE, Fields("Redis for caching", tags=("infra",))),
        (QUEUE, Fields("Redis as the session store", "Sessions live in Redis.")),
        (QUEUE, Fields("Postgres, not Redis, for the job queue")),
        (QUEUE, Fields("Keep Postgres instead of Redis for the job queue")),
        (QUEUE, Fields("Two workers for the job queue")),
        (QUEUE, Fields("Move from Redis to Postgres for the job queue")),
        (QUEUE, Fields("Nothing new for the job queue")),
        (QUEUE, Fields("Kafka for the print queue of the office")),
        (EXPLICIT, Fields("Use Redis for caching")),
        (HOST, Fields("The summer party is in Ireland")),
        (HOST, Fields("Host the offsite in Ireland")),
        (STANDUP, Fields("A call with each customer once a quarter")),
        (FRONT, Fields("Vue for the admin pages")),
        (NOTES, Fields("Google Sheets for the holiday plan")),
        (NOTES, Fields("Notion for the handbook", alternatives="Google Docs: hard to find")),
        (LOGO, Fields("Green dashboards for the on-call screens")),
        (LOGO, Fields("", "")),
    ],
)
def test_what_is_about_something_else_is_no_conflict(old: Fields, new: Fields) -> None:
    assert clash(new, old) == ()


def test_only_accepted_decisions_that_the_reader_may_see_are_shown(bot: Bot) -> None:
    with bot.begin("T1", during="interaction") as uow:
        home = Workspace("T1", "Tideline", "https://t.slack.example/", "B1", "UBOT", frozenset())
        workspaces.save(uow.session, home, now=uow.now)
        people.save(uow.session, "T1", Account("U1", "Mei", "Asia/Tokyo", True), now=uow.now)  # noqa: FBT003
        for channel_id, inside in (("C1", "U1"), ("C2", "U2")):
            channel = Channel(channel_id, channel_id, is_private=True, is_member=True)
            channels.save(uow.session, "T1", channel, [inside], as_of=uow.now)
        for channel_id in ("C1", "C2", "C1"):
            recording.add(uow, QUEUE, Place(channel_id), by="U1")
        old = queries.get(uow, 3)
        assert old is not None
        recording.change(uow, old, Change.DEPRECATED, by="U1", status=Status.DEPRECATED)
        new = Fields("Redis for the job queue")
        found = conflicts.of(uow, "U1", new)
        assert [(each.decision.number, each.words) for each in found] == [(1, ("redis",))]
        assert conflicts.of(uow, "U1", new, but=1) == []
        assert conflicts.of(uow, "U3", new) == []
        assert conflicts.of(uow, "U1", Fields("Redis for caching")) == []
