"""Where the card of a page stands."""

from typing import Final

from bot.core.agreement.kinds import ChannelName
from bot.core.agreement.setting import Layer, Setting

CHANNEL: Final = Setting[str](
    "redphone.channel",
    ChannelName(),
    "",
    (Layer.WORKSPACE,),
    "Channel for pages",
    "Every page has a card there, e.g. #incidents; off: where somebody typed /redphone",
)
