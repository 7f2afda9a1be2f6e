"""Whether a page was an emergency: who is asked when, and what they see of it."""

import pytest

from tests.support.pages import pages_somebody
from tests.support.town import Town

ASKED = "Was it an emergency?"


def test_whoever_was_on_it_and_its_caller_say_whether_it_was_an_emergency(lively: Town) -> None:
    pages_somebody(lively, lively.sam, "Tom")
    lively.tom.presses("I'm on it")
    lively.settle()
    lively.tom.presses("Resolve…")
    lively.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    lively.advance(minutes=6)
    assert ASKED in lively.writes_to(lively.tom)[-1]
    assert not any(ASKED in text for text in lively.writes_to(lively.sam)), "Sam sleeps"
    lively.tom.presses("Yes")
    lively.settle()
    assert "You said: it was an emergency." in lively.tom.direct_messages()[-1]["text"]
    lively.tom.presses("No")
    lively.settle()
    assert "You said: it was no emergency." in lively.tom.direct_messages()[-1]["text"]
    lively.advance(hours=9)
    assert sum(ASKED in text for text in lively.writes_to(lively.sam)) == 1
    assert sum(ASKED in text for text in lively.writes_to(lively.tom)) == 1


@pytest.mark.needs("digest")
def test_who_has_no_message_left_today_is_asked_in_the_digest(quiet: Town) -> None:
    tom = str(quiet.slack.see("Tom")["me"])
    with quiet.app.bot.begin("T0TIDELINE", during="job") as uow:
        change = quiet.change("attention.budget", 0, tom)
        quiet.app.bot.change_settings(uow, [change], by="operator")
    pages_somebody(quiet, quiet.sam, "Tom")
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.tom.presses("Resolve…")
    quiet.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    quiet.advance(minutes=6)
    assert not any(ASKED in text for text in quiet.writes_to(quiet.tom))
    quiet.advance(hours=25)
    print(quiet.writes_to(quiet.tom))
    (digest,) = [text for text in quiet.writes_to(quiet.tom) if ASKED in text]
    assert "Nobody can sign up" in digest
    quiet.tom.picks_option("Nobody can sign up", "Yes")
    assert "You said: it was an emergency." in quiet.whispers_to(quiet.tom)[-1]
