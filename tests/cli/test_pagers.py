"""`baton pagers test`: sends a test, and tells what came back."""

from collections.abc import Iterator

import pytest

from tests.support.local_api import Answer, Fault
from tests.support.pagers_api import PagersApi
from tests.support.shell import Shell


@pytest.fixture
def api() -> Iterator[PagersApi]:
    with PagersApi() as running:
        yield running


def _environment(api: PagersApi, *names: str) -> dict[str, str]:
    return {name.upper(): str(value) for name, value in api.settings(*names).items()}


def test_a_test_that_is_taken_says_so_and_says_that_it_is_one(api: PagersApi, baton: Shell) -> None:
    told = baton("pagers", "test", "sms", "+4915112345678", **_environment(api, "twilio"))
    assert (told.returncode, told.stdout) == (0, "sms: it was taken. Look whether it arrived.\n")
    ((name, request),) = api.told
    assert name == "sms"
    assert request.body["Body"].startswith("[Test] ")


def test_a_test_that_is_not_taken_tells_the_code(api: PagersApi, baton: Shell) -> None:
    api.faults.append(Fault(Answer({"code": 20003, "message": "canary"}, 401)))
    told = baton("pagers", "test", "sms", "+4915112345678", **_environment(api, "twilio"))
    assert told.returncode == 1
    assert told.stdout.startswith("sms: A pager does not take it")
    assert told.stdout.endswith("(401 20003)\n")


def test_what_is_not_set_up_or_needs_an_address_is_one_sentence(
    api: PagersApi, baton: Shell
) -> None:
    for arguments, said in ((["fax"], "(there are: sms, voice)"), (["voice"], "phone number")):
        told = baton("pagers", "test", *arguments, **_environment(api, "twilio"))
        assert (told.returncode, told.stdout) == (2, "")
        assert said in told.stderr
    assert api.journal == []


def test_where_no_pager_is_set_up_the_way_to_one_is_told(baton: Shell) -> None:
    told = baton("pagers", "test", "sms", "+4915112345678")
    assert (told.returncode, told.stdout) == (2, "")
    assert "the README says how" in told.stderr


def test_a_secret_that_is_too_short_is_told_in_words(baton: Shell) -> None:
    hook = {"BATON_PAGER_WEBHOOK_URL": "https://a.example", "BATON_PAGER_WEBHOOK_SECRET": "canary"}
    told = baton("pagers", "test", "webhook", **hook)
    assert told.returncode == 2
    assert "BATON_PAGER_WEBHOOK_SECRET must have 16 characters or more." in told.stderr
    assert "canary" not in told.stderr
