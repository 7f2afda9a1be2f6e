"""How the installations stand, for whoever looks after them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import breakers, installations, workspaces
from bot.core.bot import Bot
from bot.core.breakers import BreakerRow
from bot.core.checks import Checked
from bot.core.errors import CannotDecrypt
from bot.core.installations import InstallationRow
from bot.core.workspaces import WorkspaceRow

ADD_AGAIN: Final = "Add Baton to Slack once more and allow it, to have that."


@dataclass(frozen=True, slots=True)
class Standing:
    """One workspace, or an installation that serves none yet; `missing` are optional scopes."""

    team_id: str
    name: str
    since: datetime
    installation: str
    generation: int
    state: str
    missing: tuple[str, ...] = ()


def every(session: Session, bot: Bot) -> list[Standing]:
    """All workspaces, and installations without any, by id."""
    rows = session.scalars(select(WorkspaceRow)).all()
    served = {(row.installation, row.generation) for row in rows}
    known = {(row.team_id, row.generation): row for row in installations.every(session)}
    unwell = breakers.every(session)
    found = [
        _of_workspace(row, known.get((row.installation, row.generation)), unwell, bot)
        for row in rows
    ]
    for key, row in known.items():
        if key not in served:
            place = (row.team_id, "", row.installed_at, row.team_id, row.generation)
            missing = _missing(row.scopes, bot)
            found.append(Standing(*place, _state_of_installation(row), missing))
    return sorted(found, key=lambda each: (each.team_id, each.generation))


def look_over(bot: Bot) -> Iterator[Checked]:
    """What Slack refuses, and what is off in a workspace because something was not allowed."""
    with bot.database.reading() as session:
        for row in installations.every(session):
            if row.parked_at is not None and row.ended_at is None:
                found = f"Slack refuses its token since {row.parked_at:%Y-%m-%d %H:%M} UTC"
                to_do = "It is tried once an hour, for a day. Or have Baton added to it again."
                yield Checked(
                    f"installation {row.team_id}", f"{found} ({row.parked_because})", to_do
                )
        living, unwell = workspaces.every(session), breakers.every(session)
    for team_id, breaker in unwell.items():
        to_do = "It is left alone for up to two minutes at a time; nothing is lost meanwhile."
        yield Checked(f"Slack for {team_id}", _not_well(breaker), to_do)
    for workspace in living:
        for sentence in bot.off_with(workspace.scopes):
            yield Checked(f"in {workspace.name}", f"{sentence} {ADD_AGAIN}")


def _of_workspace(
    row: WorkspaceRow,
    serving: InstallationRow | None,
    unwell: Mapping[str, BreakerRow],
    bot: Bot,
) -> Standing:
    if row.ended_at is not None:
        state = "over" if row.erase_at is None else f"over, deleted from {_time(row.erase_at)}"
    elif row.parked_at is not None:
        why = "Slack refuses the token" if row.installation else "without a token"
        state = f"{why} since {_time(row.parked_at)}"
    elif not _is_readable(serving, bot):
        state = "none of BATON_ENCRYPTION_KEYS opens its token"
    elif row.team_id in unwell:
        state = _not_well(unwell[row.team_id])
    else:
        state = "paused" if row.paused_at else "working"
    place = (row.team_id, row.name, row.installed_at, row.installation, row.generation)
    return Standing(*place, state, _missing(row.scopes, bot))


def _not_well(found: BreakerRow) -> str:
    return f"Slack is not well since {_time(found.since)} ({found.because})"


def _is_readable(row: InstallationRow | None, bot: Bot) -> bool:
    if row is None or not row.token:
        return True
    try:
        installations.token(row, bot.house.keyring)
    except CannotDecrypt:
        return False
    return True


def _missing(scopes: str, bot: Bot) -> tuple[str, ...]:
    granted = scopes.split(",")
    return tuple(scope for scope in bot.optional_scopes if scope not in granted)


def _state_of_installation(row: InstallationRow) -> str:
    if row.ended_at is not None:
        return "over"
    if row.parked_at is not None:
        return f"Slack refuses the token since {_time(row.parked_at)}"
    return "in no workspace" if row.live_at else "not working yet"


def _time(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
