"""Every statement on the tables of the red phone."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Update, select, update

from bot.core.db import affected, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageResponderRow, PageRow, PageStepRow
from bot.features.redphone.rules.pages import New
from bot.features.redphone.rules.policies import Policy, Way
from bot.features.redphone.rules.states import OVER, State


def add(uow: UnitOfWork, new: New, policy: Policy, *, card_channel: str) -> UUID | None:
    """Notes a page; None if its form was sent off before."""
    page_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": page_id,
        "form_id": new.form_id,
        "caller_id": new.caller_id,
        "kind": new.kind,
        "what": new.what,
        "impact": new.impact,
        "target": new.target,
        "policy": policy.to_json(),
        "is_drill": new.is_drill,
        "state": State.OPEN,
        "paged_at": uow.now,
        "position": 0,
        "about_channel": new.about_channel,
        "about_ts": new.about_ts,
        "card_channel": card_channel,
        "card_ts": "",
        "incident_channel": "",
        "acknowledged_by": "",
        "decays": 0,
        "resolved_by": "",
        "resolution": "",
    }
    return page_id if insert_new(uow.session, PageRow, [row]) else None


def made_by(uow: UnitOfWork, form_id: str) -> PageRow | None:
    """The page that a form made."""
    own = (PageRow.team_id == uow.team_id) & (PageRow.form_id == form_id)
    return uow.session.scalar(select(PageRow).where(own))


def page(uow: UnitOfWork, page_id: UUID, *, lock: bool = False) -> PageRow | None:
    """The page with this id, as it stands now; `lock`: nobody else moves it meanwhile."""
    return uow.session.get(
        PageRow, (uow.team_id, page_id), populate_existing=True, with_for_update=lock or None
    )


def page_if_free(uow: UnitOfWork, page_id: UUID) -> PageRow | None:
    """The same, and nobody else moves it meanwhile; None also where somebody does just now."""
    return uow.session.get(
        PageRow,
        (uow.team_id, page_id),
        populate_existing=True,
        with_for_update={"skip_locked": True},
    )


def move(
    uow: UnitOfWork, page_id: UUID, from_: Collection[State], to: State, **values: Any
) -> bool:
    """Brings a page from one of these states to another; False if it was in none of them."""
    moved = _one(uow, page_id).where(PageRow.state.in_(sorted(from_)))
    return affected(uow.session, moved.values(state=to, **values)) == 1


def set(uow: UnitOfWork, page_id: UUID, **values: Any) -> None:  # noqa: A001 - as in pages.set
    """Notes something about a page."""
    uow.session.execute(_one(uow, page_id).values(**values))


def open_pages(uow: UnitOfWork) -> Sequence[PageRow]:
    """The pages that are not over, by age."""
    rows = select(PageRow).where(PageRow.team_id == uow.team_id, PageRow.state.not_in(sorted(OVER)))
    return uow.session.scalars(rows.order_by(PageRow.id)).all()


def notices(uow: UnitOfWork, page_id: UUID) -> Sequence[PageStepRow]:
    """The direct messages that people got about a page, by age."""
    rows = select(PageStepRow).where(
        PageStepRow.team_id == uow.team_id,
        PageStepRow.page_id == page_id,
        PageStepRow.way == Way.DM,
    )
    fresh = rows.order_by(PageStepRow.id).execution_options(populate_existing=True)
    return uow.session.scalars(fresh).all()


def pages_of(uow: UnitOfWork, user_id: str, *, since: datetime | None = None) -> Sequence[PageRow]:
    """The pages that somebody sent, got or joined, by age; all, or those `since` then."""

    def read(ids: Sequence[str]) -> dict[str, list[PageRow]]:
        ours = PageRow.team_id == uow.team_id
        recent = ours if since is None else ours & (PageRow.paged_at >= since)
        on_it = (PageResponderRow.team_id == PageRow.team_id) & (
            PageResponderRow.page_id == PageRow.id
        )
        sent = select(PageRow, PageRow.caller_id).where(recent, PageRow.caller_id.in_(ids))
        got = select(PageRow, PageResponderRow.user_id).join(PageResponderRow, on_it)
        got = got.where(recent, PageResponderRow.user_id.in_(ids))
        found: dict[str, dict[UUID, PageRow]] = {}
        for row, who in [*uow.session.execute(sent), *uow.session.execute(got)]:
            found.setdefault(who, {})[row.id] = row
        return {who: sorted(rows.values(), key=lambda row: row.id) for who, rows in found.items()}

    return uow.for_reader(("pages", since), user_id, read) or ()


def reached_at(uow: UnitOfWork, page: PageRow, user_id: str) -> datetime:
    """When a page was sent, or came to somebody who was paged later or joined."""
    row = uow.session.get(PageResponderRow, (uow.team_id, page.id, user_id))
    return page.paged_at if row is None or user_id == page.caller_id else row.since


def _one(uow: UnitOfWork, page_id: UUID) -> Update:
    return update(PageRow).where(PageRow.team_id == uow.team_id, PageRow.id == page_id)
