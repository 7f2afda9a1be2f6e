"""The form in which a post-mortem is written."""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import context, form, notice, section, text_input
from bot.core.render import Mrkdwn, mrkdwn
from bot.core.replies import View
from bot.features.redphone.rules.postmortems import Draft

FORM: Final = "redphone.write_post_mortem"
TITLE: Final = "title"
WHAT: Final = "what"
IMPACT: Final = "impact"
TIMELINE: Final = "timeline"
WENT_WELL: Final = "went_well"
CHANGES: Final = "changes"
MAX_TITLE: Final = 120
_LABELS: Final = {
    WHAT: "What happened",
    IMPACT: "What it hurt",
    TIMELINE: "Timeline (UTC)",
    WENT_WELL: "What went well",
    CHANGES: "What we change",
}


def write(page_id: str, draft: Draft) -> View:
    """The form, filled in with what the timeline tells."""
    filled = {WHAT: draft.what, IMPACT: draft.impact, TIMELINE: draft.timeline}
    blocks = [
        context(mrkdwn("Literally from the timeline. It is about what happened, never about who.")),
        text_input(TITLE, "Title", initial=draft.title, max_length=MAX_TITLE),
        *(
            text_input(
                name, label, initial=filled.get(name, ""), optional=name != WHAT, multiline=True
            )
            for name, label in _LABELS.items()
        ),
    ]
    return form("Post-mortem", FORM, blocks, submit="Post it", reference=page_id)


def read(values: Mapping[str, str]) -> Draft:
    """What somebody wrote."""
    title, *rest = (values.get(each, "").strip() for each in (TITLE, *_LABELS))
    return Draft(title, *rest)


def told(text: Mrkdwn) -> View:
    """In the form's place, once it is posted."""
    return notice("Posted", [section(text)])
