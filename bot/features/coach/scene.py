"""The coach's scene of the demo's day."""

from typing import Final

from bot.core.scenes import Moment, Says, Scene, Sees, Where

SCENE: Final = Scene(
    "coach",
    (
        Moment(
            "Tom",
            "10:02",
            (
                Says("Tom", "#web-relaunch", "Hi @Ana"),
                Sees(
                    "Tom",
                    "a hello is all there is to answer",
                    Where.ALONE,
                    "Tom, and only Tom, gets a hint on how to ask Ana so that she can answer",
                ),
            ),
        ),
    ),
)
