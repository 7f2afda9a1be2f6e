"""The scene of hand-offs in the demo's day: one thing goes round the sun, and each one takes it."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, NeverSees, Presses, Scene, Sees, Types, Where

WHAT: Final = "Move the backups to db-3"

_BERLIN: Final = (
    Moment(
        "Tom",
        "17:25",
        (
            Types("Tom", "#infra", "/handoff chain @Tom @Sam @Mei"),
            Sees(
                "Tom",
                "What you hand over now goes to @Sam, who starts",
                Where.ALONE,
                "Tom says who carries on after whom, and sees who is next",
            ),
            Types("Tom", "#infra", "/handoff"),
            FillsIn("Tom", {"Done": "Made room on db-3", "In progress": WHAT}),
            FillsIn(
                "Tom",
                {
                    "1 · How far is it?": "Half of them are copied.",
                    "1 · What changed, and why?": "db-2 is full sooner than we thought.",
                    "1 · Next step": "Copy the rest, then switch the nightly job over.",
                    "1 · Watch out for": "Two copies at once are too much for the network.",
                },
            ),
            Sees(
                "Priya",
                "For Sam to take · their day begins Tue 6 Oct, 09:00 there",
                Where.THREAD,
                "Tom stops working, and the card says how things stand and whose turn it is",
            ),
            NeverSees("Sam", "@Tom hands over to you", "Sam, who sleeps, is not written to"),
        ),
    ),
)

_LOS_ANGELES: Final = (
    Moment(
        "Sam",
        "09:10",
        (
            Sees(
                "Sam",
                f"For you to take, from @Tom: {WHAT}",
                Where.DIRECT,
                "It is in Sam's digest, with what he can do about it",
            ),
            Presses("Sam", "I have it"),
            Sees(
                "Tom",
                "Sam has it, since",
                Where.CHANGED,
                "Sam says “I have it”, and everybody sees it on the card",
            ),
        ),
    ),
    Moment(
        "Sam",
        "16:40",
        (
            Presses("Sam", "Pass on…"),
            FillsIn("Sam", {"What should they know?": "All but the last three are there."}),
            Sees(
                "Tom",
                "For Mei to take",
                Where.CHANGED,
                "Sam passes it on to Tokyo, where the next day begins",
            ),
        ),
    ),
)

_TOKYO: Final = (
    Moment(
        "Mei",
        "09:15",
        (
            Presses("Mei", "I have it"),
            Sees("Tom", "Mei has it, since", Where.CHANGED, "Mei takes it in her morning"),
        ),
        day=1,
    ),
    Moment(
        "Mei",
        "14:30",
        (
            Presses("Mei", "Done"),
            Sees("Sam", "Done by Mei", Where.CHANGED, "It is done before Berlin wakes up"),
        ),
        day=1,
    ),
    Moment(
        "Tom",
        "09:05",
        (
            Sees(
                "Tom",
                "What became of what you handed over",
                Where.DIRECT,
                "Tom's digest says what became of it",
            ),
        ),
        day=1,
    ),
)

SCENE: Final = Scene("handoffs", (*_BERLIN, *_LOS_ANGELES, *_TOKYO))
