"""What stands between the two lines of --- on top of a decision's file: YAML, all texts quoted.

The library is imported by whoever imports this: where a file is written or read, not before.
"""

from collections.abc import Mapping
from datetime import date, datetime
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from bot.features.decisions.rules.documents import Somebody


class NoYaml(Exception):
    """A text is no YAML."""


def read(text: str) -> Any:
    """What it says. Raises NoYaml, and ValueError or TypeError for a value that cannot be."""
    try:
        return YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        raise NoYaml from None


def written(value: Mapping[str, Any]) -> str:
    """The text that says it, without what is empty."""
    yaml: Any = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.default_flow_style = False
    yaml.sort_base_mapping_type_on_output = False
    yaml.allow_unicode = True
    yaml.width = 1_000_000
    text = StringIO()
    yaml.dump(_told(value), text)
    return text.getvalue()


class _Quoted(str):
    """A text that is quoted in YAML, so that no reader takes `no` or 2026-01-05 for something."""

    __slots__ = ()


class _Representer(SafeRepresenter):
    def quoted(self, text: str) -> ScalarNode:
        node: ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
        return node


_Representer.add_representer(_Quoted, _Representer.quoted)


def _told(value: Any) -> Any:
    """A value as YAML that says it plainly; what is empty is left out."""
    match value:
        case str():
            return _Quoted(value)
        case datetime() | date():
            return _Quoted(value.isoformat())
        case Mapping():
            told = {name: _told(each) for name, each in value.items()}
            return {name: each for name, each in told.items() if each not in (None, "", [], {})}
        case list() | tuple():
            return [_told(each) for each in value]
        case Somebody():
            return _told({"name": value.name, "id": value.id})
        case _:
            return value
