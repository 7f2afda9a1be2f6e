"""Takes structlog without rich, which it would take along for tracebacks that nobody here draws.

It does so wherever rich is installed, and typer brings it: 80 modules, 4 MB, 0.1 s of each start.
"""

import sys
from typing import Any, Final

__all__ = ["EventDict", "Processor", "WrappedLogger", "structlog"]

_RICH: Final = "rich"
_modules: dict[str, Any] = sys.modules
_known = _modules.get(_RICH)
_modules[_RICH] = None  # how Python marks what there is not
try:
    import structlog
    from structlog.typing import EventDict, Processor, WrappedLogger
finally:
    del _modules[_RICH]
    if _known is not None:
        _modules[_RICH] = _known
