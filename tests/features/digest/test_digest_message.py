"""A digest is one that Slack takes and people can read, however much is in it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import blocks, sealing
from bot.core.blocks import MAX_TEXT, Message, button, overflow
from bot.core.digests import ON_HOME, DigestSection, Line, Part
from bot.core.people import Person
from bot.core.quotations import linked
from bot.core.render import Channel, Link, mrkdwn
from bot.features.digest.messages import digest as messages
from bot.features.digest.messages.fitting import MAX_LINE
from bot.features.digest.rules.coverage import Coverage
from bot.features.digest.service.composing import told_once
from bot.playground import block_kit

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 10, 7, 11, 20, tzinfo=BERLIN)
TOM = Person("U1", "Tom", "Europe/Berlin", is_member=True, locale="en-GB")
SOURCE = re.compile(r"<https://t\.slack\.com/archives/C1/p\d+\|“[^<>]*>$")
HOSTILE = "<!channel> <@U9> *b* `c` ```\n> q\n\u202e\u200b & <https://x.example|pay> %s {name} "


def _line(text: str, number: int = 0, *, has_menu: bool = False) -> Line:
    """A line with a source of its own."""
    link = linked(f"https://t.slack.com/archives/C1/p{number:016}", text)
    menu = overflow("asks.do", {f"done|{number}": "Done", f"snooze|{number}": "Snooze"})
    told = mrkdwn("{text}:", text=" ".join(text.split()))
    return Line(told, (link,), menu if has_menu else None)


def _part(part: Part, lines: Sequence[Line], **values: object) -> DigestSection:
    return DigestSection(part, mrkdwn("{name}", name=part.name), lines, **values)  # type: ignore[arg-type]


def _digest(
    *parts: DigestSection,
    person: Person = TOM,
    late: bool = False,
    prompt: str = "",
    coverage: Coverage | None = None,
) -> Message:
    return messages.digest(
        person,
        parts,
        now=NOW,
        since=NOW - timedelta(hours=18),
        coverage=coverage or Coverage(),
        late=late,
        prompt=prompt,
    )


def _fits(message: Message) -> None:
    payload = blocks.payload(messages.with_way_out(message))
    leaving, _ = sealing.seal(payload["blocks"], {})
    assert block_kit.problems(leaving, "message") == []
    assert len(payload["text"]) <= MAX_TEXT
    assert not payload["text"].endswith("more]"), "what is cut is cut by whole lines"


def _seen(message: Message) -> str:
    shown = [block.get("text", {}).get("text", "") for block in message.blocks]
    small = [block["elements"][0] for block in message.blocks if block["type"] == "context"]
    return "\n".join([*shown, *(each["text"] for each in small)])


def test_one_line_on_top_says_what_is_in_it() -> None:
    lines = [_line("q", number) for number in range(3)]
    parts = [_part(Part.WAITS, lines, more=2), _part(Part.CLOSING, lines[:1])]
    parts += [_part(Part.DECISIONS, lines[:2]), _part(Part.HAPPENED, lines)]
    summary = "*5 wait for you* · 1 closes soon · 2 decisions · talk in 1 channel"
    of_one = Coverage(told=1)
    assert _digest(*parts, coverage=of_one).text.split("\n\n")[1] == summary
    alone = _digest(parts[-1], coverage=of_one)
    assert "Nothing waits for you · talk in 1 channel" in alone.text
    held = _part(Part.WAITS, [], held_back=1)
    assert "Nothing waits" not in _digest(held, parts[-1]).text, "that cannot be known"
    to_take = _digest(_part(Part.HANDOFFS, lines[:1]), parts[-1]).text
    assert to_take.split("\n\n")[1] == "1 hand-off"


def test_a_late_one_says_as_of_when_it_is() -> None:
    part = _part(Part.DECISIONS, [_line("d")])
    assert "As of 11:20 · Nothing waits for you" in _digest(part, late=True).text
    assert "As of" not in _digest(part).text


def test_its_days_and_times_are_written_as_is_usual_where_its_reader_is() -> None:
    part = _part(Part.DECISIONS, [_line("d")])
    told = _digest(part, person=replace(TOM, locale="de-DE"), late=True).text
    assert "Good morning, Tom · Mittwoch, 7. Oktober" in told
    assert "Since Di., 6. Okt., 17:20. Plain digest" in told
    assert "As of 11:20 AM" in _digest(part, person=replace(TOM, locale="en-US"), late=True).text


def test_what_stands_at_the_end_says_what_it_was_made_from() -> None:
    part = _part(Part.WAITS, [_line("q")], held_back=1)
    gap = mrkdwn("the oldest of {channel}", channel="#infra")
    told = _digest(part, coverage=Coverage(3, 34, (gap,), withheld=1))
    for said in (
        "34 messages in 3 channels since Tue 6 Oct, 17:20",
        "Not read: the oldest of #inf",
    ):
        assert said in told.text
        assert said in _seen(told)
    assert "2 lines are held back" in told.text
    assert messages.PLAIN in told.text
    assert messages.DRAFTED in _digest(part, prompt="digest/channel v1").text
    assert told.blocks[-1]["type"] == "actions", "opinions come last"


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 1, 200])
@pytest.mark.parametrize(
    "text", ["short", "very long words " * 60, "x" * 4_000, HOSTILE * 20, "&<>" * 900]
)
@pytest.mark.parametrize("has_menu", [True, False])
def test_slack_takes_it_and_every_link_is_whole(text: str, count: int, *, has_menu: bool) -> None:
    lines = [_line(text, number, has_menu=has_menu) for number in range(count)]
    several = [button("Answer several…", "asks.several")]
    whole = _part(Part.WAITS, lines, elements=several)
    rest = [_part(Part.HAPPENED, lines[:3], menu=button("Less", "digest.less")) for _ in range(60)]
    message = _digest(whole, *rest)
    _fits(message)
    assert messages.PLAIN in _seen(message)
    for shown in (message.text, _seen(message)):
        bullets = [line for line in shown.split("\n") if line.startswith("• ")]
        assert all(SOURCE.search(each) for each in bullets)
        assert all(len(each) <= MAX_LINE + 4 for each in bullets)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(Part), st.integers(0, 40), st.integers(0, 5), st.booleans()),
        max_size=8,
    )
)
def test_what_is_shown_and_what_is_not_adds_up(
    given_parts: list[tuple[Part, int, int, bool]],
) -> None:
    parts = [
        _part(
            part,
            [_line("word " * 9, each, has_menu=has_menu) for each in range(count)],
            more=more if count else 0,
        )
        for part, count, more, has_menu in sorted(given_parts, key=lambda each: each[0])
    ]
    message = _digest(*parts)
    _fits(message)
    for shown in (message.text, _seen(message)):
        lines = shown.split("\n")
        more = [int(each.split()[1]) for each in lines if each.startswith("and ")]
        left = [int(each.split()[0]) for each in lines if "not fit here" in each]
        bullets = sum(each.startswith("• ") for each in lines)
        assert bullets + sum(more) + sum(left) == sum(part.count for part in parts)


@pytest.mark.parametrize("name", [HOSTILE, "x" * 400, "👩‍👩‍👧‍👦" * 50, " "])
def test_nobody_is_called_by_a_name(name: str) -> None:
    person = Person("U1", name, "Europe/Berlin", is_member=True)
    message = _digest(_part(Part.WAITS, [_line(HOSTILE)]), person=person)
    _fits(message)
    for loud in ("<!channel>", "<@U9>", "<https://x.example"):
        assert loud not in message.text


def test_what_an_earlier_part_told_is_not_repeated() -> None:
    first, second = frozenset({("C1", "1.0")}), frozenset({("C1", "2.0")})
    later = [Line(mrkdwn("x"), (Link("u", "l"),), about=each) for each in (first, second)]
    decided = _part(Part.DECISIONS, [_line("d")], about=first)
    in_order = told_once([_part(Part.ANSWERED, later, about=first | second), decided])
    assert [each.part for each in in_order] == [Part.DECISIONS, Part.ANSWERED]
    assert list(in_order[1].lines) == later[1:]


def test_a_line_without_a_source_is_none() -> None:
    with pytest.raises(ValueError, match="ends in what it comes from"):
        Line(mrkdwn("Somebody said so."), ())


def test_what_is_not_shown_says_where_it_is_unless_a_line_before_it_was_cut() -> None:
    lines = [_line("q", number) for number in range(3)]
    message = _digest(_part(Part.WAITS, lines, more=13, rest=ON_HOME))
    assert "and 13 more on my Home tab" in message.text
    assert "and 13 more on my Home tab" in _seen(message)
    many = [_line("word " * 60, number) for number in range(200)]
    assert "on my Home tab" not in _digest(_part(Part.WAITS, many, more=1, rest=ON_HOME)).text


def test_many_gaps_are_small_print_that_slack_takes() -> None:
    gaps = tuple(
        mrkdwn("of {channel} only the newest 2,000 messages", channel=Channel(f"C{number:010}"))
        for number in range(200)
    )
    message = _digest(_part(Part.WAITS, [_line("q")]), coverage=Coverage(200, 400_000, gaps))
    _fits(message)
    assert "“q”" in _seen(message)
    assert "“q”" in message.text
