"""A board can be read with nothing on it and with hundreds of things, whatever people wrote."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import MAX_VIEW_BLOCKS, button, overflow
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.people import Person
from bot.core.render import Mrkdwn, mrkdwn
from bot.core.sealing import seal
from bot.features.home.messages import board as messages
from bot.features.home.rules import board as rules
from bot.features.home.rules.board import FRONT, ON_A_PAGE, Place
from bot.playground import block_kit

ANA = Person("U1", "Ana", "America/Sao_Paulo", is_member=True)
BENEFITS = [Mrkdwn(f"*Benefit {number}:* `/command {number}`") for number in range(7)]
HOSTILE = "<!channel> *_`&amp;\u202e" + "🦉<@U1>" * 900


def section_of(
    count: int,
    part: BoardPart = BoardPart.WAITS,
    name: str = "asks",
    text: str = "row",
    **more: Any,
) -> BoardSection:
    rows = [
        Row(mrkdwn("{text} {number}", text=text, number=number), overflow("do", {"a": "A"}))
        for number in range(count)
    ]
    given = {"empty": mrkdwn("Nothing is waiting on you.")} | more
    return BoardSection(name, part, "Waiting on you", rows, **given)


def told(view: dict[str, Any]) -> str:
    return "\n".join(
        block["text"]["text"] if "text" in block else str(block) for block in view["blocks"]
    )


def problems(view: dict[str, Any]) -> list[str]:
    leaving, _ = seal(view["blocks"], {})
    return block_kit.view_problems(view | {"blocks": leaving})


def presses(view: dict[str, Any]) -> dict[str, str]:
    """What each paging button opens, by its label."""
    elements = [each for block in view["blocks"] for each in block.get("elements", ())]
    elements += [block["accessory"] for block in view["blocks"] if "accessory" in block]
    turning = [each for each in elements if each.get("action_id") == messages.TURN]
    return {each["text"]["text"]: each.get("value", "") for each in turning}


def test_an_empty_board_says_so_and_tells_a_newcomer_in_five_lines_what_they_get() -> None:
    view = messages.front(ANA, [section_of(0)], BENEFITS)
    assert problems(view) == []
    assert "Nothing is waiting on you." in told(view)
    assert told(view).count("• ") == 5
    assert told(view).index("What I do for you") < told(view).index("Waiting on you")


def test_a_newcomer_with_something_on_their_board_reads_that_first() -> None:
    view = messages.front(ANA, [section_of(1)], BENEFITS)
    assert told(view).index("row 0") < told(view).index("What I do for you")


def test_whoever_knows_it_reads_no_introduction() -> None:
    assert "What I do for you" not in told(messages.front(ANA, [section_of(1)]))
    empty = told(messages.front(ANA, [section_of(0), section_of(0, BoardPart.WAITING, "asked")]))
    assert "What I do for you" not in empty
    assert "All clear" in empty
    assert "Nothing is waiting on you" not in empty, "once is enough"


def test_not_all_is_clear_while_something_is_held_back() -> None:
    shown = told(messages.front(ANA, [section_of(0, notes=[Mrkdwn("1 line is held back")])]))
    assert "All clear" not in shown
    assert "held back" in shown


def test_the_first_line_counts_what_waits() -> None:
    sections = [
        section_of(2),
        section_of(1, name="reviews"),
        section_of(2, BoardPart.WAITING, "asked"),
        section_of(4, BoardPart.WAITING, "scheduled", is_counted=False),
        section_of(1, BoardPart.PROPOSALS, "proposed"),
    ]
    line = str(messages.front(ANA, sections)["blocks"][1])
    assert "*3* wait on you · you wait for *2* · *1* proposal of yours" in line
    assert "*1* waits on you" in str(messages.front(ANA, sections[1:2])["blocks"][1])


def test_nobody_is_said_to_wait_for_nothing_while_a_review_waits() -> None:
    reviews = section_of(1, name="reviews", empty=None)
    asks = section_of(0, elements=[button("Ask", "ask")])
    shown = told(messages.front(ANA, [asks, reviews]))
    assert "Nothing is waiting on you" not in shown


def test_parts_stand_in_their_order_and_settings_at_the_end() -> None:
    sections = [section_of(1, part, name=str(part), text=f"part {part.name}") for part in BoardPart]
    shown = told(messages.front(ANA, sections[::-1]))
    places = [shown.index(f"part {part.name} ") for part in BoardPart]
    assert places == sorted(places)
    assert messages.YOUR_SETTINGS in shown


def test_all_settings_are_one_block_with_one_row_of_buttons() -> None:
    sections = [
        BoardSection(
            name,
            BoardPart.SETTINGS,
            "",
            [Row(mrkdwn("line {name}", name=name))],
            elements=[button(name, name)],
        )
        for name in ("time", "digest", "privacy")
    ]
    blocks = messages.front(ANA, sections)["blocks"]
    (text,) = [block for block in blocks if "line time" in str(block)]
    assert text["text"]["text"].count("\n") == 3
    (row,) = [block for block in blocks if block["type"] == "actions"]
    assert len(row["elements"]) == 3


def test_two_hundred_things_leave_the_front_short_and_are_all_there_page_by_page() -> None:
    many = section_of(200)
    front = messages.front(ANA, [many])
    assert problems(front) == []
    assert len(front["blocks"]) < 15
    assert "row 4" in told(front)
    assert "row 5" not in told(front)
    place, seen = rules.read(presses(front)["All 200…"]), ""
    while True:
        view = messages.alone(many, place)
        assert problems(view) == []
        assert f"Page {place.page} of 14" in str(view["blocks"][1])
        seen += told(view) + "\n"
        following = presses(view).get("Next")
        if following is None:
            break
        place = rules.read(following)
    assert place.page == 14
    assert all(f"row {number}\n" in seen for number in range(200))
    assert presses(messages.alone(many, Place("asks", 3))) == {
        "Back to the board": "",
        "Previous": "asks|2",
        "Next": "asks|4",
    }


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 1, 5, 6, 200])
def test_slack_takes_every_board_whatever_people_wrote(count: int) -> None:
    sections = [
        section_of(count, part, f"{part.name} {number}", HOSTILE, notes=[Mrkdwn("note")])
        for part in BoardPart
        for number in range(4)
    ]
    view = messages.front(ANA, sections, [Mrkdwn(HOSTILE[:400])] * 7)
    assert problems(view) == []
    assert len(view["blocks"]) <= MAX_VIEW_BLOCKS
    assert "Only you see this page" in str(view["blocks"][-1])
    if count:
        assert problems(messages.alone(sections[0], Place(sections[0].name))) == []


@given(st.integers(0, 300), st.integers(-3, 400))
def test_a_page_that_is_gone_leads_to_the_last_one_or_to_the_front(count: int, page: int) -> None:
    sections = [section_of(count)]
    place = rules.still_there(sections, Place("asks", page))
    if count == 0:
        assert place == FRONT
    else:
        assert 1 <= place.page <= rules.pages(sections[0])
        assert (place.page - 1) * ON_A_PAGE < count
        assert place.page == page or page < 1 or page > rules.pages(sections[0])


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_what_is_no_place_is_the_front_or_a_place_that_is_written_the_same(text: str) -> None:
    place = rules.read(text)
    assert rules.read(rules.written(place)) == place


def test_guests_and_former_members_are_told_whom_it_is_for() -> None:
    assert problems(messages.no_home()) == []
