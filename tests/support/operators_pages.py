"""What the pages for operators say that the code knows better: lists between two comments.

`python -m tests.support.operators_pages` writes them anew.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.app import Application
from bot.core import encrypted
from bot.core.db import Database
from bot.settings import Settings
from bot.slack.manifest import OPTIONAL, scopes
from tests.support import migrating
from tests.support.shapes import Shape, shape_of

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
PAGES: Final = (*sorted(DOCS.glob("*.md")), ROOT / "SECURITY.md")
TEXTS: Final = "as long as texts"
_LIST: Final = re.compile(r"(<!-- (\w+): from the code -->\n).*?(<!-- end -->)", re.DOTALL)


def kept() -> Iterator[str]:
    """What is stored, in which tables, how long."""
    yield from ("| what | how long | tables |", "|---|---|---|")
    for each in Application(Settings(_env_file=None)).bot.kept:
        tables = ", ".join(f"`{table.__tablename__}`" for table in each.tables) or "in others'"
        how_long = each.how_long.format(texts=TEXTS)
        yield f"| **{each.name}**: {each.what} | {how_long} | {tables} |"


def prompts() -> Iterator[str]:
    """What a model is asked for."""
    for path in sorted((ROOT / "prompts").glob("*/*.md")):
        about = tomllib.loads(path.read_text(encoding="utf-8").split("+++\n")[1])
        yield f"- `{about['id']}`: {about['task']}"


def ciphered() -> Iterator[str]:
    """Which columns stand encrypted."""
    yield from (f"- `{column.table.name}.{column.name}`" for column in encrypted.columns())


def granted() -> Iterator[str]:
    """What the app may do in Slack."""
    bot = Application(Settings(_env_file=None)).bot
    yield ", ".join(f"`{scope}`" for scope in scopes(bot))
    yield f"\nand, if an admin leaves them in: {', '.join(f'`{scope}`' for scope in OPTIONAL)}"


def lost(history: Iterable[tuple[str, Shape, Shape]]) -> Iterator[str]:
    """What goes with each step down: revision, and the tables before and after it."""
    yield from ("| below | what goes with it |", "|---|---|")
    for revision, before, after in history:
        tables = [f"`{name}`" for name in sorted(after.keys() - before.keys())]
        columns = [
            f"`{table}.{column}`"
            for table in sorted(after.keys() & before.keys())
            for column in sorted(after[table].columns.keys() - before[table].columns.keys())
        ]
        yield f"| {revision} | {', '.join([*tables, *columns]) or 'nothing'} |"


def lists(page: str) -> dict[str, str]:
    """The lists of a page as they stand there, by name."""
    return {found[2]: found[0] for found in _LIST.finditer(page)}


def renewed(page: str, made: Mapping[str, Iterable[str]]) -> str:
    """A page with these lists in it."""
    return _LIST.sub(
        lambda found: (
            "\n".join([found[1].strip(), *made[found[2]], found[3]])
            if found[2] in made
            else found[0]
        ),
        page,
    )


LISTS: Final = {"kept": kept, "prompts": prompts, "ciphered": ciphered, "granted": granted}


def _history() -> Iterator[tuple[str, Shape, Shape]]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/baton.db")
        before: Shape = {}
        for revision in migrating.revisions():
            migrating.step(database, revision)
            after = shape_of(database)
            yield revision, before, after
            before = after
        database.close()


def main() -> None:
    """Writes every list of every page anew."""
    made = {name: list(make()) for name, make in LISTS.items()} | {"lost": list(lost(_history()))}
    for path in PAGES:
        path.write_text(renewed(path.read_text(encoding="utf-8"), made), encoding="utf-8")


if __name__ == "__main__":
    main()
