"""Who reads and changes how pages go on, and who tries it out."""

from bot.features.redphone.queries import policies
from bot.features.redphone.rules.policies import Policy, Way
from bot.features.redphone.service import policies as service
from bot.playground.world import TEAM_ID
from tests.support.town import Town

POLICY = "/redphone policy"
DOWN = "Production down: customers cannot use the product"


def test_an_admin_changes_a_level_adds_one_and_takes_it_back(quiet: Town) -> None:
    quiet.tom.types("#infra", POLICY)
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "1. whoever is paged, by direct message. Then I wait 5 minutes." in told
    assert "All of that 3 times." in told
    quiet.tom.presses("Level 1…")
    quiet.tom.fills_in({"Minutes until the next level": "10", "Rounds through all levels": "2"})
    assert "Then I wait 10 minutes." in _form(quiet)
    quiet.tom.types("#infra", POLICY)
    quiet.tom.presses("Add a level…")
    quiet.tom.fills_in({"People": ["Mei"]})
    assert "2. @Mei, by direct message" in _form(quiet)
    policy = _policy(quiet)
    assert [level.wait for level in policy.levels] == [10, 5]
    assert policy.rounds == 2
    assert Way.DM in policy.levels[1].ways
    quiet.tom.presses("Undo")
    quiet.settle()
    assert len(_policy(quiet).levels) == 1
    quiet.tom.types("#infra", POLICY)
    quiet.tom.presses("As usual")
    assert "All of that 3 times." in quiet.whispers_to(quiet.tom)[-1]


def test_what_cannot_be_is_said_in_a_sentence(quiet: Town) -> None:
    quiet.tom.types("#infra", POLICY)
    quiet.tom.presses("Add a level…")
    quiet.tom.fills_in({})
    assert "Please pick whom this level reaches." in str(quiet.tom.form)
    quiet.tom.fills_in({"People": ["Gil"]})
    assert "Only full members of this workspace can be paged, so not Gil" in str(quiet.tom.form)


def test_everybody_may_read_policies_and_only_admins_change_them(quiet: Town) -> None:
    quiet.sam.types("#infra", POLICY)
    told = quiet.whispers_to(quiet.sam)[-1]
    assert "Usual escalation policy" in told
    assert "Admins of this workspace can change escalation policies." in told


def test_a_form_that_is_older_than_the_last_change_changes_nothing(quiet: Town) -> None:
    quiet.tom.types("#infra", POLICY)
    quiet.tom.presses("Level 1…")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        service.change(uow, policies.USUAL, Policy(rounds=7), by="operator")
    quiet.tom.fills_in({})
    assert "Somebody changed this policy meanwhile" in str(quiet.tom.form)
    assert _policy(quiet).rounds == 7


def test_a_drill_pages_as_always_and_says_everywhere_that_it_is_one(quiet: Town) -> None:
    quiet.sam.types("#infra", "/redphone drill")
    assert "A drill:" in quiet.forms_of(quiet.sam)[-1]
    quiet.sam.fills_in({"What is it?": DOWN, "What it hurts": "Nobody", "Person to page": "Priya"})
    (paged,) = [text for text in quiet.writes_to(quiet.priya) if "Nothing is wrong" in text]
    assert "test" in paged.lower() or "drill" in paged.lower()
    for _ in range(3):
        quiet.advance(minutes=5)
    assert "drill" in quiet.writes_to(quiet.sam)[-1]


def _policy(town: Town) -> Policy:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        row = policies.named(uow, policies.USUAL)
        return Policy.from_json(row.policy) if row is not None else Policy()


def _form(town: Town) -> str:
    return town.forms_of(town.tom)[-1]
