"""Money: never above the cap, booked once, and kept where nobody knows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.drafting import Draft, DraftRequest, Place, PromptRef, Said, Usage, material_of
from bot.llm import budget
from bot.llm.budget import Reservation, Settlement
from bot.llm.client import CallFailed, Question, Reply
from bot.llm.drafter import ModelDrafter
from bot.llm.models import DraftRow
from bot.llm.prices import DEAREST, PRICES, price_of

pytestmark = pytest.mark.needs("digest")  # whose prompt and cases these are

PROMPT = PromptRef("digest/channel", 1, "0" * 64)
CAP = 1_000
EACH = 90


class Model:
    """Answers with these, in order."""

    def __init__(self, *answers: Reply | CallFailed) -> None:
        self.answers, self.asked = list(answers), 0

    def ask(self, _question: Question) -> Reply:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, CallFailed):
            raise answer
        return answer


def _reserve(bot: Bot, cap: int = CAP) -> Reservation | None:
    with bot.begin("T1", during="job") as uow:
        return budget.reserve(uow, PROMPT, "claude-haiku-5-5", micro_dollars=EACH, cap=cap)


def _spent(bot: Bot, team_id: str = "T1") -> int:
    with bot.reading() as (session, now):
        return budget.spent(session, team_id, now.date())


def _draft(bot: Bot, model: Model, cap: int = 10**6) -> Draft:
    said = Said(Place("C1", "1.0"), "U1", "The build is green again.", bot.clock.now())
    drafter = ModelDrafter(bot, model, model="claude-haiku-5-5", daily_cap=cap, seconds=5)
    return drafter.draft(DraftRequest("T1", "digest/channel", material_of([said])))


def test_fifty_at_once_never_pass_the_cap(bot: Bot) -> None:
    with ThreadPoolExecutor(50) as pool:
        got = list(pool.map(lambda _: _try_until_told(bot), range(50)))
    assert sum(each is not None for each in got) == CAP // EACH
    assert _spent(bot) == CAP // EACH * EACH <= CAP


def _try_until_told(bot: Bot) -> Reservation | None:
    """SQLite makes fifty writers wait; one that waited too long asks again."""
    for _ in range(20):
        try:
            return _reserve(bot)
        except Exception as error:
            if "locked" not in str(error):
                raise
    raise AssertionError("the database stayed locked")


def test_what_is_over_is_given_back_and_booked_once(bot: Bot) -> None:
    reservation = _reserve(bot)
    assert reservation is not None
    end = Settlement("drafted", 10, Usage(50, 10))
    for expected in (True, False):
        with bot.begin("T1", during="job") as uow:
            assert budget.settle(uow, reservation, end) is expected
    assert _spent(bot) == 10


def test_an_unknown_outcome_keeps_the_money(bot: Bot) -> None:
    _draft(bot, Model(CallFailed("timeout")))
    with bot.reading() as (session, _):
        row = session.query(DraftRow).one()
    assert row.outcome == "timeout"
    assert _spent(bot) == row.cost_micro_dollars > 1_000


@pytest.mark.parametrize(
    ("failure", "spent"),
    [
        (CallFailed("http_429", is_free=True), 0),
        (CallFailed("stopped_refusal", usage=Usage(1_000_000, 0)), 100_000),
    ],
)
def test_a_failure_costs_what_it_cost(failure: CallFailed, spent: int, bot: Bot) -> None:
    assert _draft(bot, Model(failure)).is_plain
    assert _spent(bot) == spent


def test_a_spent_budget_makes_drafts_plain_without_a_call_until_the_next_day(
    bot: Bot, clock: StoppedClock
) -> None:
    model = Model(CallFailed("timeout"), Reply('{"lines": []}', Usage(100, 10), "req"))
    outcomes = [_draft(bot, model, cap=3_000).outcome for _ in range(2)]
    assert (outcomes, model.asked) == (["timeout", "budget"], 1)
    clock.advance(timedelta(days=1))
    assert _draft(bot, model, cap=3_000).outcome == "drafted"


def test_workspaces_have_budgets_of_their_own(bot: Bot) -> None:
    _reserve(bot)
    assert (_spent(bot), _spent(bot, "T2")) == (EACH, 0)


def test_after_a_refused_key_no_call_is_made_for_a_while(bot: Bot) -> None:
    model = Model(CallFailed("http_401", is_free=True, pause_seconds=600))
    said = Said(Place("C1", "1.0"), "U1", "The build is green again.", bot.clock.now())
    drafter = ModelDrafter(bot, model, model="claude-haiku-5-5", daily_cap=10**6, seconds=5)
    request = DraftRequest("T1", "digest/channel", material_of([said]))
    assert [drafter.draft(request).outcome for _ in range(2)] == ["http_401", "paused"]


def test_too_much_material_is_not_sent(bot: Bot) -> None:
    said = Said(Place("C1", "1.0"), "U1", "word " * 50_000, bot.clock.now())
    model = Model()
    drafter = ModelDrafter(bot, model, model="claude-haiku-5-5", daily_cap=10**6, seconds=5)
    request = DraftRequest("T1", "digest/channel", material_of([said]))
    assert (drafter.draft(request).outcome, model.asked) == ("too_much_material", 0)


def test_the_row_of_a_draft_keeps_figures_and_no_text(bot: Bot) -> None:
    line = '{"text":"CANARY","source_ids":["S9"],"quote":"CANARY","kind":"fyi"}'
    _draft(bot, Model(Reply(f'{{"lines": [{line}]}}', Usage(100, 10), "req_1")))
    with bot.reading() as (session, _):
        row = session.query(DraftRow).one()
    assert (row.outcome, row.drops, row.lines_proposed, row.lines_kept) == (
        "distrusted",
        {"ids": 1},
        1,
        0,
    )
    assert (row.request_id, row.input_tokens, row.cost_micro_dollars) == ("req_1", 100, 15)
    assert "CANARY" not in str(vars(row))


def test_prices_round_up_and_an_unknown_model_is_the_dearest() -> None:
    assert PRICES["claude-haiku-5-5"].of(Usage(1, 1)) == 1
    assert price_of("claude-unheard-of") == DEAREST


def test_what_is_known_of_old_drafts_is_forgotten(bot: Bot, clock: StoppedClock) -> None:
    _reserve(bot)
    clock.advance(timedelta(days=40))
    with bot.database.transaction() as session:
        budget.forget_old(session, before=clock.now() - timedelta(days=31))
        assert session.query(DraftRow).count() == 0
