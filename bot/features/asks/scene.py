"""The scene of asks in the demo's day: four asks, and only one of them needs a reminder."""

from typing import Final

from bot.core.scenes import (
    FillsIn,
    Moment,
    NeverSees,
    Presses,
    Reacts,
    Says,
    Scene,
    Sees,
    Types,
    Where,
)

FIELD: Final = "Your answer to Tom: “do the print files have a bleed of 3…”"
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
            "Tom",
            "12:10",
            (
                Says("Tom", "#web-relaunch", "@Ana any update?"),
                Sees(
                    "Tom",
                    "I remind them then, so you need not",
                    Where.ALONE,
                    "Tom chases Ana before her day has begun, and is told how long she has",
                ),
                Types(
                    "Tom",
                    "#web-relaunch",
                    "/ask @Mei do the print files have a bleed of 3 mm? I would use 3 mm. "
                    "by Wednesday 10 am",
                ),
                Sees(
                    "Mei",
                    "Tom asks",
                    Where.CHANNEL,
                    "Tom asks with /ask, and the question stands in the channel with its due time",
                ),
            ),
        ),
        Moment(
            "Mei",
            "11:50",
            (
                Types("Mei", "#web-relaunch", "/ask list"),
                Presses("Mei", "Answer several…"),
                FillsIn("Mei", {FIELD: "Yes, 3 mm on every side."}),
                Sees(
                    "Tom",
                    "Mei answers:",
                    Where.THREAD,
                    "Mei answers what waits for her from one form, and it stands in the thread",
                ),
            ),
            day=1,
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
