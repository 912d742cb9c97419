"""The search's log: noted in one line, taken back, worded anew; where an application stands follows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.core.dates import BadDate
from bot.core.exercise import Blank, TooLong
from bot.core.journal import Gone, NotYours
from bot.core.link import BadLink
from bot.core.people import Person
from bot.core.search import (
    Act,
    AlreadyApplied,
    Backwards,
    Loss,
    NoName,
    NothingToUndo,
    NoTime,
    NotKnown,
    NotYet,
    Stage,
    WhichOne,
)
from bot.usecases import search
from bot.usecases.people import NotSeeking
from bot.usecases.search import Logged, Wish
from bot.when import Unclear
from tests.usecases._search import applied, kept, logged, noted
from tests.usecases.conftest import MAYA, PAPER, Desk

ORA = Person(PAPER, "", "ora")


def stage(found: Logged) -> Stage | None:
    return found.application.standing.stage if found.application else None


async def written(desk: Desk) -> list[str]:
    """All that was ever noted, in order."""
    return [event.act for event in await noted(desk)]


async def test_one_line_begins_an_application_today(desk: Desk) -> None:
    await desk.begin()
    found = await logged(desk, Act.APPLIED, "Acme", "Engineer", link="https://jobs.acme.com/7?ref=me", source="a fair")

    assert found.begun
    assert found.application
    assert (found.application.name, found.application.source) == ("Engineer at Acme", "a fair")
    assert found.application.link == "https://jobs.acme.com/7?ref=me"
    assert (stage(found), found.application.standing.applied_on) == (Stage.APPLIED, date(2026, 1, 1))
    assert found.when == "Thu 1 January"


async def test_today_is_the_day_where_the_person_is(desk: Desk) -> None:
    await desk.begin(zone="Pacific/Auckland")
    desk.now = datetime(2026, 1, 1, 20, tzinfo=UTC)

    assert (await logged(desk, Act.APPLIED, "Acme", "Engineer")).when == "Fri 2 January"
    assert (await logged(desk, Act.NOTE, "Acme", when="yesterday", words="x")).when == "Thu 1 January"


async def test_the_stages_follow_what_happens(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="28.12.2025")
    assert stage(await logged(desk, Act.INTERVIEW, "acme", when="30.12.2025 14:00")) is Stage.INTERVIEWING
    second = await logged(desk, Act.INTERVIEW, "ACME", when="yesterday")
    assert second.application
    assert second.application.standing.round == 2
    assert stage(await logged(desk, Act.OFFER, "Acme")) is Stage.OFFER
    lost = await logged(desk, Act.LOST, "Acme")

    assert lost.application
    assert (lost.application.standing.loss, lost.application.standing.furthest) == (Loss.REJECTED, Stage.OFFER)


async def test_an_interview_is_planned_ahead_at_its_instant(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    found = await logged(desk, Act.INTERVIEW, "Acme", when="31 march 9:30")

    assert found.when == "Tue 31 March, 09:30"
    assert found.event.starts_at == datetime(2026, 3, 31, 7, 30, tzinfo=UTC)
    assert found.event.on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("wish", "refusal", "words"),
    [
        (Wish(Act.INTERVIEW, "acem"), NotKnown, "Did you mean Acme"),
        (Wish(Act.OFFER, "Zzz"), NotKnown, "/log applied begins one"),
        (Wish(Act.LOST, "Acme", when="tomorrow"), NotYet, "still to come"),
        (Wish(Act.INTERVIEW, "Acme", when="tomorrow"), NoTime, "Fri 2 January"),
        (Wish(Act.NOTE, "Acme", words=" \u200b\n"), Blank, "Nothing was noted"),
        (Wish(Act.LOST, "Acme", when="last week"), BadDate, "more than one day"),
        (Wish(Act.NOTE, "Acme", when="soon"), BadDate, "Write it like"),
        (Wish(Act.NOTE, "Acme", when="03/04/25"), Unclear, "Thu 3 April 2025 or Tue 4 March 2025"),
        (Wish(Act.NOTE, "Acme", words="a" * 4001), TooLong, "4,001 characters"),
        (Wish(Act.APPLIED, "Acme" * 30, "Engineer"), TooLong, "Company"),
        (Wish(Act.APPLIED, "New", "Engineer", link="javascript:alert(1)"), BadLink, "no link"),
        (Wish(Act.APPLIED, "New", "Engineer", link="not a link.com"), BadLink, "no link"),
        (Wish(Act.APPLIED, "New", "Engineer", link=f"a.com/{'x' * 494}"), BadLink, "has 508 characters"),
        (Wish(Act.APPLIED, "New"), NoName, "which role"),
        (Wish(Act.APPLIED, "https://jobs.new.com/7?ref=me", "Engineer"), NoName, "That is a link"),
        (Wish(Act.APPLIED, "\u202e", "\u200b"), NoName, "Which company"),
        (Wish(Act.NOTE, "#99"), Gone, "no longer here"),
        (Wish(Act.NOTE, "#" + "9" * 40), NotKnown, "/log applied begins one"),
        (Wish(Act.APPLIED, "ACME", "engineer"), AlreadyApplied, "on Thu 1 January"),
        (Wish(Act.APPLIED, "Acme", "Engineer", "yesterday"), AlreadyApplied, "in other words"),
    ],
)
async def test_what_cannot_be_logged_is_told_and_changes_nothing(
    desk: Desk, wish: Wish, refusal: type[Exception], words: str
) -> None:
    await desk.begin()
    await applied(desk)
    with pytest.raises(refusal, match=words):
        await search.log(desk.app, MAYA, wish)

    assert await written(desk) == ["applied"]
    assert len(await kept(desk)) == 1


async def test_of_what_was_done_the_day_is_enough(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)

    assert (await logged(desk, Act.OUTREACH, "Acme", when="yesterday at 3")).when == "Wed 31 December 2025"


async def test_who_has_not_started_is_told_how(desk: Desk) -> None:
    with pytest.raises(NotSeeking, match="/start"):
        await logged(desk, Act.APPLIED, "Acme", "Engineer")


async def test_anothers_application_is_out_of_reach(desk: Desk) -> None:
    await desk.begin()
    number = (await applied(desk)).id
    await desk.begin(ORA)
    wish = Wish(Act.LOST, f"#{number}")
    with pytest.raises(NotYours):
        await search.log(desk.app, ORA, wish)
    with pytest.raises(NotYours):
        await search.undo(desk.app, ORA, 1)
    with pytest.raises(NotYours):
        await search.amend(desk.app, ORA, 1, {"words": "Mine"})
    with pytest.raises(NotKnown):
        await search.log(desk.app, ORA, Wish(Act.LOST, "Acme"))


async def test_several_at_one_company_are_asked_about_and_the_open_one_needs_no_asking(desk: Desk) -> None:
    await desk.begin()
    first, second = await applied(desk), await applied(desk, role="Designer")
    with pytest.raises(WhichOne, match="There are 2 at Acme") as asked:
        await logged(desk, Act.NOTE, "Acme", words="Hm")
    assert {one.id for one in asked.value.choices} == {first.id, second.id}

    await logged(desk, Act.LOST, f"#{first.id}")
    found = await logged(desk, Act.NOTE, "Acme", words="Hm")
    assert found.application
    assert found.application.id == second.id


async def test_a_move_back_is_asked_and_then_a_correction(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20.12.2025")
    await logged(desk, Act.INTERVIEW, "Acme", when="30.12.2025")
    with pytest.raises(Backwards, match="interviewing") as asked:
        await logged(desk, Act.APPLIED, "Acme", "Engineer")
    assert (asked.value.to, asked.value.ended) == (Stage.APPLIED, False)

    found = await logged(desk, Act.APPLIED, "Acme", "Engineer", right=True)
    assert found.application
    assert (stage(found), found.application.standing.furthest) == (Stage.APPLIED, Stage.APPLIED)
    assert stage(await search.undo(desk.app, MAYA, found.event.id)) is Stage.INTERVIEWING


async def test_a_talk_or_an_interview_beside_an_offer_is_noted_and_the_offer_stays(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20.12.2025")
    await logged(desk, Act.OFFER, "Acme", when="30.12.2025")
    talked = await logged(desk, Act.CONVERSATION, "Acme", whom="Ben")
    met = await logged(desk, Act.INTERVIEW, "Acme", when="tomorrow 9:00")

    assert (stage(talked), stage(met)) == (Stage.OFFER, Stage.OFFER)
    assert met.application
    assert met.application.standing.stage_on == date(2025, 12, 30)
    assert await written(desk) == ["applied", "offer", "conversation", "interview"]


async def test_a_move_back_to_interviewing_counts_no_interview_that_never_was(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20.12.2025")
    await logged(desk, Act.INTERVIEW, "Acme", when="22.12.2025")
    await logged(desk, Act.OFFER, "Acme", when="30.12.2025")
    found = await logged(desk, Act.INTERVIEW, "Acme", moved=True, right=True)

    assert found.application
    assert (stage(found), found.application.standing.round) == (Stage.INTERVIEWING, 1)
    assert await written(desk) == ["applied", "interview", "offer", "corrected"]
    assert stage(await search.undo(desk.app, MAYA, found.event.id)) is Stage.OFFER


async def test_an_interview_after_an_acceptance_that_was_none_is_kept_with_its_correction(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20.12.2025")
    await logged(desk, Act.ACCEPTED, "Acme", when="30.12.2025")
    found = await logged(desk, Act.INTERVIEW, "Acme", when="tomorrow 9:00", right=True)

    assert found.application
    assert (stage(found), found.application.standing.furthest) == (Stage.INTERVIEWING, Stage.INTERVIEWING)
    assert (found.event.act, found.when) == (Act.INTERVIEW, "Fri 2 January, 09:00")
    assert stage(await search.undo(desk.app, MAYA, found.event.id)) is Stage.ACCEPTED


async def test_a_yes_to_what_no_longer_moves_back_corrects_nothing(desk: Desk) -> None:
    await desk.begin()
    await applied(desk, when="20.12.2025")
    offer = await logged(desk, Act.OFFER, "Acme", when="30.12.2025")
    await search.undo(desk.app, MAYA, offer.event.id)
    found = await logged(desk, Act.INTERVIEW, "Acme", when="yesterday", right=True)

    assert stage(found) is Stage.INTERVIEWING
    assert await written(desk) == ["applied", "offer", "undone", "interview"]


async def test_what_ended_goes_on_once_that_is_confirmed_unless_they_were_only_silent(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.LOST, "Acme")
    with pytest.raises(Backwards, match="rejected") as asked:
        await logged(desk, Act.INTERVIEW, "Acme", when="tomorrow 9:00")
    assert asked.value.ended
    assert stage(await logged(desk, Act.INTERVIEW, "Acme", when="tomorrow 9:00", right=True)) is Stage.INTERVIEWING

    await logged(desk, Act.LOST, "Acme", loss=Loss.GHOSTED)
    assert stage(await logged(desk, Act.OFFER, "Acme")) is Stage.OFFER


async def test_to_apply_again_where_it_ended_begins_anew(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    await logged(desk, Act.LOST, "Acme")
    again = await logged(desk, Act.APPLIED, "Acme", "Engineer")

    assert again.begun
    assert sorted(one.standing.stage for one in await kept(desk)) == [Stage.APPLIED, Stage.LOST]


async def test_a_talk_may_be_about_no_application_and_keeps_the_company(desk: Desk) -> None:
    await desk.begin()
    found = await logged(desk, Act.CONVERSATION, "Globex", whom="Anna")
    assert (found.application, found.event.whom) == (None, "Anna (Globex)")
    assert (await search.undo(desk.app, MAYA, found.event.id)).application is None

    begun = await logged(desk, Act.OUTREACH, "Globex", "Designer", whom="Anna")
    assert (stage(begun), begun.event.whom) == (Stage.WISHLIST, "Anna")
    assert stage(await logged(desk, Act.APPLIED, "globex")) is Stage.APPLIED


async def test_what_is_taken_back_stays_in_the_history_and_cannot_be_taken_back_twice(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    found = await logged(desk, Act.LOST, "Acme")
    await desk.restart()
    assert stage(await search.undo(desk.app, MAYA, found.event.id)) is Stage.APPLIED
    with pytest.raises(NothingToUndo):
        await search.undo(desk.app, MAYA, found.event.id)

    assert await written(desk) == ["applied", "lost", "undone"]


async def test_an_application_goes_with_the_event_that_began_it_unless_more_happened(desk: Desk) -> None:
    await desk.begin()
    found = await logged(desk, Act.APPLIED, "Acme", "Engineer")
    assert (await search.undo(desk.app, MAYA, found.event.id)).application is None
    assert await kept(desk) == []
    with pytest.raises(NothingToUndo):
        await search.undo(desk.app, MAYA, found.event.id)

    again = await logged(desk, Act.APPLIED, "Acme", "Engineer")
    await logged(desk, Act.NOTE, "Acme", words="Ask for Anna")
    assert stage(await search.undo(desk.app, MAYA, again.event.id)) is Stage.WISHLIST


async def test_detail_is_added_field_by_field(desk: Desk) -> None:
    await desk.begin()
    await applied(desk)
    planned = await logged(desk, Act.INTERVIEW, "Acme", when="tomorrow 9:00", whom="Anna")
    shown = await search.form_to_amend(desk.app, MAYA, planned.event.id)
    raw = {"words": "Bring the portfolio", "whom": "Anna, Ben", "energy": "1", "when": shown.when}
    await search.amend(desk.app, MAYA, planned.event.id, raw)
    moved = await search.amend(desk.app, MAYA, planned.event.id, {"when": "mon 15:00"})

    assert (moved.event.words, moved.event.whom, moved.event.energy) == ("Bring the portfolio", "Anna, Ben", 1)
    assert (moved.when, moved.event.on) == ("Mon 5 January, 15:00", date(2026, 1, 1))
    assert (await search.amend(desk.app, MAYA, planned.event.id, {"energy": ""})).event.energy is None
    with pytest.raises(TooLong):
        await search.amend(desk.app, MAYA, planned.event.id, {"words": "a" * 4001})
    await search.undo(desk.app, MAYA, planned.event.id)
    with pytest.raises(NothingToUndo):
        await search.amend(desk.app, MAYA, planned.event.id, {"words": "Too late"})


async def test_a_date_that_is_amended_moves_the_stage_with_it(desk: Desk) -> None:
    await desk.begin()
    number = (await logged(desk, Act.APPLIED, "Acme", "Engineer")).event.id
    with pytest.raises(NotYet):
        await search.amend(desk.app, MAYA, number, {"when": "tomorrow"})
    found = await search.amend(desk.app, MAYA, number, {"when": "24.12.2025"})

    assert found.application
    assert found.application.standing.stage_on == date(2025, 12, 24)
    assert found.when == "Wed 24 December 2025"


async def test_names_are_cleaned_of_what_nobody_can_see(desk: Desk) -> None:
    await desk.begin()
    found = await applied(desk, "Ac\u202eme\x07", " Engineer\u200b ")

    assert found.name == "Engineer at Acme"
    assert (await logged(desk, Act.NOTE, "Acme", "engineer", words="x")).application == found
