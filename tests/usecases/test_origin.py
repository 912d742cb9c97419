"""Whose idea an application came from: asked with a press, begun with it, taken along, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.experiment import Phase
from bot.core.idea import Sort, Step
from bot.core.journal import Gone, NotYours
from bot.core.origin import Origin
from bot.core.search import Act, NothingToUndo
from bot.papers import search_json
from bot.store import people as people_rows
from bot.store import privacy
from bot.store import search as rows
from bot.usecases import application, experiment, idea, journal, landing, log, mention, origin, people, search
from bot.usecases.log import Question
from bot.usecases.people import Start
from bot.usecases.search import Logged, Wish
from tests.usecases._experiment import ANA, COFFEE, WISH, given, own
from tests.usecases._importing import taken, whole
from tests.usecases._origin import ACME, came_of_idea, learned, noted, words
from tests.usecases._search import applied, kept, logged
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk
from tests.usecases.test_plans import scans, spoken

# ------------------------------------------------------------------ asked with one press


async def test_whoever_begins_an_application_is_asked_whose_idea_it_was_and_says_so_with_one_press(desk: Desk) -> None:
    await learned(desk)
    asked = await noted(desk)
    assert asked.possible == (Origin(1, 1, Sort.IDEA, "Ana", COFFEE),)
    assert asked.origin is None

    chosen = await origin.choose(desk.app, MAYA, asked.event.id, "idea.1")
    assert chosen.origin == asked.possible[0]
    [one] = await kept(desk)
    assert (one.idea_id, one.experiment_id) == (1, 1)

    left = await origin.choose(desk.app, MAYA, asked.event.id, "")
    assert left.origin is None
    [one] = await kept(desk)
    assert (one.idea_id, one.experiment_id) == (None, None)


@pytest.mark.parametrize(
    ("step", "asked"), [(Step.NEW, False), (Step.DECLINED, False), (Step.KEPT, True), (Step.TRYING, True)]
)
async def test_only_what_is_kept_or_tried_is_asked_about(desk: Desk, step: Step, asked: bool) -> None:
    await given(desk)
    if step is Step.TRYING:
        await experiment.try_idea(desk.app, MAYA, 1, WISH)
    elif step is not Step.NEW:
        await idea.step(desk.app, MAYA, 1, step)
    assert bool((await noted(desk)).possible) is asked


async def test_an_idea_that_waits_for_a_word_is_asked_about_once_it_has_come_and_is_kept_with_the_press(
    desk: Desk,
) -> None:
    await given(desk)
    asked = await noted(desk)
    assert asked.possible == ()
    desk.now += timedelta(days=7)
    await desk.tick()
    asked = await noted(desk, Wish(Act.APPLIED, "Globex", "Baker"))
    assert [one.key for one in asked.possible] == ["idea.1"]
    assert (await origin.choose(desk.app, MAYA, asked.event.id, "idea.1")).origin == asked.possible[0]
    assert (await idea.given(desk.app, MAYA, 1)).step is Step.KEPT


async def test_an_offer_that_waits_for_a_word_is_not_asked_about(desk: Desk) -> None:
    await given(desk, Sort.OFFER)
    desk.now += timedelta(days=7)
    await desk.tick()
    assert (await noted(desk)).possible == ()


async def test_nothing_else_asks_and_after_half_a_year_an_idea_is_not_asked_about_any_more(desk: Desk) -> None:
    await learned(desk)
    await applied(desk)
    assert (await noted(desk, Wish(Act.NOTE, "Acme", words="Hm"))).possible == ()
    desk.now += timedelta(days=190)
    assert (await noted(desk, Wish(Act.APPLIED, "Globex", "Baker"))).possible == ()


async def test_an_offer_that_was_welcome_may_have_led_there(desk: Desk) -> None:
    await given(desk, Sort.OFFER)
    await idea.step(desk.app, MAYA, 1, Step.ACCEPTED)
    asked = await noted(desk)
    chosen = await origin.choose(desk.app, MAYA, asked.event.id, asked.possible[0].key)
    assert chosen.origin
    assert (chosen.origin.sort, chosen.origin.experiment_id) == (Sort.OFFER, None)


async def test_what_is_anothers_or_gone_is_no_origin_and_nothing_is_changed(desk: Desk) -> None:
    await learned(desk)
    asked = await noted(desk)
    await people.start(desk.app, ANA, "Ana", Start(ZONE), [CHANNEL])
    before = await kept(desk)
    with pytest.raises(NotYours):
        await origin.choose(desk.app, ANA, asked.event.id, "idea.1")
    with pytest.raises(NotYours):
        await search.log(desk.app, ANA, ACME._replace(origin="trial.1"))
    for key in ("idea.77", "trial.77", "idea.", "cat.1", "idea.²", f"idea.{'9' * 30}"):
        with pytest.raises(Gone):
            await origin.choose(desk.app, MAYA, asked.event.id, key)
    assert await kept(desk) == before
    assert await rows.known(desk.app.db.reading, ANA) == []

    await search.undo(desk.app, MAYA, asked.event.id)
    with pytest.raises(NothingToUndo):
        await origin.choose(desk.app, MAYA, asked.event.id, "idea.1")


async def test_what_was_logged_before_may_be_said_to_have_come_from_an_idea_later(desk: Desk) -> None:
    await desk.begin()
    found = await noted(desk)
    await learned(desk)

    assert [one.friend for one in (await application.event(desk.app, MAYA, found.event.id)).possible] == ["Ana"]


async def test_neither_the_question_nor_a_mention_reads_a_whole_table(desk: Desk) -> None:
    await learned(desk)
    said = await spoken(desk.app.db)
    asked = await noted(desk)
    await origin.choose(desk.app, MAYA, asked.event.id, "idea.1")
    await origin.choose(desk.app, MAYA, asked.event.id, "trial.1")
    await origin.check(desk.app, MAYA, "trial.1")
    told = await journal.checkin(desk.app, MAYA, {"mood": "4", "done": "Interview at Acme"}, {})
    assert [one.company for one in told.mentions] == ["Acme"]
    form = {"act": "interview", "company": "Acme", "when": "today 10:00"}
    await mention.keep(desk.app, MAYA, told.mentions[0].application_id, form)
    await landing.leads(desk.app, MAYA)
    assert await scans(desk.app.db, list(said)) == set()


# ------------------------------------------------------------------ became an application


async def test_what_was_tried_becomes_an_application_with_the_idea_behind_it(desk: Desk) -> None:
    found = await came_of_idea(desk)
    assert found.origin == Origin(1, 1, Sort.IDEA, "Ana", COFFEE)
    shown = await application.named(desk.app, MAYA, "Acme")
    assert shown.origin == found.origin


async def test_something_of_ones_own_becomes_an_application_too(desk: Desk) -> None:
    await own(desk)
    await experiment.learn(desk.app, MAYA, 1, "Much")
    found = await noted(desk, ACME._replace(origin="trial.1"))
    assert found.origin == Origin(None, 1, None, "", "A walk with the recruiter")
    assert await words(desk) == ["planned", "learned", "applied"]


async def test_what_is_in_the_log_already_is_linked_and_not_begun_twice(desk: Desk) -> None:
    await learned(desk)
    await noted(desk, ACME._replace(when="20.12.2025"))
    await logged(desk, Act.INTERVIEW, "Acme", when="today 10:00")
    found = await noted(desk, ACME._replace(which="acme", origin="trial.1", words="By her tip"))

    assert (found.linked, found.begun, found.event.words) == (True, False, "By her tip")
    assert found.origin == Origin(1, 1, Sort.IDEA, "Ana", COFFEE)
    [one] = await kept(desk)
    assert (one.idea_id, one.experiment_id, one.standing.round) == (1, 1, 1)
    assert await words(desk) == ["given", "learned", "applied", "interview"]


async def test_what_ended_meanwhile_is_linked_by_the_day_of_applying_and_else_begun_anew(desk: Desk) -> None:
    await learned(desk)
    await noted(desk, ACME._replace(when="20.12.2025"))
    await logged(desk, Act.LOST, "Acme", when="28.12.2025")
    linked = await noted(desk, ACME._replace(origin="trial.1", when="20.12.2025"))
    assert linked.linked
    assert linked.event.act is Act.APPLIED
    assert len(await kept(desk)) == 1

    anew = await noted(desk, ACME._replace(origin="trial.1"))
    assert (anew.linked, anew.begun) == (False, True)


async def test_what_was_only_wished_for_is_applied_for_with_the_idea_behind_it(desk: Desk) -> None:
    await learned(desk)
    await logged(desk, Act.WISHED, "Acme", "Engineer")
    found = await noted(desk, ACME._replace(origin="trial.1"))
    assert (found.linked, found.event.act) == (False, Act.APPLIED)
    assert len(await kept(desk)) == 1


async def test_where_the_date_is_asked_about_the_idea_is_not_forgotten(desk: Desk) -> None:
    await learned(desk)
    asked = await log.log(desk.app, MAYA, ACME._replace(origin="trial.1", when="03/04/25"))
    assert isinstance(asked, Question)
    found = await log.go_on(desk.app, MAYA, asked.held_id, when="2025-04-03")
    assert isinstance(found, Logged)
    assert found.origin
    assert found.origin.friend == "Ana"


# ------------------------------------------------------------------ taken along in a file


async def written_and_lost(desk: Desk) -> bytes:
    """The search in a file, and no longer in the database."""
    archive = await whole(desk)
    async with desk.app.db.writing() as tx:
        await rows.drop(tx, archive.applications[0].id)
    return search_json.write(archive)


async def taken_along(desk: Desk, data: bytes) -> tuple[int | None, int | None]:
    """What the application in a file came from, once it is imported."""
    await taken(desk, data, "search.json")
    [one] = await kept(desk)
    return one.idea_id, one.experiment_id


async def test_a_file_knows_what_an_application_came_from(desk: Desk) -> None:
    await came_of_idea(desk)
    assert await taken_along(desk, await written_and_lost(desk)) == (1, 1)


async def test_of_another_host_no_idea_is_named_that_merely_has_its_number(desk: Desk) -> None:
    await came_of_idea(desk)
    data = await written_and_lost(desk)
    async with desk.app.db.writing() as tx:  # there the first idea and the first experiment are others
        await tx.run("UPDATE ideas SET given_at = '2025-11-03T08:00:00.000+00:00'")
        await tx.run("UPDATE experiments SET made_at = '2025-11-03T08:00:00.000+00:00'")
    assert await taken_along(desk, data) == (None, None)


# ------------------------------------------------------------------ taken back, erased


async def test_a_friend_who_takes_it_back_leaves_the_application_without_their_words(desk: Desk) -> None:
    asked = await came_of_idea(desk)
    await logged(desk, Act.ACCEPTED, "Acme")
    await idea.take_back(desk.app, ANA, 1)

    [one] = await kept(desk)
    assert one.name == "Engineer at Acme"
    told = await application.show(desk.app, MAYA, one.id)
    assert told.origin == Origin(None, 1, None, "", "")
    assert await words(desk) == ["planned", "learned", "applied", "accepted"]
    assert (await landing.leads(desk.app, MAYA)).chosen is None
    with pytest.raises(Gone):
        await origin.choose(desk.app, MAYA, asked.event.id, "idea.1")
    with pytest.raises(Gone):
        await origin.check(desk.app, MAYA, "idea.1")


async def test_an_erased_friend_leaves_the_application(desk: Desk) -> None:
    await came_of_idea(desk)
    ana = await people_rows.number_of(desk.app.db.reading, ANA)
    assert ana
    async with desk.app.db.writing() as tx:
        await privacy.erase(tx, ana)

    [one] = await kept(desk)
    assert (one.idea_id, one.experiment_id) == (None, 1)
    assert await words(desk) == ["planned", "learned", "applied"]
    assert (await experiment.read(desk.app, MAYA, 1)).phase is Phase.LEARNED
