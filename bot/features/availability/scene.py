"""Availability's scene of the demo's day: one person is away."""

from typing import Final

from bot.core.scenes import Moment, NeverSees, Says, Scene, Sees, Types, Where

SCENE: Final = Scene(
    "availability",
    (
        Moment(
            "Noor",
            "09:35",
            (
                Types("Noor", "#web-relaunch", "/baton away until Friday"),
                Sees(
                    "Noor",
                    "I count you back on",
                    Where.ALONE,
                    "Noor tells Baton that she is away, and sees when she is counted back",
                ),
            ),
        ),
        Moment(
            "Tom",
            "11:30",
            (
                Says(
                    "Tom",
                    "#web-relaunch",
                    "@Noor could you translate the error page? I would take the text as it is.",
                ),
                NeverSees(
                    "Noor",
                    "is still waiting for your answer",
                    "Noor, who is away, is reminded of nothing",
                ),
            ),
        ),
    ),
)
