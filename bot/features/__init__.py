"""One package per feature. To take a feature out, delete its folder and its name here."""

FEATURES = ("asks", "decisions", "digest", "redphone", "coach", "privacy", "home")
