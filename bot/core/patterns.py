"""Regular expressions that are compiled when something is first looked for with them.

There are hundreds, and most are not asked for long after the start: compiled at import they take a
third of a second of each start, and 8 MB.
"""

import re
from typing import Any, AnyStr, Generic, cast


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`; an error in the source is raised at the first use only."""
    return cast(re.Pattern[AnyStr], _Pattern(source, flags))


class _Pattern(Generic[AnyStr]):
    """Stands for the compiled expression, whose methods become its own one by one."""

    def __init__(self, source: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found
