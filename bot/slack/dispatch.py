"""The one Bolt app: authorises what somebody waits for, and has a feature answer it."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from logging import CRITICAL, Logger
from typing import Any, Final, TypeAlias, cast

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from sqlalchemy.exc import OperationalError

from bot.core import actions, logs, people, presses, traces, triggers
from bot.core.blocks import payload as payload_of
from bot.core.bot import Bot
from bot.core.errors import SlackError
from bot.core.events import (
    ButtonPressed,
    Command,
    FormSubmitted,
    GlobalShortcut,
    HomePressed,
    Interaction,
    MessageShortcut,
)
from bot.core.presses import Refused
from bot.core.render import cut, groups_in, plain
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.slack import messages
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.slack.homes import Home
from bot.slack.interactions import inputs_in, is_link, parse_interaction
from bot.slack.payloads import Json, organisation_in

log = logs.get(__name__)

_ANYTHING: Final = re.compile(".*")  # Bolt asks for this class
_BOLTS_OAUTH: Final = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
_INTERACTION: Final = "baton_interaction"
_INPUTS: Final = "baton_inputs"
_ERROR: Final = "baton_error"
_LONGEST_ERROR: Final = 1_000
_UNHEARD: Final = Logger("bolt", CRITICAL + 1)  # noqa: LOG001 - in no tree, so none sets it
"""Bolt's own lines quote what came; what goes wrong is logged here."""

_Answerable: TypeAlias = MessageShortcut | GlobalShortcut | ButtonPressed


class _Tables(Authorize):
    """Answers from our own tables what Bolt would ask Slack about every request.

    Bolt needs no token for what it does here, so it is given none.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def __call__(
        self, *, team_id: str | None, enterprise_id: str | None = None, **_: Any
    ) -> AuthorizeResult | None:
        with self._bot.database.reading() as session:
            home = Home.of(session, team_id or "")
        if home is None or not home.is_served_for(enterprise_id):
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=home.workspace.team_id,
            bot_id=home.workspace.bot_id,
            bot_user_id=home.workspace.bot_user_id,
        )


@contextmanager
def _without_bolts_own_oauth() -> Iterator[None]:
    """Bolt keeps tokens in files, unencrypted, where it finds these two in the environment."""
    hidden = {name: os.environ.pop(name) for name in _BOLTS_OAUTH if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)


class Dispatch:
    """Runs a listener in a unit of work of its own and carries out what it replies."""

    def __init__(
        self,
        bot: Bot,
        gateway: Gateway,
        directory: Directory,
        *,
        command_prefix: str,
    ) -> None:
        self._bot, self._gateway, self._directory = bot, gateway, directory
        self._prefix = command_prefix
        self._app = self._bolt()

    def interact(self, body: Json) -> BoltResponse:
        """Answers somebody who waits: a command, shortcut, button or form.

        What is none of ours, or cannot be read, is acknowledged, and that is all. Only where the
        database is out of reach it is not, so that Slack tells whoever waits.
        """
        interaction = parse_interaction(body, self._prefix)
        if interaction is None or is_link(body):  # of a link the browser did what it is for
            return BoltResponse(status=HTTPStatus.OK)
        with traces.under(), self._bot.metrics.answering.timed():
            log.info("interaction", team=interaction.team_id, kind=type(interaction).__name__)
            return self._interact(interaction, body)

    def _interact(self, interaction: Interaction, body: Json) -> BoltResponse:
        context: dict[str, Any] = {_INTERACTION: interaction, _INPUTS: inputs_in(body)}
        try:
            outline = _outline(interaction) | {"enterprise": {"id": organisation_in(body) or None}}
            request = BoltRequest(body=outline, mode="socket_mode", context=context)
            response = self._app.dispatch(request)
        except Exception as error:  # noqa: BLE001 - Bolt fails on what it does not know
            _note(error, context)
            return BoltResponse(status=HTTPStatus.OK)
        is_out_of_reach = isinstance(request.context.get(_ERROR), OperationalError)
        is_answered = response.status == HTTPStatus.OK or is_out_of_reach
        return response if is_answered else BoltResponse(status=HTTPStatus.OK)

    def _bolt(self) -> App:
        with _without_bolts_own_oauth():
            app = App(
                name="baton",
                signing_secret="checked-by-the-ingress",  # noqa: S106
                authorize=_Tables(self._bot),  # type: ignore[arg-type]
                process_before_response=True,
                request_verification_enabled=False,
                ssl_check_enabled=False,
                url_verification_enabled=False,
                token_verification_enabled=False,
                attaching_conversation_kwargs_enabled=False,
                user_facing_authorize_error_message=messages.NOT_INSTALLED,
                logger=_UNHEARD,
            )
        app.error(_note)
        app.command(_ANYTHING)(self._on_command)
        app.shortcut(_ANYTHING)(self._on_shortcut)
        app.action(_ANYTHING)(self._on_button)
        app.view(_ANYTHING)(self._on_form)
        return app

    def _on_command(self, context: Mapping[str, Any], ack: Ack) -> None:
        listener, command = self._listener_of(context[_INTERACTION])
        reply = self._ask(listener, command)
        if isinstance(reply, OpenForm):
            reply = self._open(command, reply)
        if isinstance(reply, Answer):
            previews: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
            ack(**payload_of(reply.message), **previews, response_type="ephemeral")
        else:
            ack()

    def _listener_of(self, command: Command) -> tuple[Any, Command]:
        """Who answers a command; a subcommand's listener gets what stands behind its verb."""
        verb, _, rest = command.text.partition(" ")
        subcommand = self._bot.subcommands.get(f"/{command.name} {verb.lower()}")
        if subcommand is not None:
            return subcommand.listener, replace(command, text=rest.strip(), verb=verb.lower())
        entry = self._bot.commands.get(command.name)
        return (entry.listener if entry else None), command

    def _on_shortcut(self, context: Mapping[str, Any], ack: Ack) -> None:
        shortcut: MessageShortcut | GlobalShortcut = context[_INTERACTION]
        entry = self._bot.shortcuts.get(shortcut.callback_id)
        is_global = isinstance(shortcut, GlobalShortcut)
        if entry is None or entry.is_global is not is_global:
            ack()
            return
        reply = self._ask(entry.listener, shortcut)
        if isinstance(shortcut, GlobalShortcut) and isinstance(reply, Answer | Replace):
            reply = OpenForm(messages.told(entry.name, reply.message))
        self._answer(shortcut, reply, ack)

    def _on_button(self, context: Mapping[str, Any], ack: Ack) -> None:
        button: ButtonPressed = context[_INTERACTION]
        self._answer(button, self._ask(self._press, button), ack)
        if button.on_home:
            self._redraw_home(button)

    def _press(self, event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        pressed = presses.admit(uow, event, self._bot.states)
        if isinstance(pressed, Refused):
            if event.on_home:
                return OpenForm(messages.refused_on_home(pressed))
            return Answer(messages.refused(pressed))
        listener = self._bot.buttons.get(pressed.action_id)
        return listener(pressed, uow) if listener else Answer(messages.NO_LONGER_GOOD)

    def _on_form(self, context: Mapping[str, Any], ack: Ack) -> None:
        form: FormSubmitted = context[_INTERACTION]
        blocks: Mapping[str, str] = context[_INPUTS]
        match self._ask(self._bot.forms.get(form.callback_id), form):
            case ShowNext(view):
                ack(response_action="update", view=view)
            case FieldErrors(sentences):
                ack(response_action="errors", errors=_by_block(blocks, sentences))
            case Answer(message):
                first = next(iter(blocks), "")
                sentences = {first: plain(message.text)}
                ack(response_action="errors", errors=_by_block(blocks, sentences))
            case _:
                ack()

    def _ask(self, listener: Any, interaction: Interaction) -> Reply | None:
        if listener is None:
            return None
        try:
            self._directory.ensure_known(interaction.team_id, [interaction.user_id])
            if self._name_of(interaction) in self._bot.by_role:
                self._directory.ensure_fresh(interaction.team_id, [interaction.user_id])
                if not self._directory.is_fresh(interaction.team_id, interaction.user_id):
                    return Answer(messages.CANNOT_CHECK)
            if isinstance(interaction, Command | MessageShortcut):
                self._directory.try_groups(interaction.team_id, groups_in(interaction.text))
            if isinstance(interaction, FormSubmitted | ButtonPressed):
                self._directory.ensure_fresh(interaction.team_id, interaction.picked)
            work = partial(self._reply, listener, interaction)
            return self._bot.perform(interaction.team_id, work, during="interaction")
        except Exception:
            log.exception("interaction failed", kind=type(interaction).__name__)
            return Answer(messages.FAILED)

    def _name_of(self, interaction: Interaction) -> str:
        """Under what a listener registered for it."""
        match interaction:
            case Command():
                return f"/{interaction.name} {interaction.verb}"
            case ButtonPressed():
                with self._bot.reading() as (session, _):
                    token = interaction.value or interaction.action_id
                    action = actions.find(session, interaction.team_id, token)
                return action.name if action else ""
            case FormSubmitted():
                return interaction.callback_id
            case _:
                return ""

    def _reply(self, listener: Any, interaction: Interaction, uow: UnitOfWork) -> Reply | None:
        person = people.find(uow.session, uow.team_id, interaction.user_id)
        if not triggers.use(uow.session, uow.team_id, interaction.trigger_id, now=uow.now):
            refusal = presses.refuse_replay(uow, interaction)
            return Answer(messages.refused(refusal))
        if person is None or not person.is_member:
            return Answer(messages.MEMBERS_ONLY)
        return _sealed(listener(interaction, uow), interaction, uow)

    def _redraw_home(self, button: ButtonPressed) -> None:
        """A home whose button was pressed shows at once what came of it."""
        pressed = HomePressed(team_id=button.team_id, user_id=button.user_id)
        try:
            self._bot.perform(
                button.team_id, partial(self._bot.emit, pressed), during="interaction"
            )
        except Exception:
            log.exception("home was not drawn again")

    def _answer(self, event: _Answerable, reply: Reply | None, ack: Ack) -> None:
        if isinstance(reply, OpenForm):
            reply = self._open(event, reply)
        ack()
        url = None if isinstance(event, GlobalShortcut) else event.response_url
        if isinstance(reply, Answer | Replace) and url:
            is_replacement = isinstance(reply, Replace)
            try:
                self._gateway.respond(url, reply.message, replace=is_replacement)
            except SlackError as error:
                log.warning("answer was not shown", error=error)

    def _open(self, event: Command | _Answerable, form: OpenForm) -> Reply | None:
        try:
            self._gateway.open_view(event.team_id, event.trigger_id, form.view)
        except SlackError as error:
            log.warning("form was not opened", error=error)
            return Answer(messages.CANNOT_OPEN)
        return None


def _sealed(reply: Reply | None, to: Interaction, uow: UnitOfWork) -> Reply | None:
    if not isinstance(reply, Answer | Replace):
        return reply
    message = actions.seal_answer(uow.session, uow.team_id, to.user_id, reply.message, now=uow.now)
    return replace(reply, message=message)


def _by_block(blocks: Mapping[str, str], sentences: Mapping[str, str]) -> dict[str, str]:
    """The sentences by the block that each field stands in, which is where Slack shows them.

    They may quote what was typed: what cannot be seen in it is left out, and it is cut.
    """
    return {blocks.get(name, name): cut(told, _LONGEST_ERROR) for name, told in sentences.items()}


def _outline(interaction: Interaction) -> dict[str, Any]:
    """As much of an interaction as Bolt needs: nothing else of what came reaches it."""
    who = {"team": {"id": interaction.team_id}, "user": {"id": interaction.user_id}}
    match interaction:
        case Command():
            return {"command": f"/{interaction.name}", **who}
        case ButtonPressed():
            actions = [{"action_id": interaction.action_id}]
            return {"type": "block_actions", "actions": actions, **who}
        case FormSubmitted():
            view = {"type": "modal", "callback_id": interaction.callback_id}
            return {"type": "view_submission", "view": view, **who}
        case GlobalShortcut():
            return {"type": "shortcut", "callback_id": interaction.callback_id, **who}
        case MessageShortcut():
            return {"type": "message_action", "callback_id": interaction.callback_id, **who}
        case _:
            return dict(who)


def _note(error: Exception, context: Mapping[str, Any]) -> None:
    """What Bolt itself would log could quote what came."""
    cast("dict[str, Any]", context)[_ERROR] = error
    log.error("request not dealt with", error=type(error).__name__)
