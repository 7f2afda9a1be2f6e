"""The bot, which answers in the channel whoever asks it to: once for each message.

So what is sent can be counted. Its settings come from the environment; it needs nothing but `bot`,
so that an older version of that runs it, too.
"""

import signal

from bot import settings
from bot.app import Application
from bot.core import logs
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.errors import BatonError
from bot.core.events import MessagePosted
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.settings import Settings

ASKED = "echo "
"""How a message begins that is answered by the rest of its words."""


def echo(event: MessagePosted, uow: UnitOfWork) -> None:
    """Says again what somebody said."""
    said = event.text.removeprefix(ASKED)
    uow.outbox.post(f"echo:{event.channel_id}:{event.ts}", event.channel_id, Message(mrkdwn(said)))


def echoing(bot: Bot) -> None:
    """Has a bot answer whoever asks for that."""
    bot.on(MessagePosted, echo, wants=lambda event: event.text.startswith(ASKED))


def serve(loaded: Settings, *, receive: bool, work: bool) -> None:
    """Runs until it is told to end."""
    logs.configure("INFO", "console")
    app = Application(loaded)
    echoing(app.bot)
    signal.signal(signal.SIGTERM, lambda *_: app.stop())
    try:
        app.serve(receive=receive, work=work)
    except BatonError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    serve(settings.load(_env_file=None), receive=True, work=True)
