"""The languages that digests are read in, and what is put into them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.agreement.kinds import Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.drafting import Draft, Material, Place, Source, revision
from bot.core.languages import language_in
from bot.features.digest.rules.slices import DraftedLine

TRANSLATE: Final = Setting[bool](
    "digest.translate",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Digest in my language",
    hint="What a model words comes in the language of your Slack, with the words it rests on",
)


@dataclass(frozen=True, slots=True)
class Untranslated:
    """The lines of one channel's slice, by when it begins, to be put into a language."""

    channel_id: str
    covers_from: datetime
    language: str
    lines: Sequence[DraftedLine]

    @property
    def is_in_it_already(self) -> bool:
        """Whether there is nothing to do."""
        return language_in(" ".join(line.text for line in self.lines)) == self.language


def material_of(part: Untranslated) -> Material:
    """The lines, for a model to translate; the people in them keep their aliases."""
    sources = [
        Source(
            id=f"S{number}",
            author_id="",  # nobody's words: a model's
            text=line.text,
            place=Place(part.channel_id, line.sources[0].ts),
            rev=revision(line.text),
            at=part.covers_from,
        )
        for number, line in enumerate(part.lines, 1)
    ]
    people = {alias: user for line in part.lines for alias, user in line.people.items()}
    return Material(sources, people)


def wordings(part: Untranslated, draft: Draft) -> dict[str, str]:
    """What each line says in the other language, by the revision of what it said."""
    if draft.is_plain:
        return {}
    said = {source.id: source for source in material_of(part).sources}
    translated = ((said[line.source_ids[0]], line.text) for line in draft.lines)
    return {source.rev: text for source, text in translated if text != source.text}
