"""What models cost, in micro-dollars per million tokens."""

from dataclasses import dataclass
from typing import Final

from bot.core.drafting import Usage

MILLION: Final = 1_000_000
DOLLAR: Final = 1_000_000  # micro-dollars


@dataclass(frozen=True, slots=True)
class Price:
    """The price of what goes in and of what comes out."""

    per_input: int
    per_output: int

    def of(self, usage: Usage) -> int:
        """Micro-dollars for so many tokens, rounded up."""
        tokens = usage.input_tokens * self.per_input + usage.output_tokens * self.per_output
        return -(-tokens // MILLION)


PRICES: Final = {
    "claude-haiku-5-5": Price(DOLLAR // 10, DOLLAR // 2),
    "claude-sonnet-5-5": Price(2 * DOLLAR, 10 * DOLLAR),
    "claude-opus-5-5": Price(4 * DOLLAR, 20 * DOLLAR),
}
DEAREST: Final = Price(20 * DOLLAR, 100 * DOLLAR)
"""Assumed of a model whose price is not known: the cap then holds too early, never too late."""


def price_of(model: str) -> Price:
    """What a model costs."""
    return PRICES.get(model, DEAREST)
