"""People's own addresses outside of Slack, from typing one to being reached there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import metadata
from bot.core import addresses
from bot.core.encryption import new_key
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.databases import Rows, fill
from tests.support.pagers import NotingPager, set_up
from tests.support.town import Town, town

CONTACT = "/redphone contact"
KEYS = {"baton_encryption_keys": new_key()}
ANA = "ana@example.com"


@pytest.fixture
def email() -> NotingPager:
    return NotingPager("email")


@pytest.fixture
def sms() -> NotingPager:
    return NotingPager("sms")


@pytest.fixture
def voice() -> NotingPager:
    return NotingPager("voice")


@pytest.fixture
def reachable(
    database_url: str,
    acquaintance: Rows,
    email: NotingPager,
    sms: NotingPager,
    voice: NotingPager,
) -> Iterator[Town]:
    """A town in which people can be reached outside of Slack, too."""
    fill(database_url, acquaintance)
    with town(database_url, settings=KEYS, register=set_up(email, sms, voice)) as living:
        yield living


def test_an_address_counts_once_its_code_was_typed(
    reachable: Town, email: NotingPager, sms: NotingPager
) -> None:
    ana = reachable.ana
    ana.types("#infra", CONTACT)
    assert "E-mail: none yet." in reachable.whispers_to(ana)[-1]
    _enter(reachable, ana, "Add an e-mail address…", f" {ANA.upper()} ")
    (notice, to), *_ = email.calls
    assert to == "ANA@example.com"
    assert notice.act == "tell"
    assert _kinds(reachable, ana) == set(), "it is not confirmed yet"
    ana.fills_in({"The six digits": "000000" if _code(email) != "000000" else "111111"})
    assert "You can try 4 more times" in str(ana.form)
    ana.fills_in({"The six digits": _code(email)})
    assert "from now on a page reaches you at A•••@example.com, too." in _last_form(reachable, ana)
    assert _kinds(reachable, ana) == {"email"}
    ana.types("#infra", CONTACT)
    assert "E-mail: A•••@example.com, confirmed." in reachable.whispers_to(ana)[-1]
    ana.presses("Send me a test")
    reachable.settle()
    test, to = email.calls[-1]
    assert to == "ANA@example.com"
    assert test.is_test
    assert sms.calls == []
    ana.presses("Remove")
    reachable.settle()
    assert _kinds(reachable, ana) == set()


def test_a_number_is_confirmed_by_a_text_or_a_call(
    reachable: Town, sms: NotingPager, voice: NotingPager
) -> None:
    mei = reachable.mei
    mei.types("#infra", CONTACT)
    _enter(reachable, mei, "Add a phone number…", "0151 23456789")
    assert "begin with a plus and your country's code" in str(mei.form)
    by_call = {"How shall your code come?": "By a call that reads it aloud"}
    mei.fills_in({"Your phone number": "\uff0b49 (0) 151/234-567 89", **by_call})
    reachable.settle()
    assert sms.calls == []
    said, to = voice.calls[-1]
    assert to == "+4915123456789"
    assert re.search(r"(\d, ){5}\d", said.text), "it is read digit by digit"
    mei.fills_in({"The six digits": _code(voice)})
    reachable.settle()
    assert _kinds(reachable, mei) == {"phone"}


def test_the_address_in_use_stays_until_the_new_one_is_confirmed(
    reachable: Town, email: NotingPager
) -> None:
    ana = reachable.ana
    _confirm(reachable, ana, email, ANA)
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Change…", "new@example.org")
    assert _read(reachable, ana) == ANA
    ana.types("#infra", CONTACT)
    told = reachable.whispers_to(ana)[-1]
    assert "a•••@example.com, confirmed. n•••@example.org takes its place" in told
    ana.presses("Type the code…")
    ana.fills_in({"The six digits": _code(email)})
    reachable.settle()
    assert _read(reachable, ana) == "new@example.org"


def test_a_code_is_good_for_a_quarter_of_an_hour_and_five_tries(
    reachable: Town, email: NotingPager
) -> None:
    ana = reachable.ana
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Add an e-mail address…", ANA)
    wrong = "000000" if _code(email) != "000000" else "111111"
    for _ in range(5):
        ana.fills_in({"The six digits": wrong})
    ana.fills_in({"The six digits": _code(email)})
    assert "no longer good" in str(ana.form)
    ana.types("#infra", CONTACT)
    ana.presses("Send a new code")
    reachable.settle()
    reachable.advance(minutes=14)
    ana.types("#infra", CONTACT)
    ana.presses("Type the code…")
    reachable.advance(minutes=1)
    ana.fills_in({"The six digits": _code(email)})
    assert "no longer good" in str(ana.form)
    assert _kinds(reachable, ana) == set()


def test_three_are_sent_within_an_hour_however_often_one_starts_again(
    reachable: Town, email: NotingPager
) -> None:
    ana = reachable.ana
    for number in range(2):
        ana.types("#infra", CONTACT)
        _enter(reachable, ana, "Add an e-mail address…", f"a{number}@example.com")
        ana.types("#infra", CONTACT)
        ana.presses("Remove")
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Add an e-mail address…", ANA)
    last = _code(email)
    ana.types("#infra", CONTACT)
    ana.presses("Send a new code")
    assert len(email.calls) == 3
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Change…", "other@example.com")
    assert "That was three within an hour. You can have another one" in str(ana.form)
    assert len(email.calls) == 3
    ana.types("#infra", CONTACT)
    ana.presses("Type the code…")
    ana.fills_in({"The six digits": last})
    reachable.settle()
    assert _read(reachable, ana) == ANA, "the refused one took nobody's place"
    reachable.advance(hours=1)
    ana.types("#infra", CONTACT)
    ana.presses("Send me a test")
    reachable.settle()
    assert len(email.calls) == 4


def test_whoever_waits_in_vain_is_told(reachable: Town, email: NotingPager) -> None:
    ana, email.refuses = reachable.ana, True
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Add an e-mail address…", ANA)
    assert "I could not send the e-mail you asked for." in reachable.writes_to(ana)[-1]


def test_nothing_readable_is_kept(reachable: Town, email: NotingPager) -> None:
    ana = reachable.ana
    email.refuses = True
    ana.types("#infra", CONTACT)
    _enter(reachable, ana, "Add an e-mail address…", ANA)
    email.refuses = False
    _confirm(reachable, ana, email, ANA)
    with reachable.app.bot.database.reading() as session:
        for table in metadata().sorted_tables:
            for row in session.execute(select(table)).mappings():
                assert "example.com" not in str(dict(row)), table.name
                assert _code(email) not in str(dict(row)).replace(" ", ""), table.name


def test_nobody_sees_somebody_elses(reachable: Town, email: NotingPager) -> None:
    _confirm(reachable, reachable.ana, email, ANA)
    reachable.tom.types("#infra", CONTACT)
    assert "E-mail: none yet." in reachable.whispers_to(reachable.tom)[-1]
    told = [each for each in reachable.slack.journal() if ANA in str(each)]
    assert {each["kind"] for each in told} == {"submit"}, "nobody but Ana ever wrote it"


def test_whoever_is_on_call_and_has_none_is_told_why_it_matters(reachable: Town) -> None:
    reachable.tom.types("#infra", "/redphone oncall @Priya")
    reachable.priya.types("#infra", CONTACT)
    assert "You are on call, and Slack alone cannot" in reachable.whispers_to(reachable.priya)[-1]


@pytest.mark.parametrize("given", [{}, KEYS])
def test_without_keys_or_pagers_one_sentence_says_who_can_set_it_up(
    given: dict[str, Any], database_url: str, acquaintance: Rows, email: NotingPager
) -> None:
    fill(database_url, acquaintance)
    register = set_up() if given else set_up(email)
    with town(database_url, settings=given, register=register) as living:
        living.ana.types("#infra", CONTACT)
        assert "Whoever runs Baton can do that" in living.whispers_to(living.ana)[-1]


def _confirm(town: Town, person: Person, pager: NotingPager, address: str) -> None:
    person.types("#infra", CONTACT)
    has_one = "@" in town.whispers_to(person)[-1]
    _enter(town, person, "Change…" if has_one else "Add an e-mail address…", address)
    person.fills_in({"The six digits": _code(pager)})
    town.settle()


def _enter(town: Town, person: Person, button: str, address: str) -> None:
    town.settle()
    person.presses(button)
    town.settle()
    field = "Your phone number" if "phone" in button else "Your e-mail address"
    person.fills_in({field: address})
    town.settle()


def _code(pager: NotingPager) -> str:
    found = re.search(r"Your code is ([\d, ]+)\.", pager.calls[-1][0].text)
    assert found
    return re.sub(r"\D", "", found[1])


def _kinds(town: Town, person: Person) -> set[str]:
    user_id = town.slack.see(person.name)["me"]
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return set(addresses.kinds_of(uow, [user_id]).get(user_id, ()))


def _read(town: Town, person: Person) -> str | None:
    bot, user_id = town.app.bot, town.slack.see(person.name)["me"]
    with bot.reading() as (session, _):
        keyring, team_id = bot.house.keyring, TEAM_ID
        return addresses.read(session, keyring, team_id, user_id, "email")


def _last_form(town: Town, person: Person) -> str:
    return town.forms_of(person)[-1]
