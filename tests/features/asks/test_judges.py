"""Which message of a conversation answers its question."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import RowUnfit
from bot.core.talk import Line, spoken_to
from bot.features.asks.rules.conversation import answer_index
from bot.features.asks.rules.judges import judge_message, judge_thread

CONVERSATIONS: tuple[tuple[int | None, str, tuple[str, ...]], ...] = (
    (
        None,
        "",
        (
            "Anna: does anybody have a spare ticket for the conference?",
            "Bert: is it sold out already?",
            "Anna: since Monday",
            "Cora: wow",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: is the all hands at 4 or 5?",
            "Bert: 4",
            "Cora: it's 4pm CET",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: how long does a full reindex take",
            "Bert: 40 min",
            "Anna: ok",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: does someone have an adapter I can borrow?",
            "Bert: all gone by now :ghost:",
            "Cora: top drawer of my desk, help yourself",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: can somebody tell me the wifi password",
            "Bert: I also need it",
            "Cora: it's on the whiteboard in the kitchen",
        ),
    ),
    (
        2,
        "Bert",
        (
            "Anna: <@Bert> what do you think of the headline?",
            "Bert: will answer after my call",
            "Bert: I like the rhythm",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: I want to deploy a static site, any suggestions",
            "Bert: how much traffic?",
            "Cora: netlify's free tier is more than enough",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: how do i sort a dict by its values",
            "Bert: sorted(d.items(), key=lambda x: x[1])",
            "Anna: perfect thanks",
        ),
    ),
    (
        3,
        "",
        (
            "Anna: Hi everyone, I have a problem with my flask app, it returns a 500 on every POST",
            "Bert: what does the log say?",
            "Anna: KeyError: 'name'",
            "Bert: then the form has no field called name, use request.form.get",
            "Anna: ah!",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: anyone here used dask for larger than memory csvs?",
            "Cora: morning all",
            "Bert: yeah, works fine as long as you do not need joins",
            "Anna: cool",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: What is the difference between a list and a tuple",
            "Bert: tuples are immutable",
            "Cora: and hashable",
            "Anna: ok",
        ),
    ),
    (
        4,
        "",
        (
            "Anna: is there a good library for pdf generation",
            "Bert: <@Cora> did your deploy work in the end?",
            "Cora: it did, thanks for the help yesterday",
            "Bert: nice",
            "Dave: reportlab, or weasyprint if you have html",
            "Anna: awesome",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: why does `x is 256` work but `x is 257` not",
            "Bert: small ints are cached",
            "Anna: wow ok",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: how can I get the current url in re-frame",
            "Bert: good question",
            "Cora: js/window.location.href, or use a router like bidi",
            "Anna: thx",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: should I use an atom or an agent here?",
            "Bert: Atom, unless you need it asynchronous",
            "Anna: makes sense",
        ),
    ),
    (
        None,
        "",
        (
            "Anna: does anyone have a working example of websockets with aleph",
            "Bert: anyone going to the conj this year?",
            "Cora: I am!",
            "Dave: me too, first time",
            "Anna: (nobody, I guess)",
        ),
    ),
    (
        3,
        "",
        (
            "Anna: my tests pass locally but fail on travis, any idea why",
            "Bert: I have the same issue since yesterday",
            "Cora: +1",
            "Dave: travis updated their default java version, pin it to 8 in your .travis.yml",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: how long does the import usually take",
            "Bert: hm",
            "Bert: about 20 min for a full one",
            "Anna: ok thanks",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: Can I use async/await with the old client?",
            "Bert: Nope",
            "Anna: damn",
        ),
    ),
    (
        None,
        "",
        (
            "Anna: how do i set up emacs for clojure",
            "Anna: nevermind, found a guide",
            "Bert: glad you found it",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: what editor do you all use",
            "Bert: vim",
            "Cora: emacs",
            "Dave: cursive",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: where should i put the config files",
            "Bert: I usually put them under resources/",
            "Anna: thanks",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: any way to make this faster? it takes 30s for 10k rows",
            "Bert: can you share the query?",
            "Bert: without seeing it: add an index on created_at",
            "Anna: that did it",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: could someone review my PR <https://x.example/1>",
            "Bert: on it",
            "Bert: left some comments",
            "Anna: thanks",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: could someone review my PR <https://x.example/1>",
            "Bert: I can do it after lunch",
            "Anna: great",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: which region is the eu cluster in?",
            "Bert: lunch anyone?",
            "Cora: frankfurt",
            "Anna: ty",
        ),
    ),
    (
        4,
        "",
        (
            "Anna: how does the retry logic work in the sqs consumer",
            "Bert: @Cora did you see the mail from legal",
            "Cora: yes, replied already",
            "Bert: ok thx",
            "Cora: it retries 3 times with backoff and then goes to the dlq",
            "Anna: got it",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: Do I need to restart after changing the env?",
            "Bert: Yes you do. The values are read once at startup.",
            "Anna: k",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: Has anybody seen this: ```Error: foo```",
            "Bert: That happens when the version does not match. Delete the lockfile.",
            "Anna: trying",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: Is Tom in today?",
            "Bert: lol you miss him already",
            "Cora: he is on holiday till Monday",
        ),
    ),
    (
        3,
        "",
        (
            "Anna: how do I read a parquet file",
            "Bert: in python?",
            "Anna: yes",
            "Bert: pandas has read_parquet",
            "Anna: nice",
        ),
    ),
    (
        3,
        "Bert",
        (
            "Anna: <@Bert> when do we ship 2.0?",
            "Cora: good question :smile:",
            "Dave: I'd love to know that as well",
            "Bert: next Tuesday if QA is happy",
        ),
    ),
    (
        1,
        "Bert",
        (
            "Anna: <@Bert> can you send me the invoice from March?",
            "Bert: sure, looking for it",
            "Bert: sent",
            "Anna: thx",
        ),
    ),
    (
        1,
        "Bert",
        (
            "Anna: <@Bert> can you send me the invoice from March?",
            "Bert: sure",
            "Anna: thx",
        ),
    ),
    (
        None,
        "Bert",
        (
            "Anna: <@Bert> did the contract arrive?",
            "Cora: <@Bert> standup?",
            "Bert: coming",
        ),
    ),
    (
        3,
        "Bert",
        (
            "Anna: <@Bert> did the contract arrive?",
            "Cora: <@Bert> standup?",
            "Bert: coming",
            "Bert: it did, yesterday",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: does the api support pagination?",
            "Bert: <@Anna> yes, use the cursor param",
            "Anna: thanks",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: i want to learn clojure, which book is best",
            "Bert: Clojure for the Brave and True is free online",
            "Cora: Joy of Clojure afterwards",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: what happens if i call it twice?",
            "Bert: second call is a noop",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: what happens if i call it twice?",
            "Anna: without closing the first one i mean",
            "Bert: it throws",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: Is it bad practice to use globals for this?",
            "Bert: generally yes, but for a small script who cares",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: how do I undo a commit",
            "Bert: git reset HEAD~1 if you haven't pushed",
        ),
    ),
    (
        3,
        "",
        (
            "Anna: how do I undo a commit",
            "Cora: just finished the migration on staging, all good",
            "Dave: great work",
            "Bert: git reset HEAD~1 if you haven't pushed",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: what does ETL stand for",
            "Bert: extract transform load",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: can i delete the old branches",
            "Bert: please do",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: has the price changed for the pro plan?",
            "Bert: don't think so",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: is the vpn slow for anyone else?",
            "Bert: same here",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: how would you model that?",
            "Bert: I'd probably go for a many to many with a join table",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: anyone know a good lib for charts",
            "Bert: have you looked at d3?",
            "Anna: not yet",
        ),
    ),
    (
        3,
        "",
        (
            "Anna: anyone know a good lib for charts",
            "Bert: for web or desktop?",
            "Anna: web",
            "Cora: d3 or vega",
            "Anna: thx",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: any idea what 0x80070005 means?",
            "Bert: access denied",
        ),
    ),
    (
        1,
        "",
        (
            "Anna: any idea what 0x80070005 means?",
            "Bert: no idea, but it sounds like permissions",
        ),
    ),
    (
        2,
        "",
        (
            "Anna: any idea what 0x80070005 means?",
            "Bert: no idea sorry",
            "Cora: access denied",
        ),
    ),
)


def _lines(said: tuple[str, ...], *, seconds: tuple[float, ...] = ()) -> list[Line]:
    told = [each.partition(": ") for each in said]
    times: list[float | None] = [*seconds, *[None] * len(said)]
    return [Line(i, user, text, times[i]) for i, (user, _, text) in enumerate(told)]


@pytest.mark.parametrize(("answer", "asked", "said"), CONVERSATIONS)
def test_the_answer_is_told_from_other_talk(
    answer: int | None, asked: str, said: tuple[str, ...]
) -> None:
    found = answer_index(_lines(said), 1, asker="Anna", asked=[asked] if asked else [])
    assert found == answer


def test_nobody_reads_and_answers_within_two_seconds() -> None:
    said = ("Anna: does it scale?", "Bert: it was either that or bold", "Cora: it does")
    assert answer_index(_lines(said, seconds=(0, 2, 60)), 1, asker="Anna") == 2
    assert answer_index(_lines(said, seconds=(0, 40, 60)), 1, asker="Anna") == 1


def test_names_in_front_tell_conversations_apart_even_of_people_who_are_silent() -> None:
    said = (
        "Anna: is it the only way?",
        "Bert: Dora: you create the plan first",
        "Bert: Anna: basically yes",
    )
    assert answer_index(_lines(said), 1, asker="Anna") == 2


def test_machines_and_automatic_replies_answer_nothing() -> None:
    said = (
        "Anna: is it live in the US?",
        "deploy-bot: it is live in the EU",
        "Bert: Automatic reply: I am out of office",
        "Bert: :calendar: Bert is in a meeting until 10:00",
        "Bert: now it is",
    )
    assert answer_index(_lines(said), 1, asker="Anna", asked=["Bert"]) == 4


def test_whom_the_asker_turns_to_may_answer() -> None:
    said = ("Anna: <@U0BERT> is it ok?", "Anna: <@U0CORA> then?", "Cora: fine")
    assert answer_index(_lines(said), 1, asker="Anna", asked=["Bert"]) == 2


def test_before_the_first_message_and_after_the_last_nothing_answers() -> None:
    assert answer_index([], 0, asker="Anna") is None
    assert answer_index(_lines(("Anna: is it?",)), 1, asker="Anna") is None


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Anna: it is", {"Anna"}),
        ("@Anna it is", {"Anna"}),
        ("<@U0ANNA> it is", {"Anna"}),
        ("<@U7|Anna> it is", {"Anna"}),
        ("thanks Anna!", {"Anna"}),
        ("Anna could you look", {"Anna"}),
        ("Anna is on leave", set()),
        ("I asked Anna about it", set()),
        ("&gt; Anna: it is\nno", set()),
    ],
)
def test_people_are_spoken_to_by_name_at_the_edges(text: str, to: set[str]) -> None:
    assert spoken_to(text, {"Anna", "Bert"}) == to


def _row(*said: tuple[str, str], **more: object) -> dict[str, Any]:
    messages = [{"i": i, "user": user, "text": text} for i, (user, text) in enumerate(said)]
    return {"id": "1", "asker": "tom", "messages": messages, **more}


THREAD = (
    ("tom", "does the header fit?"),
    ("tom", "on a phone, I mean"),
    ("mei", "which header?"),
    ("ana", "it does"),
)


@pytest.mark.parametrize(
    ("row", "closes"),
    [
        (_row(*THREAD), 3),
        (_row(*THREAD, addressed="ana"), 3),
        (_row(*THREAD, addressed=["sam", "ana"]), 3),
        (_row(*THREAD, addressed="sam"), 3),
        (_row(*THREAD[:3], ("ana", "haha"), addressed="sam"), None),
        (_row(*THREAD, question_index=2, asker="mei"), 3),
        (_row(*THREAD[:2]), None),
        (_row(), None),
    ],
)
def test_a_labelled_conversation_is_closed_by_its_answer(
    row: dict[str, Any], closes: int | None
) -> None:
    assert judge_thread(row) == {"answer_index": closes}


def test_a_conversation_without_an_asker_is_refused() -> None:
    with pytest.raises(RowUnfit, match="asker"):
        judge_thread({"id": "1", "messages": []})


def test_a_labelled_message_is_judged_with_what_was_said_before() -> None:
    row: dict[str, Any] = {"id": "1", "text": "I'm getting a 403"}
    assert judge_message(row) == {"expects_reply": True, "urgent": False}
    asked = {**row, "prev": [{"user": "ana", "text": "what do you see?"}]}
    assert judge_message(asked) == {"expects_reply": False, "urgent": False}
    assert judge_message({"id": "1", "text": "prod is down"})["urgent"]


@given(st.lists(st.tuples(st.sampled_from(("Anna", "Bert", "Cora")), st.text()), max_size=8))
def test_an_answer_is_somebody_elses_message_after_the_question(
    said: list[tuple[str, str]],
) -> None:
    lines = [Line(i, user, text) for i, (user, text) in enumerate(said)]
    found = answer_index(lines, 1, asker="Anna")
    assert found is None or (found >= 1 and lines[found].user != "Anna")
