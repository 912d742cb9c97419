"""Ideas and offers on paper: they arrive, are kept true, come to an end or are asked about; nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from bot.core.cheer import NotAround
from bot.core.delivery import Unreachable
from bot.core.errors import Told
from bot.core.idea import ENDS, Arrival, CannotStep, Empty, Given, Idea, Sort, Step, ToOneself
from bot.core.journal import Gone, NotYours
from bot.core.people import Comes, IdeasCome, Person
from bot.store import people as people_rows
from bot.usecases import idea as ideas
from bot.usecases import people, privacy, rhythm, summary
from bot.usecases.people import NotSeeking
from tests._database import quick_folder
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk

JONAS, ANA = Person(PAPER, "", "jonas"), Person(PAPER, "", "ana")
TEACH = Given("Teach a class", "You explain so well")
ALEX = Given("Alex, who builds robots", "We shared a flat", through=True)


async def give(desk: Desk, given: Given = TEACH, sort: Sort = Sort.IDEA, friend: Person = JONAS) -> Idea:
    """A friend gives something under the newest post."""
    key = (await desk.delivery("post", turn=1)).id
    return await ideas.give(desk.app, friend, friend.id.title(), key, sort, given)


def arrivals(desk: Desk) -> list[Arrival]:
    """What stands of ideas in Maya's direct messages, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, Arrival)]


async def came(desk: Desk, given: Given = TEACH, sort: Sort = Sort.IDEA) -> Idea:
    """A friend's idea stands in Maya's direct messages."""
    await desk.posted()
    idea = await give(desk, given, sort)
    await desk.tick()
    assert [arrival.idea.id for arrival in arrivals(desk)] == [idea.id]
    return idea


async def number_of(desk: Desk, who: Person) -> int:
    found = await people_rows.number_of(desk.app.db.reading, who)
    assert found
    return found


# ------------------------------------------------------------------ arrival


async def test_an_idea_comes_at_once_with_who_what_and_why(desk: Desk) -> None:
    idea = await came(desk)

    [arrival] = arrivals(desk)
    assert (arrival.idea.friend, arrival.idea.what, arrival.idea.why) == ("Jonas", TEACH.what, TEACH.why)
    assert arrival.idea.step is Step.NEW
    assert not arrival.asks
    assert idea.week_id == 1


async def test_quiet_hours_are_respected(desk: Desk) -> None:
    await desk.posted()
    await desk.until(4, 23)
    await give(desk)
    await desk.tick()
    assert arrivals(desk) == []

    await desk.until(5, 8)

    assert len(arrivals(desk)) == 1


async def test_ideas_come_with_the_cheers_where_the_seeker_chose_that(desk: Desk) -> None:
    await desk.posted()
    async with desk.app.db.writing() as tx:
        await people_rows.set_comes(tx, await number_of(desk, MAYA), Comes.DAILY, IdeasCome.WITH_CHEERS)
    await give(desk)
    await desk.tick()
    assert arrivals(desk) == []

    await desk.until(5, 9)

    assert len(arrivals(desk)) == 1


async def test_an_idea_that_could_not_arrive_comes_when_the_way_is_open_again(desk: Desk) -> None:
    await desk.posted()
    desk.paper.refuses["maya"] = Unreachable("closed")
    idea = await give(desk)
    await desk.tick()
    desk.paper.refuses.clear()
    assert [one.id for one in await ideas.listed(desk.app, MAYA)] == [idea.id]

    await desk.until(12, 9)
    await desk.tick()

    assert [(one.idea.id, one.asks) for one in arrivals(desk)] == [(idea.id, False)]


async def test_what_came_while_the_seeker_was_gone_comes_after_they_are_back(desk: Desk) -> None:
    await desk.posted()
    await desk.until(4, 23)
    idea = await give(desk)
    await people.leave(desk.app, MAYA)
    await desk.until(6, 9)
    assert arrivals(desk) == []

    await people.start(desk.app, MAYA, "Maya", people.Start("Europe/Berlin"), [CHANNEL])
    await desk.until(12, 9)
    await desk.tick()

    assert [(one.idea.id, one.asks) for one in arrivals(desk)] == [(idea.id, False)]


async def test_an_idea_on_its_way_when_the_process_dies_comes_once(desk: Desk) -> None:
    await desk.posted()
    await give(desk)

    await desk.die_sending()
    await desk.wait(minutes=2)

    assert len(arrivals(desk)) == 1


async def test_two_friends_at_the_same_time_both_arrive(desk: Desk) -> None:
    await desk.posted()

    await asyncio.gather(give(desk), give(desk, ALEX, Sort.OFFER, ANA))
    await desk.tick()

    assert {arrival.idea.friend for arrival in arrivals(desk)} == {"Jonas", "Ana"}


# ------------------------------------------------------------------ who may give


async def test_nothing_goes_to_oneself(desk: Desk) -> None:
    await desk.posted()
    with pytest.raises(ToOneself):
        await give(desk, friend=MAYA)
    with pytest.raises(NotAround):
        await ideas.give_to(desk.app, MAYA, "Maya", await number_of(desk, MAYA), CHANNEL, [CHANNEL], Sort.IDEA, TEACH)
    assert await ideas.listed(desk.app, MAYA) == []


async def test_a_friend_names_a_seeker_of_the_servers_circles_and_nobody_else(desk: Desk) -> None:
    await desk.posted()
    maya = await number_of(desk, MAYA)

    idea = await ideas.give_to(desk.app, ANA, "Ana", maya, CHANNEL, [CHANNEL], Sort.OFFER, ALEX)

    assert (idea.seeker, idea.week_id, idea.through) == ("Maya", None, True)
    for here, seen in ((CHANNEL, []), (CHANNEL._replace(workspace="other"), [CHANNEL])):
        with pytest.raises(NotAround):
            await ideas.give_to(desk.app, ANA, "Ana", maya, here, seen, Sort.IDEA, TEACH)


async def test_a_seeker_who_left_is_told(desk: Desk) -> None:
    await desk.posted()
    await people.leave(desk.app, MAYA)

    with pytest.raises(Gone, match="left"):
        await give(desk)
    with pytest.raises(Gone, match="left"):
        await ideas.for_whom(desk.app, JONAS, (await desk.delivery("post", turn=1)).id)


async def test_an_idea_written_while_the_post_went_down_still_arrives(desk: Desk) -> None:
    await desk.posted()
    await summary.take_down(desk.app, MAYA, 1)

    await give(desk)
    await desk.tick()

    assert len(arrivals(desk)) == 1


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("given", [Given("", "Because"), Given(" \u200b ", ""), Given("x" * 1001, "")])
async def test_what_cannot_be_kept_is_refused_and_nothing_changes(desk: Desk, sort: Sort, given: Given) -> None:
    idea = await came(desk, sort=sort)

    with pytest.raises(Told):
        await give(desk, given, sort)
    with pytest.raises(Told):
        await ideas.change(desk.app, JONAS, idea.id, given)

    assert [one.what for one in await ideas.mine(desk.app, JONAS)] == [TEACH.what]


async def test_an_empty_offer_is_told_what_is_missing(desk: Desk) -> None:
    await desk.posted()
    with pytest.raises(Empty, match="who it is"):
        await give(desk, Given("", "Old friends"), Sort.OFFER)


# ------------------------------------------------------------------ steps


async def test_the_message_always_says_where_it_stands(desk: Desk) -> None:
    idea = await came(desk, ALEX, Sort.OFFER)
    for step in (Step.KEPT, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED):
        await ideas.step(desk.app, MAYA, idea.id, step)
        [arrival] = arrivals(desk)
        assert arrival.idea.step is step


async def test_pressing_twice_is_one_step(desk: Desk) -> None:
    idea = await came(desk)

    await asyncio.gather(*[ideas.step(desk.app, MAYA, idea.id, Step.KEPT) for _ in range(2)])

    assert (await ideas.given(desk.app, MAYA, idea.id)).step is Step.KEPT


async def test_of_keeping_and_taking_back_at_the_same_time_both_are_told(desk: Desk) -> None:
    idea = await came(desk)

    kept, gone = await asyncio.gather(
        ideas.step(desk.app, MAYA, idea.id, Step.KEPT),
        ideas.take_back(desk.app, JONAS, idea.id),
        return_exceptions=True,
    )

    assert isinstance(gone, Idea)
    assert isinstance(kept, Idea | Gone)
    assert [arrival.idea.step for arrival in arrivals(desk)] == [Step.WITHDRAWN]


async def test_only_the_seeker_takes_steps_and_only_the_friend_changes_words(desk: Desk) -> None:
    idea = await came(desk)
    await desk.begin(ANA)

    for who in (JONAS, Person(PAPER, "", "stranger")):
        with pytest.raises(NotSeeking):
            await ideas.step(desk.app, who, idea.id, Step.KEPT)
    with pytest.raises(NotYours):
        await ideas.step(desk.app, ANA, idea.id, Step.KEPT)
    for who in (ANA, MAYA):
        with pytest.raises(NotYours):
            await ideas.change(desk.app, who, idea.id, TEACH)
        with pytest.raises(NotYours):
            await ideas.take_back(desk.app, who, idea.id)
    assert [arrival.idea for arrival in arrivals(desk)] == [await ideas.given(desk.app, MAYA, idea.id)]


async def test_what_never_was_is_told(desk: Desk) -> None:
    await came(desk)
    with pytest.raises(Gone):
        await ideas.step(desk.app, MAYA, 999, Step.KEPT)
    with pytest.raises(Gone):
        await ideas.own(desk.app, JONAS, 999)
    with pytest.raises(Gone):
        await ideas.give(desk.app, JONAS, "Jonas", "never-posted", Sort.IDEA, TEACH)


async def test_declined_in_silence_can_be_told_later_and_taken_up_again(desk: Desk) -> None:
    idea = await came(desk)
    assert (await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED, hushed=True)).hushed
    assert not (await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED)).hushed

    kept = await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)

    assert kept.next_at is not None
    with pytest.raises(CannotStep):
        await ideas.step(desk.app, MAYA, idea.id, Step.TALKED)


# ------------------------------------------------------------------ changed, taken back, erased


async def test_changed_words_stand_in_the_message(desk: Desk) -> None:
    idea = await came(desk)

    await ideas.change(desk.app, JONAS, idea.id, Given("Teach two classes", "", unnamed=True))

    [arrival] = arrivals(desk)
    assert (arrival.idea.what, arrival.idea.why, arrival.idea.unnamed) == ("Teach two classes", "", True)


async def test_taken_back_is_gone_from_every_list_and_its_words_from_the_database(desk: Desk) -> None:
    idea = await came(desk)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)

    await ideas.take_back(desk.app, JONAS, idea.id)

    assert [(a.idea.step, a.idea.what, a.idea.why) for a in arrivals(desk)] == [(Step.WITHDRAWN, "", "")]
    assert await ideas.listed(desk.app, MAYA) == await ideas.mine(desk.app, JONAS) == []
    with pytest.raises(Gone, match="Jonas took that back"):
        await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    with pytest.raises(Gone, match="took that back"):
        await ideas.change(desk.app, JONAS, idea.id, TEACH)
    assert not await asked(desk)


async def asked(desk: Desk) -> bool:
    """Whether anything is asked about within half a year."""
    row = await desk.app.db.reading.one("SELECT 1 FROM ideas WHERE next_at IS NOT NULL")
    return row is not None


async def test_taken_back_before_it_came_never_comes(desk: Desk) -> None:
    await desk.posted()
    idea = await give(desk)
    await ideas.take_back(desk.app, JONAS, idea.id)

    await desk.wait(days=9)

    assert arrivals(desk) == []


async def test_an_erased_friends_ideas_go_with_their_messages(desk: Desk) -> None:
    idea = await came(desk)
    await privacy.erase(desk.app, JONAS, idea.friend_id)

    assert arrivals(desk) == []
    assert await ideas.listed(desk.app, MAYA) == []
    anew = await give(desk, ALEX, Sort.OFFER, ANA)
    await desk.tick()
    assert anew.id != idea.id
    assert [arrival.idea.friend for arrival in arrivals(desk)] == ["Ana"]


async def test_an_erased_friends_idea_that_is_on_its_way_does_not_come(desk: Desk) -> None:
    await desk.posted()
    idea = await give(desk)
    await privacy.erase(desk.app, JONAS, idea.friend_id)

    await desk.wait(days=30)

    assert arrivals(desk) == []


async def test_an_erased_seekers_ideas_go(desk: Desk) -> None:
    idea = await came(desk)
    await privacy.erase(desk.app, MAYA, idea.seeker_id)

    assert await ideas.mine(desk.app, JONAS) == []
    await desk.wait(days=60)


# ------------------------------------------------------------------ what became of it


async def test_what_waits_for_a_word_is_asked_about_after_a_week(desk: Desk) -> None:
    idea = await came(desk)

    await desk.until(11, 8, 59)
    assert len(arrivals(desk)) == 1
    await desk.until(12, 9)

    assert [(a.idea.id, a.asks) for a in arrivals(desk)] == [(idea.id, False), (idea.id, True)]


async def test_the_question_goes_on_until_there_is_an_end(desk: Desk) -> None:
    idea = await came(desk)
    await ideas.step(desk.app, MAYA, idea.id, Step.KEPT)
    for _ in range(3):
        await desk.wait(days=29)
    assert [a.asks for a in arrivals(desk)] == [False, True, True, True]

    await ideas.step(desk.app, MAYA, idea.id, Step.DECLINED)
    await desk.wait(days=90)

    assert {a.idea.step for a in arrivals(desk)} == {Step.DECLINED}
    assert len(arrivals(desk)) == 4


async def test_a_seeker_is_asked_about_one_a_day(desk: Desk) -> None:
    await desk.posted()
    for n in range(3):
        await give(desk, Given(f"Idea {n}", ""))
    await desk.tick()

    counts: list[int] = []
    for day in range(12, 16):
        await desk.until(day, 9)
        await desk.wait(hours=3)
        counts.append(sum(a.asks for a in arrivals(desk)))

    assert counts == [1, 2, 3, 3]
    assert [a.idea.what for a in arrivals(desk) if a.asks] == ["Idea 0", "Idea 1", "Idea 2"]


async def test_nothing_is_asked_in_a_pause_and_all_of_it_after(desk: Desk) -> None:
    await came(desk)
    await desk.until(11, 12)
    await rhythm.pause(desk.app, MAYA, "")
    await desk.until(20, 12)
    assert not any(a.asks for a in arrivals(desk))

    await rhythm.resume(desk.app, MAYA)
    await desk.until(21, 10)

    assert [a.asks for a in arrivals(desk)] == [False, True]


async def test_nothing_is_asked_of_who_left(desk: Desk) -> None:
    await came(desk)
    await people.leave(desk.app, MAYA)

    await desk.wait(days=40)

    assert not any(a.asks for a in arrivals(desk))


@settings(deadline=None, max_examples=15)
@example(
    steps=st.lists(st.sampled_from([Step.KEPT, Step.ACCEPTED, Step.INTRODUCED, Step.TALKED, Step.DECLINED])),
    sort=st.sampled_from(Sort),
)
def test_nothing_offered_is_without_an_end_or_a_next_date(steps: list[Step], sort: Sort) -> None:
    async def run(folder: str) -> None:
        desk = Desk(Path(folder) / "cairn.sqlite3")
        await desk.open()
        await desk.posted()
        idea = await give(desk, ALEX, sort)
        for step in [Step.NEW, *steps]:
            try:
                idea = await ideas.step(desk.app, MAYA, idea.id, step)
            except CannotStep:
                continue
            assert (idea.next_at is None) is (idea.step in ENDS)
        await desk.close()

    with quick_folder() as folder:
        asyncio.run(run(folder))
