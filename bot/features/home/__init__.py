"""App Home and help: everything that concerns somebody on one page, and how it all works."""

from bot.core.bot import Bot
from bot.core.events import (
    HomeOpened,
    HomePressed,
    LeaveChanged,
    MemberLeft,
    MessageNotSent,
    MessagePosted,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.features.home import jobs, listeners, scene
from bot.features.home.messages import board as board_words
from bot.features.home.messages import help as help_words
from bot.features.home.rules import talk
from bot.features.home.rules.board import is_board
from bot.features.home.service import Board


def register(bot: Bot) -> None:
    """Plugs App Home and help into the house."""
    board = Board(bot)
    home = listeners.Home(bot, board)
    bot.on(HomeOpened, home.show)
    bot.on(HomePressed, home.show_again)
    bot.on_button(board_words.TURN, listeners.turn)
    bot.on(MessageNotSent, listeners.not_published, wants=is_board)
    bot.on(LeaveChanged, listeners.follow_person)
    bot.on(ZoneChanged, listeners.follow_person)
    bot.on(MemberLeft, listeners.follow_person)
    bot.on(PersonLeft, listeners.follow_person)
    bot.on(SettingChanged, listeners.follow_setting)
    bot.add_to_home(home.lacking)
    bot.every_tick(jobs.Redrawing(board).redraw_stale)
    bot.on(MessagePosted, home.explain, wants=talk.is_to_baton)
    bot.on_command(
        "baton",
        home.answer_command,
        description=help_words.COMMAND_DESCRIPTION,
        usage=help_words.COMMAND_USAGE,
    )
    bot.play(scene.SCENE)
