"""A sender in a process of its own, which stops itself between its claim and its call.

Whoever continues it reads what came of the call. The settings come from the environment.
"""

import os
import signal
import sys
from datetime import timedelta
from itertools import count

from bot import settings
from bot.app import Application
from bot.core import logs
from bot.core.blocks import Message
from bot.core.errors import BatonError
from bot.core.render import mrkdwn
from bot.slack.sender import Sender


def main(team_id: str, room: str) -> None:
    """Queues until it has a claim of its own, and stops; then goes on, and says how that ended."""
    loaded = settings.load()
    logs.configure("ERROR", "console")
    app = Application(loaded)
    margin = timedelta(seconds=loaded.baton_slack_margin_seconds)
    sender = Sender(app.bot, app.gateway, margin=margin)
    numbers = count()
    while (claimed := sender._claim()) is None:
        with app.bot.begin(team_id, during="job") as uow:
            uow.outbox.post(f"frozen:{next(numbers)}", room, Message(mrkdwn("frozen")))
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        sender._send(*claimed)
    except BatonError as error:
        print(type(error).__name__)  # noqa: T201
    else:
        print("no error")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
