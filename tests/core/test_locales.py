"""Days and times as they are written where people are."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.locales import clock, day, moment
from bot.core.render import clean, local_time

AFTERNOON = datetime(2026, 10, 6, 14, 5, tzinfo=ZoneInfo("Asia/Tokyo"))
OF_SLACK = {
    "en-US": ("Tuesday, October 6", "Tue, Oct 6, 2:05 PM", "2:05 PM"),
    "en-GB": ("Tuesday 6 October", "Tue 6 Oct, 14:05", "14:05"),
    "en-IN": ("Tuesday, 6 October", "Tue, 6 Oct, 2:05 pm", "2:05 pm"),
    "de-DE": ("Dienstag, 6. Oktober", "Di., 6. Okt., 14:05", "14:05"),
    "es-ES": ("martes, 6 de octubre", "mar, 6 oct, 14:05", "14:05"),
    "es-LA": ("martes, 6 de octubre", "mar, 6 oct, 2:05 p.m.", "2:05 p.m."),
    "fr-FR": ("mardi 6 octobre", "mar. 6 oct., 14:05", "14:05"),
    "it-IT": ("martedì 6 ottobre", "mar 6 ott, 14:05", "14:05"),
    "pt-BR": ("terça-feira, 6 de outubro", "ter., 6 de out. 14:05", "14:05"),
    "ru-RU": ("вторник, 6 октября", "вт, 6 окт., 14:05", "14:05"),
    "ja-JP": ("10月6日(火曜日)", "10月6日(火) 14:05", "14:05"),
    "zh-CN": ("10月6日星期二", "10月6日周二 14:05", "14:05"),
    "zh-TW": ("10月6日 星期二", "10月6日 週二 下午2:05", "下午2:05"),
    "ko-KR": ("10월 6일 (화요일)", "10월 6일 (화) PM 2:05", "PM 2:05"),
    "pl-PL": ("wtorek, 6 października", "wt., 6 paź, 14:05", "14:05"),
    "tr-TR": ("6 Ekim Salı", "6 Eki Sal 14:05", "14:05"),  # noqa: RUF001
}
UNKNOWN = ("", "C", "zz", "tlh-QO", "../../etc/passwd", "x" * 16, "-", "1-2", "日本")
LOCALES = st.sampled_from([*OF_SLACK, *UNKNOWN])


@pytest.mark.parametrize("locale", OF_SLACK)
def test_days_and_times_are_written_as_people_there_write_them(locale: str) -> None:
    written = (day(AFTERNOON, locale), moment(AFTERNOON, locale), clock(AFTERNOON, locale))
    assert written == OF_SLACK[locale]


@pytest.mark.parametrize("locale", UNKNOWN)
def test_an_unknown_locale_is_written_as_in_britain(locale: str) -> None:
    assert day(AFTERNOON, locale) == "Tuesday 6 October"
    assert moment(AFTERNOON, locale) == local_time(AFTERNOON)
    assert clock(time(9), locale) == "09:00"


@pytest.mark.parametrize("spelled", ["de_DE", "DE-de", "de", "de-XX", "de-Latn-DE"])
def test_a_language_is_enough_and_its_spelling_does_not_matter(spelled: str) -> None:
    assert day(AFTERNOON, spelled) == "Dienstag, 6. Oktober"


def test_another_year_is_told() -> None:
    later = AFTERNOON.replace(year=2027)
    assert "2026" in moment(AFTERNOON, "en-US", later)
    assert "2026" not in moment(AFTERNOON, "en-US", AFTERNOON)


def test_a_day_alone_is_enough() -> None:
    assert day(date(2026, 12, 24), "fr-FR") == "jeudi 24 décembre"


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - made local below
    st.sampled_from(sorted(available_timezones())),
    LOCALES,
)
def test_what_is_written_is_the_local_time_and_safe_to_post(
    instant: datetime, zone: str, locale: str
) -> None:
    local = instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    for written in (day(local, locale), moment(local, locale), clock(local, locale)):
        assert clean(written) == written != ""
        assert not set("<>&*_~`") & set(written)
    assert f"{local:%M}" in clock(local, locale)
    assert str(local.day) in day(local, locale)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), LOCALES)
def test_two_days_of_a_year_never_read_the_same(first: date, locale: str) -> None:
    for later in (1, 7, 31):
        assert day(first, locale) != day(first + timedelta(days=later), locale)


@pytest.mark.slow
def test_babel_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, bot.app; sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
