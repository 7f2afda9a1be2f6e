"""The working agreement: a workspace's, a channel's and one's own settings, seen and changed."""

from bot.core.agreement.switches import SWITCH_OFF, SWITCH_ON
from bot.core.bot import Bot
from bot.core.events import MessageNotSent, MessageSent
from bot.features.agreement import jobs, listeners, messages, modals, rules, scene


def register(bot: Bot) -> None:
    """Plugs the working agreement into the house."""
    settings = listeners.Settings(bot)
    bot.on_subcommand(
        "baton", "settings", settings.answer_command, usage=messages.USAGE, by_role=True
    )
    bot.on_button(messages.OPEN_MINE, settings.open_mine)
    bot.on_button(messages.OPEN_WORKSPACE, settings.open_workspace, by_role=True)
    bot.on_form(modals.FORM, settings.save, by_role=True)
    bot.on_button(SWITCH_OFF, settings.switch_off)
    bot.on_button(SWITCH_ON, settings.switch_on)
    bot.add_to_home(settings.board)
    bot.on(MessageNotSent, settings.refused, wants=rules.is_refused)
    bot.on(MessageSent, settings.posted, wants=rules.is_in_channel)
    bot.every(jobs.OFTEN, jobs.tell_of_refusals)
    bot.look_over(jobs.look_over)
    bot.explain("agreement", messages.HELP)
    bot.play(scene.SCENE)
