"""What people read of escalation policies."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, section
from bot.core.render import Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.messages.preflight import by
from bot.features.redphone.rules.policies import (
    MAX_LEVELS,
    OUTSIDE,
    TARGET,
    Held,
    Level,
    Place,
    Policy,
    Way,
)
from bot.features.redphone.rules.targets import PERSON

EDIT: Final = "redphone.edit_level"
FOLLOW_USUAL: Final = "redphone.follow_usual"
UNDO: Final = "redphone.undo_policy"
USAGE: Final = "policy"
FIRST_ROTATION: Final = "whoever is on call"
TARGETED: Final = "Whoever is paged"
PICK_SOMEBODY: Final = "Please pick whom this level reaches."
TOO_MANY: Final = "Please pick ten at most."
CHANGED_MEANWHILE: Final = (
    "Somebody changed this policy meanwhile. Type `/redphone policy` to see what holds now."
)
ALONE: Final = (
    "No way outside of Slack is set up; Slack alone cannot break through “do not disturb”."
)
ADMINS_ONLY: Final = "Admins of this workspace can change escalation policies."


def all_of(
    held: Sequence[Held],
    names: Mapping[str, str],
    pagers: Sequence[str],
    versions: Mapping[str, str],
    *,
    may_change: bool,
) -> Message:
    """The policies that hold; `versions` go into their buttons."""
    texts = [policy(each, names, pagers) for each in held]
    blocks: list[Block] = []
    for each, text in zip(held, texts, strict=True):
        blocks.append(section(text))
        if may_change:
            blocks.append(actions(_buttons(each, versions[each.name])))
    note = _note(pagers, may_change=may_change)
    return Message(join("\n\n", [*texts, note]), [*blocks, context(note)])


def policy(held: Held, names: Mapping[str, str], pagers: Sequence[str]) -> Mrkdwn:
    """A policy in words."""
    title = title_of(held.name, names)
    if not held.is_own and held.name in names:
        return mrkdwn("*{title}:* as usual.", title=title)
    lines = [
        _level(number, level, names, pagers) for number, level in enumerate(held.policy.levels, 1)
    ]
    return join("\n", [mrkdwn("*{title}*", title=title), *lines, _end(held.policy)])


def title_of(name: str, names: Mapping[str, str]) -> str:
    """What a policy is called."""
    return f"Pages for {names[name]}" if name in names else "Usual escalation policy"


def changed(
    held: Held, names: Mapping[str, str], pagers: Sequence[str], version: str
) -> list[Block]:
    """Something else holds now; one click takes it back."""
    back = button("Undo", UNDO, Place(held.name, 0, version).to_text())
    done = join("\n", [mrkdwn("Done. From the next page on:"), policy(held, names, pagers)])
    return [section(done), actions([back])]


def undone(held: Held, names: Mapping[str, str], pagers: Sequence[str]) -> list[Block]:
    """It holds again what held before."""
    return [section(join("\n", [mrkdwn("Taken back."), policy(held, names, pagers)]))]


def said(sentence: str) -> Message:
    """One sentence, to whoever pressed."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def members_only(user_ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Under a field: some of those who were picked cannot be paged."""
    who = ", ".join(names.get(each, "somebody") for each in user_ids)
    return f"Only full members of this workspace can be paged, so not {who}."


def way(each: Way, pagers: Sequence[str]) -> str:
    """A way in the form, and whether whoever runs Baton set it up."""
    label = by([each]) if each is not Way.CHANNEL else "the card in its channel"
    is_missing = each in OUTSIDE and each not in pagers
    return f"{label[:1].upper()}{label[1:]}{' (not set up)' if is_missing else ''}"


def _level(number: int, level: Level, names: Mapping[str, str], pagers: Sequence[str]) -> Mrkdwn:
    who = join(", ", [_contact(each, names) for each in level.contacts])
    outside = [each for each in level.ways if each in OUTSIDE and each in pagers]
    also = ""
    if outside:
        order = "all at once" if level.all_at_once else "one after the other"
        also = f" and outside of Slack by {by(outside)}{f', {order}' if len(outside) > 1 else ''}"
    minutes = "minute" if level.wait == 1 else "minutes"
    wait = f"Then I wait {level.wait} {minutes}."
    how = mrkdwn(", by direct message{outside}. {wait}", outside=also, wait=wait)
    return join("", [mrkdwn("{number}. ", number=number), who, how])


def _contact(contact: str, names: Mapping[str, str]) -> Mrkdwn:
    if contact == TARGET:
        return mrkdwn("whoever is paged")
    kind, _, user_id = contact.partition(":")
    if contact not in names:
        return mrkdwn(":warning: somebody who cannot be paged any more")
    if kind == PERSON:
        return mrkdwn("{who}", who=Mention(user_id))
    return mrkdwn("{name}", name=names[contact])


def _end(policy: Policy) -> Mrkdwn:
    if policy.rounds == 1:
        return mrkdwn("Once. Then the caller is told that nobody answered.")
    return mrkdwn(
        "All of that {rounds} times. Then the caller is told that nobody answered.",
        rounds=policy.rounds,
    )


def _buttons(held: Held, version: str) -> list[Element]:
    levels = held.policy.levels
    if not held.is_own and held.name.partition(":")[1]:
        return [button("Give it its own…", EDIT, Place(held.name, 1, version).to_text())]
    numbers = range(1, len(levels) + 1)
    buttons = [
        button(f"Level {number}…", EDIT, Place(held.name, number, version).to_text())
        for number in numbers
    ]
    if len(levels) < MAX_LEVELS:
        new = Place(held.name, len(levels) + 1, version)
        buttons.append(button("Add a level…", EDIT, new.to_text()))
    if held.is_own:
        buttons.append(button("As usual", FOLLOW_USUAL, Place(held.name, 0, version).to_text()))
    return buttons


def _note(pagers: Sequence[str], *, may_change: bool) -> Mrkdwn:
    is_alone = not any(each in OUTSIDE for each in pagers)
    lines = [
        *([mrkdwn(ALONE)] if is_alone else []),
        mrkdwn("`/redphone drill` tries all of it."),
        *([] if may_change else [mrkdwn(ADMINS_ONLY)]),
    ]
    return join(" ", lines)
