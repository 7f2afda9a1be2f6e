"""The working agreement as a YAML file: written with comments, read with line numbers.

A file may hold only some of the settings; what it leaves out stays as it is, and `default` takes a
setting back to what holds without it. Personal settings are nobody else's and are not in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError
from sqlalchemy.orm import Session

from bot.core import channels
from bot.core.agreement import reading
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import (
    WORKSPACE,
    Catalogue,
    Layer,
    Scope,
    Setting,
    channel_scope,
)
from bot.core.week import Unreadable

DEFAULT: Final = "default"
HEADING: Final = (
    "Baton's working agreement. `baton agreement check FILE` says what this file would change,\n"
    "`baton agreement import FILE` changes it. What is left out stays as it is; `default` takes\n"
    "a setting back. People's own settings are theirs and not in here."
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the file that cannot be taken; `line` counts from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and what is wrong with it."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def export(session: Session, team_id: str, catalogue: Catalogue, existing: str = "") -> str:
    """The agreement as a file; the comments and the order of an `existing` one are kept."""
    document = _parse(existing) if existing.strip() else CommentedMap()
    if not isinstance(document, CommentedMap):
        document = CommentedMap()
    if not existing.strip():
        document.yaml_set_start_comment(HEADING)
    _fill(session, team_id, catalogue, document.setdefault("workspace", CommentedMap()), WORKSPACE)
    scopes = reading.scopes(session, team_id, Layer.CHANNEL)
    if scopes:
        _fill_channels(session, team_id, catalogue, document, scopes)
    text = StringIO()
    _yaml().dump(document, text)
    return text.getvalue()


def read(session: Session, team_id: str, catalogue: Catalogue, text: str) -> Document:
    """What a file says, checked against every setting and channel there is."""
    try:
        document = _parse(text)
    except (YAMLError, ValueError, TypeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "it has characters that do not belong there"
        line = mark.line + 1 if mark else 1
        return Document((), (Problem(line, f"This is not YAML: {why}."),))
    if not isinstance(document, CommentedMap):
        return Document((), (Problem(1, "The file must begin with `workspace:` or `channels:`."),))
    found = list(_Reader(session, team_id, catalogue).read(document))
    changes = tuple(each for each in found if isinstance(each, Change))
    return Document(changes, tuple(each for each in found if isinstance(each, Problem)))


class _Reader:
    """Walks through a file; yields what it says and what is wrong, in the order of the lines."""

    def __init__(self, session: Session, team_id: str, catalogue: Catalogue) -> None:
        self._session, self._team_id, self._catalogue = session, team_id, catalogue

    def read(self, document: CommentedMap) -> Iterator[Change | Problem]:
        for name, part in document.items():
            line = _line(document, name)
            if name not in {"workspace", "channels"}:
                known = "workspace and channels"
                yield Problem(line, f"There is no part “{name}”; there are {known}.")
            elif part is None:
                continue
            elif not isinstance(part, CommentedMap):
                yield Problem(line, f"Under {name} there must be settings, one on each line.")
            elif name == "workspace":
                yield from self._settings(part, WORKSPACE)
            else:
                yield from self._channels(part)

    def _channels(self, part: CommentedMap) -> Iterator[Change | Problem]:
        for name, settings in part.items():
            line = _line(part, name)
            channel_id = self._channel(str(name))
            if channel_id is None:
                yield Problem(line, f"I am in no channel “{name}”.")
            elif isinstance(settings, CommentedMap):
                yield from self._settings(settings, channel_scope(channel_id))
            elif settings is not None:
                yield Problem(line, f"Under {name} there must be settings, one on each line.")

    def _settings(self, part: CommentedMap, scope: Scope) -> Iterator[Change | Problem]:
        for key, given in part.items():
            line, setting = _line(part, key), self._catalogue.find(str(key))
            if setting is None or scope.layer not in setting.layers:
                yield Problem(line, self._unknown(str(key), setting, scope))
                continue
            try:
                yield Change(setting, scope, after=_said(setting, given))
            except Unreadable as unreadable:
                yield Problem(line, f"{key}: {unreadable.sentence}")

    def _unknown(self, key: str, setting: Setting[Any] | None, scope: Scope) -> str:
        if setting is not None:
            layers = " and ".join(setting.layers)
            return f"{key} cannot be set for a {scope.layer}; only for: {layers}."
        known = [each.key for each in self._catalogue.on(scope.layer)]
        near = get_close_matches(key, known, n=1)
        meant = f"; did you mean {near[0]}?" if near else "."
        return f"There is no setting “{key}”{meant}"

    def _channel(self, name: str) -> str | None:
        found = channels.find(self._session, self._team_id, name)
        if found is None:
            found = channels.called(self._session, self._team_id, name.removeprefix("#"))
        return found.channel_id if found is not None and found.is_member else None


def _said(setting: Setting[Any], given: Any) -> Any:
    if given is None or given == DEFAULT:
        return None
    if isinstance(given, Mapping):
        raise Unreadable("There must be a value, not more settings.")
    return setting.kind.plain(setting.kind.read(given))


def _fill_channels(
    session: Session,
    team_id: str,
    catalogue: Catalogue,
    document: CommentedMap,
    scopes: list[Scope],
) -> None:
    part = document.setdefault("channels", CommentedMap())
    for scope in scopes:
        channel = channels.find(session, team_id, scope.id)
        name = f"#{channel.name}" if channel else scope.id
        is_new = name not in part and scope.id not in part
        key = scope.id if is_new or scope.id in part else name
        _fill(session, team_id, catalogue, part.setdefault(key, CommentedMap()), scope)
        if is_new and channel:
            part.yaml_add_eol_comment(f"is {name}", key)


def _fill(
    session: Session, team_id: str, catalogue: Catalogue, part: CommentedMap, scope: Scope
) -> None:
    said = reading.of_scope(session, team_id, scope)
    for setting in catalogue.on(scope.layer):
        holds = said.get(setting.key)
        if holds is None and setting.has_above(scope.layer):
            if setting.key in part:
                part[setting.key] = DEFAULT
            continue
        is_new = setting.key not in part
        part[setting.key] = setting.kind.plain(setting.default) if holds is None else holds
        if is_new:
            comment = f"{setting.label}. {setting.hint}".strip()
            indent = 2 if scope.layer is Layer.WORKSPACE else 4
            part.yaml_set_comment_before_after_key(setting.key, before=comment, indent=indent)


def _line(part: CommentedMap, key: Any) -> int:
    line: int = part.lc.key(key)[0]
    return line + 1


def _parse(text: str) -> Any:
    return _yaml().load(text)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 120
    return yaml
