"""The forms of rotations."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from bot.core.blocks import (
    Block,
    choice_input,
    context,
    form,
    notice,
    people_input,
    person_input,
    radio,
    sections,
    select,
    text_input,
    time_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import Mrkdwn, clean, mrkdwn
from bot.core.replies import View
from bot.core.week import Unreadable, read_clock, read_week, write_week
from bot.core.working_time import zone_called
from bot.features.redphone.messages import rotations as messages
from bot.features.redphone.rules.feeds import MAX_ADDRESS
from bot.features.redphone.rules.rotations import ALWAYS, Every
from bot.features.redphone.rules.schedules import MOST_MEMBERS, NAME_LENGTH, Plan

FORM: Final = "redphone.rotation_form"
SWAP_FORM: Final = "redphone.swap_form"
CALENDAR_FORM: Final = "redphone.calendar_form"
NAME: Final = "name"
ZONE: Final = "zone"
EVERY: Final = "every"
AT: Final = "at"
WEEKDAY: Final = "weekday"
MEMBERS: Final = "members"
UPPER: Final = "upper"
HOURS: Final = "hours"
WHO: Final = "who"
ROTATION: Final = "rotation"
SINCE: Final = "since"
UNTIL: Final = "until"
ADDRESS: Final = "address"
_TURNS: Final[Mapping[str, str]] = {Every.WEEK: "A week each", Every.DAY: "A day each"}
_WEEKDAYS: Final = {
    "0": "Monday",
    "1": "Tuesday",
    "2": "Wednesday",
    "3": "Thursday",
    "4": "Friday",
    "5": "Saturday",
    "6": "Sunday",
}


def rotation(plan: Plan, reference: str = "") -> View:
    """The form of a rotation; `reference` is the id of the one that is changed."""
    order = "They take turns in this order. Whoever's turn it is keeps it until the next hand-over."
    blocks: list[Block] = [
        text_input(
            NAME,
            "Name",
            initial=plan.name,
            optional=True,
            max_length=NAME_LENGTH,
            hint="E.g. Payments. Empty: the one whom /redphone reaches if nothing else is said",
        ),
        text_input(ZONE, "Time zone", initial=plan.zone, max_length=64, hint="E.g. Europe/Berlin"),
        choice_input("How long is a turn?", radio(EVERY, _TURNS, initial=plan.every)),
        time_input(AT, "Handed over at", initial=plan.hand_over_at, hint="In that time zone"),
        choice_input(
            "On which day?",
            select(WEEKDAY, _WEEKDAYS, initial=str(plan.weekday)),
            hint="Counts for turns of a week",
        ),
        people_input(
            MEMBERS, "Who takes turns?", initial=plan.members, most=MOST_MEMBERS, hint=order
        ),
        people_input(
            UPPER,
            "Who goes first at certain hours?",
            initial=plan.upper,
            most=MOST_MEMBERS,
            optional=True,
            hint="They take turns, too; at all other hours it is those above",
        ),
        text_input(
            HOURS,
            "At which hours?",
            initial=write_week(plan.hours),
            optional=True,
            max_length=200,
            hint="In that time zone, e.g. Mon-Fri 09:00-17:00",
        ),
    ]
    title = "Change rotation" if reference else "New rotation"
    return form(title, FORM, blocks, submit="Save", reference=reference)


def read_rotation(event: FormSubmitted) -> Plan | dict[str, str]:
    """What was filled in; or a sentence for each field that cannot stay as it is."""
    values, wrong = event.values, {}
    zone = zone_called(values.get(ZONE, ""))
    members, upper = event.chosen.get(MEMBERS, ()), event.chosen.get(UPPER, ())
    hours, at = ALWAYS, None
    if zone is None:
        wrong[ZONE] = messages.NO_ZONE
    if not members:
        wrong[MEMBERS] = messages.NOBODY_PICKED
    try:
        at = read_clock(values.get(AT, ""))
    except Unreadable as unreadable:
        wrong[AT] = unreadable.sentence
    try:
        hours = read_week(values.get(HOURS, ""))
    except Unreadable as unreadable:
        wrong[HOURS] = unreadable.sentence
    if upper and hours == ALWAYS:
        wrong.setdefault(HOURS, messages.NO_HOURS)
    if hours != ALWAYS and not upper:
        wrong.setdefault(HOURS, messages.NO_UPPER)
    if wrong or zone is None or at is None:
        return wrong
    every, weekday = Every.WEEK, 0
    with suppress(ValueError):
        every, weekday = Every(values.get(EVERY, "")), int(values.get(WEEKDAY, "")) % 7
    name = " ".join(clean(values.get(NAME, "")).split())[:NAME_LENGTH]
    return Plan(name, zone.key, every, at, weekday, members, upper, hours)


def swap(names: Mapping[str, str], initial: str = "", whom: str = "") -> View:
    """Who takes over and when; `names` are the rotations by their ids."""
    which = select(ROTATION, names, initial=initial or next(iter(names), None))
    blocks = [
        *([choice_input("In which rotation?", which)] if len(names) > 1 else []),
        person_input(WHO, "Who takes over?", initial=whom or None),
        text_input(
            SINCE,
            "From when?",
            optional=True,
            max_length=100,
            hint="E.g. tomorrow 17:00. Empty: from now",
        ),
        text_input(
            UNTIL,
            "Until when?",
            max_length=100,
            hint="E.g. Monday, or 24 Dec 12:00. A day alone ends when it is handed over",
        ),
    ]
    reference = next(iter(names)) if len(names) == 1 else ""
    return form("Swap", SWAP_FORM, blocks, submit="Swap", reference=reference)


def calendar(rotation_id: str, host: str) -> View:
    """The address of a rotation's calendar, which is shown to nobody once it is given."""
    now = f"It is one at {host}; enter its address again to change it, or nothing to end it."
    blocks = [
        text_input(
            ADDRESS,
            "Address of an iCalendar",
            optional=True,
            max_length=MAX_ADDRESS,
            hint=now if host else "The https:// address that your calendar gives out for others",
        ),
        context(
            mrkdwn(
                "Its events are shifts: each is called like somebody's name here, @name, or "
                "their e-mail address. I read it every half hour. Where it names nobody, those "
                "who take turns are on call."
            )
        ),
    ]
    return form("Calendar", CALENDAR_FORM, blocks, submit="Save", reference=rotation_id)


def told(title: str, text: Mrkdwn) -> View:
    """What came of it."""
    return notice(title, sections(text))
