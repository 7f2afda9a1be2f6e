"""What tells somebody of several batons at once."""

from datetime import UTC, datetime
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import MAX_MESSAGE_BLOCKS, MAX_SECTION, MAX_TEXT, payload
from bot.core.people import Person
from bot.features.handoffs.messages.several import Line, several
from bot.features.handoffs.rules.items import State, StepKind
from bot.features.handoffs.rules.shown import BatonShown
from bot.features.handoffs.service.told import MOST

NOW: Final = datetime(2026, 10, 6, 8, tzinfo=UTC)
PRIYA: Final = Person("U0PRIYA00", "Priya", "Asia/Kolkata", is_member=True)
LINK: Final = "https://acme.slack.example/archives/C0INFRA00/p1791273601000100"
WORDY: Final = "of a long list & more < of it > " * 40


def shown(number: int, state: State = State.OFFERED, holder_id: str = "U0PRIYA00") -> BatonShown:
    """A baton of which as much is said as can be."""
    return BatonShown(
        str(number),
        state,
        "C0INFRA00",
        f"Item {number} {WORDY}",
        "U0TOM0000",
        holder_id,
        NOW,
        NOW,
        StepKind.PASSED_ON,
        LINK,
        progress=WORDY,
        next_step=WORDY,
        by="U0TOM0000",
        words=WORDY,
        passed_by="U0ANA0000",
        added_by="U0ANA0000",
        added=WORDY,
    )


states = st.tuples(st.sampled_from(State), st.sampled_from(["U0PRIYA00", "U0ANA0000"]))


@given(st.lists(states, min_size=1, max_size=MOST), st.booleans())
def test_as_many_as_there_can_be_fit_and_each_has_a_line(
    batons: list[tuple[State, str]], is_reminder: bool
) -> None:
    goes_on_at = NOW if is_reminder else None
    lines = [Line(shown(n, *each), goes_on_at) for n, each in enumerate(batons, start=10)]
    sent = payload(several(lines, PRIYA, by="", is_reminder=is_reminder, not_checked=1))
    assert len(sent["blocks"]) <= MAX_MESSAGE_BLOCKS
    assert len(sent["text"]) <= MAX_TEXT
    sections = sent["blocks"][1:-1]
    for number, section in enumerate(sections, start=10):
        assert f"Item {number} " in section["text"]["text"]
        assert f"Item {number} " in sent["text"]
        assert len(section["text"]["text"]) <= MAX_SECTION
    assert len(sections) == len(batons)


def test_only_what_the_reader_can_do_something_about_has_a_menu() -> None:
    found = [
        Line(shown(1)),
        Line(shown(2, State.DONE)),
        Line(shown(3, State.TAKEN, "U0ANA0000")),
    ]
    message = several(found, PRIYA, by="", is_reminder=False)
    assert ["accessory" in block for block in message.blocks[1:]] == [True, False, False]


def test_the_title_names_whoever_handed_over_all_of_it() -> None:
    lines = [Line(shown(1)), Line(shown(2))]
    by_one = several(lines, PRIYA, by="U0TOM0000", is_reminder=False)
    assert by_one.text.startswith("<@U0TOM0000> hands over 2 things to you:")
    assert several(lines, PRIYA, by="", is_reminder=False).text.startswith("2 things came to you:")
