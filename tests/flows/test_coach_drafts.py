"""Drafts before anybody sees them, and messages that are hard to read: what people get to see."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

import pytest
from sqlalchemy import select, update

from bot.core.agreement.setting import person_scope
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.db import Base
from bot.core.outbox import OutboxRow
from bot.core.ports import NoLedger
from bot.core.queue import State
from bot.features.coach.messages.drafts import FORGOTTEN
from bot.features.coach.models import WordingRow
from bot.playground.client import NotPossible, Person
from bot.playground.world import Json
from tests.support.databases import Rows, fill
from tests.support.messages_api import KEY, Action, MessagesApi, lines, ok, refusal, status
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("asks", "coach", "home", "privacy")

REVIEW: Final = "Review the draft"
KINDLY: Final = "Help me read this kindly"
FINE: Final = "This can be answered as it is."
WORKING: Final = "I am writing a version in order…"
WITHOUT_AI: Final = "Your own sentences, no AI used"
WITH_AI: Final = "Drafted with AI from your words"
DRAFT: Final = (
    "So the signup page times out since yesterday 14:20. Well, I tried a pool of 20. "
    "I would set it to 30. @Ana can you look at https://x.io/log by Thursday noon?"
)
WORDED: Final = (
    {
        "text": "The signup page times out since yesterday 14:20.",
        "source_ids": ["S1"],
        "quote": "times out since yesterday 14:20",
        "kind": "context",
    },
    {
        "text": "A2 can you look at [link] by Thursday noon?",
        "source_ids": ["S4"],
        "quote": "can you look at",
        "kind": "question",
    },
)
LACKING: Final = "Hi @Ana, got a minute for a quick call?"
HEATED: Final = "WHY is the export broken AGAIN?! You never test anything. I need it by Thursday."
READ: Final = (
    {
        "text": "A1 needs the export by Thursday, and it is broken again.",
        "source_ids": ["S1"],
        "quote": "I need it by Thursday",
        "kind": "reading",
    },
    {
        "text": "Thanks for the note, let me check what happened to the export.",
        "source_ids": ["S1"],
        "quote": "WHY is the export broken",
        "kind": "reply",
    },
)


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi(lines(*WORDED)) as running:
        yield running


def _key(api: MessagesApi, **settings: Any) -> dict[str, Any]:
    return {
        "anthropic_api_key": KEY,
        "anthropic_base_url": api.url,
        "baton_model_timeout_seconds": 5.0,
        **settings,
    }


@pytest.fixture
def worded(database_url: str, api: MessagesApi, acquaintance: Rows) -> Iterator[Town]:
    """A town in which a model words drafts."""
    fill(database_url, acquaintance)
    with town(database_url, settings=_key(api)) as living:
        yield living


@pytest.fixture
def stormy(
    database_url: str, weather: dict[str, Any], api: MessagesApi, acquaintance: Rows
) -> Iterator[Town]:
    """The same, with events in order and in disorder."""
    fill(database_url, acquaintance)
    with town(database_url, settings=_key(api), faults=weather) as living:
        yield living


@pytest.fixture
def plain(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town without a model."""
    fill(database_url, acquaintance)
    with town(database_url) as living:
        yield living


def _dm(person: Person, town: Town) -> str:
    return person.direct_with(town.slack.see(person.name)["app"]["user"])


def _drafts(person: Person, town: Town, text: str = DRAFT) -> str:
    ts = person.says(_dm(person, town), text)
    town.settle()
    return ts


def _reviews(person: Person, town: Town, text: str = DRAFT) -> str:
    ts = _drafts(person, town, text)
    person.presses(REVIEW)
    town.settle()
    return ts


def _newest(person: Person) -> Json:
    """The newest message of Baton's in somebody's conversation with it, threads included."""
    return person.direct_messages()[-1]


def _buttons(message: Json) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.get("blocks", ())
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def _rows(town: Town) -> int:
    with town.app.bot.database.reading() as session:
        return len(session.scalars(select(WordingRow)).all())


# Without a model.


def test_a_draft_is_reviewed_and_put_in_order_at_once(plain: Town) -> None:
    _reviews(plain.tom, plain)
    told = plain.writes_to(plain.tom)[-1]
    assert FINE in told
    assert "Context\nSo the signup page times out since yesterday 14:20. Well, I tried" in told
    assert "Proposal\nI would set it to 30." in told
    assert "Question\n@Ana can you look at https://x.io/log by Thursday noon?" in told
    assert told.count("Thursday noon") == 1
    assert "_____" not in told
    assert WITHOUT_AI in told
    assert "It is 05:0" in told
    assert "their day starts Tue 6 Oct, 09:00" in told
    assert plain.writes_to(plain.ana) == []


def test_what_is_missing_is_a_blank_to_be_filled_in(plain: Town) -> None:
    _reviews(plain.tom, plain, LACKING)
    told = plain.writes_to(plain.tom)[-1]
    assert "“Hi …, got a minute for a quick call?”" in told
    for blank in ("(what is it about", "(what do you need to know", "(until when"):
        assert f"_____ {blank}" in told


def test_a_draft_that_asks_nothing_is_not_called_answerable(plain: Town) -> None:
    said = "The deploy to eu-west is done and nobody has to do anything."
    _reviews(plain.tom, plain, said)
    told = plain.writes_to(plain.tom)[-1]
    assert FINE not in told
    assert "if they should only know it, it is fine" in told
    assert "_____ (what do you need to know" in told
    plain.tom.presses("Post in a channel")
    assert said in plain.forms_of(plain.tom)[-1]
    assert "_____" not in plain.forms_of(plain.tom)[-1]


def test_a_draft_without_context_is_not_called_answerable(plain: Town) -> None:
    _reviews(plain.tom, plain, "Mei, is the pump in tank 3 back by noon?")
    told = plain.writes_to(plain.tom)[-1]
    assert FINE not in told
    assert "A line of context saves" in told
    assert "_____ (what is it about" in told


def test_an_order_is_the_question_of_a_draft(plain: Town) -> None:
    _reviews(plain.tom, plain, "it does not work!!! WTF, fix it asap @Ana")
    assert "Question\nWTF, fix it asap @Ana" in plain.writes_to(plain.tom)[-1]


def test_a_time_is_said_once_and_stands_in_the_field_of_the_form(plain: Town) -> None:
    said = "The signup page times out. Ana, can you look? I need it by Thursday noon."
    _reviews(plain.tom, plain, said)
    assert "By when\nI need it by Thursday noon." in plain.writes_to(plain.tom)[-1]
    plain.tom.presses("Use as an ask")
    told = plain.forms_of(plain.tom)[-1]
    assert told.count("by Thursday noon") == 1
    assert "I need it" not in told
    plain.tom.fills_in({"Whom do you ask?": "Priya", "Where?": "#infra"})
    assert "due Thu 8 Oct" in plain.posts_in("#infra")[-1]["text"]


def test_a_post_says_by_when_without_saying_by_twice(plain: Town) -> None:
    _reviews(plain.tom, plain, "The signup page times out. Ana, can you look? By Thursday noon.")
    plain.tom.presses("Post in a channel")
    assert "By when: Thursday noon." in plain.forms_of(plain.tom)[-1]


def test_what_others_could_use_is_a_hint_where_to_send_it(plain: Town) -> None:
    said = "How do we handle refunds for customers on the old contract?"
    _reviews(plain.tom, plain, said)
    told = plain.writes_to(plain.tom)[-1]
    assert "This could be of use to others: a channel is a good place for it." in told
    assert "In a channel somebody else may know it" not in told


def test_a_naked_hello_in_a_draft_is_told_with_what_it_lacks(plain: Town) -> None:
    _drafts(plain.tom, plain, "Hello")
    with pytest.raises(NotPossible):
        plain.tom.presses(REVIEW)  # that is talk, no draft


def test_the_version_fills_the_form_that_asks_and_can_be_sent_off(plain: Town) -> None:
    _reviews(plain.tom, plain)
    plain.tom.presses("Use as an ask")
    told = plain.forms_of(plain.tom)[-1]
    assert "@Ana can you look at https://x.io/log by Thursday noon?" in told
    assert "I would set it to 30." in told
    plain.tom.fills_in({"Where?": "#web-relaunch"})
    (card,) = plain.posts_in("#web-relaunch")
    assert "I would set it to 30." in str(card["blocks"])
    assert "U0ANA" in str(card["blocks"]), "whom the draft mentions is asked"


def test_the_version_fills_the_form_that_posts(plain: Town) -> None:
    _reviews(plain.tom, plain, f"{LACKING} The import is broken. I would restart it.")
    plain.tom.presses("Post in a channel")
    told = plain.forms_of(plain.tom)[-1]
    assert "Context: The import is broken." in told
    assert "Proposal: I would restart it." in told
    assert "Question: Hi @Ana, got a minute for a quick call?" in told
    assert "_____ (what do you need to know" in told


def test_a_version_that_was_sent_off_says_so_and_has_no_buttons(plain: Town) -> None:
    _reviews(plain.tom, plain)
    plain.tom.presses("Use as an ask")
    plain.settle()
    assert _buttons(_newest(plain.tom)) == ["Use as an ask", "Post in a channel"], "only opened"
    plain.tom.fills_in({"Where?": "#web-relaunch"})
    plain.settle()
    (review,) = [told for told in plain.tom.direct_messages() if WITHOUT_AI in told["text"]]
    assert "You sent this off." in review["text"]
    assert "I would set it to 30." in review["text"]
    assert _buttons(review) == []


def test_a_draft_that_was_posted_offers_nothing_more(plain: Town) -> None:
    _reviews(plain.tom, plain)
    plain.tom.presses("Post in a channel")
    plain.tom.fills_in({"Where?": "#web-relaunch"})
    plain.settle()
    (review,) = [told for told in plain.tom.direct_messages() if WITHOUT_AI in told["text"]]
    assert "You sent this off." in review["text"]


def test_where_nobody_keeps_track_of_asks_there_are_no_buttons(
    sqlite_url: str, acquaintance: Rows
) -> None:
    def register(bot: Bot) -> None:
        bot.asks = NoLedger()

    fill(sqlite_url, acquaintance)
    with town(sqlite_url, register=register) as living:
        _reviews(living.tom, living)
        assert _buttons(_newest(living.tom)) == []


def test_a_second_press_says_where_the_review_is(plain: Town) -> None:
    _reviews(plain.tom, plain)
    plain.tom.presses(REVIEW)
    assert "I reviewed this draft already" in plain.whispers_to(plain.tom)[-1]
    assert len([told for told in plain.writes_to(plain.tom) if FINE in told]) == 1


def test_a_draft_that_is_edited_before_the_press_is_reviewed_as_it_is_now(plain: Town) -> None:
    ts = _drafts(plain.tom, plain)
    plain.tom.edits(_dm(plain.tom, plain), ts, "Mei, is the pump in tank 3 back by noon?")
    plain.settle()
    plain.tom.presses(REVIEW)
    told = plain.writes_to(plain.tom)[-1]
    assert "This is about the draft as you changed it." in told
    assert "is the pump in tank 3 back by noon?" in told
    assert "signup" not in told


def test_a_draft_that_is_edited_after_the_press_takes_its_review_back(plain: Town) -> None:
    ts = _reviews(plain.tom, plain)
    plain.tom.edits(_dm(plain.tom, plain), ts, "Is the pump in tank 3 back?")
    plain.settle()
    assert "You changed the draft since" in _newest(plain.tom)["text"]
    plain.tom.presses(REVIEW)
    plain.settle()
    assert "Is the pump in tank 3 back?" in plain.writes_to(plain.tom)[-1]


def test_a_deleted_draft_leaves_no_words_behind(plain: Town) -> None:
    ts = _drafts(plain.tom, plain)
    plain.tom.deletes(_dm(plain.tom, plain), ts)
    plain.settle()
    plain.tom.presses(REVIEW)
    assert "That draft is not there any more" in plain.whispers_to(plain.tom)[-1]
    ts = _reviews(plain.tom, plain)
    plain.tom.deletes(_dm(plain.tom, plain), ts)
    plain.settle()
    assert "signup" not in json.dumps(plain.tom.direct_messages())
    assert _rows(plain) == 0


def test_a_draft_without_words_is_told_so(plain: Town) -> None:
    _drafts(plain.tom, plain, "\u2800\u3164 \u115f")
    plain.tom.presses(REVIEW)
    assert "There are no words in it" in plain.whispers_to(plain.tom)[-1]


def test_a_draft_of_forty_thousand_characters_is_reviewed_and_not_repeated(plain: Town) -> None:
    text = "The import is broken since Monday at the vendor. " * 800 + "And the END?"
    began = monotonic()
    _reviews(plain.tom, plain, text)
    assert monotonic() - began < 20
    told = plain.writes_to(plain.tom)[-1]
    assert "With 39,212 characters it is too long to repeat here" in told
    assert _buttons(_newest(plain.tom)) == ["Use as an ask", "Post in a channel"]
    plain.tom.presses("Use as an ask")
    assert "longer than a form" in plain.forms_of(plain.tom)[-1]
    plain.tom.fills_in({"Whom do you ask?": "Priya", "Where?": "#infra"})
    assert "And the END?" in str(plain.posts_in("#infra")[-1])


def test_of_a_foreign_language_nothing_is_guessed(plain: Town) -> None:
    _reviews(plain.tom, plain, "Kaikki on hyvin, mutta tietokanta ei vastaa enää.")
    told = plain.writes_to(plain.tom)[-1]
    assert "I cannot tell which language this is" in told
    assert "Kaikki on hyvin, mutta tietokanta ei vastaa enää." in told


def test_in_a_language_that_is_known_less_it_says_so(plain: Town) -> None:
    _reviews(plain.tom, plain, "Die Seite ist seit gestern langsam. Kannst du bis Freitag schauen?")
    told = plain.writes_to(plain.tom)[-1]
    assert "in this language I know less to look for" in told
    assert told.count("bis Freitag") == 1


def test_whoever_is_off_is_told_that_nothing_was_kept(plain: Town) -> None:
    plain.tom.types("#general", "/baton off")
    plain.settle()
    _drafts(plain.tom, plain)
    plain.tom.presses(REVIEW)
    assert "`/baton on` has me work for you again" in plain.whispers_to(plain.tom)[-1]


def test_where_texts_are_not_stored_it_says_so(plain: Town) -> None:
    plain.sets("messages.retention_days", 0)
    _drafts(plain.tom, plain)
    plain.tom.presses(REVIEW)
    assert "I do not keep this text" in plain.whispers_to(plain.tom)[-1]


def test_while_baton_is_paused_nothing_is_reviewed(plain: Town) -> None:
    _drafts(plain.tom, plain)
    plain.tom.types("#general", "/baton pause")
    plain.settle()
    plain.tom.presses(REVIEW)
    assert "I am paused in this workspace" in plain.whispers_to(plain.tom)[-1]


def test_a_kind_of_hint_that_was_stopped_is_not_told_of_a_draft_either(plain: Town) -> None:
    theirs = person_scope(str(plain.slack.see("Tom")["me"]))
    plain.sets("coach.my_rules", ["naked_hello", "heated"], theirs)
    _reviews(plain.tom, plain, LACKING)
    assert "quick call?”" not in plain.writes_to(plain.tom)[-1]


# With a model.


def test_a_model_words_a_version_under_the_review(stormy: Town, api: MessagesApi) -> None:
    _reviews(stormy.tom, stormy)
    review, version = stormy.writes_to(stormy.tom)[-2:]
    assert FINE in review
    assert WORKING in review
    assert "Context\nThe signup page times out since yesterday 14:20. Well, I tried" in version
    assert "Question\n@Ana can you look at https://x.io/log by Thursday noon?" in version
    assert "Proposal\nI would set it to 30." in version, "what it left out stands there"
    assert WITH_AI in version
    assert api.rejected == []
    assert len(api.journal) == 1
    found = stormy.tom.direct_messages()
    place = next(each["ts"] for each in found if WORKING in each["text"])
    assert [each.get("thread_ts") for each in found if WITH_AI in each["text"]] == [place]


def test_a_model_reads_nobodys_name_and_no_address(worded: Town, api: MessagesApi) -> None:
    _reviews(worded.tom, worded)
    (asked,) = [json.dumps(entry["body"], ensure_ascii=False) for entry in api.journal]
    for hidden in ("Ana", "Tom", "U0", "x.io"):
        assert hidden not in asked


def test_a_worded_version_that_was_sent_off_has_no_buttons(worded: Town) -> None:
    _reviews(worded.tom, worded)
    worded.tom.presses("Use as an ask")
    worded.tom.fills_in({"Where?": "#web-relaunch"})
    worded.settle()
    (version,) = [told for told in worded.tom.direct_messages() if WITH_AI in told["text"]]
    assert "You sent this off." in version["text"]
    assert _buttons(version) == []


def test_with_a_model_whoever_asks_is_told_what_it_reads(worded: Town) -> None:
    worded.tom.types("#general", "/baton privacy")
    told = worded.whispers_to(worded.tom)[-1]
    assert "drafts that their authors have reviewed" in told
    assert "read kindly, the words go to a model" in told


def test_the_worded_version_fills_the_form(worded: Town) -> None:
    _reviews(worded.tom, worded)
    worded.tom.presses("Use as an ask")
    told = worded.forms_of(worded.tom)[-1]
    assert "The signup page times out since yesterday 14:20. Well, I tried a pool of 20." in told
    assert "So the signup" not in told


BAD: Final = {
    "429": (status(429), {}),
    "500": (status(500), {}),
    "refusal": (refusal(), {}),
    "hang": (Action("hang"), {"baton_model_timeout_seconds": 0.5}),
    "wrong json": (ok('{"lines": 3}'), {}),
    "no json": (Action("html200"), {}),
    "injected link": (lines(WORDED[0] | {"text": "See evil.com for more"}), {}),
    "another kind": (lines(WORDED[0] | {"kind": "update"}), {}),
    "invented number": (lines(WORDED[0] | {"text": "The signup page times out since 15:20."}), {}),
    "budget": (lines(*WORDED), {"baton_model_daily_cap_usd": 0.0}),
}


@pytest.mark.parametrize("name", BAD)
def test_whatever_goes_wrong_the_authors_own_sentences_come(
    name: str, sqlite_url: str, api: MessagesApi, acquaintance: Rows
) -> None:
    api.default, settings = BAD[name]
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, settings=_key(api, **settings)) as living:
        _reviews(living.tom, living)
        told = living.writes_to(living.tom)[-1]
    assert "Context\nSo the signup page times out since yesterday 14:20. Well, I tried" in told
    assert WITHOUT_AI in told
    assert "evil" not in told


def test_where_drafts_are_switched_off_nothing_is_asked(worded: Town, api: MessagesApi) -> None:
    worded.sets("model.drafts", value=False)
    _reviews(worded.tom, worded)
    assert WITHOUT_AI in worded.writes_to(worded.tom)[-1]
    assert api.journal == []


@pytest.mark.alone(
    "what happens while the model reads for one happens before it does for the other"
)
def test_a_draft_that_changes_while_it_is_worded_gets_no_version(
    worded: Town, api: MessagesApi
) -> None:
    place = _dm(worded.tom, worded)
    ts = _drafts(worded.tom, worded)

    def change(_asked: dict[str, Any]) -> Action:
        worded.tom.edits(place, ts, "Never mind, it works again.")
        worded.slack.settled()
        return lines(*WORDED)

    api.default = change
    worded.tom.presses(REVIEW)
    worded.settle()
    assert WITH_AI not in str(worded.tom.direct_messages())
    assert "You changed the draft since" in str(worded.tom.direct_messages())


def test_what_a_process_that_died_took_on_is_told_plainly(worded: Town, api: MessagesApi) -> None:
    bot = worded.app.bot
    job = next(job for job in bot.jobs if job.name == "coach.word")
    bot.jobs.remove(job)
    _reviews(worded.tom, worded)
    with bot.database.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE coach_wordings SET state = 'drafting', claimed_at = made_at"
        )
    bot.jobs.append(job)
    worded.advance(minutes=3)
    assert WITHOUT_AI in worded.writes_to(worded.tom)[-1]
    assert api.journal == []


# Reading kindly.


def _picks(town: Town, reader: Person, channel: str, ts: str) -> str:
    reader.picks(KINDLY, channel, ts)
    return town.forms_of(reader)[-1]


def test_a_message_is_read_kindly_for_its_reader_alone(plain: Town) -> None:
    ts = plain.priya.says("#infra", HEATED)
    plain.settle()
    told = _picks(plain, plain.mei, "#infra", ts)
    assert "• “Why is the export broken again?”" in told
    assert "• “I need it by Thursday.”" in told
    assert "never test" not in told
    assert "There is a date in it" in told
    assert "Thanks for telling me. If I read you right" in told
    assert "no AI used" in told
    assert plain.writes_to(plain.priya) == plain.whispers_to(plain.priya) == []
    assert plain.writes_to(plain.mei) == []
    assert _rows(plain) == 0


def test_a_reading_has_lines_and_quotes_no_blame_back(plain: Town) -> None:
    said = "This is the third time you broke the header, Tom. Fix it today, it is embarrassing."
    ts = plain.priya.says("#infra", said)
    plain.settle()
    told = _picks(plain, plain.mei, "#infra", ts)
    assert "What they may need\n• “Fix the header today.”" in told
    assert "this is what you need: “Fix the header today.”" in told
    assert "\\n" not in told
    assert "third time you" not in told


def test_where_nothing_is_asked_the_reading_says_so_and_asks_what_would_help(plain: Town) -> None:
    ts = plain.priya.says("#infra", "You forgot the invoice again!")
    plain.settle()
    told = _picks(plain, plain.mei, "#infra", ts)
    assert "Nothing is asked for in so many words" in told
    assert "what would help you most" in told
    assert "forgot" not in told


def test_a_model_words_a_reading_and_a_reply_in_a_direct_message(
    worded: Town, api: MessagesApi
) -> None:
    api.default = lines(*READ)
    ts = worded.priya.says("#infra", HEATED)
    worded.settle()
    assert "follows as a direct message" in _picks(worded, worded.mei, "#infra", ts)
    (told,) = worded.writes_to(worded.mei)
    assert "@Priya needs the export by Thursday, and it is broken again. — " in told
    assert "Thanks for the note, let me check what happened to the export." in told
    assert "Drafted with AI from the linked message" in told
    assert worded.writes_to(worded.priya) == worded.whispers_to(worded.priya) == []
    assert _rows(worded) == 0
    (asked,) = [json.dumps(entry["body"]) for entry in api.journal]
    assert "Priya" not in asked


def test_a_message_from_where_baton_is_not_is_read_by_rules_and_kept_nowhere(
    worded: Town, api: MessagesApi
) -> None:
    between = worded.priya.direct_with("Mei")
    ts = worded.priya.says(between, f"{HEATED} canaryword")
    worded.settle()
    told = _picks(worded, worded.mei, between, ts)
    assert "“Why is the export broken again?”" in told
    assert "no AI used" in told
    assert worded.writes_to(worded.mei) == []
    assert api.journal == []
    assert _rows(worded) == 0
    with worded.app.bot.database.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT text FROM messages").scalars().all()
    assert not [text for text in stored if "canaryword" in text]


@pytest.mark.parametrize("who", ["Priya", "Mei"])
def test_nothing_of_or_for_somebody_who_is_off_reaches_the_model(
    who: str, worded: Town, api: MessagesApi
) -> None:
    worded.slack.person(who).types("#general", "/baton off")
    worded.settle()
    ts = worded.priya.says("#infra", HEATED)
    worded.settle()
    told = _picks(worded, worded.mei, "#infra", ts)
    worded.settle()
    assert "“Why is the export broken again?”" in told
    assert "no AI used" in told
    _drafts(worded.slack.person(who), worded)
    worded.slack.person(who).presses(REVIEW)
    worded.settle()
    assert sum(len(json.dumps(entry["body"])) for entry in api.journal) == 0


def test_whoever_switches_off_while_it_waits_sends_nothing_either(
    worded: Town, api: MessagesApi
) -> None:
    bot = worded.app.bot
    job = next(job for job in bot.jobs if job.name == "coach.word")
    bot.jobs.remove(job)
    ts = worded.priya.says("#infra", HEATED)
    worded.settle()
    _picks(worded, worded.mei, "#infra", ts)
    _reviews(worded.priya, worded)
    worded.priya.types("#general", "/baton off")
    worded.settle()
    bot.jobs.append(job)
    worded.advance(minutes=1)
    assert api.journal == []
    assert "could not word a kinder reading" in worded.writes_to(worded.mei)[-1]
    assert _rows(worded) == 0


@pytest.mark.parametrize("name", [name for name in BAD if name != "invented number"])
def test_without_a_worded_reading_the_reader_is_told(
    name: str, sqlite_url: str, api: MessagesApi, acquaintance: Rows
) -> None:
    api.default, settings = BAD[name]
    fill(sqlite_url, acquaintance)
    with town(sqlite_url, settings=_key(api, **settings)) as living:
        ts = living.priya.says("#infra", HEATED)
        living.settle()
        _picks(living, living.mei, "#infra", ts)
        (told,) = living.writes_to(living.mei)
    assert "could not word a kinder reading" in told


def test_a_worded_reading_follows_its_message_when_that_is_deleted(
    worded: Town, api: MessagesApi
) -> None:
    api.default = lines(*READ)
    ts = worded.priya.says("#infra", HEATED)
    worded.settle()
    _picks(worded, worded.mei, "#infra", ts)
    worded.settle()
    worded.priya.deletes("#infra", ts)
    worded.settle()
    told = _newest(worded.mei)["text"]
    assert "needs the export" not in told
    assert "(deleted)" in told


def test_what_was_reviewed_is_given_out_forgotten_and_erased(worded: Town) -> None:
    _reviews(worded.tom, worded)
    assert _rows(worded) == 1
    worded.tom.types("#general", "/baton privacy export")
    worded.settle()
    assert "pool of 20" in str(worded.tom.direct_messages()[-3:])
    worded.move_to(datetime(2026, 10, 14, 8, 0, tzinfo=UTC))
    worded.advance(days=1)
    assert _rows(worded) == 0


# Words follow their source.


def _says_back(ts: str, action: str, town: Town) -> None:
    """Priya takes her heated message back in one way or another."""
    match action:
        case "edits":
            town.priya.edits("#infra", ts, "Could you look at the export, please?")
        case "deletes":
            town.priya.deletes("#infra", ts)
        case "goes":
            town.priya.types("#general", "/baton off")
        case "erases":
            town.priya.types("#general", "/baton privacy erase")
            town.priya.fills_in({})
        case _:
            town.advance(days=32)
    town.settle()


def _stored(town: Town, word: str) -> list[str]:
    """The tables in which a word stands."""
    with town.app.bot.database.reading() as session:
        return [
            table.name
            for table in Base.metadata.sorted_tables
            if any(word in str(row) for row in session.execute(select(table)).mappings())
        ]


@pytest.mark.parametrize("action", ["edits", "deletes", "goes", "erases", "waits"])
def test_nothing_of_a_worded_reading_outlasts_the_words_it_was_made_of(
    action: str, worded: Town, api: MessagesApi
) -> None:
    api.default = lines(READ[0], READ[1] | {"text": "Thanks, let me check the canary export."})
    ts = worded.priya.says("#infra", f"{HEATED} The canary is dead.")
    worded.settle()
    _picks(worded, worded.mei, "#infra", ts)
    assert "the canary export" in _newest(worded.mei)["text"]
    _says_back(ts, action, worded)
    worded.advance(hours=2)
    told = _newest(worded.mei)
    assert "I took back my reading of a message" in told["text"]
    assert "canary" not in json.dumps(told)
    assert _stored(worded, "canary") == []


@pytest.mark.parametrize("way", ["off", "erase", "week", "short"])
def test_when_a_draft_is_forgotten_its_review_and_its_version_go(way: str, worded: Town) -> None:
    ts = _reviews(worded.tom, worded)
    match way:
        case "off":
            worded.tom.types("#general", "/baton off")
        case "erase":
            worded.tom.types("#general", "/baton privacy erase")
            worded.tom.fills_in({})
        case "week":
            worded.advance(days=8)
        case _:
            worded.sets("messages.retention_days", 0)
    worded.settle()
    worded.advance(hours=2)
    told = [each for each in worded.tom.direct_messages() if each["ts"] != ts]
    assert "signup" not in json.dumps(told)
    assert [each["text"] for each in told].count(FORGOTTEN) == 2
    assert _rows(worded) == 0
    if way == "erase":
        assert _stored(worded, "signup") == []
        assert _stored(worded, "coach:draft:") == []


# While Baton is paused.


def _held(town: Town) -> Callable[[], None]:
    """Keeps the job from wording anything; what is returned lets it."""
    bot = town.app.bot
    job = next(job for job in bot.jobs if job.name == "coach.word")
    bot.jobs.remove(job)
    return partial(bot.jobs.append, job)


def test_a_draft_that_waits_while_baton_is_paused_is_worded_afterwards(
    worded: Town, api: MessagesApi
) -> None:
    release = _held(worded)
    _reviews(worded.tom, worded)
    worded.tom.types("#general", "/baton pause")
    release()
    worded.advance(minutes=1)
    assert api.journal == []
    worded.tom.types("#general", "/baton resume")
    worded.advance(minutes=1)
    assert WITH_AI in worded.writes_to(worded.tom)[-1]
    assert len(api.journal) == 1


def test_a_message_is_read_kindly_once_baton_is_not_paused_any_more(
    worded: Town, api: MessagesApi
) -> None:
    api.default = lines(*READ)
    release = _held(worded)
    ts = worded.priya.says("#infra", HEATED)
    worded.settle()
    _picks(worded, worded.mei, "#infra", ts)
    worded.tom.types("#general", "/baton pause")
    release()
    worded.advance(minutes=1)
    assert api.journal == []
    worded.tom.types("#general", "/baton resume")
    worded.advance(minutes=1)
    assert "Thanks for the note" in worded.writes_to(worded.mei)[-1]


def test_a_version_that_comes_while_baton_is_paused_is_not_lost(
    worded: Town, api: MessagesApi
) -> None:
    def pause(_asked: dict[str, Any]) -> Action:
        worded.tom.types("#general", "/baton pause")
        api.default = lines(*WORDED)
        return lines(*WORDED)

    api.default = pause
    _reviews(worded.tom, worded)
    assert WITH_AI not in str(worded.tom.direct_messages())
    worded.tom.types("#general", "/baton resume")
    worded.advance(minutes=3)
    assert WITH_AI in worded.writes_to(worded.tom)[-1]


def test_a_review_that_a_pause_swallowed_can_be_had_anew(plain: Town) -> None:
    _reviews(plain.tom, plain)
    with plain.app.bot.database.transaction() as session:
        told = OutboxRow.key.startswith("coach:draft:")
        session.execute(update(OutboxRow).where(told).values(state=State.DROPPED))
    plain.tom.presses(REVIEW)
    plain.settle()
    assert len([told for told in plain.writes_to(plain.tom) if FINE in told]) == 2


def test_a_draft_with_a_key_is_not_sent_to_a_channel(plain: Town) -> None:
    _reviews(plain.tom, plain, "AKIAIOSFODNN7EXAMPLE is the key, can you rotate it by Friday?")
    assert "In a channel" not in plain.writes_to(plain.tom)[-1]


def test_a_few_borrowed_words_do_not_make_a_language_known(plain: Town) -> None:
    _reviews(plain.tom, plain, "هل يمكنك النظر؟ by Friday")
    assert "I cannot tell which language this is" in plain.writes_to(plain.tom)[-1]
