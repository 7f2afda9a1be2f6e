"""Whether a page was an emergency: who is asked when, and what they see of it."""

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
