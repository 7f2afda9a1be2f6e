"""What a week of stand-ups came to."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import MAX_MESSAGE_BLOCKS, payload
from bot.features.handoffs.messages import outcomes as messages
from bot.features.handoffs.rules import outcomes as rules
from bot.features.handoffs.rules.outcomes import Line, Promised, Summary

MONDAY = date(2026, 10, 5)
WEDNESDAY = datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def _promised(what: str, on: date, **ends: datetime) -> Promised:
    return Promised(Line(what), on, **ends)


def test_what_was_promised_delivered_and_left_open_in_a_week() -> None:
    told = [
        _promised("before", MONDAY - WEEK, delivered_at=WEDNESDAY),
        _promised("long open", MONDAY - WEEK),
        _promised("done", MONDAY, delivered_at=WEDNESDAY),
        _promised("done later", MONDAY, delivered_at=WEDNESDAY + WEEK),
        _promised("open", MONDAY),
        _promised("not needed", MONDAY, dropped_at=WEDNESDAY),
        _promised("next week", MONDAY + WEEK),
    ]
    found = rules.outcome(MONDAY, told, [Line("no key")])
    assert found.promised == 4
    assert [each.words for each in found.delivered] == ["before", "done"]
    assert [each.words for each in found.still] == ["done later", "open"]
    assert [each.words for each in found.dropped] == ["not needed"]
    assert [each.words for each in found.blocked] == ["no key"]


def test_a_week_in_which_nothing_was_written_is_empty() -> None:
    assert rules.outcome(MONDAY, [_promised("long open", MONDAY - WEEK)], []).is_empty


days = st.dates(date(2026, 9, 1), date(2026, 11, 30))
instants = st.none() | st.integers(0, 90 * 24).map(lambda hours: WEDNESDAY + timedelta(hours=hours))


@given(days, days, instants)
def test_a_delivered_promise_is_told_in_the_week_of_its_delivery_alone(
    on: date, day: date, delivered_at: datetime | None
) -> None:
    monday = rules.monday_of(day)
    found = rules.outcome(monday, [Promised(Line("x"), on, delivered_at)], [])
    start, end = rules.stretch_of(monday)
    is_its_week = delivered_at is not None and start <= delivered_at < end
    assert (found.delivered == (Line("x"),)) == is_its_week
    assert not (found.delivered and found.still)
    assert found.promised == (rules.monday_of(on) == monday)


def test_hostile_words_are_shown_and_do_nothing() -> None:
    line = Line("<!channel> *x* <@U1>", "https://x.example/archives/C1/p1")
    text = messages.summary(MONDAY, Summary(moves=(line,), blocked=(Line("a & <b>"),))).text
    assert "<!channel>" not in text
    assert "<@U1>" not in text
    assert "a &amp; &lt;b&gt;" in text


def test_a_team_that_wrote_a_lot_fits_in_a_message() -> None:
    lines = tuple(Line("w" * 300, "https://x.example/p1") for _ in range(200))
    message = messages.summary(MONDAY, Summary(lines, lines, lines, lines))
    assert len(message.blocks) <= MAX_MESSAGE_BLOCKS
    assert "… and 185 more" in message.text
    assert payload(message)["blocks"] == message.blocks
