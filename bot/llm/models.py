"""The model's tables: what was spent, and what became of each draft. No text is kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class BudgetRow(Base):
    """What one workspace spent on one day (UTC), calls that are still out included."""

    __tablename__ = "model_budgets"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    micro_dollars: Mapped[int] = mapped_column(BigInteger)


class DraftRow(Base):
    """One draft that a model was asked for; `reserved` until its outcome is known."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_created_at", "created_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    prompt_id: Mapped[str] = mapped_column(String(64))
    prompt_version: Mapped[int]
    prompt_sha: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(String(64))
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost_micro_dollars: Mapped[int] = mapped_column(BigInteger)
    lines_proposed: Mapped[int]
    lines_kept: Mapped[int]
    drops: Mapped[dict[str, Any]]
    outcome: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
