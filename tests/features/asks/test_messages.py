"""Every message and form of asks is one that Slack takes, whatever people write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import blocks, boards, sealing
from bot.core.blocks import Message
from bot.core.render import local_time
from bot.core.replies import View
from bot.core.response_clock import ClockPolicy, CountedIn
from bot.core.visibility import Sifted
from bot.core.working_time import WorkingTime
from bot.features.asks import modals
from bot.features.asks.messages import about, answers, cards, digest, figures, hints, lists, notices
from bot.features.asks.rules.figures import Counted, Figures
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.pointing import Heard
from bot.features.asks.rules.shown import AskShown, NotTaken, Part, Words
from bot.features.asks.rules.states import State
from bot.playground import block_kit

ID = "01890a5d-ac96-774b-bcce-b302099a8057"
AT = datetime(2026, 10, 6, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
LINK = "https://t.slack.com/archives/C1/p1791273600000100"
DAY = ClockPolicy(timedelta(hours=24), CountedIn.WORKING_DAYS)
HOSTILE = (
    "<!channel> <@U9> {asker} *b* `c` ```\n> q\n\u202e\u200b & <https://x.example|pay> %s \x00"
)
TEXTS = {
    "short": "is it final?",
    "long": "very long words " * 300,
    "one word": "x" * 4_000,
    "hostile": HOSTILE,
    "hostile and long": HOSTILE * 60,
    "escaped": "&<>" * 1_200,
    "emoji": "👩‍👩‍👧‍👦" * 400,
}
by_text = pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))


def ask(text: str, **values: object) -> AskShown:
    given = {
        "id": ID,
        "asker_id": "U1",
        "answerer_id": "U2",
        "channel_id": "C1",
        "message_ts": "1791273600.000100",
        "permalink": LINK,
        "quote": text,
        "state": State.OPEN,
        "asked": AT,
        "due": AT + timedelta(days=1),
        "due_there": AT + timedelta(days=1),
        "age": timedelta(hours=3),
        "is_overdue": False,
        "locale": "en-GB",
        "fallback": text,
        **values,
    }
    return AskShown(**given)  # type: ignore[arg-type]


def kinds_of_ask(text: str) -> Iterator[AskShown]:
    yield from (ask(text, state=state) for state in (State.OPEN, State.ACCEPTED, State.EXPIRED))
    yield ask(text, is_urgent=True, is_overdue=True, group_id="S1")
    yield ask(text, is_paused=True, parent_answerer_id="U3")
    yield ask(text, channel_id="", message_ts="", permalink="")
    yield ask(text, channel_id="D1")
    yield ask(text, is_elsewhere=True, quote=None)
    yield ask(text, quote=None)
    yield ask(text, parts=(Part("1.1", LINK, text), Part("1.2", LINK, None)))


def wordings(text: str) -> Iterator[Words]:
    yield Words(text)
    yield Words(text, text, "blocker", text, text, text)


def told(text: str) -> Iterator[Message]:
    """Everything that asks say in messages."""
    for each in kinds_of_ask(text):
        full = Words(text, text, "blocker", text, text, text)
        for reader_id, words in ((each.asker_id, None), (each.answerer_id, full)):
            for kind in Notice:
                yield notices.notice(
                    kind, each, reader_id=reader_id, said=text, words=words, is_first=True
                )
        yield hints.wait(each)
        yield from (hints.overdue(each, was_reminded=was) for was in (True, False))
        yield answers.on_it(each)
        yield answers.snoozed(AT, each)
        yield answers.settled_by(each, "U2")
        yield answers.settled_by(each, "")
        yield from (cards.card(ID, "U1", words, [each] * 10) for words in wordings(text))
        yield lists.listed(Sifted((each,) * 30, 2), Sifted((each,) * 30, 1))
    yield from (notices.settled(state, "U1") for state in State)
    yield notices.settled(State.DECLINED, "U1", back_to="U2")
    yield cards.answers("U1", text)
    yield cards.posted_for("U1", text)
    yield lists.listed(Sifted(), Sifted())
    yield hints.which_time(ID, text, [AT, AT + timedelta(hours=12)])
    yield hints.offer_urgent(ID, DAY)
    yield hints.no_time(text)
    yield hints.is_over("U1", AT)
    yield answers.asked({f"U{n}": AT for n in range(10, 60)}, ["U7", "U8"], 5, in_channel=False)
    yield answers.asked({}, [], None, in_channel=True)
    yield from (answers.unclear(each) for each in (text, f"@{text}", f"list {text}"))
    yield answers.unclear_time(text, [AT, AT], text)
    yield answers.not_sent(text, text)
    yield answers.withdrawn(ID)
    yield answers.time_set(AT)
    yield answers.urgent_now(AT)
    yield answers.thanks_for_judging()
    yield from (answers.several(count) for count in (0, 1, 2))
    missed = [NotTaken(text, text, State.WITHDRAWN, "U1"), NotTaken(text, refusal="Gone.")]
    yield from (answers.several(count, missed) for count in (0, 1))
    yield answers.posted("C1")
    yield answers.waits("U2", AT)
    yield about.help_text()
    some = Figures(9, 6, 0.5, timedelta(hours=3), None, ((AT.date(), 9),) * 8, 0.1)
    for of_channel in (some, None):
        counted = Counted("C1", of_channel, some, AT.astimezone(UTC))
        yield figures.stats(counted, (3, 2, 1), with_pictures=True)
        yield figures.stats(counted, (3, 2, 1), with_pictures=False)


def forms(text: str) -> Iterator[View]:
    """Every form of asks."""
    for each in kinds_of_ask(text):
        yield modals.answer(each)
        yield modals.decline(each)
        yield modals.delegate(each)
        yield modals.escalate(each, "U4")
        yield modals.escalate(each, "")
        yield modals.urgent(each, DAY)
        yield modals.history(
            lists.history(each, [(AT, "opened", "U1", ""), (AT, "declined", "U2", text)] * 30)
        )
    for words in wordings(text):
        yield modals.composer(words, people=["U2"], channel_id="C1", urgent=DAY, standard=DAY)
        yield modals.editor(ID, words)
    ids = [f"{ID[:-2]}{number:02}" for number in range(25)]
    yield modals.several([ask(text, id=each) for each in ids], {"U1": text})
    yield from (
        modals.wait_for(ID, whom=whom, heard=heard) for whom in ("U2", "") for heard in Heard
    )
    yield modals.post(text, "D1|1.1")
    yield modals.told("Asked", answers.unclear(text).text)


@pytest.mark.slow
@by_text
def test_slack_takes_every_message(text: str) -> None:
    for message in told(text):
        payload = blocks.payload(message)
        assert payload["text"].strip()
        leaving, _ = sealing.seal(payload.get("blocks", []), {})
        assert block_kit.problems(leaving, "message") == []


@by_text
def test_slack_takes_every_form(text: str) -> None:
    for view in forms(text):
        assert block_kit.view_problems(view) == []


@by_text
def test_slack_takes_the_board_and_the_digest(text: str) -> None:
    for each in kinds_of_ask(text):
        many = Sifted((each,) * 30, 1)
        for part_of_board in (lists.waiting_on_board(many), lists.asked_on_board(many)):
            page = [boards.heading(part_of_board), *boards.rows(part_of_board, most=30)]
            assert block_kit.view_problems(blocks.home(page)) == []
        for make in (digest.waiting, digest.settled, digest.unanswered):
            part = make(many)
            assert part is not None
            assert (len(part.lines), part.more) == (digest.SHOWN, 30 - digest.SHOWN)
            shown = [blocks.section(line.shown, accessory=line.menu) for line in part.lines]
            leaving, _ = sealing.seal(shown, {})
            assert block_kit.problems(leaving, "message") == []


def test_nobody_is_called_by_what_somebody_quotes() -> None:
    for message in told(HOSTILE):
        for loud in ("<!channel>", "<@U9>", "<https://x.example"):
            assert loud not in str(blocks.payload(message))


def test_nobody_is_called_by_what_a_form_shows() -> None:
    for view in forms(HOSTILE):
        shown = [each for each in view["blocks"] if each["type"] in {"section", "context"}]
        assert "<!channel>" not in str(shown)
        assert "<@U9>" not in str(shown)


def test_several_has_a_field_for_each_of_the_first_and_says_what_is_left() -> None:
    view = modals.several(
        [ask("q", id=f"{ID[:-2]}{number:02}") for number in range(12)], {"U1": "Tom"}
    )
    fields = [each for each in view["blocks"] if each["type"] == "input"]
    assert len(fields) == modals.MOST_ANSWERS
    assert fields[0]["label"]["text"] == "Your answer to Tom: “q”"
    assert "2 more wait" in str(view)


def test_when_two_zones_differ_the_asker_reads_both_times() -> None:
    there = (AT + timedelta(days=1)).astimezone(ZoneInfo("Asia/Tokyo"))
    assert "in their day" in hints.wait(ask("q", due_there=there)).text
    assert "in their day" not in hints.wait(ask("q")).text


def test_two_readings_of_a_time_are_both_offered() -> None:
    author = WorkingTime(ZoneInfo("Europe/Berlin"))
    sentence = answers.either([AT, AT + timedelta(hours=12)], author, AT)
    assert sentence.count("10:00") + sentence.count("22:00") >= 1
    assert " or " in sentence


def test_a_time_in_another_year_shows_its_year() -> None:
    later = AT.replace(year=AT.year + 1)
    told = answers.asked({"U1": later, "U2": AT}, [], None, in_channel=True, now=AT)
    assert told.text.count(str(later.year)) == 1
    assert str(later.year) in lists.asked_line(ask("q", due=later))


def test_the_asker_reads_what_they_go_ahead_with() -> None:
    part = digest.unanswered(
        Sifted((ask("q", state=State.WENT_AHEAD, fallback="ship the blue one"),))
    )
    assert part is not None
    assert "so you go ahead: ship the blue one" in part.lines[0].text


def test_what_somebody_waits_for_says_where_it_stands_and_when_it_arrives() -> None:
    assert "<@U2> in <#C1>, due" in lists.asked_line(ask("q", channel_id="C1"))
    direct = lists.asked_line(ask("q", channel_id="", gets_it=AT))
    assert f"<@U2>, gets it {local_time(AT)} (their time), due" in direct
