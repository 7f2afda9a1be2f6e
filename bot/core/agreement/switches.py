"""One click that switches a setting of one's own off or on, under anything Baton says."""

from typing import Any, Final

from bot.core.agreement.setting import Setting
from bot.core.blocks import Element, button

SWITCH_OFF: Final = "agreement.switch_off"
SWITCH_ON: Final = "agreement.switch_on"


def off_button(setting: Setting[Any], label: str) -> Element:
    """Switches the presser's own setting off."""
    return button(label, SWITCH_OFF, setting.key)


def on_button(setting: Setting[Any], label: str) -> Element:
    """Switches the presser's own setting on."""
    return button(label, SWITCH_ON, setting.key)
