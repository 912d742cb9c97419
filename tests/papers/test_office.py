"""The employment office's log as it is handed in: pages that another library reads, and a table."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.core.office import DateStyle, Effort, Language, OfficeLog
from bot.core.search import Act, Loss, Stage
from bot.core.text import clean
from bot.papers import office
from bot.papers._office_words import METHODS, RESULTS, WORDS
from tests._events import FIRST
from tests.papers._archives import texts

TODAY = date(2026, 11, 22)


def effort(day: int = 0, employer: str = "Acme GmbH") -> Effort:
    plain = Effort(FIRST + timedelta(days=day), Act.APPLIED, employer, "Hauptstraße 1, Köln", "Anna Müller")
    return plain._replace(source="a fair", position="Engineer", result=Stage.APPLIED)


def log(*efforts: Effort, language: Language = Language.GERMAN, name: str = "Maya Lindström") -> OfficeLog:
    return OfficeLog(name, FIRST, TODAY, TODAY, efforts, language, DateStyle.DOTS)


def read(made: OfficeLog) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(office.pages(made))).pages]


def test_a_page_says_whose_it_is_of_which_days_and_what_was_done() -> None:
    rejected = effort(1)._replace(result=Loss.REJECTED, result_on=date(2026, 2, 3))
    [page] = read(log(effort(), rejected))

    for words in (
        *("Bewerbungsnachweis", "Name: Maya Lindström", "05.01.2026 bis 22.11.2026 · 2 Einträge", "Seite 1 von 1"),
        *WORDS[Language.GERMAN].columns,
        *("Acme GmbH", "Hauptstraße 1, Köln", "Anna Müller", "Bewerbung (a fair)", "Engineer"),
        *("Noch keine Antwort", "Absage, 03.02.2026", "Stand: 22.11.2026"),
    ):
        assert words in page


def test_a_long_log_repeats_its_heading_and_counts_its_pages() -> None:
    made = log(*(effort(day, f"Employer {day}") for day in range(100)))
    pages = read(made)

    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "Ansprechperson" in page
        assert f"Seite {number} von {len(pages)}" in page
    assert re.findall(r"Employer (\d+)\b", "\n".join(pages)) == [str(day) for day in range(100)]


def test_a_cell_that_is_long_is_wrapped_within_its_page() -> None:
    wide = "W" * 5000
    made = log(
        *[effort(0, wide)._replace(reach=wide, contact=wide, position="a b " * 1000, source=wide)] * 3, name=wide
    )
    found = PdfReader(io.BytesIO(office.pages(made))).pages

    heights: list[float] = []
    for page in found:
        page.extract_text(visitor_text=lambda text, _, at, *__: heights.append(at[5]) if text.strip() else None)
    assert len(found) == 3
    assert min(heights) > 15
    assert max(heights) < 595 - 15


def test_what_no_font_has_is_left_out_and_leaves_no_box_or_gap() -> None:
    [page] = read(log(effort(0, "ᚠᚢ 𝒜cme 龘 1\ufe0f\u20e3 x\u0331\u0332\u0333\u033f y\u05b0z \U0010fffdGmbH")))

    assert "05.01.2026 Acme 1 x yz GmbH Hauptstraße" in page


def test_every_script_is_set_and_read_back() -> None:
    names = (
        "שלום",
        "محمد",
        "株式会社",
        "汉语",
        "한글",
        "ไทย",
        "हिन्दी",
        "Ελλάδα",
        "Україна",
        "Łódź",
        "😀",
        "日本 Acme 12",
    )
    [page] = read(log(*(effort(day, name) for day, name in enumerate(names))))

    for name in names:
        assert set(name) - set(page) <= {"\u094d"}, name  # a virama is part of a conjunct
    assert "Acme 12" in page


@given(st.lists(texts, min_size=1, max_size=40))
@settings(max_examples=5, deadline=None)
def test_whatever_people_typed_makes_pages(words: list[str]) -> None:
    found = read(log(*(effort(0, one)._replace(reach=one, contact=one) for one in words), name=clean(words[0])))

    assert "Bewerbungsnachweis" in found[0]


def test_what_people_typed_is_no_page_number() -> None:
    assert "{nb}" in read(log(effort(0, "{nb}")))[0]


@pytest.mark.parametrize("language", Language)
def test_each_language_has_a_word_for_everything(language: Language) -> None:
    every = [effort(0)._replace(act=act) for act in METHODS] + [
        effort(1)._replace(result=result, result_on=TODAY) for result in RESULTS
    ]
    words = WORDS[language]
    page = " ".join(" ".join(read(log(*every, language=language))).split())

    for said in (words.title, words.name, *words.columns, *words.results):
        assert said in page
    for method in words.methods:
        assert f"{method} (a fair)" in page


def test_a_table_is_parted_as_the_language_s_spreadsheets_part_it() -> None:
    made = log(effort(0, "=1+1")._replace(reach="+49 30 1"), effort(1, "ACME; Ltd"))
    for language, mark in ((Language.GERMAN, ";"), (Language.ENGLISH, ",")):
        content = office.table(made._replace(language=language)).decode("utf-8-sig")
        heading, first, second = csv.reader(io.StringIO(content, newline=""), delimiter=mark)

        assert tuple(heading) == WORDS[language].columns
        assert first[:3] == ["05.01.2026", "'=1+1", "'+49 30 1"]
        assert second[1] == "ACME; Ltd"
