"""The digest's scene of the demo's day: one morning after another, round the sun."""

from typing import Final

from bot.core.scenes import Moment, Scene, Sees, Where


def _morning(person: str, city: str, *, day: int) -> Moment:
    date = ("Tuesday 6 October", "Wednesday 7 October")[day]
    return Moment(
        person,
        "09:00",
        (
            Sees(
                person,
                f"Good morning, {person} · {date}",
                Where.DIRECT,
                f"{person}'s digest of {date} comes at nine in {city}",
                between=("09:00", "09:05"),
            ),
        ),
        day=day,
    )


SCENE: Final = Scene(
    "digest",
    (
        _morning("Ana", "São Paulo", day=0),
        _morning("Sam", "Los Angeles", day=0),
        _morning("Mei", "Tokyo", day=1),
        _morning("Priya", "Kolkata", day=1),
        _morning("Tom", "Berlin", day=1),
        _morning("Ana", "São Paulo", day=1),
        _morning("Sam", "Los Angeles", day=1),
    ),
)
