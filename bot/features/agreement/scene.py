"""The working agreement's scene of the demo's day."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, Scene, Sees, Types, Where

SCENE: Final = Scene(
    "agreement",
    (
        Moment(
            "Tom",
            "09:40",
            (
                Types("Tom", "#web-relaunch", "/baton settings channel"),
                FillsIn("Tom", {"Coach": "On"}),
                Sees(
                    "Tom",
                    "Coach: On",
                    Where.FORM,
                    "Tom, who is an admin, switches the coach on in one channel",
                ),
            ),
        ),
        Moment(
            "Mei",
            "16:45",
            (
                Types("Mei", "#web-relaunch", "/baton settings channel"),
                Sees(
                    "Mei",
                    "Only admins change what holds for everybody",
                    Where.ALONE,
                    "Mei, who is none, may not",
                ),
            ),
        ),
    ),
)
