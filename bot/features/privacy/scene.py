"""Privacy's scene of the demo's day."""

from typing import Final

from bot.core.scenes import Moment, NeverSees, Scene, Sees, Types, Where

SCENE: Final = Scene(
    "privacy",
    (
        Moment(
            "Ivo",
            "09:38",
            (
                Types("Ivo", "#web-relaunch", "/baton off"),
                Sees(
                    "Ivo",
                    "You are off.",
                    Where.ALONE,
                    "Ivo wants to be left alone, and one click would take that back",
                ),
                NeverSees("Ivo", "Good morning, Ivo", "Ivo, who is off, gets no digest"),
            ),
        ),
        Moment(
            "Sam",
            "11:20",
            (
                Types("Sam", "#web-relaunch", "/baton privacy"),
                Sees(
                    "Sam",
                    "What I keep of you, and for how long",
                    Where.ALONE,
                    "Sam asks what is kept of him, and is told",
                ),
            ),
        ),
    ),
)
