"""Something else than its default for each setting, as people type or choose it."""

from typing import Final

OTHER_VALUES: Final = {
    "people.hours": "Mon-Thu 08:00-12:00, 13:30-18:00; Fri 08:00-13:00",
    "people.holidays": "DE-BY",
    "attention.focus": "Mon-Fri 09:00-10:00",
    "attention.comms": "Mon-Fri 11:30-12:00",
    "attention.budget": "7",
    "people.off": "On",
    "messages.retention_days": "14",
    "digest.on": "Off",
    "digest.at": "08:30",
    "asks.reminders": "Off",
    "asks.standard": "48h working_days",
    "asks.urgent": "1h working_hours",
    "asks.urgent_budget": "3",
    "asks.expires_after": "7",
    "asks.groups_each": "On",
    "asks.done_emoji": "white_check_mark\ntada",
    "coach.mode": "On",
    "coach.rules": "A bare hello\nA vague ask",
    "coach.shared": "On",
    "coach.social": "Yes",
    "coach.hints": "Off",
    "coach.my_rules": "Heated words\nA bare problem",
    "redphone.criteria": "Nobody can sign in\nMoney is lost",
    "model.drafts": "Off",
    "model.daily_cap": "2.50",
    "decisions.comment_days": "5",
}
