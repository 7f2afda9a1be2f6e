"""What `baton doctor` says about the ways outside of Slack. Nobody is called to find out."""

from collections.abc import Iterator
from typing import Final

from bot.core.bot import Bot
from bot.core.checks import Checked
from bot.core.ports import Pager
from bot.pagers import appriser
from bot.pagers.email import Email
from bot.pagers.twilio import Sms
from bot.settings import Settings

LINKED: Final = (Email.name, Sms.name)
"""Those whose messages carry a link by which somebody says that they are on it."""
NOTHING: Final = 'none: a page is a direct message, which does not break through "do not disturb"'


def look_over(settings: Settings, bot: Bot) -> Iterator[Checked]:
    """A line for each pager that is set up, and one for the heartbeat."""
    if not bot.outside.pagers:
        yield Checked("pagers", NOTHING)
    for pager in bot.outside.pagers:
        yield _checked(settings, pager)
    heard = "set up" if settings.baton_heartbeat_url else "none: nobody outside notices silence"
    yield Checked("heartbeat", heard)


def _checked(settings: Settings, pager: Pager) -> Checked:
    about = f"pager {pager.name}"
    if pager.name == appriser.Appriser.name and not appriser.is_installed():
        to_do = "Run `make apprise`, or `pip install 'baton[apprise]'`."
        return Checked(about, "set up, but the package apprise is not installed", to_do)
    if pager.address_kind and not settings.baton_encryption_keys:
        to_do = "Set BATON_ENCRYPTION_KEYS; `baton keys new` makes a key."
        return Checked(about, "set up, but nobody can enter an address for it", to_do)
    if pager.name in LINKED and not settings.baton_public_url:
        to_do = "Set BATON_PUBLIC_URL to where `baton web` is reached."
        return Checked(about, "set up, without a link by which to say that one is on it", to_do)
    return Checked(about, f"set up; `baton pagers test {pager.name}` tries it")
