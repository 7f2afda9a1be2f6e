"""Where words of people stand in messages of ours, so that they can be changed there, too.

A message of ours shows somebody's words as a link to where they said it, or as a quote on lines of
its own; both are found again in what was posted, by the permalink.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.blocks import MAX_SECTION, MAX_TEXT, cut
from bot.core.db import Base, affected, insert_new
from bot.core.patterns import regex
from bot.core.render import Link, Mrkdwn, Quote, mrkdwn, shorten

Place: TypeAlias = tuple[str, str]
"""Channel and `ts` of a message."""
Payload: TypeAlias = dict[str, Any]

LENGTH: Final = 120
NOT_KEPT: Final = "(text not kept)"
DELETED: Final = "(deleted)"
ERASED: Final = "(erased)"
PLACEHOLDERS: Final = frozenset({NOT_KEPT, DELETED, ERASED})
WORDED: Final = "— "
"""Stands between the words of a model and those of the people they rest on."""
SOMEBODY: Final = "somebody"
INSTEAD: Final = "instead"
"""What a message of ours becomes that is made of somebody's words as a whole, once they change."""
_SHOWN: Final = frozenset({"text", "blocks", INSTEAD})

_MARK: Final = regex(r"• :(?:white_check_mark|eyes|zzz): [^·\n]* · ")
_MARKED: Final = regex(rf"^(?:{_MARK.pattern}|• )")
_QUOTE: Final = regex(r"^>[^\n]*(?:\n>[^\n]*)*", re.MULTILINE)


class QuotationRow(Base):
    """The message of ours with this key in the outbox tells of a message of somebody's."""

    __tablename__ = "quotations"
    __table_args__ = (Index("ix_quotations_ts", "team_id", "channel_id", "ts"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)


def linked(permalink: str, words: str | None) -> Link:
    """Somebody's words, shortened, as a link to them; None: they are not kept."""
    return Link(permalink, NOT_KEPT if words is None else _short(words))


def quoted(words: str | None) -> Quote:
    """Somebody's words on lines of their own; None: they are not kept."""
    return Quote(NOT_KEPT if words is None else words)


def note(session: Session, team_id: str, key: str, about: Iterable[Place]) -> None:
    """Remembers which messages a message of ours tells of, and no others."""
    session.execute(delete(QuotationRow).where(*_of(team_id, key)))
    rows = [
        {"team_id": team_id, "key": key, "channel_id": channel_id, "ts": ts}
        for channel_id, ts in sorted(about)
    ]
    insert_new(session, QuotationRow, rows)


def telling_of(session: Session, team_id: str, place: Place) -> list[str]:
    """The keys of our messages that tell of somebody's message."""
    rows = select(QuotationRow.key).where(
        QuotationRow.team_id == team_id,
        QuotationRow.channel_id == place[0],
        QuotationRow.ts == place[1],
    )
    return list(session.scalars(rows.order_by(QuotationRow.key)))


def telling_of_any(
    session: Session, team_id: str, places: Iterable[Place]
) -> list[tuple[Place, str]]:
    """Which of these messages are told of, and the keys of ours that do; found in few looks."""
    wanted = set(places)
    found: list[tuple[Place, str]] = []
    for channel_id in sorted({channel_id for channel_id, _ in wanted}):
        rows = select(QuotationRow.ts, QuotationRow.key).where(
            QuotationRow.team_id == team_id, QuotationRow.channel_id == channel_id
        )
        found += [
            ((channel_id, ts), key)
            for ts, key in session.execute(rows.order_by(QuotationRow.ts, QuotationRow.key))
            if (channel_id, ts) in wanted
        ]
    return found


def is_about_one(session: Session, team_id: str, key: str) -> bool:
    """Whether a message of ours tells of a single message: then every quote in it is that one's."""
    count = select(func.count()).select_from(QuotationRow).where(*_of(team_id, key))
    return session.scalar(count) == 1


def forget(session: Session, *where: ColumnElement[bool]) -> int:
    """Deletes the notes for which this holds; returns how many."""
    return affected(session, delete(QuotationRow).where(*where))


def with_words(payload: Payload, permalink: str, words: str, *, quotes: bool) -> Payload:
    """What was posted with other words in the place of somebody's.

    `permalink` is how the address of their message begins; `quotes`: all quotes are theirs, too.
    """
    link = regex(rf"<({re.escape(permalink)}(?:\?[^|>]*)?)\|([“(\d][^>]*)>")
    whose = rf"(?=(?:(?:<@\w+>|{SOMEBODY}): )?<(?=http)[^\n]*{re.escape(permalink)})"
    told = rf"^(• (?:<#\w+> )?)(?:[^<\n]|<[@#!][^>\n]*>)* {WORDED}{whose}"
    worded = regex(told, re.MULTILINE)

    def change(text: str) -> str:
        text = worded.sub(r"\1", text)  # what a model made of them goes with them
        text = link.sub(lambda found: _link(found[1], words), text)
        return _QUOTE.sub(lambda _: mrkdwn("{words}", words=Quote(words)), text) if quotes else text

    changed: Payload = _each_text(_without_reading(payload), change)
    return changed


def with_mark(payload: Payload, permalink: str, mark: Mrkdwn, *, is_over: bool) -> Payload:
    """What was posted with a mark before the lines with a menu that link to a message.

    An earlier mark goes; what `is_over` loses its menu. Whatever has no such line stays as it is.
    """
    link = regex(rf"<{re.escape(permalink)}(?:\?[^|>]*)?\|")

    def marked(text: str, limit: int) -> str:
        lines = [
            _MARKED.sub(f"• {mark} · " if mark else "• ", line) if link.search(line) else line
            for line in text.split("\n")
        ]
        return cut(Mrkdwn("\n".join(lines)), limit)

    def with_it(block: Payload) -> Payload:
        said = block["text"]["text"] if block["type"] == "section" else ""
        has_menu = block.get("accessory", {}).get("type") == "overflow"
        if not link.search(said) or not (has_menu or _MARK.match(said)):
            return block
        kept = {name: part for name, part in block.items() if name != "accessory" or not is_over}
        return kept | {"text": block["text"] | {"text": marked(said, MAX_SECTION)}}

    before = payload.get("blocks", [])
    blocks = [with_it(block) for block in before]
    if blocks == before:
        return payload
    return payload | {"blocks": blocks, "text": marked(payload["text"], MAX_TEXT)}


def without_name(payload: Payload, user_id: str) -> Payload:
    """What was posted without somebody's name in it."""
    changed: Payload = _each_text(payload, lambda text: text.replace(f"<@{user_id}>", SOMEBODY))
    return changed


def _without_reading(payload: Payload) -> Payload:
    """What is left of a message that is made of somebody's words as a whole."""
    if INSTEAD not in payload:
        return payload
    instead: Payload = payload[INSTEAD]
    return {name: part for name, part in payload.items() if name not in _SHOWN} | instead


def _link(address: str, words: str) -> str:
    label = words if words in PLACEHOLDERS else _short(words)
    return mrkdwn("{link}", link=Link(address, label))


def _short(words: str) -> str:
    return f"“{shorten(words, LENGTH)}”"


def _each_text(value: Any, change: Callable[[str], str], limit: int = MAX_TEXT) -> Any:
    """Changes every text people read, at whatever depth; addresses and values stay."""
    if isinstance(value, list):
        return [_each_text(each, change, MAX_SECTION) for each in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _each_text(each, change, MAX_SECTION) for name, each in value.items()}
    if isinstance(value.get("text"), str) and value.get("type") != "plain_text":
        changed["text"] = cut(Mrkdwn(change(value["text"])), limit)
    return changed


def _of(team_id: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return QuotationRow.team_id == team_id, QuotationRow.key == key
