"""Asks: who needs what from whom, and a response clock in the answerer's own working days."""

from bot.core.bot import Bot
from bot.core.charts import FILES
from bot.core.events import (
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessageNotSent,
    MessagePosted,
    MessageSent,
    PersonLeft,
    ReactionAdded,
    ReactionRemoved,
    SettingChanged,
    ZoneChanged,
)
from bot.core.revisions import changes_off
from bot.features.asks import jobs, modals, scene
from bot.features.asks.listeners import buttons, composing, scheduling, talk
from bot.features.asks.listeners.drafts import Sending
from bot.features.asks.listeners.figures import Stats
from bot.features.asks.messages import about, names
from bot.features.asks.rules import hearing, judges, opening, settings
from bot.features.asks.service import conversations, days, keeping
from bot.features.asks.service import hearing as answers
from bot.features.asks.service.ledger import Ledger


def register(bot: Bot) -> None:
    """Plugs asks into the house."""
    bot.asks = Ledger()
    _hear(bot)
    _answer(bot)
    _compose(bot)
    bot.every_tick(jobs.ring)
    bot.every_tick(jobs.tell)
    bot.every_tick(jobs.let_out)
    bot.add_to_digest(talk.waiting_in_digest)
    bot.add_to_digest(talk.settled_in_digest)
    bot.add_to_digest(talk.unanswered_in_digest)
    bot.read_threads(conversations.kinds)
    bot.add_to_home(talk.board)
    bot.add_to_day(days.of_day)
    bot.add_settings(*settings.ALL)
    bot.keep(keeping.KEPT)
    bot.benefit("asks", about.BENEFIT)
    bot.explain("asks", about.HELP)
    bot.needs(FILES, about.WITHOUT_FILES)
    bot.judge("asks", judges.judge_message)
    bot.judge("answers", judges.judge_thread)
    bot.play(scene.SCENE)


def _hear(bot: Bot) -> None:
    bot.on(MessagePosted, talk.open_asks, wants=opening.may_ask)
    bot.on(MessagePosted, talk.hear_reply, wants=hearing.is_reply, sift=answers.replies_that_count)
    bot.on(
        MessagePosted,
        talk.hear_in_channel,
        wants=hearing.is_beside,
        sift=answers.messages_that_count,
    )
    bot.on(MessagePosted, talk.hear_directly, wants=hearing.is_direct_reply)
    bot.on(MessagePosted, talk.hold_back, wants=hearing.may_chase)
    bot.on(MessageEdited, talk.follow_edit)
    bot.on(MessageDeleted, talk.withdraw)
    bot.on(ReactionAdded, talk.hear_reaction)
    bot.on(ReactionRemoved, talk.take_back_reaction)
    bot.on(MessageSent, talk.place, wants=hearing.is_of_asks)
    bot.on(MessageNotSent, talk.not_posted, wants=hearing.is_of_asks)
    bot.on(LeaveChanged, talk.follow_leave)
    bot.on(ZoneChanged, talk.follow_zone)
    bot.on(PersonLeft, talk.follow_departure)
    bot.on(SettingChanged, talk.follow_hours, wants=talk.moves_clocks)
    bot.on(SettingChanged, talk.follow_off, wants=changes_off)


def _answer(bot: Bot) -> None:
    for name, listener in {**buttons.BUTTONS, **scheduling.BUTTONS}.items():
        bot.on_button(name, listener)
    bot.on_form(modals.ANSWER_FORM, buttons.answer)
    bot.on_form(modals.DECLINE_FORM, buttons.decline)
    bot.on_form(modals.DELEGATE_FORM, buttons.delegate)
    bot.on_form(modals.ESCALATE_FORM, buttons.escalate)
    bot.on_form(modals.URGENT_FORM, buttons.make_urgent)
    bot.on_form(modals.SEVERAL_FORM, buttons.answer_several)


def _compose(bot: Bot) -> None:
    stats = Stats(bot)
    bot.on_button(names.PICTURE, stats.show)
    bot.on_command(
        "ask",
        composing.AskCommand(stats).answer,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.on_global_shortcut(
        names.ASK_ASYNC,
        composing.open_composer,
        name=about.SHORTCUT_NAME,
        description=about.SHORTCUT_DESCRIPTION,
    )
    bot.on_message_shortcut(
        names.WAIT_FOR,
        composing.point_at,
        name=about.WAIT_NAME,
        description=about.WAIT_DESCRIPTION,
    )
    bot.on_button(names.COMPOSE, composing.open_composer)
    bot.on_button(names.EDIT, composing.open_editor)
    bot.on_button(names.WITHDRAW_CARD, composing.withdraw_card)
    bot.on_button(names.SEND, composing.send_as_ask)
    bot.on_button(names.POST, composing.open_post)
    sending = Sending(bot)
    bot.on_form(modals.COMPOSER, sending.compose)
    bot.on_form(modals.EDITOR, composing.edit)
    bot.on_form(modals.WAIT_FORM, composing.wait_for)
    bot.on_form(modals.POST_FORM, sending.post)
    bot.offer(composing.offer_to_send, composing.offer_to_post)
