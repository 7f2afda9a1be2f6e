"""The forms of the working agreement."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from bot.core.agreement.setting import Layer
from bot.core.blocks import (
    Block,
    choice_input,
    context,
    form,
    header,
    multi_select,
    notice,
    section,
    sections,
    select,
    text_input,
)
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.replies import View
from bot.features.agreement import messages
from bot.features.agreement.rules import INHERIT, Changed, Field, FormReference

TOPICS: Final = {
    "people": "Working time",
    "redphone": "Red phone",
    "messages": "What is kept",
    "model": "Model",
    "handoffs": "Hand-offs",
    "standup": "Stand-ups",
}
FORM: Final = "agreement.form"


def settings_form(
    title: str,
    reference: FormReference,
    fields: Sequence[Field],
    past: Sequence[Mrkdwn] = (),
    *,
    note: Mrkdwn | None = None,
) -> View:
    """A scope's settings by topic; under them what was changed last."""
    layer = reference.scope.layer
    blocks = [section(note)] if note else []
    for topic, group in groupby(fields, lambda field: field.setting.topic):
        blocks += [
            header(TOPICS.get(topic, topic.capitalize())),
            *(_field(field, layer) for field in group),
        ]
    if past:
        blocks.append(context(join("\n", [mrkdwn("*Last changes*"), *past])))
    return form(title, FORM, blocks, submit="Save", reference=str(reference))


def changed_meanwhile() -> Mrkdwn:
    """Above a form that is shown once more."""
    return mrkdwn(
        "Somebody changed these settings while you had the form open. What you typed stands below, "
        "and nothing of it is saved yet: please look it over and save again."
    )


def saved(title: str, changes: Sequence[Changed]) -> View:
    """What is different now."""
    return notice(title, sections(join("\n", messages.lines(changes))))


def not_allowed(title: str) -> View:
    """Somebody lost the right to change it while the form was open."""
    return notice(title, [section(messages.not_allowed(title).text)])


def _field(field: Field, layer: Layer) -> Block:
    setting = field.setting
    wrong = messages.cannot_post(field.refused) if field.refused else ""
    has_above = setting.has_above(layer)
    if setting.kind.holds_several:
        chosen = field.given.split(", ")
        boxes = multi_select(setting.key, setting.kind.options, initial=chosen)
        return choice_input(setting.label, boxes, hint=setting.hint, optional=True)
    if setting.kind.options:
        above = {INHERIT: f"As in the workspace: {field.inherited}"} if has_above else {}
        menu = select(setting.key, {**above, **setting.kind.options}, initial=field.given)
        hint = _sentences([wrong, setting.hint]) if wrong else setting.hint
        return choice_input(setting.label, menu, hint=hint)
    empty = "as in the workspace" if has_above else "as by default"
    hint = _sentences([wrong, setting.hint, f"Empty: {empty}, {field.inherited}"])
    return text_input(
        setting.key,
        setting.label,
        initial=field.given,
        hint=hint,
        optional=True,
        multiline=setting.kind.is_long,
    )


def _sentences(parts: Iterable[str]) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
