"""The bot on Discord as the core sees it: what is sent, found again, revised, taken down, and what errors mean."""

from __future__ import annotations

import gc
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from bot.core.delivery import CannotTell, Cause, Kind, Later, Outcome, Sent, Unknown, Unreachable
from bot.core.people import Person, Post, Space
from bot.core.rhythm import Ask, Hello
from bot.usecases import missed
from cogs._outcome import outcome_of
from tests.cogs import _forged
from tests.cogs._scenes import MESSAGES, SCENES, deliveries, noted, posted, prompted
from tests.cogs.conftest import World, ids_of, words_of


def maya(world: World) -> Person:
    return Person("discord", "", str(world.maya.id))


def hello(key: str = "0123456789abcdef0123") -> Hello:
    return Hello(key, "Maya", ())


# ------------------------------------------------------------------ every message can be found again


@pytest.mark.parametrize("kind", Kind)
async def test_every_message_can_be_found_again(world: World, kind: Kind) -> None:
    await SCENES[kind](world)
    sent = await deliveries(world, kind)
    assert len(sent) == (2 if kind is Kind.POST else 1)

    await world.restart()

    for delivery in sent:
        assert await world.bot.find(delivery.id, delivery.to, delivery.due_at - timedelta(minutes=5)) == delivery.post


async def test_what_was_never_sent_is_not_found(world: World) -> None:
    await prompted(world)

    assert await world.bot.find("fedcba98765432100123", maya(world), world.now - timedelta(days=9)) is None


async def test_somebody_elses_file_of_the_same_name_is_no_delivery(world: World) -> None:
    await world.begin()
    await world.jonas.send(world.channel, "look", attachments=[("week-0123456789abcdef0123.png", b"x")])
    space = Space("discord", str(world.guild.id), str(world.channel.id))

    assert await world.bot.find("0123456789abcdef0123", space, world.now - timedelta(days=1)) is None


async def test_a_history_that_cannot_be_read_is_no_answer(world: World) -> None:
    await world.begin()
    world.env.inject_error("GET", MESSAGES, status=403, code=50001)

    assert isinstance(await world.bot.find("0123456789abcdef0123", maya(world), world.now), CannotTell)


# ------------------------------------------------------------------ sending


async def test_each_delivery_is_sent_with_its_id_as_nonce(world: World) -> None:
    await posted(world)

    posts = [r for r in world.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    bodies = [request.json or {} for request in posts]
    sent = {body["nonce"]: body for body in bodies if body.get("nonce") and body.get("enforce_nonce")}
    ids = {delivery.id for delivery in await deliveries(world)}
    assert ids == set(sent)
    assert all(len(key) <= 25 for key in ids)


async def test_a_delivery_arrives_and_says_where(world: World) -> None:
    outcome = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())

    assert isinstance(outcome, Sent)
    assert outcome.post
    assert outcome.post.id == str(world.dm.id)
    assert "Hello Maya" in words_of(world.dm)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, 50007, Unreachable),
        (403, 50278, Unreachable),
        (404, 10003, Unreachable),
        (403, 50001, Unreachable),
        (403, 50013, Unreachable),
        (404, 10004, Unreachable),
        (404, 10008, Sent),
        (404, 10013, Unreachable),
        (403, 40003, Later),
        (429, 0, Later),
        (429, 20028, Later),
        (401, 0, Later),
        (403, 0, Later),
        (408, 0, Unknown),
        (500, 0, Unknown),
        (502, 0, Unknown),
        (503, 0, Unknown),
        (504, 0, Unknown),
    ],
)
async def test_what_discord_answers_decides_what_becomes_of_a_delivery(
    world: World, status: int, code: int, kind: type[Outcome]
) -> None:
    world.env.inject_error("POST", MESSAGES, status=status, code=code)

    assert isinstance(await world.bot.deliver("0123456789abcdef0123", maya(world), hello()), kind)
    assert not world.dms


@pytest.mark.parametrize(
    ("status", "code", "cause"),
    [
        (403, 50007, Cause.CLOSED),
        (403, 50278, Cause.CLOSED),
        (404, 10013, Cause.CLOSED),
        (404, 10003, Cause.LOST),
        (404, 10004, Cause.LOST),
        (403, 50001, Cause.LOST),
        (403, 50013, Cause.LOST),
    ],
)
async def test_what_stands_in_the_way_is_a_person_who_is_closed_or_a_channel_that_is_lost(
    world: World, status: int, code: int, cause: Cause
) -> None:
    world.env.inject_error("POST", MESSAGES, status=status, code=code)

    outcome = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())

    assert isinstance(outcome, Unreachable)
    assert outcome.cause is cause


async def test_a_refusal_that_nobody_foresaw_is_logged_and_ends_the_delivery(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", MESSAGES, status=400, code=50035)

    outcome = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())

    assert outcome == Unreachable("refused with 400 50035")
    assert "50035" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    "error",
    [ConnectionResetError("reset"), TimeoutError(), aiohttp.ServerDisconnectedError(), aiohttp.ClientError("lost")],
    ids=lambda error: type(error).__name__,
)
def test_a_lost_connection_leaves_it_unknown_whether_a_message_arrived(error: Exception) -> None:
    outcome = outcome_of(error)

    assert isinstance(outcome, Unknown)
    assert outcome.why


def test_a_rate_limit_says_how_long_to_wait() -> None:
    assert outcome_of(discord.RateLimited(2.5)) == Later(2.5)


def test_our_own_mistakes_are_no_outcome() -> None:
    with pytest.raises(KeyError):
        outcome_of(KeyError("ours"))


# ------------------------------------------------------------------ revising and taking down


async def test_a_standing_message_is_revised_and_taken_down(world: World) -> None:
    sent = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())
    assert isinstance(sent, Sent)
    assert sent.post

    revised = await world.bot.revise(sent.post, Hello("0123456789abcdef0123", "Ida", ((Ask.CHECKIN, world.now),)))
    assert revised == sent
    assert "Hello Ida" in words_of(world.dm)

    assert await world.bot.retract(sent.post) == sent
    assert not world.dms


async def test_a_message_that_is_gone_counts_as_taken_down_and_cannot_be_revised(world: World) -> None:
    sent = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())
    assert isinstance(sent, Sent)
    assert sent.post
    await world.bot.retract(sent.post)

    assert await world.bot.retract(sent.post) == sent
    outcome = await world.bot.revise(sent.post, hello())
    assert isinstance(outcome, Unreachable)
    assert outcome.gone


async def test_taking_down_tells_when_discord_does_not_answer(world: World) -> None:
    sent = await world.bot.deliver("0123456789abcdef0123", maya(world), hello())
    assert isinstance(sent, Sent)
    assert sent.post
    world.env.inject_error("DELETE", "/channels/*/messages/*", status=503)

    assert isinstance(await world.bot.retract(sent.post), Unknown)
    assert len(world.dms) == 1


# ------------------------------------------------------------------ people


async def test_reactions_are_read_by_person_without_the_bots(world: World) -> None:
    await posted(world)
    post = world.posts()[0]
    await world.jonas.react(post, "🎉")
    await world.aisha.react(post, "🎉")
    await post.add_reaction("❤️")
    place = Post("discord", str(world.guild.id), str(world.channel.id), str(post.id))

    found = await world.bot.reactions(place)

    assert found is not None
    assert {(name, emoji) for _, name, emoji in found} == {("Jonas", "🎉"), ("Aisha", "🎉")}
    world.env.inject_error("GET", "/channels/*/messages/*", status=500)
    assert await world.bot.reactions(place) is None


async def test_a_profile_is_a_name_and_nothing_for_somebody_unknown(world: World) -> None:
    profile = await world.bot.profile(maya(world))

    assert profile is not None
    assert (profile.name, profile.zone) == ("Maya", "")
    assert await world.bot.profile(Person("discord", "", "1")) is None


# ------------------------------------------------------------------ no mentions, no memory, no harm


async def test_no_request_lets_a_mention_through(world: World) -> None:
    await prompted(world)
    await world.answer(mood="4", done="@everyone <@&1> look")
    await world.press(world.prompt("share"), "share")
    await world.until(4, 18)
    await world.maya.slash(world.channel, "week preview")
    await world.press(world.dm, "choose")
    await world.press(world.prompt("post"), "post")
    await world.submit(await world.press(world.posts()[0], "cheer", by=world.aisha), {"words": "@here"}, by=world.aisha)
    await world.until(5, 9)

    bodies = [(r.method, r.path, said) for r in world.env.http_requests if (said := _said(r))]
    assert len(bodies) >= 15
    for method, path, body in bodies:
        assert body.get("allowed_mentions", {}).get("parse") == [], (method, path, body)


def _said(request: Any) -> dict[str, Any] | None:
    """What a request makes a message say, if it does."""
    body = request.json if isinstance(request.json, dict) else {}
    if request.path.endswith("/callback"):
        body = body.get("data") or {}
    return body if "components" in body and "title" not in body and "custom_id" not in body else None


async def test_no_view_and_no_form_stays_in_memory(world: World) -> None:
    await prompted(world)
    before = _views()
    for _ in range(25):
        await world.press(world.prompt(), "later")
        await world.press(world.prompt(), "answer")
        await world.maya.slash(world.channel, "rhythm show")

    # discord.py shows only persistent views to its users; what grows with every message is told by its store alone.
    store = world.bot._connection._view_store
    assert not world.bot.persistent_views
    assert not store._views
    assert not store._modals
    assert not store._synced_message_views
    assert len(_views()) <= len(before)


def _views() -> list[object]:
    gc.collect()
    return [kept for kept in gc.get_objects() if isinstance(kept, discord.ui.LayoutView | discord.ui.Modal)]


async def test_ten_new_sessions_change_nothing(world: World) -> None:
    await noted(world)
    before, shown = await _forged.rows(world), [words_of(message) for message in world.dms]

    for _ in range(10):
        await world.bot.on_ready()

    assert await _forged.rows(world) == before
    assert [words_of(message) for message in world.dms] == shown


async def test_a_new_session_reads_the_reactions_that_were_missed(world: World) -> None:
    await posted(world)
    post = world.posts()[0]
    await world.jonas.react(post, "🎉")
    async with world.app.db.writing() as tx:
        await tx.run("DELETE FROM reactions")

    await missed.catch_up(world.app)

    assert len((await _forged.rows(world))["reactions"]) == 1


async def test_old_buttons_still_work_after_a_restart(world: World) -> None:
    await noted(world)
    await world.until(5, 17, 30)
    await world.restart()

    for message in [*world.dms, *world.posts()]:
        for verb, custom_id in ids_of(message).items():
            if verb in ("erase", "takedown", "post"):
                continue
            result = await _forged.press(world, world.maya.user, custom_id)
            assert "another version" not in _forged.told(result), custom_id
            assert "no longer here" not in _forged.told(result), custom_id
