"""The names of the registry's buttons."""

from typing import Final

AMEND: Final = "decisions.amend"
