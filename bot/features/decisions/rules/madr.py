"""A decision as a markdown file in the manner of MADR (https://adr.github.io/madr), and back.

`to_madr` and `from_madr` are each other's inverse: `from_madr(to_madr(record).text) == record` for
every record, whatever stands in its texts. Facts are in the front matter, people's words in the
sections. What somebody adds outside of them in a file is ignored.

A file's name is its number and the words of its first title (`0017-postgres-for-the-job-queue.md`),
so it stays when the title changes. Numbers are unique, so names are.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote

from bot.core.documents import Document, Kind, Part
from bot.core.patterns import regex
from bot.features.decisions.rules.documents import Record, Somebody, Version, snapshot
from bot.features.decisions.rules.escaping import (
    escape,
    escape_lines,
    unescape,
    unescape_lines,
)
from bot.features.decisions.rules.registry import Change, Outcome, Status, name_of

LONGEST_SLUG: Final = 60
DIGITS: Final = 4
_HEADINGS: Final = {
    "context": "Context",
    "text": "Decision",
    "alternatives": "Considered alternatives",
    "objections": "Objections",
}
_LISTS: Final = frozenset({"alternatives", "objections"})
_MORE: Final = "More information"
_FRONT: Final = regex(r"\A---\n(?P<front>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_TITLE: Final = regex(r"^# D-\d+:(?: (?P<title>.*))?$", re.MULTILINE)
_SECTION: Final = regex(r"^## (?P<name>.+)\n", re.MULTILINE)
_NOT_IN_SLUGS: Final = regex(r"[^a-z0-9]+")
_CONTROLS: Final = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NUMBERED: Final = regex(r"(\d{1,9})-[a-z0-9-]+\.md")


class NotARecord(ValueError):
    """A text is no file of a decision; says in a sentence why."""


def file_name(number: int, first_title: str) -> str:
    """The name of a decision's file, of lower-case letters, digits and dashes.

    It begins with a digit, so no system reserves it.
    """
    plain = unicodedata.normalize("NFKD", first_title.casefold())
    slug = _NOT_IN_SLUGS.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return f"{number:0{DIGITS}}-{slug or 'decision'}.md"


def number_in(name: str) -> int | None:
    """The number of the decision whose file has this name; None: it is none of ours."""
    found = _NUMBERED.fullmatch(name)
    return int(found[1]) if found else None


def to_madr(record: Record) -> Document:
    """The record as a document: its file's name and text, and its parts for other systems."""
    newest = record.versions[-1].change if record.versions else Change.LOGGED
    return Document(
        name=file_name(record.number, record.first_title),
        text=_text(record),
        key=record.name,
        title=" ".join(f"{record.name}: {record.title}".split()),
        parts=_parts(record),
        change=" ".join(f"{record.name}: {newest.replace('_', ' ')}: {record.title}".split()),
        at=record.changed_at,
    )


def from_madr(text: str) -> Record:
    """The record that a file tells of. Raises NotARecord."""
    found = _FRONT.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if found is None:
        raise NotARecord("It does not begin with a front matter between two lines of ---.")
    from bot.features.decisions.rules import front_matter  # noqa: PLC0415 - as it says itself

    try:
        return _record(front_matter.read(found["front"]), found["body"])
    except front_matter.NoYaml:
        raise NotARecord("Its front matter is no YAML.") from None
    except KeyError as missing:
        raise NotARecord(f"Its front matter has no {missing.args[0]}.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise NotARecord(f"Something in it cannot be read: {error}.") from None


def _front(record: Record) -> dict[str, Any]:
    return {
        "number": record.number,
        "status": str(record.status),
        "date": record.decided_at.date(),
        "decided": record.decided_at,
        "changed": record.changed_at,
        "owner": record.owner,
        "deciders": [record.author] if record.author != Somebody() else [],
        "logged-by": record.logged_by,
        "tags": record.tags,
        "supersedes": record.supersedes,
        "superseded-by": record.superseded_by,
        "review": record.review_on,
        "reversible": record.is_reversible,
        "outcome": str(record.outcome),
        "version": record.version,
        "permalink": record.permalink,
        "source-deleted": record.is_source_gone or None,
        "place": {
            "channel": record.channel_id,
            "message": record.message_ts,
            "thread": record.root_ts,
        },
        "first-title": record.first_title if record.first_title != record.title else "",
        "versions": [_version(version, snapshot(record)) for version in record.versions],
    }


def _version(version: Version, newest: Mapping[str, Any]) -> dict[str, Any]:
    """A version, with what was different from the newest then."""
    was = version.snapshot
    return {
        "version": version.version,
        "at": version.at,
        "by": version.by,
        "change": str(version.change),
        "note": version.note,
        "known": bool(was),
        "was": [[name, was[name]] for name in was if was[name] != newest.get(name)],
    }


def _text(record: Record) -> str:
    from bot.features.decisions.rules import front_matter  # noqa: PLC0415 - as it says itself

    front = front_matter.written(_front(record))
    pieces = [f"---\n{front}---", f"# {record.name}: {escape(record.title)}"]
    for name, heading in _HEADINGS.items():
        said = getattr(record, name)
        if said:
            body = _bullets(said) if name in _LISTS else escape_lines(said)
            pieces.append(f"## {heading}\n\n{body}")
    links = [f"* {escape(label)}: {_link(url)}" for label, url in _links(record)]
    if links:
        pieces.append("\n".join([f"## {_MORE}\n", *links]))
    return "\n\n".join(pieces) + "\n"


def _bullets(said: str) -> str:
    return "\n".join(f"* {escape(line)}" for line in said.split("\n"))


def _links(record: Record) -> list[tuple[str, str]]:
    """Where else to look: the conversation in Slack, and other files."""
    slack = [("The conversation in Slack", record.permalink)] if record.permalink else []
    older = [(f"Supersedes {_called(name)}", name) for name in record.supersedes]
    newer = record.superseded_by
    return [*slack, *older, *([(f"Superseded by {_called(newer)}", newer)] if newer else [])]


def _called(name: str) -> str:
    number = number_in(name)
    return name if number is None else name_of(number)


def _link(url: str) -> str:
    """An address as a link, if it is one of the web or a file of ours; anything else is text.

    Nothing is escaped in an autolink (CommonMark 6.5), so it can be copied as it stands.
    """
    if number_in(url) is not None:
        return f"[{url}]({url})"
    if not url.startswith(("https://", "http://")):
        return escape(url)
    return f"<{quote(url, safe='/:?&=#%+,@~.-_')}>"


def _parts(record: Record) -> list[Part]:
    parts = [Part(Kind.TEXT, ", ".join(_facts(record)))]
    for name, heading in _HEADINGS.items():
        said = getattr(record, name)
        kind = Kind.BULLET if name in _LISTS else Kind.TEXT
        lines = [_CONTROLS.sub("", line) for line in said.splitlines()]
        told = [Part(kind, line) for line in lines if line.strip()]
        parts += [Part(Kind.HEADING, heading), *told] if told else []
    more = [
        Part(Kind.LINK, label, url) if url.startswith("https://") else Part(Kind.BULLET, label)
        for label, url in _links(record)
    ]
    ours = Part(Kind.BULLET, f"Written by Baton as {file_name(record.number, record.first_title)}")
    return [*parts, Part(Kind.HEADING, _MORE), *more, ours]


def _facts(record: Record) -> list[str]:
    reversible = {True: "reversible", False: "not reversible", None: ""}[record.is_reversible]
    facts = {
        "Status": str(record.status),
        "Decided": record.decided_at.date().isoformat(),
        "Owner": record.owner.name or record.owner.id,
        "Tags": " ".join(record.tags),
        "Review": record.review_on.isoformat() if record.review_on else "",
        "Outcome": record.outcome.replace("_", " "),
        "Version": str(record.version),
    }
    told = [f"{name}: {value}" for name, value in facts.items() if value]
    return [*told, reversible] if reversible else told


def _record(front: Mapping[str, Any], body: str) -> Record:
    titled = _TITLE.search(body)
    if titled is None:
        raise NotARecord(f"It has no heading “# {name_of(front['number'])}: …”.")
    title = unescape(titled["title"] or "")
    place = front.get("place") or {}
    deciders: Sequence[Mapping[str, str]] = front.get("deciders") or [{}]
    record = Record(
        number=int(front["number"]),
        version=int(front["version"]),
        status=Status(front["status"]),
        title=title,
        first_title=front.get("first-title") or title,
        decided_at=datetime.fromisoformat(front["decided"]),
        changed_at=datetime.fromisoformat(front["changed"]),
        **_sections(body[titled.end() :]),
        owner=_somebody(front.get("owner")),
        author=_somebody(deciders[0]),
        logged_by=_somebody(front.get("logged-by")),
        tags=tuple(front.get("tags") or ()),
        review_on=date.fromisoformat(front["review"]) if front.get("review") else None,
        is_reversible=front.get("reversible"),
        outcome=Outcome(front.get("outcome") or ""),
        supersedes=tuple(front.get("supersedes") or ()),
        superseded_by=front.get("superseded-by") or "",
        channel_id=place.get("channel", ""),
        message_ts=place.get("message", ""),
        root_ts=place.get("thread", ""),
        permalink=front.get("permalink") or "",
        is_source_gone=bool(front.get("source-deleted")),
    )
    return _with_versions(record, front.get("versions") or ())


def _with_versions(record: Record, told: Sequence[Mapping[str, Any]]) -> Record:
    newest = snapshot(record)
    return replace(record, versions=tuple(_version_of(each, newest) for each in told))


def _version_of(told: Mapping[str, Any], newest: Mapping[str, Any]) -> Version:
    was = dict(told.get("was") or ())
    return Version(
        version=int(told["version"]),
        at=datetime.fromisoformat(told["at"]),
        by=_somebody(told.get("by")),
        change=Change(told["change"]),
        note=told.get("note") or "",
        snapshot={**newest, **was} if told.get("known") else {},
    )


def _somebody(told: Mapping[str, str] | None) -> Somebody:
    told = told or {}
    return Somebody(told.get("id", ""), told.get("name", ""))


def _sections(body: str) -> dict[str, Any]:
    """The words of each section, by the field's name."""
    pieces = _SECTION.split(body)
    bodies = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return {
        name: _read(bodies[heading].strip("\n"), is_list=name in _LISTS)
        for name, heading in _HEADINGS.items()
        if heading in bodies
    }


def _read(markdown: str, *, is_list: bool) -> str:
    if not is_list:
        return unescape_lines(markdown)
    lines = [line for line in markdown.split("\n") if line.startswith("*")]
    return "\n".join(unescape(line[1:].removeprefix(" ")) for line in lines)
