"""App Home's scene of the demo's day."""

from typing import Final

from bot.core.scenes import Moment, OpensHome, Scene, Sees, Where

SCENE: Final = Scene(
    "home",
    (
        Moment(
            "Ana",
            "09:15",
            (
                OpensHome("Ana"),
                Sees("Ana", "Your board, Ana", Where.HOME, "Ana has her board on one page"),
            ),
        ),
    ),
)
