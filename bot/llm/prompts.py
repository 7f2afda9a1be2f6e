"""Loads prompts from `prompts/`: TOML about the prompt, then its text in three sections."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.core.drafting import PromptRef
from bot.core.errors import BatonError
from bot.core.patterns import regex

FOLDER: Final = Path(__file__).parents[2] / "prompts"
LOCK: Final = "LOCK"
SECTIONS: Final = ("system", "task", "tool_result")
_FRONT_MATTER: Final = regex(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
_HEADING: Final = regex(r"^# (\w+)\n", re.MULTILINE)


class BadPrompt(BatonError):
    """A prompt is not as it must be."""


class Variable(BaseModel):
    """Something that is put into a prompt: what is untrusted may stand in the tool result only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    trust: Literal["trusted", "untrusted"]
    type: Literal["int", "json", "word"]


class About(BaseModel):
    """What stands above a prompt's text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z_]+/[a-z_]+$")
    version: int = Field(ge=1)
    task: str
    schema_name: Literal["lines", "translations"] = Field(alias="schema")
    max_input_tokens: int = Field(ge=1, le=90_000)
    max_output_tokens: int = Field(ge=1, le=20_000)
    deadline_seconds: float = Field(gt=0, le=120)
    effort: Literal["low", "medium", "high"]
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt with its variables filled in, section by section."""

    system: str
    task: str
    tool_result: str

    @property
    def token_estimate(self) -> int:
        """Not less than the tokens it takes: a token is about four bytes, three are counted."""
        return sum(len(part.encode()) for part in (self.system, self.task, self.tool_result)) // 3


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: what is known about it, and its text."""

    about: About
    sections: Mapping[str, Template]
    sha: str

    @property
    def ref(self) -> PromptRef:
        """What a draft notes about the prompt it was asked for with."""
        return PromptRef(self.about.id, self.about.version, self.sha)

    def fill(self, values: Mapping[str, object]) -> Filled:
        """Puts every variable in. Raises BadPrompt for a missing, a surplus or a mistyped one."""
        declared = {variable.name: variable for variable in self.about.variables}
        if set(values) != set(declared):
            raise BadPrompt(f"{self.about.id} needs {sorted(declared)}, not {sorted(values)}")
        texts = {name: _text(declared[name], value) for name, value in values.items()}
        return Filled(*(self.sections[name].substitute(texts).strip() for name in SECTIONS))


def load(prompt_id: str, folder: Path = FOLDER) -> Prompt:
    """The prompt of this id, from `<feature>/<name>.md`. Raises BadPrompt."""
    feature, _, name = prompt_id.partition("/")
    prompt = read(folder / feature / f"{name}.md")
    if prompt.about.id != prompt_id:
        raise BadPrompt(f"the file of {prompt_id} says it is {prompt.about.id}")
    return prompt


def read(path: Path) -> Prompt:
    """The prompt in a file. Raises BadPrompt."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise BadPrompt(f"{path.name} is missing") from None
    parts = _FRONT_MATTER.match(content.decode())
    if parts is None:
        raise BadPrompt(f"{path.name} has no front matter between lines of +++")
    try:
        about = About.model_validate(tomllib.loads(parts[1]))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise BadPrompt(f"{path.name}: {error}") from None
    sections = _sections(parts[2], path.name)
    _check_variables(about, sections)
    return Prompt(about, sections, hashlib.sha256(content).hexdigest())


def every(folder: Path = FOLDER) -> list[Prompt]:
    """All prompts, by id."""
    found = (read(path) for path in folder.glob("*/*.md"))
    return sorted(found, key=lambda prompt: prompt.about.id)


def lock(folder: Path = FOLDER) -> str:
    """The text of `LOCK`: id, version and checksum of each prompt."""
    rows = (f"{each.about.id} {each.about.version} {each.sha}\n" for each in every(folder))
    return "".join(rows)


def unlocked(folder: Path = FOLDER) -> list[str]:
    """One sentence for each prompt whose text is not the one that `LOCK` knows."""
    locked = _locked(folder)
    problems = []
    for prompt in every(folder):
        about, known = prompt.about, locked.pop(prompt.about.id, None)
        if known is None:
            problems.append(f"{about.id} is not in LOCK.")
        elif known != (about.version, prompt.sha):
            changed = known[1] != prompt.sha and known[0] >= about.version
            what = f"changed: raise its version above {known[0]}" if changed else "is newer"
            problems.append(f"{about.id} {what}.")
    return problems + [f"{gone} is in LOCK only." for gone in locked]


def renew_lock(folder: Path = FOLDER) -> None:
    """Writes `LOCK`. Raises BadPrompt if a text changed and its version did not."""
    for problem in unlocked(folder):
        if "raise its version" in problem:
            raise BadPrompt(problem)
    if unlocked(folder):
        (folder / LOCK).write_text(lock(folder))


def as_json(rows: Sequence[Mapping[str, str]]) -> str:
    """Untrusted rows as one JSON array: nothing in them can close it."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _locked(folder: Path) -> dict[str, tuple[int, str]]:
    path = folder / LOCK
    rows = (line.split() for line in path.read_text().splitlines()) if path.exists() else ()
    return {prompt_id: (int(version), sha) for prompt_id, version, sha in rows}


def _sections(text: str, name: str) -> dict[str, Template]:
    _, *parts = _HEADING.split(text)
    sections = dict(zip(parts[::2], map(Template, parts[1::2]), strict=True))
    if tuple(sections) != SECTIONS:
        raise BadPrompt(f"{name} must have the sections {', '.join(SECTIONS)}, in this order")
    return sections


def _check_variables(about: About, sections: Mapping[str, Template]) -> None:
    used = {name: set(template.get_identifiers()) for name, template in sections.items()}
    if not all(template.is_valid() for template in sections.values()):
        raise BadPrompt(f"{about.id} has a stray $ (write $$)")
    if set().union(*used.values()) != {variable.name for variable in about.variables}:
        raise BadPrompt(f"{about.id} must use the variables it declares, and no others")
    untrusted = {each.name for each in about.variables if each.trust == "untrusted"}
    if untrusted & (used["system"] | used["task"]):
        raise BadPrompt(f"{about.id} has something untrusted outside of the tool result")


def _text(variable: Variable, value: object) -> str:
    kinds: dict[str, type[Any]] = {"int": int, "json": list, "word": str}
    if not isinstance(value, kinds[variable.type]):
        raise BadPrompt(f"{variable.name} must be of the type {variable.type}")
    return as_json(value) if isinstance(value, list) else str(value)
