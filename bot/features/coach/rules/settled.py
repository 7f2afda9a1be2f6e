"""What is still to be said of a message once its author had time to complete it."""

from collections.abc import Collection
from dataclasses import replace

from bot.features.coach.rules.catalogue import Finding, Rule
from bot.features.coach.rules.review import review
from bot.features.coach.rules.situation import Situation


def review_settled(situation: Situation, *, without: Collection[Rule] = ()) -> list[Finding]:
    """As `review`, without what the author's own messages in `situation.after` make up for.

    `after` reaches as far as the author's time does.
    """
    found = review(situation, without=without)
    message = situation.message
    own = [each.text for each in situation.after if each.user_id == message.user_id]
    if not found or not own:
        return found
    whole = replace(message, text="\n".join([message.text, *own]))
    still = {each.rule for each in review(replace(situation, message=whole), without=without)}
    return [each for each in found if each.rule in still]
