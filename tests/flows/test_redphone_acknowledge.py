"""Somebody is on it: who presses, what others see, and that it is asked for again."""

from tests.support.town import Town

DOWN = "Production down: customers cannot use the product"


def test_try(quiet: Town) -> None:
    _page(quiet)
    print(quiet.writes_to(quiet.tom), quiet.writes_to(quiet.sam))
    print(quiet.posts_in("#infra"))
    quiet.tom.presses("I'm on it")
    quiet.settle()
    print("TOM", quiet.tom.direct_messages()[-1])
    print("SAM", [m["text"] for m in quiet.sam.direct_messages()])
    print(quiet.posts_in("#infra"))
    quiet.priya.presses("Join")
    print(quiet.whispers_to(quiet.priya))
    quiet.tom.types("#infra", "/redphone open")
    print(quiet.whispers_to(quiet.tom))
    quiet.advance(minutes=30)
    print("TOM", [m["text"] for m in quiet.tom.direct_messages()])
    quiet.tom.presses("Post an update…")
    quiet.tom.fills_in({"How does it go?": "Rolled back"})
    print(quiet.forms_of(quiet.tom))
    print("TOM", [m["text"] for m in quiet.tom.direct_messages()])
    quiet.tom.presses("Resolve…")
    quiet.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    print(quiet.forms_of(quiet.tom))
    print("TOM", [m["text"] for m in quiet.tom.direct_messages()])
    print("SAM", [m["text"] for m in quiet.sam.direct_messages()])
    quiet.advance(minutes=6)
    print("TOM", quiet.tom.direct_messages()[-1])
    quiet.tom.presses("Yes")
    print("TOM", quiet.tom.direct_messages()[-1])
    quiet.advance(hours=8)
    print("SAM", [m["text"] for m in quiet.sam.direct_messages()])
    for m in quiet.tom.messages("#infra"):
        print(m)
    assert 0


def _page(town: Town, whom: str = "Tom") -> None:
    """Sam pages somebody."""
    town.sam.types("#infra", "/redphone Nobody can sign up")
    filled = {"What is it?": DOWN, "What it hurts": "All new customers", "Person to page": whom}
    town.sam.fills_in(filled)
    town.settle()
