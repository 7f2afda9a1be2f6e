"""Drafts with the model: budget, call, check; whatever goes wrong, the plain draft."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.core import logs
from bot.core.bot import Bot
from bot.core.drafting import (
    DAILY_CAP,
    DRAFTS,
    Draft,
    DraftLine,
    DraftRequest,
    Usage,
)
from bot.core.plain_drafter import plain_draft
from bot.core.unit_of_work import UnitOfWork
from bot.core.verify import MAX_LINES, Verified
from bot.llm import budget, prompts
from bot.llm.budget import Reservation, Settlement
from bot.llm.client import FRAME_TOKENS, CallFailed, Question, Reply
from bot.llm.forms import FORMS
from bot.llm.prices import DOLLAR, price_of
from bot.llm.prompts import Filled, Prompt

log = logs.get(__name__)


class Client(Protocol):
    """Whoever can be asked."""

    def ask(self, question: Question) -> Reply:
        """The answer. Raises CallFailed."""
        ...


class ModelDrafter:
    """The drafter that asks a model, within a budget per workspace and day."""

    def __init__(
        self, bot: Bot, client: Client, *, model: str, daily_cap: int, seconds: float
    ) -> None:
        self._bot, self._client = bot, client
        self._model, self._daily_cap, self._seconds = model, daily_cap, seconds
        self._paused_until: datetime | None = None

    @property
    def is_plain(self) -> bool:
        """Not as long as the budget lasts."""
        return False

    def draft(self, request: DraftRequest) -> Draft:
        """A checked draft of the model's, or the plain one with the reason as its outcome."""
        prompt = prompts.load(request.prompt)
        filled = prompt.fill(
            {
                "max_lines": MAX_LINES,
                "messages": FORMS[prompt.about.schema_name].rows(request.material),
                **request.values,
            }
        )
        if not request.material.sources:
            return plain_draft(request.material, "no_material")
        if filled.token_estimate > prompt.about.max_input_tokens:
            return plain_draft(request.material, "too_much_material")
        if self._paused_until and self._bot.machine_clock.now() < self._paused_until:
            return plain_draft(request.material, "paused")
        reservation = self._reserve(request.team_id, prompt, filled)
        if reservation is None:
            return plain_draft(request.material, "budget")
        try:
            reply = self._client.ask(self._question(request, prompt, filled))
        except CallFailed as failure:
            return self._failed(request, reservation, failure)
        return self._checked(request, prompt, reservation, reply)

    def _reserve(self, team_id: str, prompt: Prompt, filled: Filled) -> Reservation | None:
        most = Usage(filled.token_estimate + FRAME_TOKENS, prompt.about.max_output_tokens)
        with self._bot.begin(team_id, during="job") as uow:
            return budget.reserve(
                uow,
                prompt.ref,
                self._model,
                micro_dollars=price_of(self._model).of(most),
                cap=self._cap(uow),
            )

    def _cap(self, uow: UnitOfWork) -> int:
        """What the workspace may spend today: what its agreement says, within the operator's."""
        agreed = int(uow.setting(DAILY_CAP) * DOLLAR) if uow.setting(DRAFTS) else 0
        return min(self._daily_cap, agreed)

    def _question(self, request: DraftRequest, prompt: Prompt, filled: Filled) -> Question:
        about = prompt.about
        return Question(
            self._model,
            filled,
            FORMS[about.schema_name].schema(request),
            about.max_output_tokens,
            about.effort,
            min(about.deadline_seconds, self._seconds),
        )

    def _failed(
        self, request: DraftRequest, reservation: Reservation, failure: CallFailed
    ) -> Draft:
        if failure.pause_seconds:
            pause = timedelta(seconds=failure.pause_seconds)
            self._paused_until = self._bot.machine_clock.now() + pause
        cost = 0 if failure.is_free else None
        usage = failure.usage or Usage()
        if failure.usage is not None:
            cost = price_of(self._model).of(failure.usage)
        end = Settlement(failure.code, cost, usage, failure.request_id)
        self._settle(request.team_id, reservation, end)
        return plain_draft(request.material, failure.code)

    def _checked(
        self, request: DraftRequest, prompt: Prompt, reservation: Reservation, reply: Reply
    ) -> Draft:
        form = FORMS[prompt.about.schema_name]
        proposed = form.read(reply.text)
        checked = form.check(proposed or [], request)
        outcome = _outcome(proposed, checked)
        end = Settlement(
            outcome,
            price_of(self._model).of(reply.usage),
            reply.usage,
            reply.request_id,
            proposed=checked.proposed,
            kept=len(checked.lines),
            drops=tuple({**checked.drops, **checked.changes}.items()),
        )
        self._settle(request.team_id, reservation, end)
        if outcome != "drafted":
            log.warning("a draft of the model's was discarded", outcome=outcome)
            return plain_draft(request.material, outcome)
        return Draft(
            checked.lines,
            outcome,
            is_plain=False,
            prompt=prompt.ref,
            model=self._model,
            usage=reply.usage,
            drops=checked.drops,
        )

    def _settle(self, team_id: str, reservation: Reservation, end: Settlement) -> None:
        with self._bot.begin(team_id, during="job") as uow:
            budget.settle(uow, reservation, end)


def _outcome(proposed: list[DraftLine] | None, checked: Verified) -> str:
    if proposed is None:
        return "wrong_schema"
    return "drafted" if checked.is_trusted else "distrusted"
