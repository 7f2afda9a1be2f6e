"""What the channel of a page is called, and how its timeline reads."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import MAX_MESSAGE_BLOCKS, MAX_TEXT, payload
from bot.core.ids import new_id
from bot.features.redphone.messages import postmortems as post_mortem_words
from bot.features.redphone.messages import timeline as words
from bot.features.redphone.modals import postmortems as forms
from bot.features.redphone.rules import incidents, postmortems
from bot.features.redphone.rules.cards import incident_key, key_of
from bot.features.redphone.rules.postmortems import Draft
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.rules.timeline import Entry, fitted

DAY = date(2026, 10, 6)
AT = datetime(2026, 10, 6, 8, 3, tzinfo=UTC)
LEFT_OUT = postmortems.LEFT_OUT


def entry(kind: EventKind, user_id: str = "", text: str = "") -> Entry:
    return Entry(new_id(), AT, kind, user_id, text)


@given(st.text(max_size=300), st.text(max_size=100))
def test_a_channel_has_a_name_that_slack_takes_whatever_happens(what: str, kind: str) -> None:
    name = incidents.name_of(what, kind, DAY)
    assert re.fullmatch(r"inc-\d{8}[a-z0-9_-]{0,68}", name)


def test_a_channel_is_called_by_its_day_and_by_what_happens() -> None:
    assert incidents.name_of("Nobody can sign up", "Outage", DAY) == (
        "inc-20261006-nobody-can-sign-up"
    )
    assert incidents.name_of("決済が落ちた", "Production down", DAY) == (
        "inc-20261006-production-down"
    )
    assert incidents.name_of("決済", "停止", DAY) == "inc-20261006"


@given(st.uuids(), st.from_regex(r"U[A-Z0-9]{8}", fullmatch=True))
def test_a_key_tells_what_it_was_for(page_id: UUID, user_id: str) -> None:
    made = incidents.key_of(page_id)
    invitation = incidents.invitation_key(page_id, user_id)
    assert incidents.made_for(made) == page_id
    assert incidents.invited_to(invitation) == (page_id, user_id)
    for other in (invitation, key_of(page_id), incident_key(page_id), f"{made}:over"):
        assert incidents.made_for(other) is None
        assert len(other) <= 128
    assert incidents.invited_to(made) is None


@given(st.lists(st.text("ab ", min_size=1, max_size=60), min_size=1, max_size=80))
def test_a_timeline_that_is_too_long_keeps_its_ends_and_counts_the_rest(lines: list[str]) -> None:
    text = fitted(lines, 300, LEFT_OUT)
    assert len(text) <= 300
    whole = "\n".join(lines)
    if len(whole) <= 300:
        assert text == whole
        return
    kept = text.split("\n")
    place = next(place for place, line in enumerate(kept) if line.startswith("… "))
    count = int(kept[place].split()[1])
    last = kept[place + 1 :]
    assert kept[:place] == lines[:place]
    assert last == lines[len(lines) - len(last) :]
    assert count + len(kept) - 1 == len(lines)


def test_a_line_of_a_timeline_that_alone_is_too_long_is_cut() -> None:
    assert fitted(["a" * 500], 300, LEFT_OUT) == "a" * 299 + "…"


def test_every_kind_of_event_has_words_for_everybody_and_for_a_form() -> None:
    for kind in EventKind:
        shown = words.line(entry(kind, "U1", "C1"), {"U1"}, {"U1": "Tom"})
        assert "{" not in shown.replace("{date_short_pretty}, {time}", ""), kind
        assert "{" not in words.plain_line(entry(kind, "U1"), {"U1": "Tom"})


def test_only_who_is_on_the_page_is_mentioned() -> None:
    joined = entry(EventKind.JOINED, "U1")
    assert "<@U1> joined." in words.line(joined, {"U1"}, {"U1": "Tom"})
    assert "Tom joined." in words.line(joined, set(), {"U1": "Tom"})
    assert "somebody joined." in words.line(joined, set(), {})


def test_words_of_people_are_quoted_and_mention_nobody() -> None:
    line = words.line(entry(EventKind.UPDATED, "U1", "fixed by <@U2>\n@here"), {"U1"}, {})
    assert "Update by <@U1>:\n> fixed by &lt;@U2&gt;\n> at-here" in line
    told = words.plain_line(entry(EventKind.UPDATED, "U1", "two\nlines"), {"U1": "Tom"})
    assert told == "2026-10-06 08:03 Update by Tom: two lines"


@given(st.text(max_size=60), st.integers(1, 60))
def test_a_post_mortem_fits_into_a_message(words: str, times: int) -> None:
    long = (words * times)[:3_000]
    draft = Draft("Nobody can sign up", long, "All", long, "We were quick", long)
    shown = payload(post_mortem_words.post_mortem(draft, "U1"))
    assert len(shown["text"]) <= MAX_TEXT
    assert len(shown["blocks"]) <= MAX_MESSAGE_BLOCKS


def test_what_is_written_in_the_form_is_what_is_posted() -> None:
    page_id = str(uuid4())
    lines = [
        words.plain_line(
            Entry(new_id(), AT + timedelta(minutes=n), EventKind.UPDATED, "U1", "x" * 80),
            {"U1": "Tom"},
        )
        for n in range(100)
    ]
    timeline = fitted(lines, 3_000, LEFT_OUT)
    view = forms.write(page_id, Draft("Sign-up", "It broke", "All", timeline))
    values = {
        block["block_id"]: block["element"].get("initial_value", "")
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert view["private_metadata"] == page_id
    assert forms.read(values) == Draft("Sign-up", "It broke", "All", timeline)
    assert postmortems.fitting(" " + "y" * 4_000).endswith("…")
