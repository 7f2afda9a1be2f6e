"""The digest's scene of the demo's day: one morning after another, round the sun."""

from typing import Final

from bot.core.scenes import AppSays, Moment, NeverSees, OpensHome, Scene, Sees, Types, Where

_TUESDAY: Final = "Tuesday 6 October"
_WEDNESDAY: Final = "Wednesday 7 October"


def _morning(person: str, city: str, written: str, *, day: int) -> Moment:
    """Their digest comes; `written` is how they write its date."""
    date = (_TUESDAY, _WEDNESDAY)[day]
    return Moment(
        person,
        "09:00",
        (
            Sees(
                person,
                f"Good morning, {person} · {written}",
                Where.DIRECT,
                f"{person}'s digest of {date} comes at nine in {city}",
                between=("09:00", "09:05"),
            ),
        ),
        day=day,
    )


_PULL: Final = "https://github.com/tideline/web/pull/118"

_APPS: Final = (
    Moment(
        "Tom",
        "18:40",
        (
            Types("Tom", "#infra", "/baton link github tbecker"),
            Sees(
                "Tom",
                "You are tbecker on GitHub.",
                Where.ALONE,
                "Tom says who he is on GitHub",
            ),
        ),
    ),
    Moment(
        "Tom",
        "21:15",
        (
            AppSays(
                "GitHub",
                "#infra",
                f"ana-souza requested a review from tbecker on <{_PULL}|#118 Smaller images>",
            ),
            AppSays("CI", "#infra", "Build 4711 passed"),
            AppSays("CI", "#infra", "Nightly backup failed: no space left on db-2"),
        ),
    ),
    Moment(
        "Tom",
        "09:01",
        (
            Sees(
                "Tom",
                "tideline/web #118",
                Where.DIRECT,
                "The review that GitHub asked Tom for waits in his digest",
            ),
            Sees(
                "Tom",
                "CI: “Nightly backup failed: no space left on db-2”",
                Where.DIRECT,
                "What failed overnight stands in Tom's digest",
            ),
            OpensHome("Tom"),
            Sees(
                "Tom",
                "Pull requests that wait for you (1)",
                Where.HOME,
                "It waits on his board, too",
            ),
            NeverSees("Tom", "CI: “Build 4711 passed”", "What went well is only counted"),
        ),
        day=1,
    ),
)

_AHEAD: Final = tuple(
    Moment(person, "08:45", (), day=day)  # what was said is drafted by now, if there is a model
    for person, day in (
        ("Ana", 0),
        ("Sam", 0),
        ("Mei", 1),
        ("Priya", 1),
        ("Tom", 1),
        ("Ana", 1),
        ("Sam", 1),
    )
)

SCENE: Final = Scene(
    "digest",
    (
        *_AHEAD,
        _morning("Ana", "São Paulo", "terça-feira, 6 de outubro", day=0),
        _morning("Sam", "Los Angeles", "Tuesday, October 6", day=0),
        _morning("Mei", "Tokyo", "10月7日(水曜日)", day=1),
        _morning("Priya", "Kolkata", "Wednesday, 7 October", day=1),
        _morning("Tom", "Berlin", "Mittwoch, 7. Oktober", day=1),
        _morning("Ana", "São Paulo", "quarta-feira, 7 de outubro", day=1),
        _morning("Sam", "Los Angeles", "Wednesday, October 7", day=1),
        *_APPS,
    ),
)
