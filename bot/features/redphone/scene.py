"""The red phone's scene of the demo's day."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, Presses, Scene, Sees, Types, Where

SCENE: Final = Scene(
    "redphone",
    (
        Moment("Tom", "11:15", (Types("Tom", "#infra", "/redphone oncall @Priya"),)),
        Moment(
            "Sam",
            "14:30",
            (
                Types("Sam", "#infra", "/redphone Nobody can sign up: every request gets a 500"),
                Sees(
                    "Sam",
                    "@Priya is on call. It is 03:00 there.",
                    Where.FORM,
                    "Sam is asked to confirm, and sees that it is three at night for Priya",
                ),
                FillsIn("Sam", {}),
                Sees(
                    "Priya",
                    "@Sam needs you now",
                    Where.DIRECT,
                    "Priya, who is on call, is paged in the middle of the night",
                ),
                Presses("Priya", "I'm on it"),
                Sees(
                    "Priya",
                    "You have been on it since 03:00",
                    Where.CHANGED,
                    "Priya presses one button, and her page says that she is on it",
                ),
                Sees("Sam", "@Priya is on it", Where.DIRECT, "Sam is told who is on it"),
            ),
        ),
    ),
)
