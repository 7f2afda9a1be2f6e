"""The parts of the code that one test looks over at once."""


def folder_of(name: str) -> str:
    """The feature or the package to which a file of this name belongs: `bot/features/asks`."""
    parts = name.split("/")
    depth = 3 if parts[1] == "features" else 2
    return "/".join(parts[:depth])
