"""The pages for operators say what the code does."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr
from typer.core import TyperGroup
from typer.main import get_command

from bot.cli import cli
from bot.settings import Settings
from tests.support.operators_pages import LISTS, PAGES, ROOT, lists, renewed

LINK = re.compile(r"\]\(([^)#: ]+)(?:#([^)]+))?\)")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_the_code_does(name: str) -> None:
    """Written anew by `python -m tests.support.operators_pages`."""
    pages = [page.read_text() for page in PAGES]
    (page,) = [page for page in pages if name in lists(page)]
    assert renewed(page, {name: list(LISTS[name]())}) == page


@pytest.mark.parametrize(
    "page",
    [*PAGES, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md"))],
    ids=lambda page: page.name,
)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    missing = [target for target in _targets(page) if not target[1]]
    assert missing == []


def _targets(page: Path) -> Iterator[tuple[str, bool]]:
    for found in LINK.finditer(page.read_text()):
        target = page.parent / found[1]
        is_there = target.exists()
        if is_there and found[2] and target.suffix == ".md":
            is_there = found[2] in _headings(target.read_text())
        yield found[0], is_there


def _headings(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_unit_has_a_line_for_every_secret() -> None:
    """And for the address of the database, which may hold a password."""
    unit = (ROOT / "deploy/baton.service").read_text()
    named = re.findall(r"^#?LoadCredential=(\w+):/etc/baton/secrets/(\w+)$", unit, re.MULTILINE)
    secrets = {
        name.upper()
        for name, field in Settings.model_fields.items()
        if SecretStr in get_args(field.annotation)
    }
    assert {name for name, file in named if name == file} == secrets | {"DATABASE_URL"}


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {found[1] for found in LINK.finditer((ROOT / "README.md").read_text())}
    assert {str(page.relative_to(ROOT)) for page in PAGES} <= linked


def test_every_command_that_a_page_names_is_one() -> None:
    command = get_command(cli)
    assert isinstance(command, TyperGroup)
    texts = [page.read_text() for page in PAGES]
    named = set(chain.from_iterable(re.findall(r"`baton ([a-z][a-z-]*)", text) for text in texts))
    assert named
    assert named <= command.commands.keys()
