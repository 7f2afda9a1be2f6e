"""The red phone's scene of the demo's day: it goes on until a human presses a button."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, NeverSees, Presses, Scene, Sees, Types, Where

WHAT: Final = "Nobody can sign up: every request gets a 500"
ENDED: Final = "Rolled the sign-up service back to Monday's version"

_PREPARED: Final = Moment(
    "Tom",
    "11:15",
    (
        Types("Tom", "#infra", "/redphone oncall @Priya"),
        Types("Tom", "#infra", "/redphone channel #infra"),
        Types("Tom", "#infra", "/redphone policy"),
        Presses("Tom", "Add a level…"),
        FillsIn("Tom", {"Rotations and groups": "", "People": "Mei"}),
    ),
)

_PAGED: Final = Moment(
    "Sam",
    "14:30",
    (
        Types("Sam", "#infra", f"/redphone {WHAT}"),
        Sees(
            "Sam",
            "3:00 AM for @Priya, on call",
            Where.FORM,
            "Sam is asked what it is, and sees that it is three at night for Priya",
        ),
        FillsIn(
            "Sam",
            {
                "What is it?": "Production down: customers cannot use the product",
                "What it hurts": "Every new customer since 14:10",
            },
        ),
        Sees(
            "Priya",
            "It is 3:00 am for you. Round 1 of 3",
            Where.DIRECT,
            "Priya, who is on call, is paged in the middle of the night",
        ),
    ),
)

_NEXT_LEVEL: Final = Moment(
    "Sam",
    "14:35:20",
    (
        Sees(
            "Mei",
            "It is 6:35 for you. Round 1 of 3",
            Where.DIRECT,
            "Priya does not wake up: after five minutes the next level is paged, Mei in Tokyo",
        ),
        Presses("Mei", "I'm on it"),
        Sees(
            "Priya",
            "@Mei has been on it since 3:05 am",
            Where.CHANGED,
            "Mei presses one button: nothing more rings, and Priya can sleep on",
        ),
        Sees("Sam", "@Mei is on it (6:35 AM there)", Where.DIRECT, "Sam is told who is on it"),
    ),
)

_OVER: Final = Moment(
    "Sam",
    "14:55",
    (
        Presses("Mei", "Resolve…"),
        FillsIn("Mei", {"What was it, and what was done?": ENDED}),
        Sees(
            "Sam",
            "@Mei resolved it",
            Where.DIRECT,
            "It ends with a sentence, and Sam reads it at once",
        ),
        NeverSees("Priya", "Round 2 of 3", "Nobody is paged again once somebody is on it"),
    ),
)

_AFTERWARDS: Final = Moment(
    "Sam",
    "15:05",
    (
        Sees(
            "Sam",
            "Was it an emergency?",
            Where.DIRECT,
            "Afterwards both sides are asked whether it was one",
        ),
        Presses("Sam", "Yes"),
    ),
)

SCENE: Final = Scene("redphone", (_PREPARED, _PAGED, _NEXT_LEVEL, _OVER, _AFTERWARDS))
