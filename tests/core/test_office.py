"""The employment office's log: what counts, whose eyes it is for, and how each country writes its days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.archive import Archive
from bot.core.office import DateStyle, Effort, Language, efforts, language, style
from bot.core.search import Act, Application, Event, Loss, Stage, begun, fold
from tests._events import FIRST, NOON, happened


def told(*events: Event) -> tuple[Effort, ...]:
    standing = fold(event for event in events if event.application_id) or begun(FIRST)
    known = Application(1, 0, "Acme", "Engineer", standing, NOON, source="a fair", reach="Main street 1")
    return efforts(Archive((known,), events), ZoneInfo("Europe/Berlin"))


def test_each_effort_is_told_with_what_became_of_its_application() -> None:
    starts_at = datetime(2026, 1, 19, 23, 30, tzinfo=UTC)
    found = told(
        happened(1, Act.APPLIED)._replace(whom="Anna"),
        happened(2, Act.INTERVIEW, 4)._replace(starts_at=starts_at),
        happened(3, Act.LOST, 17)._replace(loss=Loss.REJECTED),
        happened(4, Act.OUTREACH, 2, None)._replace(whom="Jonas (Blue)"),
    )

    ended = (Loss.REJECTED, date(2026, 1, 22))
    assert found == (
        Effort(FIRST, Act.APPLIED, "Acme", "Main street 1", "Anna", "a fair", "Engineer", *ended),
        Effort(date(2026, 1, 7), Act.OUTREACH, contact="Jonas (Blue)"),
        Effort(date(2026, 1, 20), Act.INTERVIEW, "Acme", "Main street 1", "", "a fair", "Engineer", *ended),
    )


def test_the_result_of_an_interview_is_of_the_day_on_which_it_is() -> None:
    agreed = happened(2, Act.INTERVIEW, 4)._replace(starts_at=datetime(2026, 1, 19, 23, 30, tzinfo=UTC))
    found = told(happened(1, Act.APPLIED), agreed, happened(3, Act.NOTE, 20))

    assert [(one.result, one.result_on) for one in found] == [(Stage.INTERVIEWING, date(2026, 1, 20))] * 2


def test_notes_and_what_was_undone_stay_out_of_it() -> None:
    found = told(
        happened(1, Act.APPLIED)._replace(words="They seemed rude", energy=-1),
        happened(2, Act.NOTE, 1)._replace(words="Ask for more"),
        happened(3, Act.FOLLOWED_UP, 2),
        happened(4, Act.UNDONE, 2)._replace(about=3),
    )

    assert [one.act for one in found] == [Act.APPLIED]
    assert "rude" not in repr(found)


def test_what_a_correction_says_did_not_happen_is_no_effort() -> None:
    found = told(
        happened(1, Act.APPLIED),
        happened(2, Act.INTERVIEW, 1),
        happened(3, Act.CORRECTED, 2)._replace(stage=Stage.APPLIED),
    )

    assert [one.act for one in found] == [Act.APPLIED]


def test_while_nobody_answered_there_is_no_day_of_a_result() -> None:
    assert [(one.result, one.result_on) for one in told(happened(1, Act.APPLIED))] == [(Stage.APPLIED, None)]
    assert [one.result for one in told(happened(1, Act.WISHED), happened(2, Act.OUTREACH, 1))] == [None]


@pytest.mark.parametrize(
    ("country", "locale", "written"),
    [
        ("DE", "en-US", "31.12.2026"),
        ("FR", "de", "31/12/2026"),
        ("NL", "nl", "31-12-2026"),
        ("US", "de", "12/31/2026"),
        ("SE", "en-GB", "2026-12-31"),
        ("", "de", "31.12.2026"),
        ("", "en-GB", "31/12/2026"),
        ("", "es-419", "31/12/2026"),
        ("", "en-US", "2026-12-31"),
        ("", "", "2026-12-31"),
    ],
)
def test_a_day_is_written_as_where_the_office_is(country: str, locale: str, written: str) -> None:
    assert style(country, locale).written(date(2026, 12, 31)) == written


def test_each_style_can_be_read_in_one_way_alone() -> None:
    assert len({one.written(date(2026, 12, 31)) for one in DateStyle}) == len(DateStyle)


def test_the_language_is_the_reader_s_where_there_is_one() -> None:
    assert [language(locale) for locale in ("de", "es-419", "nl", "ja", "")] == [
        *(Language.GERMAN, Language.SPANISH, Language.DUTCH), *(Language.ENGLISH, Language.ENGLISH),
    ]  # fmt: skip
