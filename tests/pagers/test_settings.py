"""Which pagers the settings name, what is wrong in them, and what the doctor says."""

from typing import Any

import pytest

from bot.app import assemble
from bot.core.db import Database
from bot.pagers import configured
from bot.pagers.looking import look_over
from bot.settings import Settings, SettingsError, load
from tests.support.pagers_api import KEY, SECRET, PagersApi

MAIL = "smtps://baton:mail%20canary@mail.example?from=baton@acme.example"
TWILIO = {
    "baton_pager_twilio_account": "AC123",
    "baton_pager_twilio_token": "twilio-canary",
    "baton_pager_twilio_from": "+15005550006",
}
KEYS = f"k1:{'A' * 43}="


def _loaded(**given: Any) -> Settings:
    settings = load(_env_file=None, **given)
    assert "canary" not in repr(settings)
    return settings


def _names(**given: Any) -> list[str]:
    return [pager.name for pager in configured(_loaded(**given))]


def test_each_pager_is_there_if_its_settings_are() -> None:
    assert _names() == []
    assert _names(baton_pager_smtp_url=MAIL) == ["email"]
    assert _names(**TWILIO) == ["sms", "voice"]
    assert _names(**TWILIO | {"baton_pager_twilio_from": "Baton"}) == ["sms"]
    assert _names(baton_pager_pagerduty_key=KEY) == ["pagerduty"]
    hook = {"baton_pager_webhook_url": "https://a.example", "baton_pager_webhook_secret": SECRET}
    assert _names(**hook) == ["webhook"]
    assert _names(baton_pager_apprise_urls="json://canary") == ["apprise"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"baton_pager_smtp_url": "mail.example"}, "smtps:// or smtp+starttls://"),
        ({"baton_pager_smtp_url": "http://mail.example?from=a@b.example"}, "smtps://"),
        ({"baton_pager_smtp_url": "smtp://mail.example?from=a@b.example"}, "encrypted"),
        ({"baton_pager_smtp_url": "smtps://u:canary@mail.example"}, "?from="),
        ({"baton_pager_smtp_url": "smtps://m.example?from=a@b.example%0ABcc:c@d.e"}, "?from="),
        ({"baton_pager_smtp_url": "smtps://m.example:x?from=a@b.example"}, "port"),
        ({"baton_pager_twilio_account": "AC123"}, "BATON_PAGER_TWILIO_TOKEN and"),
        ({**TWILIO, "baton_pager_twilio_from": "0151 canary!"}, "BATON_PAGER_TWILIO_FROM"),
        ({**TWILIO, "baton_pager_twilio_account": "../x"}, "BATON_PAGER_TWILIO_ACCOUNT"),
        ({**TWILIO, "baton_pager_twilio_url": "http://a.example"}, "https://"),
        ({"baton_pager_pagerduty_url": "http://a.example"}, "https://"),
        ({"baton_pager_webhook_url": "https://a.example"}, "BATON_PAGER_WEBHOOK_SECRET, too"),
        ({"baton_pager_webhook_secret": "canary"}, "BATON_PAGER_WEBHOOK_SECRET"),
        ({"baton_heartbeat_url": "http://a.example"}, "https://"),
    ],
)
def test_what_is_wrong_or_missing_is_one_sentence(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        load(_env_file=None, **given)
    (problem,) = wrong.value.problems
    assert said in problem
    assert "canary" not in problem


def test_a_house_knows_its_pagers_and_gives_each_a_lane(database: Database, api: PagersApi) -> None:
    bot = assemble(_loaded(**api.settings()), database)
    names = ("sms", "voice", "pagerduty", "webhook", "apprise")
    assert bot.house.pagers == names
    assert {"caller", *(f"caller:{name}" for name in names)} <= bot.lanes.keys()
    assert bot.outside.heartbeat.beat()
    assert api.lines() == ["GET /beat"]


def test_the_doctor_says_what_is_set_up_and_calls_nobody(
    database: Database, api: PagersApi
) -> None:
    def said(**given: Any) -> dict[str, tuple[str, bool]]:
        settings = _loaded(**given)
        checked = look_over(settings, assemble(settings, database))
        return {each.about: (each.found, bool(each.to_do)) for each in checked}

    assert said()["pagers"][0].startswith("none: a page is a direct message")
    without_keys = said(**api.settings("twilio", "heartbeat"))
    assert without_keys["pager sms"] == ("set up, but nobody can enter an address for it", True)
    assert without_keys["heartbeat"] == ("set up", False)
    keys = {"baton_encryption_keys": KEYS}
    without_links = said(**api.settings("twilio", "webhook"), **keys)
    assert "without a link" in without_links["pager sms"][0]
    assert without_links["pager webhook"] == ("set up; `baton pagers test webhook` tries it", False)
    public = {"baton_public_url": "https://baton.example"}
    whole = said(**api.settings("twilio"), **keys, **public)
    assert whole["pager sms"] == ("set up; `baton pagers test sms` tries it", False)
    assert api.journal == []
