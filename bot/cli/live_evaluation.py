"""Drafts recorded slices with the real model and measures how good, dear and slow it is."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.core.clock import monotonic
from bot.core.drafting import NEWS, Material, Place, Said, Usage, material_of
from bot.core.verify import MAX_LINES, verify
from bot.llm import prompts, replies
from bot.llm.client import CallFailed, MessagesClient, Question
from bot.llm.forms import rows_of
from bot.llm.prices import DOLLAR, price_of
from bot.settings import Settings


def evaluate(settings: Settings, api_key: str, cases: Path) -> Iterator[str]:
    """One sentence per case, and one on all of them."""
    client = MessagesClient(api_key, settings.anthropic_base_url)
    proposed = dropped = cost = 0
    reasons: Counter[str] = Counter()
    seconds = []
    for path in sorted(cases.glob("*.json")):
        material = material_in(path)
        began = monotonic()
        try:
            reply = client.ask(question_about(material, settings))
        except CallFailed as failure:
            yield f"{path.stem}: no draft ({failure.code})"
            continue
        seconds.append(monotonic() - began)
        checked = verify(replies.read_lines(reply.text) or [], material)
        spent = price_of(settings.baton_model).of(reply.usage)
        reasons.update(checked.drops)
        proposed, cost = proposed + checked.proposed, cost + spent
        dropped += sum(checked.drops.values())
        yield (
            f"{path.stem}: {len(checked.lines)} of {checked.proposed} lines hold, "
            f"{seconds[-1]:.1f} s, {_tokens(reply.usage)}, ${spent / DOLLAR:.5f}"
        )
    rate = 100 * dropped / proposed if proposed else 0.0
    slowest = max(seconds, default=0.0)
    yield (
        f"{settings.baton_model}: {rate:.1f} % of {proposed} lines dropped {dict(reasons)}, "
        f"${cost / DOLLAR:.5f} in all, slowest {slowest:.1f} s"
    )


def material_in(path: Path) -> Material:
    """The messages of a recorded slice."""
    rows = json.loads(path.read_text())
    return material_of(
        Said(
            Place("C1", f"{1_790_000_000 + number}.000100"),
            row["author"],
            row["text"],
            datetime.fromtimestamp(1_790_000_000 + 60 * number, UTC),
        )
        for number, row in enumerate(rows)
    )


def question_about(material: Material, settings: Settings) -> Question:
    """What a digest would ask about them."""
    prompt = prompts.load("digest/channel")
    filled = prompt.fill({"max_lines": MAX_LINES, "messages": rows_of(material)})
    about = prompt.about
    limits = (about.max_output_tokens, about.effort, settings.baton_model_timeout_seconds)
    return Question(settings.baton_model, filled, replies.lines_of(NEWS.kinds), *limits)


def _tokens(usage: Usage) -> str:
    return f"{usage.input_tokens} tokens in, {usage.output_tokens} out"
