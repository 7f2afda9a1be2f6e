"""What becomes of the words of two people who amend a decision at the same time."""

from dataclasses import fields, replace

from bot.features.decisions.rules.registry import Fields


def merged(base: Fields, theirs: Fields, newest: Fields) -> Fields:
    """What somebody changed from `base`, put on the newest version."""
    return replace(newest, **{name: getattr(theirs, name) for name in differences(base, theirs)})


def clashes(base: Fields, theirs: Fields, newest: Fields) -> tuple[str, ...]:
    """The names of the fields that both changed, each to something else."""
    both = set(differences(base, theirs)) & set(differences(base, newest))
    return tuple(name for name in differences(theirs, newest) if name in both)


def differences(one: Fields, other: Fields) -> tuple[str, ...]:
    """The names of the fields that are not the same."""
    names = (each.name for each in fields(Fields))
    return tuple(name for name in names if getattr(one, name) != getattr(other, name))
