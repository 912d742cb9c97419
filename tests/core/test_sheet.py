"""Rows of somebody's table: each becomes an application with what happened, and nothing in it is lost."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.importing import Found, Incoming
from bot.core.layout import Holds, layout_of
from bot.core.search import Act, Loss, Stage
from bot.core.sheet import Choices, Row, columns_of, of_rows, stages_of

NOW = datetime(2026, 6, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
JOBSYNC = "index,createdAt,applied,appliedDate,Company,JobTitle,jobType,workplaceType,Location,JobSource,Status"
CAREERFORGE = (
    "date,company,sector,role,role_type,channel,status,contact_person,fit_rating,notes,cv_file,cover_letter_file"
    ",source,last_updated"
)


def table(*lines: str) -> list[Row]:
    return [Row(line, tuple(cells)) for line, cells in enumerate(csv.reader(lines), 1)]


def found(*lines: str, **stages: str) -> Found:
    heading, *below = table(*lines)
    columns = layout_of([row.cells for row in (heading, *below)]).columns
    return of_rows(heading, below, Choices(columns, day_first=True, stages=stages), NOW, lambda _: None)


def only(*lines: str, **stages: str) -> Incoming:
    (one,) = found(*lines, **stages).incoming
    return one


def acts(one: Incoming) -> list[tuple[Act, str]]:
    return [(event.act, event.on.isoformat()) for event in one.events]


def test_jobsync_is_taken_whole() -> None:
    one = only(JOBSYNC, "1,2026-05-01,Yes,2026-05-02,Acme,Engineer,Full Time,Remote,Berlin,LinkedIn,Rejected")
    of = one.application

    assert (of.company, of.role, of.place, of.source, of.kind) == (
        "Acme", "Engineer", "Berlin", "LinkedIn", "Full Time, Remote",
    )  # fmt: skip
    assert acts(one) == [(Act.WISHED, "2026-05-01"), (Act.APPLIED, "2026-05-02"), (Act.LOST, "2026-05-02")]
    assert (of.standing.loss, of.standing.furthest) == (Loss.REJECTED, Stage.APPLIED)


def test_a_draft_of_jobsync_is_wished_for() -> None:
    one = only(JOBSYNC, "2,2026-05-01,No,N/A,Globex,Baker,Contract,N/A,N/A,N/A,Draft")

    assert acts(one) == [(Act.WISHED, "2026-05-01")]
    assert (one.application.place, one.application.source, one.application.link) == ("", "", "")


def test_careerforge_is_taken_whole() -> None:
    one = only(
        CAREERFORGE,
        "2026-05-03,Cloud,Tech,Architect,Full-time,Recruiter,Interview,Ana,60,Nice team,cv.pdf,cl.pdf"
        ",https://example.com/job,2026-05-20",
    )
    of, first = one.application, one.events[0]

    assert (of.link, of.source, of.kind) == ("https://example.com/job", "Recruiter", "Full-time")
    assert acts(one) == [(Act.APPLIED, "2026-05-03"), (Act.INTERVIEW, "2026-05-20")]
    assert first.whom == "Ana"
    assert first.words.splitlines() == [
        "Nice team", "sector: Tech", "fit_rating: 60", "cv_file: cv.pdf", "cover_letter_file: cl.pdf",
    ]  # fmt: skip


def test_a_last_change_on_which_nothing_happened_is_kept_in_the_note() -> None:
    one = only(CAREERFORGE, "2026-05-03,Cloud,,Architect,,,Sent,,,,,,referral,2026-05-20")

    assert acts(one) == [(Act.APPLIED, "2026-05-03")]
    assert set(one.events[0].words.splitlines()) == {"last_updated: 2026-05-20", "source: referral"}


def test_each_day_of_a_table_is_an_event_and_an_interview_has_its_instant() -> None:
    one = only(
        "Company,Role,Applied,Interview date,Offer date,Rejected on,Status",
        "Acme,Baker,1.3.2026,10.3.2026 14:00,20.3.2026,25.3.2026,Offer declined",
    )

    assert acts(one) == [
        (Act.APPLIED, "2026-03-01"), (Act.INTERVIEW, "2026-03-10"), (Act.OFFER, "2026-03-20"), (Act.LOST, "2026-03-25"),
    ]  # fmt: skip
    assert one.events[1].starts_at == datetime(2026, 3, 10, 13, tzinfo=UTC)
    assert (one.application.standing.furthest, one.application.standing.loss) == (Stage.OFFER, Loss.DECLINED)


def test_days_of_what_is_only_wished_for_are_kept_in_the_note() -> None:
    one = only("Company,Role,Status,Added,Applied,Interview date,Offer", "Acme,Baker,Saved,1.5.2026,,3.5.2026,4.5.2026")

    assert acts(one) == [(Act.WISHED, "2026-05-01")]
    assert one.events[0].words == "Interview date: 3.5.2026\nOffer: 4.5.2026"


def test_an_interview_to_come_is_planned_and_one_without_a_time_is_told() -> None:
    heading = "Company,Role,Applied,Interview date"
    one = only(heading, "Acme,Baker,1.5.2026,3.6.2026 14:00")
    assert (one.events[1].on, one.events[1].starts_at) == (NOW.date(), datetime(2026, 6, 3, 12, tzinfo=UTC))

    plan = found(heading, "Acme,Baker,1.5.2026,3.6.2026")
    assert "has no time of day" in plan.remarks[0].why
    assert "3.6.2026" in plan.incoming[0].events[0].words


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",Baker,1.5.2026,", "no company"),
        ("Acme,,1.5.2026,", "no role"),
        ("Acme,-,1.5.2026,", "no role"),
        (f"{'a' * 101},Baker,1.5.2026,", "101 characters"),
        ("Acme,Baker,2.6.2026,", "Tue 2 June 2026 is still to come"),
    ],
)
def test_a_line_that_cannot_be_taken_is_told_by_its_number(line: str, why: str) -> None:
    plan = found("Company,Role,Applied,Status", "Globex,Cook,1.5.2026,", line)

    assert [one.line for one in plan.incoming] == [2]
    assert plan.refused[0].line == 3
    assert why in plan.refused[0].why


def test_a_day_that_nobody_can_read_is_told_and_kept_in_the_note() -> None:
    plan = found("Company,Role,Applied", "Acme,Baker,soon")

    assert [remark.line for remark in plan.remarks] == [2, 2]
    assert acts(plan.incoming[0]) == [(Act.APPLIED, "2026-06-01")]
    assert plan.incoming[0].events[0].words == "Applied: soon"


def test_a_day_of_a_column_without_a_name_is_kept_as_it_stands() -> None:
    heading, *below = table("Company,Role,", "Acme,Baker,soon")
    columns = (Holds.COMPANY, Holds.ROLE, Holds.APPLIED)
    plan = of_rows(heading, below, Choices(columns, day_first=True), NOW, lambda _: None)

    assert plan.incoming[0].events[0].words == "soon"


@pytest.mark.parametrize("cell", ["0001-01-01 00:00", "3.11.2205 09:30", "31.12.9999 23:59"])
def test_a_day_that_no_search_has_is_told_and_kept_in_the_note(cell: str) -> None:
    plan = found("Company,Role,Interview", f"Acme,Baker,{cell}")

    assert "no day that I can read" in plan.remarks[0].why
    assert cell in plan.incoming[0].events[0].words


def test_an_end_before_what_else_happened_is_told() -> None:
    plan = found("Company,Role,Applied,Interview,Rejected on", "Acme,Baker,1.3.2026,10.3.2026,5.3.2026")

    assert "before what else happened" in plan.remarks[0].why
    assert plan.incoming[0].application.standing.stage is Stage.LOST


def test_an_unknown_stage_is_taken_as_applied_until_somebody_says_what_it_means() -> None:
    lines = ("Company,Role,Status", "Acme,Baker,On ice")
    assert only(*lines).application.standing.stage is Stage.APPLIED
    assert only(*lines).events[0].words == "Status: On ice"
    assert only(*lines, **{"On ice": "ghosted"}).application.standing.loss is Loss.GHOSTED


def test_stages_that_have_to_be_asked_about_come_first() -> None:
    heading, *rows = table("Company,Role,Status", "A,b,Sent", "C,d,Sent", "E,f,On ice", "G,h,")
    choices = Choices(layout_of([heading.cells]).columns)

    assert [(one.words, one.rows, one.stage) for one in stages_of(rows, choices)] == [
        ("On ice", 1, ""), ("Sent", 2, "applied"),
    ]  # fmt: skip


def test_columns_are_shown_with_what_stands_in_them() -> None:
    heading, *rows = table("Company,Role", "A,b", "A,c", ",d", "E,f")
    shown = columns_of(heading, rows, layout_of([heading.cells]).columns)

    assert [(one.heading, one.samples) for one in shown] == [("Company", ("A", "E")), ("Role", ("b", "c", "d"))]


def test_a_note_longer_than_a_note_may_be_goes_on_in_further_ones() -> None:
    words = "word " * 1700
    one = only("Company,Role,Notes", f"Acme,Baker,{words}")

    assert [event.act for event in one.events] == [Act.APPLIED, Act.NOTE, Act.NOTE]
    assert " ".join(event.words for event in one.events).split() == words.split()


EMPTY = "null"  # as some programs write a cell without anything in it
CELLS = st.text(max_size=40) | st.sampled_from(["1/2/2026", "https://a.example/1", "=1+1", "<@1>", "שלום", "🎉", "no"])


@given(st.lists(CELLS, min_size=12, max_size=12))
@example([""] * 11 + ["NULL"])
def test_no_word_of_a_row_is_lost_and_nothing_fails(cells: list[str]) -> None:
    heading = Row(1, ("Company", "Role", "Date", "Status", "Link", "Source", "City", "Contact", "Interview", *"XYZ"))
    columns = (*layout_of([heading.cells[:9]]).columns, Holds.KEPT, Holds.KEPT, Holds.KEPT)
    row = Row(2, ("Acme", "Baker", *cells[2:]))
    plan = of_rows(heading, [row], Choices(columns, day_first=True), NOW, lambda _: None)

    for one in plan.incoming:
        of = one.application
        kept = " ".join((of.link, of.source, of.place, *(f"{event.whom} {event.words}" for event in one.events)))
        clean = [cell for cell in cells[9:] if cell.isalnum() and cell.isascii() and cell.casefold() != EMPTY]
        assert all(cell in kept for cell in clean)
        assert all(event.on <= NOW.date() for event in one.events)
        assert of.standing.active_on <= date(2026, 6, 1)
