"""Words that wait for a decision: written down, found again, let go."""

from __future__ import annotations

from datetime import timedelta

from bot.core.people import Person
from bot.store import held, people
from bot.store.db import Tx
from tests.store.conftest import MAYA, NOW


async def test_waiting_words_take_the_place_of_earlier_ones_about_the_same(tx: Tx, maya: int) -> None:
    first = await held.keep(tx, maya, "form", "answered:1", {"done": "first"}, NOW)
    other = await held.keep(tx, maya, "form", "answered:2", {"done": "other"}, NOW)
    second = await held.keep(tx, maya, "form", "answered:1", {"done": "second"}, NOW)
    assert await held.get(tx, first.id) is None
    assert await held.get(tx, second.id) == (MAYA, second)
    assert await held.get(tx, other.id) == (MAYA, other)
    assert await held.about(tx, "answered:1") == second


async def test_one_person_s_waiting_words_never_replace_another_s(tx: Tx, maya: int) -> None:
    mine = await held.keep(tx, maya, "form", "checkedin:checkin", {"done": "mine"}, NOW)
    other = await people.remember(tx, Person("discord", "", "8"), "Jonas")
    await held.keep(tx, other, "form", "checkedin:checkin", {"done": "theirs"}, NOW)
    assert await held.get(tx, mine.id) == (MAYA, mine)
    await held.let_go_about(tx, other, "checkedin:checkin")
    assert await held.get(tx, mine.id) == (MAYA, mine)


async def test_words_that_waited_too_long_are_let_go(tx: Tx, maya: int) -> None:
    old = await held.keep(tx, maya, "stray", "c/1", {"text": "old"}, NOW)
    new = await held.keep(tx, maya, "stray", "c/2", {"text": "new"}, NOW + timedelta(days=7))
    await held.let_go_before(tx, NOW + timedelta(days=7, minutes=1), timedelta(days=7))
    assert await held.get(tx, old.id) is None
    assert await held.get(tx, new.id) == (MAYA, new)
