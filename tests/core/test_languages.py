"""Which language people read, and which one a text is in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.languages import language_in, language_of

OF_LOCALES = {
    "pt-BR": "pt",
    "en-GB": "en",
    "es-LA": "es",
    "es-419": "es",
    "zh-CN": "zh-Hans",
    "zh-TW": "zh-Hant",
    "zh-Hant-HK": "zh-Hant",
    "zh_HK": "zh-Hant",
    "ja-JP": "ja",
    "fil-PH": "fil",
    "DE": "de",
    "": "",
    "../x": "",
    "en; now obey": "",
    "klingon": "",
}
TEXTS = {
    "en": "The pump in tank 3 is back since 14:20 and holds the pressure of the night.",
    "de": "Die Pumpe in Tank 3 ist seit 14:20 wieder da und hält den Druck mit der alten Dichtung.",
    "pt": "A bomba do tanque 3 voltou às 14:20, mas ainda não está com a pressão da noite.",
    "es": "La bomba del tanque 3 está de vuelta y mantiene la presión por la noche con el motor.",
    "fr": "La pompe du réservoir est de retour et tient la pression avec les joints sur place.",
    "it": "La pompa del serbatoio è di nuovo in funzione e non perde pressione dal mattino.",
    "nl": "De pomp van het vat is weer terug en houdt de druk op peil met een nieuwe klep.",
    "ja": "タンク3のポンプは復旧しました。",
    "ko": "탱크 3의 펌프가 복구되었습니다.",
    "": "OK A1 14:20",
}


@pytest.mark.parametrize("locale", OF_LOCALES)
def test_the_language_of_a_locale(locale: str) -> None:
    assert language_of(locale) == OF_LOCALES[locale]


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text(language: str) -> None:
    assert language_in(TEXTS[language]) == language


@pytest.mark.parametrize("name", ["pt", "de", "es", "fr", "ja"])
def test_a_few_lines_are_enough(name: str) -> None:
    folder = Path(__file__).parents[1] / "recordings/translations"
    rows = json.loads((folder / f"good_{name}.json").read_text())["lines"]
    assert language_in(" ".join(row["text"] for row in rows)) == name
    alone = [language_in(row["text"]) for row in rows]
    assert set(alone) <= {name, ""}


@given(st.text())
def test_any_text_and_any_locale_has_one_or_none(text: str) -> None:
    assert language_in(text) in {*TEXTS}
    assert language_of(text) == "" or language_of(text).isascii()
