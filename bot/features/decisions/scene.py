"""The decision registry's scene of the demo's day."""

from typing import Final

from bot.core.scenes import FillsIn, Moment, Picks, Presses, Says, Scene, Sees, Types, Where

PROPOSAL_MOMENTS: Final = (
    Moment(
        "Tom",
        "15:40",
        (
            Types("Tom", "#web-relaunch", "/decision propose One design kit for the relaunch"),
            FillsIn(
                "Tom",
                {
                    "Why": "Three kits look like three products.",
                    "Options you weighed": "The kit of the shop\nA bought one",
                    "Reviewers": "Priya, Mei",
                },
            ),
            Sees(
                "Gil",
                "proposed: One design kit for the relaunch",
                Where.CHANNEL,
                "A proposal stands in the channel, with a fair time for every reviewer",
            ),
        ),
    ),
    Moment(
        "Priya",
        "19:15",
        (
            Presses("Priya", "Agree"),
            Sees(
                "Tom",
                "1 of 2 reviewers have spoken.\nAgree: @Priya\nProposed by",
                Where.CHANGED,
                "Who agrees stands on the card, and how many have spoken",
            ),
        ),
    ),
    Moment(
        "Ana",
        "11:00",
        (
            Presses("Ana", "Raise a concern"),
            FillsIn(
                "Ana",
                {
                    "A short name": "Contrast",
                    "What is your concern?": "The kit's grey on grey cannot be read outdoors.",
                },
            ),
            Sees(
                "Priya",
                "Concern 1, Contrast (open), raised by @Ana",
                Where.CHANGED,
                "Ana's concern has a name and stands in the way",
            ),
            Sees("Tom", "raised a concern about", Where.DIRECT, "Tom is told at once"),
        ),
    ),
    Moment(
        "Ana",
        "11:20",
        (
            Presses("Ana", "Settle a concern"),
            FillsIn("Ana", {"How was it settled?": "Its next version has a darker grey."}),
            Sees(
                "Priya",
                "Settled by @Ana: Its next version has a darker grey.",
                Where.CHANGED,
                "Only Ana can settle it, and everybody sees how",
            ),
        ),
    ),
    Moment(
        "Mei",
        "11:50",
        (
            Types("Mei", "#infra", "/decision objections design kit"),
            Sees(
                "Mei",
                "Contrast, @Ana: The kit's grey on grey cannot be read outdoors.",
                Where.ALONE,
                "Mei, who slept through it, asks what the objections were",
            ),
        ),
        day=1,
    ),
)
SCENE: Final = Scene(
    "decisions",
    (
        Moment(
            "Priya",
            "15:30",
            (
                Says(
                    "Priya",
                    "#infra",
                    "Redis or Postgres for the job queue? We are at 40 jobs a second.",
                    label="queue",
                ),
            ),
        ),
        Moment(
            "Tom",
            "12:40",
            (
                Says(
                    "Tom",
                    "#infra",
                    "At 40 a second Postgres is plenty, and it is one thing less to run.",
                    reply_to="queue",
                ),
            ),
        ),
        Moment(
            "Ana",
            "10:10",
            (
                Says(
                    "Ana",
                    "#infra",
                    "Then let's go with Postgres for the job queue.",
                    label="settled",
                    reply_to="queue",
                ),
                Picks("Ana", "settled", "Log a decision"),
                Sees(
                    "Ana",
                    "Decision: Let's go with Postgres",
                    Where.FORM,
                    "Ana gets a form that is filled in from what was said",
                ),
                FillsIn(
                    "Ana",
                    {
                        "Decision": "Postgres for the job queue",
                        "Why": "40 jobs a second; Redis would be one more thing to run.",
                    },
                ),
                Sees(
                    "Priya",
                    "D-1: Postgres for the job queue",
                    Where.THREAD,
                    "The decision gets a number and its card stands in the thread",
                ),
            ),
        ),
        Moment(
            "Mei",
            "11:45",
            (
                Types("Mei", "#web-relaunch", "/decision find postgres queue"),
                Sees(
                    "Mei",
                    "D-1 Postgres for the job queue",
                    Where.ALONE,
                    "Mei, who slept through the discussion, finds the decision",
                ),
            ),
            day=1,
        ),
        Moment(
            "Priya",
            "11:00",
            (
                Types("Priya", "#infra", "/decision amend D-1"),
                FillsIn(
                    "Priya",
                    {"Tags": "database", "What changes, and why": "so that it is found by tag"},
                ),
                Sees(
                    "Ana",
                    "Tags: database",
                    Where.CHANGED,
                    "The card in the thread shows the decision as it is now",
                ),
                Types("Priya", "#infra", "/decision show D-1"),
                Sees(
                    "Priya",
                    "11:00: @Priya amended it (tags). “so that it is found by tag”",
                    Where.ALONE,
                    "Every version is kept, with who made it, when and why",
                ),
            ),
            day=1,
        ),
        *PROPOSAL_MOMENTS,
    ),
)
