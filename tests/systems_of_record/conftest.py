"""Documents to write."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.documents import Document, Kind, Part


@pytest.fixture
def first() -> Document:
    parts = (
        Part(Kind.TEXT, "Status: accepted"),
        Part(Kind.HEADING, "Decision"),
        Part(Kind.TEXT, "We take <b>Postgres</b> & café 🎉  as it is."),
        Part(Kind.HEADING, "More information"),
        Part(Kind.LINK, "The conversation in Slack", "https://acme.slack.com/p1?a=1&cid=C1"),
        Part(Kind.BULLET, "Written by Baton as 0017-postgres.md"),
    )
    return Document(
        "0017-postgres.md",
        "# D-17\n",
        "D-17",
        "D-17: Postgres for the job queue",
        parts,
        "D-17: logged: Postgres for the job queue",
        datetime(2026, 10, 6, 8, 0, tzinfo=UTC),
    )


@pytest.fixture
def second(first: Document) -> Document:
    """The same, amended."""
    parts = [*first.parts]
    parts[2] = Part(Kind.TEXT, "We take PostgreSQL 18.")
    return replace(first, title="D-17: PostgreSQL for the job queue", parts=parts)
