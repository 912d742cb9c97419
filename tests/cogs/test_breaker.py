"""What keeps the bot on good terms with Discord: a breaker for refusals, and patience with its limits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.core.delivery import CannotTell, Later, Sent, Unknown
from bot.core.people import Person
from bot.core.rhythm import Hello
from bot.usecases import _pump
from cogs import _patience
from cogs._breaker import MOST, SPAN, Breaker
from tests.cogs.conftest import World

KEY = "0123456789abcdef0123"


class Clock:
    """A monotonic clock to move."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def refused(breaker: Breaker, times: int, status: int = 403) -> None:
    for _ in range(times):
        breaker.count(status)


def maya(world: World) -> Person:
    return Person("discord", "", str(world.maya.id))


# ------------------------------------------------------------------ the breaker


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_thousand_refusals_in_ten_minutes_let_the_background_rest(status: int) -> None:
    breaker = Breaker(Clock())
    refused(breaker, MOST - 1, status)
    assert breaker.rest() == 0
    refused(breaker, 1, status)
    assert breaker.rest() > 0


def test_other_answers_do_not_count() -> None:
    breaker = Breaker(Clock())
    for status in (200, 204, 400, 404, 500, 503):
        refused(breaker, MOST, status)
    assert breaker.rest() == 0


def test_refusals_spread_over_more_than_ten_minutes_are_no_trouble() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(20):
        refused(breaker, MOST // 10)
        clock.now += SPAN / 8
    assert breaker.rest() == 0


def test_it_rests_until_under_half_of_them_are_left() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(10):
        refused(breaker, MOST // 10)
        clock.now += 10
    rest = breaker.rest()
    clock.now += rest - 1
    assert 0 < breaker.rest() <= 1
    clock.now += 1
    assert breaker.rest() == 0
    refused(breaker, 1)
    assert breaker.rest() == 0


def test_it_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    breaker = Breaker(Clock())
    refused(breaker, MOST * 3)
    assert len(caplog.records) == 1
    caplog.clear()


async def test_at_rest_nothing_is_asked_of_discord_and_what_is_owed_goes_on_waiting(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.begin()
    assert world.bot.rests_until is None
    refused(world.bot.breaker, MOST)
    caplog.clear()
    assert world.bot.rests_until is not None
    asked = len(world.env.http_requests)

    assert isinstance(await world.bot.deliver(KEY, maya(world), Hello(KEY, "Maya", ())), Later)
    assert isinstance(await world.bot.find(KEY, maya(world), world.now), CannotTell)
    await world.until(2, 17, 30)
    assert len(world.env.http_requests) == asked

    world.bot.breaker = Breaker()
    await world.wait(minutes=10)
    assert len([message for message in world.dms if message.author == world.bot.user]) == 2


async def test_commands_are_answered_at_rest(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.begin()
    refused(world.bot.breaker, MOST)
    caplog.clear()
    result = await world.maya.slash(world.channel, "rhythm show")
    assert result.response or result.followups


# ------------------------------------------------------------------ patience


async def test_a_time_out_during_a_global_limit_lets_later_requests_pass_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_patience, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr("bot.core.delivery.SEND_TIMEOUT", timedelta(milliseconds=1))
    passing = asyncio.Event()
    passing.set()
    world.bot.http._global_over = passing

    async def limited() -> Sent:
        with _patience.cancellable(world.bot):
            passing.clear()
            await asyncio.Event().wait()
        raise AssertionError

    assert isinstance(await _pump.in_time(limited()), Unknown)
    assert isinstance(await world.bot.deliver(KEY, maya(world), Hello(KEY, "Maya", ())), Later)
    await passing.wait()
    assert isinstance(await world.bot.deliver(KEY, maya(world), Hello(KEY, "Maya", ())), Sent)
