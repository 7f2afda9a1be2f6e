"""Asks: who needs what from whom, and a response clock in the answerer's own working days."""

from bot.core.bot import Bot
from bot.core.events import (
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
)
from bot.features.asks import jobs, listeners, messages, rules, scene, service


def register(bot: Bot) -> None:
    """Plugs asks into the house."""
    bot.on(MessagePosted, listeners.open_asks, wants=rules.asks_somebody)
    bot.on(MessagePosted, listeners.answer_in_thread, wants=rules.may_answer)
    bot.on(ReactionAdded, listeners.answer_by_reaction, wants=rules.means_done)
    bot.on(MessageEdited, listeners.follow_edit)
    bot.on(MessageDeleted, listeners.withdraw)
    bot.on(LeaveChanged, listeners.follow_leave)
    bot.on_button(messages.DONE, listeners.mark_done)
    bot.every_tick(jobs.nudge_overdue)
    bot.add_to_digest(listeners.waiting_in_digest)
    bot.add_to_digest(listeners.settled_in_digest)
    bot.add_to_home(listeners.waiting_on_home)
    bot.add_settings(rules.ANSWER_WITHIN, rules.REMINDERS)
    bot.keep(service.KEPT)
    bot.explain("asks", messages.HELP)
    bot.judge("asks", rules.judge_message)
    bot.judge("answers", rules.judge_thread)
    bot.play(scene.SCENE)
