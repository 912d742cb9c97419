"""Care: a silent seeker is asked once, gently, and nobody hears of it whom they did not choose."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.care import DEFAULT_WORDS, AlreadyLight, Became, Confided, NoFriend, OutOfRange, StillThere, TooManyWords
from bot.core.country import UnknownCountry
from bot.core.delivery import Cause, Unreachable
from bot.core.journal import Gone, NotYours
from bot.core.people import Person
from bot.core.rhythm import Ask
from bot.store import backup
from bot.store import care as rows
from bot.store import people as people_rows
from bot.usecases import care, consent, journal, messages, people, privacy, rhythm
from bot.usecases.people import NotSeeking
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk
from tests.usecases.test_plans import scans, spoken

ANA = Person(PAPER, "", "ana")
BEN = Person(PAPER, "", "ben")


async def go_by(desk: Desk, days: int) -> None:
    """Let days go by, with a round in each morning and evening."""
    for _ in range(2 * days):
        await desk.wait(hours=12)


def asked(desk: Desk) -> list[StillThere]:
    """What asks Maya how she is, oldest first."""
    return [sheet.what for sheet in desk.paper.at(MAYA) if isinstance(sheet.what, StillThere)]


def told(desk: Desk, who: Person = ANA) -> list[Confided]:
    """What a friend was let know."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Confided)]


async def silent(desk: Desk) -> int:
    """Maya has begun, went silent and was asked; the number of her silence."""
    await desk.begin()
    await go_by(desk, 12)
    return asked(desk)[-1].silence.id


async def trusts(desk: Desk, tell_days: int | None = None, *, accepts: bool = True) -> None:
    """Maya trusts Ana, who lets the bot write to her."""
    await care.trust(desk.app, MAYA, (ANA, "Ana"), None, tell_days)
    if accepts:
        await consent.accept(desk.app, ANA, "Ana")


# ------------------------------------------------------------------ when


async def test_after_ten_days_without_an_answer_the_seeker_is_asked_once_and_nobody_else_hears(desk: Desk) -> None:
    await desk.begin()
    in_channel = len(desk.paper.at(CHANNEL))
    await desk.until(2, 17, 30)
    await desk.until(12, 8, 59)
    assert asked(desk) == []

    await desk.until(12, 9)
    assert len(asked(desk)) == 1

    await go_by(desk, 60)
    assert len(asked(desk)) == 1
    assert {sheet.to for sheet in desk.paper.sheets.values()} == {MAYA, CHANNEL}
    assert len(desk.paper.at(CHANNEL)) == in_channel


async def test_a_message_in_between_begins_the_days_anew(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await messages.write(desk.app, desk.paper.says(MAYA, "Still here", desk.now))
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 3)

    assert len(asked(desk)) == 1


async def test_a_press_that_keeps_something_begins_the_days_anew(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await care.heard(desk.app, MAYA)
    await go_by(desk, 9)
    assert asked(desk) == []


async def test_an_answer_that_no_press_told_of_is_seen_all_the_same(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await journal.checkin(desk.app, MAYA, {"mood": "4"}, {})
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_who_was_asked_nothing_is_not_silent(desk: Desk) -> None:
    await desk.begin()
    for ask in (Ask.CHECKIN, Ask.REFLECTION):
        await rhythm.change(desk.app, MAYA, rhythm.Change(ask, days="never"))
    await go_by(desk, 40)
    assert asked(desk) == []


async def test_days_in_which_the_bot_was_down_are_no_silence(desk: Desk) -> None:
    await desk.begin()
    await desk.close()
    desk.now += timedelta(days=30)
    await desk.open()
    await desk.tick()
    await go_by(desk, 9)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_days_of_a_pause_do_not_count(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 5)
    await rhythm.pause(desk.app, MAYA, (desk.now + timedelta(days=30)).date().isoformat())
    await go_by(desk, 35)
    assert asked(desk) == []

    await go_by(desk, 6)
    assert len(asked(desk)) == 1


async def test_in_a_pause_without_an_end_nothing_is_asked(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await rhythm.pause(desk.app, MAYA, "")
    await go_by(desk, 60)
    assert asked(desk) == []


async def test_a_day_of_rest_is_no_silence(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    async with desk.app.db.writing() as tx:
        for day in range(3, 10):
            await people_rows.rest(tx, 1, datetime(2026, 1, day, tzinfo=UTC).date())
    await go_by(desk, 15)
    assert asked(desk) == []

    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_who_left_is_not_asked_and_who_comes_back_is_only_after_a_new_silence(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 9)
    await people.leave(desk.app, MAYA)
    await go_by(desk, 30)
    assert asked(desk) == []

    await people.start(desk.app, MAYA, "Maya", people.Start("Europe/Berlin"), [CHANNEL])
    await go_by(desk, 9)
    assert asked(desk) == []
    await go_by(desk, 4)
    assert len(asked(desk)) == 1


async def test_two_silences_a_year_apart_are_asked_about_once_each(desk: Desk) -> None:
    first = await silent(desk)
    await care.fine(desk.app, MAYA, first)
    for _ in range(50):
        await messages.write(desk.app, desk.paper.says(MAYA, "A word", desk.now))
        await desk.wait(days=7)
    assert len(asked(desk)) == 1

    await go_by(desk, 20)

    assert [one.silence.became for one in asked(desk)] == [Became.FINE, Became.OPEN]
    assert asked(desk)[1].silence.id != first


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin"])
async def test_the_question_comes_in_the_morning_where_the_seeker_lives(desk: Desk, zone: str) -> None:
    await desk.begin(zone=zone)
    while not asked(desk):
        await desk.wait(minutes=30)
        assert desk.now < datetime(2026, 1, 20, tzinfo=UTC)
    assert desk.now.astimezone(ZoneInfo(zone)).hour == 9


async def test_the_question_waits_for_the_end_of_the_quiet_hours(desk: Desk) -> None:
    await desk.begin()
    await rhythm.change(desk.app, MAYA, rhythm.Change(quiet="23:00-11:00"))
    await desk.until(2, 17, 30)
    await desk.until(12, 10, 59)
    assert asked(desk) == []

    await desk.until(12, 11)
    assert len(asked(desk)) == 1


async def test_turned_off_it_never_comes_and_turned_on_it_comes_after_so_many_days(desk: Desk) -> None:
    await desk.begin()
    await care.set_silence(desk.app, MAYA, 0)
    await go_by(desk, 40)
    assert asked(desk) == []

    await care.set_silence(desk.app, MAYA, 3)
    await go_by(desk, 8)
    assert len(asked(desk)) == 1


@pytest.mark.parametrize("days", [-1, 61, 10**9])
async def test_a_number_of_days_that_cannot_be_is_refused_and_nothing_changed(desk: Desk, days: int) -> None:
    await desk.begin()
    with pytest.raises(OutOfRange, match="from 0 to 60"):
        await care.set_silence(desk.app, MAYA, days)
    assert (await rhythm.show(desk.app, MAYA)).seeker.silent_days == 10


async def test_a_restart_in_every_hour_asks_once_all_the_same(desk: Desk) -> None:
    await desk.begin()
    await go_by(desk, 11)
    for _ in range(24):
        await desk.restart()
        await desk.wait(hours=1)
    assert len(asked(desk)) == 1


async def test_a_process_that_dies_while_asking_asks_once(desk: Desk) -> None:
    await desk.begin()
    await desk.until(2, 17, 30)
    for day in range(3, 12):
        await desk.until(day, 17, 40)
    desk.move(12, 9)
    await desk.die_sending()
    await desk.wait(minutes=10)
    await desk.wait(minutes=10)
    assert len(asked(desk)) == 1


async def test_after_an_older_database_is_put_back_nobody_is_asked_again(desk: Desk, tmp_path: Path) -> None:
    await desk.begin()
    await go_by(desk, 6)
    copy = await backup.copy_now(desk.path, tmp_path / "copies", desk.now)
    await go_by(desk, 8)
    assert len(asked(desk)) == 1

    await desk.close()
    await backup.restore(copy, desk.path, desk.now)
    await desk.open()
    await go_by(desk, 40)

    assert len(asked(desk)) == 1


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


@pytest.mark.parametrize("press", ["fine", "pause", "lighten", "confiding", "reword", "let_know"])
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


# ------------------------------------------------------------------ the one friend


async def test_naming_a_friend_tells_them_nothing(desk: Desk) -> None:
    await desk.begin()
    trust = await care.trust(desk.app, MAYA, (ANA, "Ana"), None, None)
    await go_by(desk, 30)
    assert (trust.watch.friend and trust.watch.friend.name, trust.accepted) == ("Ana", False)
    assert desk.paper.at(ANA) == []


async def test_without_a_named_friend_nobody_can_be_told(desk: Desk) -> None:
    silence_id = await silent(desk)
    with pytest.raises(NoFriend, match="named no friend"):
        await care.let_know(desk.app, MAYA, silence_id)


async def test_a_friend_who_has_not_accepted_is_not_told_and_nothing_falls_back_to_the_channel(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk, accepts=False)
    before = len(desk.paper.sheets)

    assert not (await care.confiding(desk.app, MAYA, silence_id)).accepted
    with pytest.raises(NoFriend, match="not yet accepted"):
        await care.let_know(desk.app, MAYA, silence_id)
    await go_by(desk, 3)

    assert desk.paper.at(ANA) == []
    assert not [sheet for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, Confided)]
    assert len(desk.paper.sheets) >= before


async def test_a_friend_reads_the_seekers_words_once(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    assert (await care.confiding(desk.app, MAYA, silence_id)).words == DEFAULT_WORDS
    shown = await care.reword(desk.app, MAYA, silence_id, "Could you ring me?\n")
    assert shown.words == "Could you ring me?"
    assert told(desk) == []

    await care.let_know(desk.app, MAYA, silence_id)

    assert [(one.name, one.words, one.pressed) for one in told(desk)] == [("Maya", "Could you ring me?", True)]
    assert asked(desk)[0].knows
    with pytest.raises(NoFriend, match="already"):
        await care.let_know(desk.app, MAYA, silence_id)
    assert len(told(desk)) == 1


async def test_a_friend_who_cannot_be_reached_is_said_so(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)

    friend, outcome = await care.let_know(desk.app, MAYA, silence_id)

    assert friend == "Ana"
    assert isinstance(outcome, Unreachable)
    assert not asked(desk)[0].knows


async def test_by_default_a_friend_never_hears_by_itself(desk: Desk) -> None:
    await silent(desk)
    await trusts(desk)
    await go_by(desk, 60)
    assert told(desk) == []


async def test_a_friend_hears_by_itself_after_so_many_days_if_the_seeker_wished_that_before(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    assert asked(desk)[0].by_itself
    await desk.until(15, 8, 59)
    assert told(desk) == []

    await desk.until(15, 9)
    await desk.tick()
    await go_by(desk, 30)

    assert [(one.name, one.words, one.pressed) for one in told(desk)] == [("Maya", DEFAULT_WORDS, False)]
    assert asked(desk)[0].knows


@pytest.mark.parametrize("sign", ["message", "press", "pause", "leave", "nobody", "off"])
async def test_any_sign_or_change_of_mind_keeps_it_from_the_friend(desk: Desk, sign: str) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    match sign:
        case "message":
            await messages.write(desk.app, desk.paper.says(MAYA, "I am here", desk.now))
        case "press":
            await care.heard(desk.app, MAYA)
        case "pause":
            await care.pause(desk.app, MAYA, asked(desk)[0].silence.id, 0)
        case "leave":
            await people.leave(desk.app, MAYA)
        case "nobody":
            await care.trust_nobody(desk.app, MAYA)
        case _:
            await care.trust(desk.app, MAYA, None, None, 0)
    for day in range(12, 20):
        await desk.until(day, 18)
    assert told(desk) == []


async def test_who_answers_while_it_is_owed_keeps_it_from_the_friend(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    desk.move(15, 9)
    await care.look(desk.app)
    await messages.write(desk.app, desk.paper.says(MAYA, "I am here", desk.now))
    await desk.tick()
    assert told(desk) == []
    assert await desk.states("confided") == ["dropped"]


async def test_a_friend_who_has_not_accepted_hears_nothing_by_itself_until_they_have(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3, accepts=False)
    await go_by(desk, 20)
    assert desk.paper.at(ANA) == []

    await consent.accept(desk.app, ANA, "Ana")
    await go_by(desk, 4)
    assert len(told(desk)) == 1


async def test_a_friend_who_wants_quiet_hears_nothing(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await consent.quiet(desk.app, ANA, "Ana")
    await go_by(desk, 30)
    assert told(desk) == []


async def test_a_question_that_never_arrived_tells_the_friend_nothing(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    for day in range(3, 12):
        await desk.until(day, 17, 40)
    desk.paper.refuses[MAYA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await go_by(desk, 30)
    assert asked(desk) == []
    assert told(desk) == []


async def test_another_friend_hears_by_itself_only_if_that_is_said_of_them(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    trust = await care.trust(desk.app, MAYA, (BEN, "Ben"), None, None)
    assert (trust.watch.friend and trust.watch.friend.name, trust.watch.tell_days) == ("Ben", 0)


async def test_what_cannot_be_set_is_refused_and_nothing_changed(desk: Desk) -> None:
    await desk.begin()
    for named, words, days, refusal in (
        (None, "Words", None, NoFriend),
        ((MAYA, "Maya"), None, None, NoFriend),
        ((ANA, "Ana"), "x" * 301, None, TooManyWords),
        ((ANA, "Ana"), None, 31, OutOfRange),
    ):
        with pytest.raises(refusal):
            await care.trust(desk.app, MAYA, named, words, days)
    assert (await care.trust(desk.app, MAYA, None, None, None)).watch.friend is None


async def test_only_who_has_started_can_set_anything(desk: Desk) -> None:
    with pytest.raises(NotSeeking):
        await care.set_silence(desk.app, ANA, 5)
    with pytest.raises(NotSeeking):
        await care.trust(desk.app, ANA, (BEN, "Ben"), None, None)


# ------------------------------------------------------------------ erasure


async def test_erasing_the_seeker_takes_down_what_the_friend_was_told(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    await care.let_know(desk.app, MAYA, silence_id)

    number = await people_rows.number_of(desk.app.db.reading, MAYA)
    assert number
    await privacy.erase(desk.app, MAYA, number)
    await go_by(desk, 30)

    assert told(desk) == []
    assert await desk.app.db.reading.all("SELECT * FROM silences") == []


async def test_erasing_the_friend_leaves_the_seeker_with_nobody_named(desk: Desk) -> None:
    await silent(desk)
    await trusts(desk, 3)

    number = await people_rows.number_of(desk.app.db.reading, ANA)
    assert number
    await privacy.erase(desk.app, ANA, number)

    assert (await care.trust(desk.app, MAYA, None, None, None)).watch.friend is None
    await go_by(desk, 10)


async def test_a_friend_known_for_being_trusted_alone_is_kept_when_somebody_else_is_erased(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, accepts=False)
    await people.start(desk.app, BEN, "Ben", people.Start("Europe/Berlin"), [CHANNEL])
    number = await people_rows.number_of(desk.app.db.reading, BEN)
    assert number
    await privacy.erase(desk.app, BEN, number)

    watch = await rows.watch(desk.app.db.reading, 1)
    assert watch
    assert watch.friend
    assert watch.friend.person == ANA


# ------------------------------------------------------------------ where to turn


async def test_where_to_turn_is_told_by_the_country_named_and_else_by_the_zone(desk: Desk) -> None:
    await desk.begin()
    guessed = await care.where_to_turn(desk.app, MAYA)
    assert (guessed.country, guessed.guessed) == ("Germany", True)
    assert any("116 123" in line.call for line in guessed.lines)

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
