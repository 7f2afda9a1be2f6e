"""The scene of asks in the demo's day: three asks, and only one of them needs a reminder."""

from typing import Final

from bot.core.scenes import (
    Moment,
    NeverSees,
    Reacts,
    Says,
    Scene,
    Sees,
    Where,
)

CHASED: Final = "is still waiting for your answer"

SCENE: Final = Scene(
    "asks",
    (
        Moment(
            "Tom",
            "10:05",
            (
                Says(
                    "Tom",
                    "#web-relaunch",
                    "@Priya the signup page has been timing out since yesterday, log: "
                    "https://logs.example/4711. Can you look at the pool size before Thursday? "
                    "I would set it to 20.",
                    label="pool",
                ),
                Says(
                    "Tom",
                    "#web-relaunch",
                    "@Ana does the Portuguese copy fit the new header? Screens are in the doc: "
                    "https://docs.example/header",
                    label="copy",
                ),
            ),
        ),
        Moment(
            "Priya",
            "14:10",
            (Reacts("Priya", "pool", "white_check_mark"),),
        ),
        Moment(
            "Ana",
            "09:20",
            (
                Says(
                    "Ana",
                    "#web-relaunch",
                    "It does, except on phones: please cut “imediatamente”.",
                    reply_to="copy",
                ),
            ),
        ),
        Moment(
            "Ana",
            "15:20",
            (
                Says(
                    "Ana",
                    "#web-relaunch",
                    "@Sam which of the two logos do we ship? Mei prints on Friday, "
                    "I would take the blue one: https://docs.example/logos",
                    label="logo",
                ),
            ),
        ),
        Moment(
            "Mei",
            "12:00",
            (Says("Mei", "#web-relaunch", "The printer can take the logo until Friday noon."),),
            day=1,
        ),
        Moment(
            "Sam",
            "11:25",
            (
                Sees(
                    "Sam",
                    CHASED,
                    Where.DIRECT,
                    "Sam, who did not answer for a working day of his own, is reminded once",
                    between=("11:20", "17:00"),
                ),
                Says("Sam", "#web-relaunch", "The blue one.", reply_to="logo"),
                Sees(
                    "Sam",
                    "Settled, and @Ana sees it",
                    Where.CHANGED,
                    "Sam answers, and the reminder is settled",
                ),
                NeverSees("Priya", CHASED, "Priya put a ✅ on it, and nobody chases her"),
                NeverSees("Ana", CHASED, "Ana replied in the thread, and nobody chases her"),
            ),
            day=1,
        ),
    ),
)
