"""Puts together everything that is known of a decision."""

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow, DecisionVersionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.documents import Record, Somebody, Version
from bot.features.decisions.rules.madr import file_name
from bot.features.decisions.rules.registry import Change, Outcome, Status
from bot.features.decisions.service import recording


def record_of(uow: UnitOfWork, row: DecisionRow) -> Record:
    """A decision with its history, as plain data."""
    fields = recording.fields_of(row)
    versions = queries.versions(uow, row.number)
    first_title = versions[0].record.get("title", row.title) if versions else row.title
    older = queries.replaced_by(uow, row.number)
    return Record(
        number=row.number,
        version=row.version,
        status=Status(row.status),
        title=fields.title,
        first_title=first_title,
        decided_at=row.decided_at,
        changed_at=row.changed_at,
        text=fields.text,
        context=fields.context,
        alternatives=fields.alternatives,
        objections=fields.objections,
        owner=_somebody(uow, fields.owner_id),
        author=_somebody(uow, row.author_id),
        logged_by=_somebody(uow, row.logged_by),
        tags=fields.tags,
        review_on=fields.review_on,
        is_reversible=fields.is_reversible,
        outcome=Outcome(row.outcome),
        supersedes=tuple(_file_of(uow, number) for number in older),
        superseded_by=_file_of(uow, row.superseded_by) if row.superseded_by else "",
        channel_id=row.channel_id,
        message_ts=row.message_ts,
        root_ts=row.root_ts,
        permalink=recording.decision(uow, row).permalink,
        is_source_gone=row.is_source_gone,
        versions=tuple(_version(uow, each) for each in versions),
    )


def _version(uow: UnitOfWork, row: DecisionVersionRow) -> Version:
    return Version(
        version=row.version,
        at=row.at,
        by=_somebody(uow, row.by),
        change=Change(row.change),
        note=row.note,
        snapshot=row.record,
    )


def _file_of(uow: UnitOfWork, number: int) -> str:
    versions = queries.versions(uow, number)
    return file_name(number, versions[0].record.get("title", "") if versions else "")


def _somebody(uow: UnitOfWork, user_id: str) -> Somebody:
    person = people.find(uow.session, uow.team_id, user_id) if user_id else None
    return Somebody(user_id, person.name if person else "")
