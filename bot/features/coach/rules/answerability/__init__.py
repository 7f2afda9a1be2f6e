"""Rules of the first group: could somebody answer this without asking back?"""

from bot.features.coach.rules.answerability.finding import find

__all__ = ["find"]
