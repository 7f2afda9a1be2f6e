"""With which token Slack is asked, and when with none."""

from threading import Event, Thread

import pytest
from sqlalchemy import select

from bot.core import encrypted, installations, workspaces
from bot.core.bot import Bot
from bot.core.encryption import Keyring
from bot.core.errors import SlackTokenDead, TokenUnreadable
from bot.core.unit_of_work import House
from bot.core.workspaces import Workspace, WorkspaceRow
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.tokens import GONE, PARKED, Tokens
from tests.support.desk import TEAM, Desk, posted
from tests.support.installing import TOKEN, end, granted, install

OLD, NEW = {"k1": b"1" * 32}, {"k2": b"2" * 32}


@pytest.fixture
def house(bot: Bot) -> Bot:
    bot.house = House(Keyring(OLD))
    return bot


def _refusal(tokens: Tokens, generation: int | None = None) -> str:
    with pytest.raises(SlackTokenDead) as refused:
        tokens.of("T8", generation)
    return refused.value.code


def test_each_workspace_has_the_token_of_its_installation(house: Bot) -> None:
    install(house, granted("T8", "xoxb-8"))
    install(house, granted("E1", "xoxb-org", is_org_wide=True), "T5", "T6")
    tokens = Tokens(house)
    found = {each: tokens.of(each) for each in ("T8", "T5", "T6")}
    assert {team: token.text for team, token in found.items()} == {
        "T8": "xoxb-8",
        "T5": "xoxb-org",
        "T6": "xoxb-org",
    }
    assert "xoxb" not in repr(found)


def test_the_token_of_the_settings_is_for_the_workspace_that_slack_said(house: Bot) -> None:
    tokens = Tokens(house, "xoxb-settings")
    tokens.belongs_to("T1")
    assert tokens.of("T1").text == "xoxb-settings"
    with pytest.raises(SlackTokenDead):
        tokens.of("T2")


def test_a_workspace_whose_token_is_in_the_settings_no_more_waits_until_it_is_again(
    house: Bot,
) -> None:
    for tokens in (Tokens(house, "xoxb-settings"), Tokens(house)):
        tokens.belongs_to("T2")
        with pytest.raises(SlackTokenDead) as refused:
            tokens.of("T1")
        assert refused.value.code == PARKED, "so that it is not tried every second"
    with house.database.reading() as session:
        parked = session.scalars(select(WorkspaceRow.team_id).where(workspaces.IS_PARKED)).all()
    assert "T1" in parked
    with house.database.transaction() as session:
        again = Workspace("T1", "Tideline", "https://t.slack.com/", "B1", "U0", frozenset())
        workspaces.save(session, again, now=house.clock.now())
    back = Tokens(house, "xoxb-settings")
    back.belongs_to("T1")
    assert back.of("T1").text == "xoxb-settings"


def test_f34_a_token_that_was_read_is_not_given_after_an_end_that_another_noted(house: Bot) -> None:
    generation = install(house, granted("T8"))
    tokens = Tokens(house)
    assert tokens.of("T8", generation).text == TOKEN
    end(house, "T8")
    assert (_refusal(tokens), _refusal(tokens, generation)) == (GONE, GONE)
    tokens.forget()
    assert tokens._known == {}


def test_f34_what_was_begun_under_one_installation_gets_no_token_of_another(house: Bot) -> None:
    older = install(house, granted("T8"))
    newer = install(house, granted("T8", "xoxb-newer"))
    tokens = Tokens(house)
    assert _refusal(tokens, older) == GONE
    assert tokens.of("T8", newer).text == "xoxb-newer"


def test_f35_a_refused_token_is_parked_and_not_tried_again(house: Bot) -> None:
    generation = install(house, granted("T8"))
    tokens = Tokens(house)
    tokens.refused(tokens.of("T8"), "token_revoked")
    assert _refusal(tokens, generation) == PARKED


def test_f35_a_refusal_of_an_older_token_says_nothing_against_a_newer_one(house: Bot) -> None:
    install(house, granted("T8"))
    tokens = Tokens(house)
    older = tokens.of("T8")
    install(house, granted("T8", "xoxb-newer"))
    tokens.refused(older, "token_revoked")
    assert tokens.of("T8").text == "xoxb-newer"


def test_t16_a_process_without_the_newest_key_goes_on_with_what_it_read(house: Bot) -> None:
    install(house, granted("T8"))
    install(house, granted("T9"))
    tokens = Tokens(house)
    tokens.of("T8")
    list(encrypted.rotate(house.database, Keyring(NEW | OLD)))
    assert tokens.of("T8").text == TOKEN
    with pytest.raises(TokenUnreadable):
        tokens.of("T9")
    house.house = House(Keyring(OLD | NEW))
    assert tokens.of("T9").text == TOKEN


def test_t16_keys_are_rotated_under_traffic_without_an_error(house: Bot) -> None:
    for number in range(20):
        install(house, granted(f"TX{number}"))
    house.house = House(Keyring(OLD | NEW))  # the newer one came behind the older one first
    is_over = Event()
    failed: list[TokenUnreadable] = []
    asked: list[str] = []

    def ask() -> None:
        while not is_over.is_set():
            tokens = Tokens(house)  # as a process that has just started
            try:
                asked.extend(tokens.of(f"TX{number}").text for number in range(20))
            except TokenUnreadable as error:
                failed.append(error)

    asking = [Thread(target=ask) for _ in range(2)]
    for each in asking:
        each.start()
    for keys in (NEW | OLD, OLD | NEW, NEW | OLD):
        list(encrypted.rotate(house.database, Keyring(keys)))
    is_over.set()
    for each in asking:
        each.join()
    assert failed == []
    assert set(asked) == {TOKEN}
    with house.database.reading() as session:
        assert all(row.token.startswith("k2:") for row in installations.every(session))


@pytest.fixture
def desk(house: Bot, server: LocalSlackServer) -> Desk:
    """A sender whose workspace installed the app, with the token that the local Slack takes."""
    made = Desk(house.database, server)
    made.bot.house = house.house
    made.gateway._tokens = Tokens(made.bot)
    install(made.bot, granted(TEAM, BOT_TOKEN))
    return made


def test_f34_a_sender_that_froze_after_its_claim_sends_nothing_under_a_newer_installation(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.queue("one")
    frozen = desk.sender._claim()
    assert frozen is not None
    install(desk.bot, granted(TEAM, BOT_TOKEN))
    desk.sender._send(*frozen)
    assert posted(slack) == []
    desk.pass_time()
    desk.work()
    assert posted(slack) == ["one"], "it was claimed anew"


def test_f34_what_is_queued_where_it_was_uninstalled_never_goes_out(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for key in ("one", "two"):
        desk.queue(key)
    claim = desk.sender._claim()
    assert claim is not None
    end(desk.bot, TEAM)
    with pytest.raises(Exception, match="not installed"):
        desk.sender._send(*claim)
    desk.pass_time()
    desk.work()
    assert posted(slack) == []


def test_f35_of_a_parked_workspace_only_what_is_urgent_is_looked_at(
    desk: Desk, slack: LocalSlackClient
) -> None:
    desk.gateway._tokens.refused(desk.gateway._tokens.of(TEAM), "invalid_auth")
    desk.queue("one")
    desk.queue("two", urgent=True)
    desk.work()
    assert posted(slack) == []
    assert (desk.row("one").attempts, desk.row("one").error) == (0, None)
    assert "parked" in str(desk.row("two").error), "so that a page goes another way"
