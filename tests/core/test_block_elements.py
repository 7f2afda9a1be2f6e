"""Fields and menus are never larger than Slack takes them."""

from datetime import date, time

from bot.core import blocks as kit

MANY = {str(number): f"Option {number} " + "x" * 100 for number in range(120)}


def test_options_are_as_many_and_as_long_as_slack_takes() -> None:
    menus = {
        100: [kit.select("a", MANY), kit.multi_select("a", MANY)],
        10: [kit.checkboxes("a", MANY), kit.radio("a", MANY)],
        5: [kit.overflow("a", MANY)],
    }
    for most, elements in menus.items():
        for element in elements:
            assert len(element["options"]) == most
            assert max(len(option["text"]["text"]) for option in element["options"]) == 75


def test_only_what_is_offered_is_chosen_from_the_start() -> None:
    assert "initial_option" not in kit.select("a", {"x": "X"}, initial="gone")
    assert "initial_options" not in kit.checkboxes("a", {"x": "X"}, initial=["gone"])
    chosen = kit.checkboxes("a", {"x": "X", "y": "Y"}, initial=["y", "gone"])["initial_options"]
    assert [option["value"] for option in chosen] == ["y"]


def test_a_field_bears_the_name_of_what_it_holds() -> None:
    blocks = [
        kit.choice_input("Day", kit.select("name", {"x": "X"})),
        kit.time_input("name", "From", initial=time(7, 5)),
        kit.date_input("name", "Until", initial=date(2026, 1, 2)),
        kit.number_input("name", "Hours", initial=0, least=0),
    ]
    for block in blocks:
        assert (block["block_id"], block["element"]["action_id"]) == ("name", "name")
    assert blocks[1]["element"]["initial_time"] == "07:05"
    assert blocks[2]["element"]["initial_date"] == "2026-01-02"
    assert blocks[3]["element"]["initial_value"] == blocks[3]["element"]["min_value"] == "0"
