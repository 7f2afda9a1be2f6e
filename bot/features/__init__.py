"""One package per feature. To take a feature out, delete its folder and its name here."""

FEATURES = (
    "enrolment",
    "agreement",
    "availability",
    "asks",
    "decisions",
    "digest",
    "redphone",
    "coach",
    "home",
)
