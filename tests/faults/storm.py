"""A storm: events are acknowledged while the bot, or PostgreSQL, is killed at random moments."""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from bot.core.clock import monotonic
from bot.core.queue import State
from bot.playground.faults import MethodFault
from tests.faults.hosted import ASKS, PATIENCE, Hosted, hosted, standing
from tests.faults.stream import Stream, Told
from tests.support.mortal_postgres import MortalPostgres

LATEST: Final = 1.2
"""Seconds after an acknowledgement within which the next blow falls."""
DOWN: Final = 0.3
"""Seconds for which PostgreSQL is down at most."""
LATE: Final = 1.0
"""Seconds by which Slack carries a call out that was cut: less than is waited for it."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of it: how often who was killed, and what was lost of what was acknowledged.

    `doubled`: answers that stand in a channel twice. `parked`: rows that were given up. `cut`:
    posts of which Slack's answer was lost, or that Slack carried out late.
    """

    dialect: str
    bot_kills: int
    postgres_kills: int
    acknowledged: int
    redelivered: int
    asked: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    parked: tuple[str, ...]
    cut: int

    @property
    def counted(self) -> dict[str, int]:
        """All of it as numbers, for the journal."""
        return {
            f"kills of the bot on {self.dialect}": self.bot_kills,
            "kills of PostgreSQL": self.postgres_kills,
            f"events acknowledged in storms on {self.dialect}": self.acknowledged,
            "of these sent more than once": self.redelivered,
            "posts asked for in storms": self.asked,
            "of these with an answer of Slack lost or late": self.cut,
            "lost": len(self.lost),
            "posted twice": len(self.doubled),
            "given up": len(self.parked),
        }


class Storm:
    """Whoever strikes, at moments and in an order that follow from a seed."""

    def __init__(self, living: Hosted, postgres: MortalPostgres | None, seed: int) -> None:
        self._living, self._postgres = living, postgres
        self._chance = random.Random(seed)  # noqa: S311 - not for secrets
        self._waiting = Event()
        self.kills: Counter[str] = Counter()
        self.cut = 0

    def rages(self, strikes: int) -> list[Told]:
        """Strikes so often; returns what was acknowledged meanwhile."""
        with Stream(self._living.port, self._living.told) as stream:
            for _ in range(strikes):
                stream.waits_for(1, PATIENCE)
                self._waiting.wait(self._chance.uniform(0, LATEST))
                self._cuts_posts()
                self._strikes()
            stream.waits_for(ASKS, PATIENCE)
        return stream.acknowledged

    def _strikes(self) -> None:
        if self._postgres is not None and self._chance.random() < 0.5:
            self._postgres.kill()
            self._waiting.wait(self._chance.uniform(0, DOWN))
            self._postgres.start()
            self.kills["postgres"] += 1
            return
        supervisor = self._living.supervisor
        deaths, ends = supervisor.deaths, monotonic() + PATIENCE
        supervisor.kill()
        while supervisor.deaths == deaths:
            assert monotonic() < ends, "it survives"
            self._waiting.wait(0.01)
        self.kills["bot"] += 1

    def _cuts_posts(self) -> None:
        """Of every fourth blow or so a post's answer is lost, too, or Slack posts it late."""
        kind = self._chance.random()
        if kind < 0.25:
            fault = MethodFault("chat.postMessage", lose_answer=kind >= 0.1)
            fault.commit_late = LATE if kind < 0.1 else 0.0
            self._living.server.slack.faults.methods.append(fault)
            self.cut += 1


def rage(folder: Path, seed: int, strikes: int, *, dialect: str) -> Toll:
    """A storm of so many blows; the moments, and who is struck, follow from the seed."""
    with standing(dialect, folder) as (url, postgres), hosted(url, folder) as living:
        storm = Storm(living, postgres, seed)
        acknowledged = storm.rages(strikes)
        living.comes_to_rest()
        return Toll(
            dialect=dialect,
            bot_kills=storm.kills["bot"],
            postgres_kills=storm.kills["postgres"],
            acknowledged=len(acknowledged),
            redelivered=sum(told.tries > 1 for told in acknowledged),
            asked=sum(bool(told.asks) for told in acknowledged),
            lost=tuple(living.lost(acknowledged)),
            doubled=tuple(living.doubled(acknowledged)),
            parked=tuple(living.rows(State.DEAD)),
            cut=storm.cut,
        )
