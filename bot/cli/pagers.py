"""`baton pagers`: the ways to reach people outside of Slack, for whoever runs Baton."""

from typing import Annotated

import typer

from bot import settings
from bot.core.errors import BatonError, PagerOutcomeUnknown, PagerRefused, PagerUnavailable

cli = typer.Typer(help="The ways to reach people outside of Slack.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Which one, as `baton doctor` names it, e.g. sms.")]
Where = Annotated[str, typer.Argument(help="An e-mail address or a phone number (+49…).")]


class NoSuchPager(BatonError):
    """No pager of this name is set up."""


class NoPagers(BatonError):
    """No way outside of Slack is set up; the README says how, under "The red phone"."""


class NoAddress(BatonError):
    """This pager needs an e-mail address or a phone number behind its name."""


@cli.callback()
def every_command() -> None:
    """The ways to reach people outside of Slack."""


@cli.command("test")
def try_out(name: Name, address: Where = "") -> None:
    """Send a test, marked as one, and tell what came back; exit 0 (it was taken), 1 or 2."""
    from bot.core.ids import new_id  # noqa: PLC0415 - only where it is used: it takes a while
    from bot.core.ports import Act, Notice  # noqa: PLC0415
    from bot.pagers import configured  # noqa: PLC0415

    pagers = {pager.name: pager for pager in configured(settings.load())}
    if not pagers:
        raise NoPagers
    if name not in pagers:
        raise NoSuchPager(f"(there are: {', '.join(pagers)})")
    if pagers[name].address_kind and not address:
        raise NoAddress
    key = f"test:{new_id()}"
    said = "Somebody tries whether Baton reaches you this way."
    notice = Notice(key, key, Act.TRIGGER, "Baton tries this out", said, is_test=True)
    try:
        pagers[name].call(notice, address)
    except (PagerRefused, PagerUnavailable, PagerOutcomeUnknown) as error:
        typer.echo(f"{name}: {error}")
        raise typer.Exit(1) from None
    typer.echo(f"{name}: it was taken. Look whether it arrived.")
