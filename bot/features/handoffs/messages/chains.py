"""Chains, and where every baton of a channel is."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.core.blocks import Message, actions, button, context, section, sections
from bot.core.locales import moment
from bot.core.render import Channel, Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.features.handoffs.rules.chains import (
    MOST,
    ChainShown,
    Look,
    OnItsWay,
    Stage,
    View,
    written,
)
from bot.features.handoffs.rules.items import State
from bot.features.handoffs.rules.relay import Next

CHAIN_USAGE: Final = "chain @first @second"
UNDO: Final = "handoffs.undo_chain"
WHAT_LENGTH: Final = 120
STAGES: Final = 6
"""So many of the last places of a baton are told."""
_HOW: Final = mrkdwn(
    "`/handoff chain @first @second @third` sets who carries things on after whom, round and "
    "round; `/handoff chain apollo @first @second` does so for one project, `/handoff chain off` "
    "ends it. Up to {most} people, no groups.",
    most=MOST,
)
_WHERE: Final = {
    State.OFFERED: "not taken yet",
    State.RETURNED: "waits for an answer to a question",
    State.TAKEN: "taken",
    State.BACK: "with its sender again",
}
_LONG: Final = timedelta(days=2)


def shown(view: View, look: Look, name: str) -> Message:
    """A channel's chains, or that of a project, and where its open batons are."""
    head = [_chain(each, look) for each in view.chains] or [_no_chain(look, name)]
    batons = _batons(view, look) if view.batons or view.chains else []
    text = join("\n", [*head, *batons])
    parts = [join("\n", each) for each in (head, batons) if each]
    return Message(text, [*(block for each in parts for block in sections(each)), context(_HOW)])


def how(*, is_unclear: bool = False) -> Message:
    """What can be typed behind `/handoff chain`; unclear: something else was."""
    unclear = mrkdwn("I could not read that as a name and people in a row, so I changed nothing.")
    return Message(join("\n", [unclear, _HOW]) if is_unclear else _HOW)


def not_here() -> Message:
    """The command was typed where there can be no chain."""
    return Message(
        mrkdwn("A chain belongs to a channel: type this in one that you and I are both in.")
    )


def only_members(channel_id: str) -> Message:
    """Somebody from outside wants to change it."""
    return Message(
        mrkdwn("Only people in {channel} can change its chains.", channel=Channel(channel_id))
    )


def cannot_carry(user_ids: Sequence[str]) -> Message:
    """Some of those who were named cannot be in a chain."""
    who = join(", ", [mrkdwn("{who}", who=Mention(each)) for each in user_ids])
    told = mrkdwn(
        " cannot be in a chain here, so I changed nothing. It takes full members of the workspace "
        "who can open this channel and let me write to them."
    )
    return Message(join("", [who, told]))


def nothing_to_end(name: str) -> Message:
    """There is no such chain."""
    if name:
        return Message(mrkdwn("There is no chain “{name}” here.", name=name))
    return Message(mrkdwn("This channel has no chain."))


def as_it_was(chain: ChainShown, look: Look) -> Message:
    """It was like that before."""
    return Message(join("\n", [mrkdwn("It is like that already."), _chain(chain, look)]))


def changed(chain: ChainShown, before: Sequence[str], look: Look) -> Message:
    """Something else holds now; one click takes it back, as long as nobody changed it again."""
    text = join("\n", [mrkdwn("Done."), _chain(chain, look)]) if chain.people else _ended(chain)
    back = button("Undo", UNDO, f"{chain.id}|{chain.version}|{written(before)}")
    return Message(text, [section(text), actions([back])])


def undone(chain: ChainShown, look: Look) -> Message:
    """What was changed is taken back."""
    told = _chain(chain, look) if chain.people else _ended(chain)
    return Message(join("\n", [mrkdwn("All is as before."), told]))


def changed_meanwhile() -> Message:
    """Somebody changed it again, so there is nothing to take back."""
    return Message(
        mrkdwn("It was changed again since, so I left it. `/handoff chain` shows how it is now.")
    )


def lasted(length: timedelta) -> str:
    """A length of time as people say it: minutes, hours, from two days on days."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if length >= _LONG:
        return f"{minutes // 1_440} days"
    return f"{minutes // 60} h" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004


def starts(found: Next, look: Look) -> Mrkdwn:
    """When somebody is at work, in their own time."""
    if found.starts_at <= look.now:
        return mrkdwn("who is at work now")
    theirs = found.person.working_time.local(found.starts_at)
    return mrkdwn("who starts {at} (their time)", at=moment(theirs, look.reader.locale))


def _chain(chain: ChainShown, look: Look) -> Mrkdwn:
    whose = mrkdwn("*{name}*: ", name=chain.name) if chain.name else _channels_own(look)
    order = join(" → ", [mrkdwn("{who}", who=Mention(each)) for each in chain.people])
    return join("\n", [join("", [whose, order]), _next(chain.next, look)])


def _channels_own(look: Look) -> Mrkdwn:
    return mrkdwn("*The chain of* {channel}: ", channel=Channel(look.channel_id))


def _next(found: Next | None, look: Look) -> Mrkdwn:
    if found is None:
        return mrkdwn("Nobody in it could take something from you just now.")
    who = mrkdwn("What you hand over now goes to {who}, ", who=Mention(found.person.user_id))
    return join("", [who, starts(found, look), mrkdwn(".")])


def _no_chain(look: Look, name: str) -> Mrkdwn:
    if name:
        return mrkdwn("There is no chain “{name}” here.", name=name)
    return mrkdwn("{channel} has no chain yet.", channel=Channel(look.channel_id))


def _ended(chain: ChainShown) -> Mrkdwn:
    rest = "What is on its way and is not taken comes back to whoever handed it over."
    if chain.name:
        return mrkdwn("The chain “{name}” has ended. {rest}", name=chain.name, rest=rest)
    return mrkdwn("The chain of this channel has ended. {rest}", rest=rest)


def _batons(view: View, look: Look) -> list[Mrkdwn]:
    if not view.batons:
        return [mrkdwn("No baton is under way.")]
    title = mrkdwn("*Batons under way* ({count})", count=len(view.batons) + view.more)
    lines = [_baton(each, look) for each in view.batons]
    more = [mrkdwn("… and {count} more.", count=view.more)] if view.more else []
    return [title, *lines, *more]


def _baton(shown: OnItsWay, look: Look) -> Mrkdwn:
    baton, since = shown.baton, shown.stages[-1].since
    told = mrkdwn(
        "• {what}: {where} since {since}, {length}",
        what=Link(baton.link, shorten(baton.what, WHAT_LENGTH)),
        where=_WHERE.get(baton.state, ""),
        since=look.reader.moment(since),
        length=lasted(look.now - since),
    )
    return join("\n    ", [told, _way(shown, look)])


def _way(shown: OnItsWay, look: Look) -> Mrkdwn:
    sender = mrkdwn("{who}", who=Mention(shown.baton.sender_id))
    stages = [_stage(each, look) for each in shown.stages[-STAGES:]]
    left_out = [mrkdwn("…")] if len(shown.stages) > STAGES else []
    return join(" → ", [sender, *left_out, *stages])


def _stage(stage: Stage, look: Look) -> Mrkdwn:
    length = lasted(stage.rested(look.now))
    so_far = " so far" if stage.until is None else ""
    return mrkdwn(
        "{who} {length}{so_far}", who=Mention(stage.holder_id), length=length, so_far=so_far
    )
