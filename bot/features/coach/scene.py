"""The coach's scene of the demo's day."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, NeverSees, Presses, Says, Scene, Sees, Where

HINT: Final = "says that something is wrong, and not yet what you saw or tried"

SCENE: Final = Scene(
    "coach",
    (
        Moment(
            "Tom",
            "10:02",
            (Says("Tom", "#web-relaunch", "Hi @Ana"),),
        ),
        Moment(
            "Tom",
            "10:04",
            (
                Sees(
                    "Tom",
                    "the best messages can be answered without asking back",
                    Where.DIRECT,
                    "Tom, who is new to Baton, gets a welcome instead of a first hint",
                ),
            ),
        ),
        Moment(
            "Tom",
            "15:10",
            (Says("Tom", "#web-relaunch", "@Priya the preview does not work", label="preview"),),
        ),
        Moment(
            "Tom",
            "15:12",
            (
                Sees(
                    "Tom",
                    HINT,
                    Where.ALONE,
                    "90 seconds after a bare problem, Tom alone is told what it still needs",
                ),
                Presses("Tom", "Add context"),
                FillsIn(
                    "Tom",
                    {
                        "Context, with a link": "It shows a blank page since the last deploy, "
                        "with Firefox and Chrome: https://preview.example/118",
                        "What do you need?": "Can you see in its log why?",
                        "By when?": "tomorrow noon",
                    },
                ),
                Sees(
                    "Priya",
                    "Can you see in its log why?",
                    Where.THREAD,
                    "Tom adds the context, and it stands under his message, with a due time",
                ),
                NeverSees("Priya", HINT, "what Tom was told is nobody else's"),
            ),
        ),
        Moment(
            "Priya",
            "10:40",
            (
                Says(
                    "Priya",
                    "#web-relaunch",
                    "The CDN had the old bundle. Purged, it works now.",
                    reply_to="preview",
                ),
            ),
            day=1,
        ),
        Moment(
            "Tom",
            "09:10",
            (
                Sees(
                    "Tom",
                    "@Priya: ✅ answered",
                    Where.CHANGED,
                    "Priya answers under it, and what Tom added says so",
                ),
            ),
            day=1,
        ),
    ),
)
