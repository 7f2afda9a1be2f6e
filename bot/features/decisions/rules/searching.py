"""What somebody looks for, and how far they have read."""

from dataclasses import dataclass

from bot.features.decisions.rules.words import words_of


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody typed, and which page they want.

    `below` is the first number that was not there yet when they began, so that what is logged
    meanwhile moves nothing to another page; 0: they begin now. `start` counts from the best.
    """

    typed: str
    below: int = 0
    start: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words that have to be there."""
        return words_of(self.typed)


def reference(search: Search) -> str:
    """A search as a button keeps it."""
    return f"{search.below}:{search.start}:{search.typed}"


def referred(reference: str) -> Search:
    """The search that a button keeps."""
    below, start, typed = reference.split(":", maxsplit=2)
    return Search(typed, int(below), int(start))
