"""Enrolment's scene of the demo's day."""

from typing import Final

from bot.core.scenes import Moment, Scene, Sees, Where

SCENE: Final = Scene(
    "enrolment",
    (
        Moment(
            "Tom",
            "09:31",
            (
                Sees(
                    "Tom",
                    "I am Baton, new in #web-relaunch",
                    Where.CHANNEL,
                    "A channel that Baton joined is told what it does, keeps, and how to stop it",
                ),
            ),
        ),
    ),
)
