"""How the command line lays out what it prints."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any, Final

OK: Final = 0
WARN: Final = 1
FAIL: Final = 2
_WORDS: Final = ("ok", "warn", "fail")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: what was looked at, how bad it is, and what to do."""

    about: str
    severity: int
    found: str
    to_do: str = ""


def as_json(value: Any) -> str:
    """Indented JSON with a newline at its end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def as_yaml(value: Any) -> str:
    """YAML as people write it."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only where it is used: it takes a while

    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 120
    text = StringIO()
    yaml.dump(value, text)
    return text.getvalue()


def findings(found: Sequence[Finding]) -> str:
    """The doctor's findings, a line each, with what to do under those that need it."""
    lines = []
    for each in found:
        lines.append(f"{_WORDS[each.severity]:<5}{each.about}: {each.found}")
        if each.to_do:
            lines.append(f"     → {each.to_do}")
    return "\n".join(lines) + "\n"


def findings_as_json(found: Sequence[Finding]) -> str:
    """The doctor's findings for machines."""
    return as_json([asdict(each) | {"severity": _WORDS[each.severity]} for each in found])
