"""The names of the coach's buttons and forms."""

from typing import Final

ADD: Final = "coach.add"
WHY: Final = "coach.why"
NOT_HELPFUL: Final = "coach.not_helpful"
STOP: Final = "coach.stop"
AGAIN: Final = "coach.again"
EXAMPLE: Final = "coach.example"
COMPOSE: Final = "coach.compose"
CONTEXT_FORM: Final = "coach.context_form"
REVIEW_DRAFT: Final = "coach.review_draft"
USE_AS_ASK: Final = "coach.use_as_ask"
POST_DRAFT: Final = "coach.post_draft"
READ_KINDLY: Final = "coach.read_kindly"
