"""Logging a decision by a reaction, by a word to Baton, and by the step of a workflow."""

from datetime import timedelta

from bot.core import keeping
from bot.core.agreement.setting import channel_scope, person_scope
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.service import entries
from bot.playground.world import TEAM_ID
from tests.support.town import Town

SAID = "Then let's go with Postgres for the job queue."
MAY_LOG = "Shall I open the form to log this as a decision?\n[Log it]"
INFRA, TOM = "C0INFRA00", "U0TOM0000"


def test_a_reaction_gets_a_private_button_that_opens_the_form(lively: Town) -> None:
    ts = lively.priya.says("#infra", SAID)
    lively.settle()
    lively.tom.reacts("#infra", ts, "decision")
    lively.settle()
    lively.tom.reacts("#infra", ts, "decision", add=False)
    lively.settle()
    lively.tom.reacts("#infra", ts, "decision")
    assert lively.whispers_to(lively.tom) == [MAY_LOG], "once for each message"
    assert lively.whispers_to(lively.priya) == []
    lively.tom.presses("Log it")
    lively.tom.fills_in({})
    lively.settle()
    assert "Let's go with Postgres" in lively.posts_in("#infra")[-1]["text"]
    lively.sam.reacts("#infra", ts, "decision")
    assert "already logged as D-1" in lively.whispers_to(lively.sam)[-1]
    lively.tom.presses("Log it")
    assert "already logged as D-1" in lively.whispers_to(lively.tom)[-1]
    lively.mei.reacts("#infra", lively.posts_in("#infra")[-1]["ts"], "decision")
    assert "already logged as D-1" in lively.whispers_to(lively.mei)[-1], "its card, too"
    lively.priya.types("#infra", "/decision deprecate D-1")
    lively.priya.fills_in({"Why": "We moved on"})
    lively.settle()
    lively.sam.says("#infra", "@Baton log this", reply_to=ts)
    assert "already logged as D-1 (deprecated)" in lively.whispers_to(lively.sam)[-1]


def test_only_the_reaction_that_is_set_counts_and_only_of_those_baton_works_for(
    quiet: Town,
) -> None:
    ts = quiet.priya.says("#web-relaunch", SAID)
    quiet.settle()
    quiet.tom.reacts("#web-relaunch", ts, "tada")
    quiet.gil.reacts("#web-relaunch", ts, "decision")
    quiet.sets("people.off", "on", person_scope("U0SAM0000"))
    quiet.sam.reacts("#web-relaunch", ts, "decision")
    quiet.sets("decisions.reaction", ":memo:", channel_scope(INFRA))
    other = quiet.priya.says("#infra", SAID)
    quiet.settle()
    quiet.ana.reacts("#infra", other, "decision")
    for person in (quiet.tom, quiet.gil, quiet.sam, quiet.ana):
        assert quiet.whispers_to(person) == []
    quiet.ana.reacts("#infra", other, "memo")
    assert quiet.whispers_to(quiet.ana) == [MAY_LOG]


def test_whoever_left_the_private_channel_opens_no_form_there(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    ts = quiet.tom.says("#leads", SAID)
    quiet.settle()
    quiet.priya.reacts("#leads", ts, "decision")
    assert quiet.whispers_to(quiet.priya) == [MAY_LOG]
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()

    def open_form(uow: UnitOfWork) -> Reply:
        return entries.open_log_form(uow, "U0PRIYA00", "G0LEADS00", ts, plainly=True)

    reply = quiet.app.bot.perform(TEAM_ID, open_form, during="interaction")
    assert isinstance(reply, Answer)
    assert "I am not in this conversation" in reply.message.text


def test_baton_log_this_in_a_thread_is_about_what_settles_it(lively: Town) -> None:
    root = lively.tom.says("#infra", "Shall we take Redis or Postgres for the job queue?")
    lively.priya.says("#infra", SAID, reply_to=root)
    lively.settle()
    lively.tom.says("#infra", "@Baton please log this!", reply_to=root)
    assert lively.whispers_to(lively.tom) == [MAY_LOG]
    lively.tom.presses("Log it")
    form = lively.tom.form
    assert form is not None
    assert SAID.removeprefix("Then ").rstrip(".")[1:] in str(form["blocks"])
    lively.tom.fills_in({})
    lively.settle()
    assert lively.posts_in("#infra")[-1]["thread_ts"] == root


def test_other_words_and_what_arrives_a_day_late_are_left_alone(quiet: Town) -> None:
    for text in ("@Baton log this week's hours", "@Baton hello", "@Sam log this", "log this"):
        quiet.tom.says("#infra", text)
    assert quiet.whispers_to(quiet.tom) == []
    ts = quiet.tom.says("#infra", "@baton Log decision: Postgres for the queue")
    assert quiet.whispers_to(quiet.tom) == [MAY_LOG]
    quiet.slack.faults(hold=True)
    quiet.sam.reacts("#infra", ts, "decision")
    quiet.sam.says("#infra", "@Baton log this", reply_to=ts)
    quiet.slack.advance(timedelta(hours=25))
    quiet.slack.faults()
    assert quiet.whispers_to(quiet.sam) == []


def _run(town: Town, **given: str) -> str:
    inputs = {"title": "Postgres for the queue", "owner": TOM, "channel": INFRA} | given
    kept = {name: value for name, value in inputs.items() if value}
    execution = town.ana.runs_step("log_decision", **kept)
    town.settle()
    return execution


def test_the_step_of_a_workflow_waits_until_its_owner_logs_the_decision(lively: Town) -> None:
    execution = _run(lively, why="One thing less to run.")
    waiting = lively.ana.step(execution)
    assert (waiting["outputs"], waiting["error"]) == (None, "")
    asked = lively.writes_to(lively.tom)
    assert len(asked) == 1
    assert "names you as its owner: Postgres for the queue" in asked[0]
    assert "One thing less to run." in asked[0]
    lively.tom.presses("Look and log")
    lively.tom.fills_in({"Decision": "Postgres for the job queue"})
    lively.settle()
    card = lively.posts_in("#infra")[-1]
    assert "Postgres for the job queue" in card["text"]
    ended = lively.ana.step(execution)["outputs"]
    assert ended["decision_id"] == "D-1"
    assert card["ts"].replace(".", "") in ended["decision_url"]
    assert "Logged as D-1" in lively.tom.direct_messages()[-1]["text"]
    assert len(lively.writes_to(lively.tom)) == 1


def test_a_step_about_a_message_is_logged_in_its_thread(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    quiet.settle()
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        link = uow.workspace.permalink(INFRA, ts)
    execution, second = _run(quiet, message_url=link), _run(quiet, message_url=link)
    quiet.tom.presses("Look and log")
    quiet.tom.fills_in({})
    quiet.settle()
    assert quiet.posts_in("#infra")[-1]["thread_ts"] == ts
    done = [quiet.ana.step(each)["outputs"] for each in (execution, second)]
    assert {"decision_id": "D-1", "decision_url": link} in done
    third = _run(quiet, message_url=link)
    assert quiet.ana.step(third)["error"] == "That thread is already logged as D-1."


def test_an_owner_who_left_the_private_channel_opens_no_form_of_its_step(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    ts = quiet.tom.says("#leads", SAID)
    quiet.settle()
    quiet.tom.picks("Log a decision", "#leads", quiet.tom.says("#leads", "We hire two designers."))
    quiet.tom.fills_in({})
    quiet.settle()
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        link = uow.workspace.permalink("G0LEADS00", ts)
        logged = uow.workspace.permalink("G0LEADS00", quiet.posts_in("#leads")[0]["thread_ts"])
    given = {"owner": "U0PRIYA00", "channel": "G0LEADS00"}
    _run(quiet, message_url=link, **given)
    ended = {
        quiet.ana.step(_run(quiet, **given | wrong))["error"]
        for wrong in (
            {"message_url": logged},
            {"message_url": "https://example.org/x"},
            {"owner": "U0SAM0000"},
            {"channel": "G0NOWHERE"},
        )
    }
    assert len(ended) == 1, "nobody learns from it what is in the channel"
    quiet.tom.removes("Priya", "#leads")
    quiet.tom.edits("#leads", ts, "The budget is 40,000.")
    quiet.settle()
    quiet.priya.presses("Look and log")
    assert quiet.priya.form is None
    assert "does not wait for this any more" in quiet.whispers_to(quiet.priya)[-1]


def test_the_step_of_a_thread_that_is_only_proposed_fails(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", SAID)
    quiet.settle()
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        link = uow.workspace.permalink(INFRA, ts)
    execution = _run(quiet, message_url=link)
    quiet.tom.presses("Look and log")
    quiet.ana.types("#infra", f"/decision propose {link}")
    quiet.ana.fills_in({"Decision": "Postgres", "Reviewers": "Priya"})
    quiet.settle()
    quiet.tom.fills_in({})
    quiet.settle()
    said = "That thread is being proposed as D-1, so it is not decided yet."
    for each in (execution, _run(quiet, message_url=link)):
        assert quiet.ana.step(each)["error"] == said
    assert "(proposed), so nothing was logged" in quiet.tom.direct_messages()[-1]["text"]


def test_the_form_of_a_step_shows_what_it_goes_against(quiet: Town) -> None:
    quiet.tom.picks("Log a decision", "#infra", quiet.tom.says("#infra", SAID))
    fields = {
        "Decision": "Postgres for the job queue",
        "What else was considered": "Redis: one more thing to run",
    }
    quiet.tom.fills_in(fields)
    quiet.settle()
    execution = _run(quiet, title="Redis for the job queue")
    quiet.tom.presses("Look and log")
    quiet.tom.fills_in({})
    assert "may go against" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({})
    quiet.settle()
    assert quiet.ana.step(execution)["outputs"]["decision_id"] == "D-2"


def test_a_step_of_which_no_decision_comes_fails_with_a_sentence(quiet: Town) -> None:
    refused, unanswered = _run(quiet), _run(quiet, owner="U0PRIYA00")
    erased, asleep = _run(quiet, owner="U0MEI0000"), _run(quiet, owner="U0SAM0000")
    quiet.tom.presses("Not a decision")
    quiet.priya.presses("Look and log")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, quiet.app.bot.kept, "U0MEI0000")
    quiet.settle()
    ended = [quiet.ana.step(each)["error"] for each in (refused, unanswered, erased, asleep)]
    assert ended == [
        "The owner says that this is no decision.",
        "",
        "The owner had their data erased, so nothing was logged.",
        "",
    ]
    assert "You said that this is no decision" in quiet.tom.direct_messages()[-1]["text"]
    assert quiet.writes_to(quiet.sam) == []
    quiet.advance(hours=9)
    assert len(quiet.writes_to(quiet.sam)) == 1, "in their own morning"
    quiet.advance(days=6, hours=14)
    quiet.sam.presses("Look and log")
    assert quiet.sam.form is not None
    quiet.sam.closes_form()
    assert quiet.ana.step(unanswered)["error"] == ""
    quiet.advance(hours=2)
    assert "within 7 days" in quiet.ana.step(unanswered)["error"]
    quiet.priya.fills_in({})
    view = quiet.priya.form
    assert view is not None
    assert "does not wait" in str(view["errors"])
    assert quiet.posts_in("#infra") == []


def test_a_step_with_wrong_values_fails_at_once_with_one_sentence(quiet: Town) -> None:
    for given, sentence in (
        ({"owner": "U0GIL0000"}, "full member"),
        ({"owner": "U0DEPLOY0"}, "full member"),
        ({"owner": "U0DORA000"}, "full member"),
        ({"owner": "U0NOBODY0"}, "full member"),
        ({"channel": "C0GENERAL"}, "I am not in that channel"),
        ({"channel": "C0NOWHERE"}, "I am not in that channel"),
        ({"message_url": "https://example.org/x"}, "no message of that channel"),
        ({"title": "\u200b"}, "needs a title"),
    ):
        assert sentence in quiet.ana.step(_run(quiet, **given))["error"], given
    assert quiet.writes_to(quiet.tom) == []
