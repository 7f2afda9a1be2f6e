"""One package per feature. To take a feature out, delete its folder and its name here."""

FEATURES = ("coach", "asks", "decisions", "digest", "redphone", "home")
