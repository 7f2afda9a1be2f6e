"""Fills in the form about a decision from what was said in its thread, by rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.core.cues import sentences
from bot.core.patterns import regex
from bot.core.render import shorten
from bot.features.decisions.rules import details, entries, lead, threads
from bot.features.decisions.rules.acts import Act
from bot.features.decisions.rules.alternatives import Rejected, rejected
from bot.features.decisions.rules.filled import Cite, Filled, Flag, fitting
from bot.features.decisions.rules.registry import Fields
from bot.features.decisions.rules.threads import Spoken, Thread

LINE: Final = 300
"""Characters of somebody's words on one line of a field."""
OPENING: Final = 600
MOST: Final = 8
"""So many objections, and alternatives, are listed."""
REASONS: Final = 3
_DISCUSSION: Final = 60
"""So many messages before a decision name what else there was."""
_REASON: Final = regex(
    r"\b(?:because|due to|so that|that way|otherwise|the reason|which means|in order to|"
    r"since (?:we|it|they|the|that|this|i)|as (?:we|it|they|the|i) |cheaper|faster|simpler|safer|"
    r"easier|quicker|plenty|enough|one thing less|less to|fewer|weil|damit|denn|parce que|car|"
    r"porque)\b",
    re.IGNORECASE,
)
_CONCERN: Final = regex(r"\W*(?:(?:my|one|a|main|only)\s+)*concerns?\s*(?::|is\b)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """The lines of one field, and whose words stand in them."""

    name: str
    lines: list[str] = field(default_factory=list)
    cites: list[Cite] = field(default_factory=list)

    def quote(self, said: Spoken, words: str) -> str:
        self.cites.append(Cite(self.name, said.ts, said.author_id, words))
        return words

    @property
    def text(self) -> str:
        return fitting("\n".join(self.lines))


def prefill(spoken: Sequence[Spoken], picked: str, today: date) -> Filled:
    """The fields that a thread fills in, and what is to be looked at; the oldest message first.

    `picked` is the `ts` of the message that somebody took for the decision. A day to look again
    that is over by `today` is left out. Takes time in proportion to the length.
    """
    if not spoken:
        return Filled(Fields(""))
    thread = threads.read(spoken, picked)
    title, text = _decision(thread)
    context, has_reason = _context(thread)
    alternatives = _alternatives(thread)
    objections, has_open = _objections(thread)
    owner = _owner(thread)
    quotable = [each for each in spoken if each.is_quotable]
    days = [details.review_day(each.said, each.day) for each in quotable]
    fields = Fields(
        title=title.text,
        text=text.text,
        context=context.text,
        alternatives=alternatives.text,
        objections=objections.text,
        owner_id=owner[0].author_id if owner else "",
        review_on=next((day for day in reversed(days) if day is not None and day >= today), None),
        is_reversible=details.is_reversible("\n".join(each.said for each in quotable)),
        tags=details.tags_of(each.text for each in quotable),
    )
    parts = (title, text, context, alternatives, objections)
    cites = (*(cite for part in parts for cite in part.cites), *owner)
    flags = {
        Flag.NOTHING_SETTLED: len(spoken) > 1 and not thread.is_settled,
        Flag.UNSETTLED: has_open,
        Flag.NO_APPROVAL: not threads.is_approved(thread),
        Flag.NO_REASON: not has_reason,
    }
    return Filled(fields, cites, tuple(flag for flag, holds in flags.items() if holds))


def _decision(thread: Thread) -> tuple[_Field, _Field]:
    """The title, and what was decided in full."""
    title, text = _Field("title"), _Field("text")
    said = thread.decision
    if said.is_quotable:
        told = entries.without_request(said.said) if entries.asked_to_log(said.text) else said.said
        title.lines.append(title.quote(said, lead.title_of(told)))
        if not lead.is_all(title.text, told):
            text.lines.append(text.quote(said, fitting(told)))
    return title, text


def _context(thread: Thread) -> tuple[_Field, bool]:
    """What it was about and what spoke for it; and whether anybody gave a reason."""
    found = _Field("context")
    opening = [0] if thread.decided else []
    question = _question(thread)
    opening += [question] if question is not None else []
    reasons = list(_reasons(thread))
    told = [(thread.spoken[place], thread.spoken[place].said) for place in opening]
    told += [(thread.spoken[place], words) for place, words in reasons if place not in opening]
    for said, words in told[: len(opening) + REASONS]:
        if said.is_quotable and words.strip():
            shown = shorten(words, OPENING if words == said.said else LINE)
            found.lines.append(f"{said.name}: {found.quote(said, shown)}")
    return found, bool(reasons) or _gives_reason(thread.decision.said)


def _question(thread: Thread) -> int | None:
    """The last message before the decision that puts it up, where the first does not."""
    if thread.heard[0].asks or thread.heard[0].does(Act.PROPOSES):
        return None
    asking = [
        each.place
        for each in thread.heard[1 : max(1, thread.decided)]
        if each.is_human and each.asks
    ]
    return asking[-1] if asking else None


def _reasons(thread: Thread) -> Iterator[tuple[int, str]]:
    """The sentences before the decision that give a reason, but for those that object."""
    for heard in thread.heard[: thread.decided]:
        if heard.is_human and not heard.does(Act.OBJECTS):
            for sentence in sentences(thread.spoken[heard.place].said):
                if _gives_reason(sentence):
                    yield heard.place, sentence


def _gives_reason(said: str) -> bool:
    return any(_REASON.search(each) and not each.rstrip().endswith("?") for each in sentences(said))


def _alternatives(thread: Thread) -> _Field:
    """What was not taken, a line each, with why not."""
    found = _Field("alternatives")
    near = thread.heard[max(0, thread.decided - _DISCUSSION) : thread.decided]
    places = [each.place for each in near if each.is_human]
    said = [thread.spoken[place] for place in places]
    sources = [*said, thread.decision]
    for each in rejected([one.said for one in said], thread.decision.said)[:MOST]:
        if sources[each.named_in].is_quotable:
            line = found.quote(sources[each.named_in], each.option)
            found.lines.append(line + _why_not(found, each, sources))
    return found


def _why_not(found: _Field, each: Rejected, sources: Sequence[Spoken]) -> str:
    if each.why_in is None or not sources[each.why_in].is_quotable:
        return ""
    who = sources[each.why_in]
    return f": {found.quote(who, shorten(each.why, LINE))} ({who.name})"


def _objections(thread: Thread) -> tuple[_Field, bool]:
    """Who objected and how it was settled, a line each; and whether one is still open."""
    found = _Field("objections")
    has_open = False
    for heard in thread.heard[1:]:
        is_concern = _CONCERN.match(thread.spoken[heard.place].said) is not None
        is_objection = heard.is_human and (is_concern or threads.is_objection(heard))
        if heard.place == thread.decided or not is_objection:
            continue
        settled = threads.settling(thread, heard.place)
        has_open = has_open or settled is None
        said = thread.spoken[heard.place]
        if said.is_quotable and len(found.lines) < MOST:
            line = f"{said.name}: {found.quote(said, shorten(said.said, LINE))}"
            found.lines.append(
                line + _how(found, None if settled is None else thread.spoken[settled])
            )
    return found, has_open


def _how(found: _Field, then: Spoken | None) -> str:
    if then is None:
        return " (still open)"
    return f" (settled by {then.name}: {found.quote(then, shorten(then.said, LINE))})"


def _owner(thread: Thread) -> tuple[Cite, ...]:
    """Who took it upon themselves, else who decided."""
    after = thread.spoken[thread.decided :]
    owner = next((each for each in after if details.takes_on(each.said)), thread.decision)
    return (Cite("owner_id", owner.ts, owner.author_id),) if owner.is_quotable else ()
