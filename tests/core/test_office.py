"""The employment office's log: what counts, whose eyes it is for, and how each country writes its days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.archive import Archive
from bot.core.office import DateStyle, Effort, Language, efforts, language, style
from bot.core.search import Act, Application, Event, Loss, Stage, Standing, fold

FIRST = date(2026, 1, 5)
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)


def told(*events: Event) -> tuple[Effort, ...]:
    standing = fold(event for event in events if event.application_id) or Standing(
        Stage.WISHLIST, 0, None, Stage.WISHLIST, FIRST, FIRST
    )
    known = Application(1, 0, "Acme", "Engineer", standing, AT, source="a fair", reach="Main street 1")
    return efforts(Archive((known,), events), ZoneInfo("Europe/Berlin"))


def event(number: int, act: Act, day: int, of: int | None = 1, **more: object) -> Event:
    return Event(number, 0, of, act, date(2026, 1, day), AT)._replace(**more)  # type: ignore[arg-type]


def test_each_effort_is_told_with_what_became_of_its_application() -> None:
    starts_at = datetime(2026, 1, 19, 23, 30, tzinfo=UTC)
    found = told(
        event(1, Act.APPLIED, 5, whom="Anna"),
        event(2, Act.INTERVIEW, 9, starts_at=starts_at),
        event(3, Act.LOST, 22, loss=Loss.REJECTED),
        event(4, Act.OUTREACH, 7, None, whom="Jonas (Blue)"),
    )

    ended = (Loss.REJECTED, date(2026, 1, 22))
    assert found == (
        Effort(FIRST, Act.APPLIED, "Acme", "Main street 1", "Anna", "a fair", "Engineer", *ended),
        Effort(date(2026, 1, 7), Act.OUTREACH, contact="Jonas (Blue)"),
        Effort(date(2026, 1, 20), Act.INTERVIEW, "Acme", "Main street 1", "", "a fair", "Engineer", *ended),
    )


def test_notes_and_what_was_undone_stay_out_of_it() -> None:
    found = told(
        event(1, Act.APPLIED, 5, words="They seemed rude", energy=-1),
        event(2, Act.NOTE, 6, words="Ask for more"),
        event(3, Act.FOLLOWED_UP, 7),
        event(4, Act.UNDONE, 7, about=3),
    )

    assert [one.act for one in found] == [Act.APPLIED]
    assert "rude" not in repr(found)


def test_what_a_correction_says_did_not_happen_is_no_effort() -> None:
    found = told(
        event(1, Act.APPLIED, 5),
        event(2, Act.INTERVIEW, 6),
        event(3, Act.CORRECTED, 7, stage=Stage.APPLIED),
    )

    assert [one.act for one in found] == [Act.APPLIED]


def test_while_nobody_answered_there_is_no_day_of_a_result() -> None:
    assert [(one.result, one.result_on) for one in told(event(1, Act.APPLIED, 5))] == [(Stage.APPLIED, None)]
    assert [one.result for one in told(event(1, Act.WISHED, 5), event(2, Act.OUTREACH, 6))] == [None]


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
