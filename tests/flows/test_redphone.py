"""The red phone, from the command to a page."""

from datetime import UTC, datetime

from tests.support.town import Town

FIRE = "/redphone Nobody can sign up"
DOWN = "Production down: customers cannot use the product"
NIGHT_IN_KOLKATA = datetime(2026, 10, 6, 21, 30, tzinfo=UTC)
FILLED = {"What is it?": DOWN, "What it hurts": "All new customers"}


def test_a_person_is_paged(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    print(quiet.forms_of(quiet.sam)[-1])
    quiet.sam.picks_option("Person to page", "Ana")
    quiet.settle()
    print(quiet.forms_of(quiet.sam)[-1])
    quiet.sam.fills_in({**FILLED, "Person to page": "Ana"})
    print(quiet.forms_of(quiet.sam)[-1])
    print((quiet.sam.form or {}).get("errors"))
    quiet.sam.fills_in({})
    quiet.settle()
    print(quiet.forms_of(quiet.sam)[-1])
    print(quiet.writes_to(quiet.ana), quiet.writes_to(quiet.sam))
    assert 0
