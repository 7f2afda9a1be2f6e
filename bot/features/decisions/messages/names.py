"""The names of the registry's buttons."""

from typing import Final

AMEND: Final = "decisions.amend"
SUPERSEDE: Final = "decisions.supersede"
DEPRECATE: Final = "decisions.deprecate"
REVIEW: Final = "decisions.review"
UNDO: Final = "decisions.undo"
HISTORY: Final = "decisions.history"
MORE: Final = "decisions.more"
