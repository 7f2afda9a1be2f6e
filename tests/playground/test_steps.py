"""A workflow that comes to a step of the app's in the local Slack, and how the step ends."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx2
import pytest

from bot.core.bot import Bot
from bot.core.events import StepStarted
from bot.core.steps import Kind, Parameter, Step
from bot.core.unit_of_work import UnitOfWork
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient, NotPossible, Person
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from bot.slack.manifest import manifest as manifest_of
from tests.support.town import TUESDAY

App: TypeAlias = Callable[..., Json]
"""Calls a method of functions.* as the app."""
STEP = Step(
    "file_it",
    "File it",
    "Files something",
    [
        Parameter("title", Kind.TEXT, "Title"),
        Parameter("who", Kind.PERSON, "Who", is_required=False),
    ],
    [Parameter("number", Kind.TEXT, "Number")],
)


def _listen(_event: StepStarted, _uow: UnitOfWork) -> None:
    raise AssertionError


@pytest.fixture
def declared(bot: Bot) -> Json:
    bot.on_step(STEP, _listen)
    return manifest_of(bot, socket_mode=True, public_url=None, command_prefix="")


@pytest.fixture
def server(declared: Json) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(declared, start=TUESDAY) as server:
        yield server


@pytest.fixture
def tom(server: LocalSlackServer) -> Iterator[Person]:
    with LocalSlackClient(server.url) as client:
        yield client.person("Tom")


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[App]:
    headers = {"authorization": f"Bearer {BOT_TOKEN}"}
    with httpx2.Client(base_url=server.url, headers=headers, trust_env=False) as http:

        def call(method: str, **given: Any) -> Json:
            answer: Json = http.post(f"api/functions.{method}", json=given).json()
            return answer

        yield call


def test_the_manifest_declares_what_the_step_asks_for(declared: Json) -> None:
    step = declared["functions"]["file_it"]
    assert step["input_parameters"]["required"] == ["title"]
    assert step["input_parameters"]["properties"]["who"]["type"] == "slack#/types/user_id"
    assert declared["settings"]["function_runtime"] == "remote"
    assert "function_executed" in declared["settings"]["event_subscriptions"]["bot_events"]


def test_a_step_ends_once_and_gives_back_what_it_declared(app: App, tom: Person) -> None:
    execution = tom.runs_step("file_it", title="Postgres")
    done = {"function_execution_id": execution, "outputs": {"number": "D-1"}}
    wrong = done | {"outputs": {"name": "D-1"}}
    refused = app("completeSuccess", **wrong)
    assert refused["error"] == "parameter_validation_failed"
    assert app("completeSuccess", **done)["ok"]
    assert tom.step(execution)["outputs"] == {"number": "D-1"}
    again = app("completeError", function_execution_id=execution, error="No")
    assert again["error"] == "execution_already_finished"


def test_a_step_that_fails_says_why(app: App, tom: Person) -> None:
    execution = tom.runs_step("file_it", title="Postgres")
    app("completeError", function_execution_id=execution, error="Nobody there.")
    assert tom.step(execution)["error"] == "Nobody there."


@pytest.mark.parametrize("inputs", [{}, {"title": ""}, {"title": "Postgres", "colour": "red"}])
def test_a_step_does_not_run_with_other_values_than_it_declared(
    tom: Person, inputs: dict[str, str]
) -> None:
    with pytest.raises(NotPossible, match="the step lacks"):
        tom.runs_step("file_it", **inputs)


def test_what_nobody_runs_cannot_end(app: App) -> None:
    answer = app("completeError", function_execution_id="Fx9", error="No")
    assert answer["error"] == "function_execution_not_found"
