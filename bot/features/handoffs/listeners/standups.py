"""Who sets up a channel's stand-up, who writes for it, and what moves people's times."""

from typing import Final

from bot.core.agreement.setting import Layer
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.events import (
    ButtonPressed,
    ChannelJoined,
    Command,
    FormSubmitted,
    LeaveChanged,
    MemberLeft,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.handoffs.messages import outcomes as outcome_messages
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.messages import standups as messages
from bot.features.handoffs.modals import standups as modals
from bot.features.handoffs.rules import outcomes as outcome_rules
from bot.features.handoffs.rules import standups as rules
from bot.features.handoffs.rules.promises import Written
from bot.features.handoffs.rules.standups import Plan, Spot
from bot.features.handoffs.service import outcomes, plans, promises, standups
from bot.features.handoffs.service.plans import Here

_WEEK: Final = "week"


def follow_channel(event: ChannelJoined, uow: UnitOfWork) -> None:
    """Baton is in a channel that it was not in before."""
    standups.follow(uow, event.channel_id)


def follow_person(
    event: ZoneChanged | LeaveChanged | PersonEnrolled | PersonLeft | MemberLeft, uow: UnitOfWork
) -> None:
    """Somebody's days, or the channels that they are in, are others than before."""
    standups.follow_person(uow, event.user_id)


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """A channel's stand-up comes at other times."""
    standups.follow(uow, event.scope_id)


def follow_times(event: SettingChanged, uow: UnitOfWork) -> None:
    """Hours, holidays or wanting to be left alone changed, for somebody or everybody."""
    if event.layer == Layer.PERSON:
        standups.follow_person(uow, event.scope_id)
    else:
        standups.follow_everybody(uow)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Whoever wants to be left alone is quoted no longer; whoever does not any more, again."""
    outcomes.follow_off(uow, event.scope_id)


def place(event: MessageSent, uow: UnitOfWork) -> None:
    """A message of a stand-up's thread is out."""
    promises.place(uow, event.key, event.ts)


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to write, or to change what they wrote."""
    spot = rules.spot_of(event.value)
    refusal = promises.refusal(uow, spot, event.user_id)
    sheet = promises.sheet(uow, spot, event.user_id)
    if refusal is not None or sheet is None:
        return Answer(refusal or messages.is_over(spot))
    return OpenForm(modals.write(spot, sheet.channel, sheet.promises, sheet.written))


def skip(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody writes nothing today."""
    spot = rules.spot_of(event.value)
    is_skipped = promises.skip(uow, spot, event.user_id)
    return Replace(messages.skipped(spot) if is_skipped else messages.written_down(spot))


def take_back_skip(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody writes after all."""
    spot = rules.spot_of(event.value)
    promises.take_back_skip(uow, spot, event.user_id)
    return Replace(_asked_again(uow, spot, event.user_id))


def decline(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody does not want to be asked in a channel."""
    spot = rules.spot_of(event.value)
    promises.decline(uow, spot, event.user_id)
    return Replace(messages.declined(spot))


def join(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to be asked again."""
    spot = rules.spot_of(event.value)
    promises.take_part_again(uow, spot.channel_id, event.user_id)
    return Replace(_asked_again(uow, spot, event.user_id))


def _asked_again(uow: UnitOfWork, spot: Spot, user_id: str) -> Message:
    until = promises.time_until(uow, spot, user_id)
    if not until:
        return messages.joined(spot.channel_id)
    return messages.prompt(spot, plans.called(uow, spot.channel_id), until)


class Standups:
    """Entry points that tell the house what changed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /handoff standup."""
        here = plans.find(uow, event.channel_id, event.user_id)
        if here is None:
            return Answer(messages.not_here())
        typed = " ".join(event.text.split())
        if not typed:
            return Answer(messages.told(plans.standing(uow, here)))
        if typed.lower() == _WEEK:
            return Answer(_week(uow, here))
        if not here.may_change:
            return Answer(messages.not_allowed())
        try:
            wanted = rules.read_typed(typed, plans.plan_of(uow, event.channel_id))
        except Unreadable as unreadable:
            return Answer(messages.unreadable(unreadable.sentence))
        return Answer(self._change(uow, here, wanted))

    def undo(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody takes back what they just changed."""
        channel_id, version, before = event.value.split("|", maxsplit=2)
        here = plans.find(uow, channel_id, event.user_id)
        if here is None:
            return Answer(messages.not_here())
        if not here.may_change:
            return Answer(messages.not_allowed())
        if plans.version(uow, channel_id) != int(version):
            return Replace(messages.changed_meanwhile(plans.standing(uow, here)))
        self._set(uow, here, rules.unwritten(before, plans.plan_of(uow, channel_id)))
        return Replace(messages.undone(plans.standing(uow, here)))

    def write(self, event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
        """The form is sent off."""
        spot, written = rules.spot_of(event.reference), modals.read(event)
        if promises.refusal(uow, spot, event.user_id) is not None:
            return FieldErrors({modals.DONE: messages.OVER})
        wrong = _wrong_in(uow, written, event.user_id)
        if wrong:
            return FieldErrors(wrong)
        promises.write(uow, self._bot.asks, spot, event.user_id, written)
        return None

    def _change(self, uow: UnitOfWork, here: Here, wanted: Plan) -> Message:
        channel_id = here.channel.channel_id
        before = plans.plan_of(uow, channel_id)
        if wanted == before:
            return messages.as_it_was(plans.standing(uow, here))
        self._set(uow, here, wanted)
        told = plans.standing(uow, here)
        return messages.changed(told, before, plans.version(uow, channel_id))

    def _set(self, uow: UnitOfWork, here: Here, wanted: Plan) -> None:
        changes = plans.changes_to(here.channel.channel_id, wanted)
        self._bot.change_settings(uow, changes, by=here.person.user_id)


def _week(uow: UnitOfWork, here: Here) -> Message:
    channel_id = here.channel.channel_id
    monday = outcome_rules.monday_of(plans.today(uow, here.person))
    outcome = outcomes.outcome_of(uow, channel_id, monday)
    if outcome.is_empty:
        return outcome_messages.no_week(channel_id)
    return outcome_messages.week(channel_id, outcome)


def _wrong_in(uow: UnitOfWork, written: Written, user_id: str) -> dict[str, str]:
    """A sentence for each field that cannot stay as it is."""
    if written.is_empty and not written.blocker_id:
        return {modals.DONE: messages.NOTHING}
    if written.blocker_id and not written.blocked:
        return {modals.BLOCKED: refusals.NO_WHAT_FOR}
    if written.blocker_id == user_id:
        return {modals.BLOCKER: refusals.YOURSELF_WAITED_FOR}
    if written.blocker_id and not plans.is_member(uow, written.blocker_id):
        return {modals.BLOCKER: refusals.NOT_A_MEMBER}
    return {}
