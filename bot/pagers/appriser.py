"""Whatever Apprise speaks, for the long tail (https://github.com/caronc/apprise).

It is imported at the first call: it takes a while. It tells only whether everybody was reached, so
otherwise somebody may have been.
"""

import importlib
import importlib.util
from typing import Final

from bot.core import logs
from bot.core.errors import PagerOutcomeUnknown, PagerRefused
from bot.core.ports import Act, Notice
from bot.pagers import texts

PACKAGE: Final = "apprise"


class Appriser:
    """Tells the addresses in the settings, each of Apprise's own kind."""

    name = "apprise"
    address_kind = ""

    def __init__(self, urls: str) -> None:
        self._urls = urls

    def call(self, notice: Notice, _address: str) -> None:
        """Tells all of them."""
        if not is_installed():
            raise PagerRefused("(not installed)")
        package = importlib.import_module(PACKAGE)
        logs.quieten()
        asset = package.AppriseAsset(app_id="Baton", app_desc="Baton", app_url="")
        everybody = package.Apprise(asset=asset)
        if not everybody.add(self._urls):
            raise PagerRefused("(not understood)")
        kind = package.NotifyType.FAILURE
        if notice.act != Act.TRIGGER:
            kind = package.NotifyType.SUCCESS
        title, text = texts.subject(notice), texts.body(notice)
        plain = package.NotifyFormat.TEXT
        if not everybody.notify(text, title=title, notify_type=kind, body_format=plain):
            raise PagerOutcomeUnknown("(not everybody)")


def is_installed() -> bool:
    """Whether the package is there; it is not imported to find out."""
    return importlib.util.find_spec(PACKAGE) is not None
