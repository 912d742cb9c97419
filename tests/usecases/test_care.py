"""Care: what a silent seeker chooses, where to turn, and that nothing is made of what people write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.care import AlreadyLight, Became
from bot.core.country import UnknownCountry
from bot.core.journal import Gone, NotYours
from bot.core.rhythm import Ask
from bot.store import people as people_rows
from bot.usecases import care, journal, messages, people, rhythm
from bot.usecases.people import NotSeeking
from tests.usecases._silence import ANA, BEN, asked, go_by, silent, told, trusts
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_plans import scans, spoken

# ------------------------------------------------------------------ what the seeker chooses


async def test_any_sign_ends_the_silence_and_the_message_says_so(desk: Desk) -> None:
    await silent(desk)
    await messages.write(desk.app, desk.paper.says(MAYA, "Here I am", desk.now))
    await desk.tick()
    assert asked(desk)[0].silence.became is Became.HEARD


async def test_who_is_fine_is_left_in_peace(desk: Desk) -> None:
    silence_id = await silent(desk)
    await care.fine(desk.app, MAYA, silence_id)
    await care.heard(desk.app, MAYA)
    assert asked(desk)[0].silence.became is Became.FINE


@pytest.mark.parametrize("days", [7, 14, 0])
async def test_a_pause_rests_for_as_long_as_was_chosen(desk: Desk, days: int) -> None:
    silence_id = await silent(desk)

    shown = await care.pause(desk.app, MAYA, silence_id, days)

    assert shown.resting
    until = shown.seeker.paused_until
    assert until == (desk.now.date() + timedelta(days=days) if days else None)
    assert asked(desk)[0].silence.became is Became.PAUSED


async def test_a_lighter_rhythm_asks_on_fewer_days_once_and_can_be_undone(desk: Desk) -> None:
    silence_id = await silent(desk)

    before, after = await care.lighten(desk.app, MAYA, silence_id)

    days = {one.ask: (set(one.days), set(now.days)) for one, now in zip(before.schedules, after.schedules, strict=True)}
    assert days == {Ask.CHECKIN: ({0, 1, 2, 3, 4}, {0, 2, 4}), Ask.REFLECTION: ({2}, {2}), Ask.WEEK: ({6}, {6})}
    with pytest.raises(Gone, match="already"):
        await care.lighten(desk.app, MAYA, silence_id)
    undone = await rhythm.change(desk.app, MAYA, rhythm.Change(Ask.CHECKIN, days="weekdays"))
    assert undone.schedules[0].days == before.schedules[0].days


async def test_a_rhythm_that_is_light_already_is_left_as_it_is(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, rhythm.Change(Ask.CHECKIN, days="Mon"))
    await go_by(desk, 30)
    with pytest.raises(AlreadyLight):
        await care.lighten(desk.app, MAYA, asked(desk)[0].silence.id)
    assert asked(desk)[0].silence.became is Became.OPEN


@pytest.mark.parametrize("press", ["fine", "pause", "lighten", "confiding", "words_of", "reword", "let_know"])
async def test_others_can_press_nothing_of_it(desk: Desk, press: str) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    await people.start(desk.app, BEN, "Ben", people.Start("Europe/Berlin"), [CHANNEL])
    more = {"pause": (7,), "reword": ("words",)}.get(press, ())

    with pytest.raises(NotYours):
        await getattr(care, press)(desk.app, BEN, silence_id, *more)
    with pytest.raises(NotSeeking):
        await getattr(care, press)(desk.app, ANA, silence_id, *more)
    with pytest.raises(Gone):
        await getattr(care, press)(desk.app, BEN, 999, *more)

    assert asked(desk)[0].silence.became is Became.OPEN
    assert told(desk) == []


# ------------------------------------------------------------------ where to turn


async def test_where_to_turn_is_told_by_the_country_named_and_else_by_the_zone(desk: Desk) -> None:
    await desk.begin()
    guessed = await care.where_to_turn(desk.app, MAYA)
    assert (guessed.country, guessed.guessed) == ("Germany", True)
    assert any("0800 111 0 111" in line.call for line in guessed.lines)

    await care.where_to_turn(desk.app, MAYA, "ireland")
    kept = await care.where_to_turn(desk.app, MAYA)
    assert (kept.country, kept.guessed) == ("Ireland", False)
    assert [line.name for line in kept.lines] == ["Samaritans", "Emergency"]


async def test_a_friend_reads_the_lines_of_a_country_and_nothing_is_kept_of_it(desk: Desk) -> None:
    assert (await care.where_to_turn(desk.app, ANA, "US")).country == "United States"
    assert (await care.where_to_turn(desk.app, ANA)).country == ""
    assert await people_rows.number_of(desk.app.db.reading, ANA) is None


async def test_a_country_that_is_none_is_refused_and_nothing_changed(desk: Desk) -> None:
    await desk.begin()
    with pytest.raises(UnknownCountry, match="Atlantis"):
        await care.where_to_turn(desk.app, MAYA, "Atlantis")
    with pytest.raises(UnknownCountry):
        await people.start(desk.app, MAYA, "Maya", people.Start("Europe/Berlin", country="Atlantis"), [CHANNEL])
    assert (await care.where_to_turn(desk.app, MAYA)).guessed


# ------------------------------------------------------------------ never analysed


@pytest.fixture
async def another(tmp_path: Path) -> AsyncIterator[Desk]:
    """A second desk, where the same happens in other words."""
    made = Desk(tmp_path / "another.sqlite3")
    await made.open()
    yield made
    await made.close()


async def a_fortnight_of(desk: Desk, words: str) -> list[str]:
    """All that is said and done in two weeks in which Maya answers with the same words, these words blotted out."""
    await desk.begin()
    await trusts(desk, 3)
    for day in (2, 5, 6, 7, 8, 9, 12, 13, 14):
        await desk.until(day, 17, 30)
        await messages.write(desk.app, desk.paper.says(MAYA, words, desk.now))
        await desk.until(day, 18)
    await desk.until(15, 17, 30)
    await journal.answer(desk.app, MAYA, (await desk.delivery("prompt")).id, {"mood": "1", "done": words})
    await desk.tick()
    said = [f"{sheet.to} {sheet.what}" for sheet in desk.paper.sheets.values()]
    asked = [f"{call} {of}" for call, of in desk.paper.calls if call != "says"]
    ids = [delivery["id"] for delivery in await desk.app.db.reading.all("SELECT id FROM deliveries ORDER BY rowid")]
    done = "\n".join([*said, *asked])
    for number, key in enumerate(ids):
        done = done.replace(key, f"delivery {number}")
    return done.replace(words, "...").splitlines()


async def test_an_entry_that_speaks_of_distress_is_treated_as_any_other(desk: Desk, another: Desk) -> None:
    dark = await a_fortnight_of(desk, "I cannot go on and I want to die")
    light = await a_fortnight_of(another, "I could go on and I want to sing")
    assert dark == light


# ------------------------------------------------------------------ the database


async def test_nothing_of_care_reads_a_whole_table(desk: Desk) -> None:
    statements = await spoken(desk.app.db)
    await desk.begin()
    await trusts(desk, 3)
    await go_by(desk, 20)
    await care.heard(desk.app, MAYA)
    await go_by(desk, 14)
    silence_id = asked(desk)[-1].silence.id
    await care.lighten(desk.app, MAYA, silence_id)
    await care.where_to_turn(desk.app, MAYA, "DE")
    assert len(told(desk)) == 2
    found = await scans(desk.app.db, list(statements))
    assert [scan for scan in found if "CONSTANT ROWS" not in scan] == []  # the rows of a VALUES list are given


async def test_an_idle_round_does_nothing_for_who_is_watched(desk: Desk) -> None:
    await desk.begin()
    statements = await spoken(desk.app.db)
    await desk.wait(minutes=1)
    assert len(statements) == 1
