"""Nobody can act for another: forged presses, forms and commands are refused in words, and nothing is changed."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import Any

import pytest

from cogs._forms import FORMS
from cogs._press import PRESSES, REFS
from tests.cogs import _forged
from tests.cogs._lived import lived
from tests.cogs._verbs import (
    CHECKIN,
    FOR_ALL,
    FORMS_FOR_ALL,
    OF_WHO_PRESSES,
    OWN_FORMS,
    OWN_PRESSES,
    PAGES,
    WORDS,
    values_for,
)
from tests.cogs.conftest import World, said, words_of


async def test_every_verb_says_who_may_use_it(world: World) -> None:
    assert world.bot.cogs
    assert set(OWN_PRESSES) | set(FOR_ALL) | set(PAGES) == set(PRESSES)
    assert set(OWN_FORMS) | FORMS_FOR_ALL == set(FORMS)
    assert set(PRESSES) | set(FORMS) == set(REFS)


async def test_a_forged_press_is_refused_in_words_and_changes_nothing(world: World) -> None:
    refs = await lived(world)
    before, shown = await _forged.rows(world), [words_of(message) for message in world.dms]

    for friend, verb in itertools.product((world.jonas, world.aisha), OWN_PRESSES):
        custom_id = f"{verb}:{OWN_PRESSES[verb].format(**asdict(refs))}"
        result = await _forged.press(world, friend, custom_id, values_for(verb, refs))

        refused(result, f"{verb} by {friend.name}", seeker=friend is world.aisha)
        assert await _forged.rows(world) == before, verb
    assert [words_of(message) for message in world.dms] == shown


async def test_the_same_presses_by_their_owner_do_something(world: World) -> None:
    refs = await lived(world)
    told = []
    for verb in OWN_PRESSES:
        if verb in ("erase", "forget"):
            continue
        custom_id = f"{verb}:{OWN_PRESSES[verb].format(**asdict(refs))}"
        result = await _forged.press(world, world.maya.user, custom_id, values_for(verb, refs))
        told.append(_forged.told(result))
    assert not [words for words in told if "somebody else" in words or "another version" in words]


async def test_a_forged_form_is_refused_in_words_and_changes_nothing_of_its_owner(world: World) -> None:
    refs = await lived(world)
    held = set((await _forged.rows(world))["held"])
    before, shown = await _forged.rows(world, "held", "people"), [words_of(message) for message in world.dms]

    for friend, verb in itertools.product((world.jonas, world.aisha), OWN_FORMS):
        custom_id = f"{verb}:{OWN_FORMS[verb].format(**asdict(refs))}"
        result = await _forged.submit(world, friend, custom_id, WORDS[verb])

        refused(result, f"{verb} by {friend.name}", seeker=friend is world.aisha)
        assert await _forged.rows(world, "held", "people") == before, verb
        assert held <= set((await _forged.rows(world))["held"]), verb
    assert [words_of(message) for message in world.dms] == shown


def refused(result: Any, about: str, *, seeker: bool) -> None:
    words = _forged.told(result)
    assert result.modal is None, about
    assert "somebody else" in words or (not seeker and "not started" in words), f"{about}: {words!r}"
    assert all(answer.ephemeral for answer in _forged.answers(result)), about


async def test_what_is_for_all_shows_friends_only_what_stands_in_the_channel(world: World) -> None:
    refs = await lived(world)
    before = await _forged.rows(world, *OF_WHO_PRESSES)

    for verb, ref in FOR_ALL.items():
        result = await _forged.press(world, world.jonas, f"{verb}:{ref.format(post=refs.post)}")

        shown = _forged.answers(result)
        assert result.modal or (shown and all(answer.ephemeral for answer in shown)), verb
        assert "A thought in between" not in _forged.told(result)
        assert "A plain answer" not in _forged.told(result)
        assert await _forged.rows(world, *OF_WHO_PRESSES) == before, verb


async def test_what_a_friend_says_is_kept_as_theirs_alone(world: World) -> None:
    refs = await lived(world)
    mine = ("words", "notes", "deliveries")
    before = await _forged.rows(world, *mine)

    await _forged.submit(world, world.jonas, f"said:{refs.post}", {"words": "Well walked"})

    assert await _forged.rows(world, *mine) == before
    assert "Well walked" in str((await _forged.rows(world))["words"])


@pytest.mark.parametrize(
    ("custom_id", "words"), [("checkedin:checkin", CHECKIN), ("reflected:looking-back", {"energy": "Forged"})]
)
async def test_a_friends_own_form_keeps_something_of_theirs_alone(
    world: World, custom_id: str, words: dict[str, str]
) -> None:
    await lived(world)
    before = await _forged.rows(world, "entries")

    await _forged.submit(world, world.aisha, custom_id, words)

    after = await _forged.rows(world)
    assert {table: found for table, found in after.items() if table != "entries"} == before
    aisha = next(row[0] for row in after["people"] if "Aisha" in row)
    assert [row[1] for row in after["entries"] if "Forged" in str(row)] == [aisha]


GARBAGE = ("nope", "999", "1.2.3.4", "1.energy.x", "-1", "../..", "٣", "9" * 40, "", "a b")


async def test_a_garbled_ref_is_told_in_words_and_changes_nothing(world: World) -> None:
    await lived(world)
    before = await _forged.rows(world)

    for verb in PRESSES:
        for ref in GARBAGE:
            if verb in PAGES and ref == "999":
                continue  # a page like any other: the last
            values = ["999", "x"] if verb == "chosen" else None
            told_in_words(await _forged.press(world, world.maya.user, f"{verb}:{ref}", values), f"{verb}:{ref}")
        assert await _forged.rows(world) == before, verb


async def test_a_garbled_form_is_told_in_words_and_changes_nothing(world: World) -> None:
    await lived(world)
    before = await _forged.rows(world, "held")

    for verb in FORMS:
        for ref in GARBAGE:
            told_in_words(await _forged.submit(world, world.maya.user, f"{verb}:{ref}", WORDS[verb]), f"{verb}:{ref}")
        assert await _forged.rows(world, "held") == before, verb


def told_in_words(result: Any, about: str) -> None:
    words = _forged.told(result)
    assert words, about
    assert "went wrong" not in words, about


@pytest.mark.parametrize("custom_id", ["juggle:5", "answered:5", "answer", ":", "POST:1", "🎉", "post:1:2", "x" * 100])
async def test_a_button_of_another_version_gets_words(world: World, custom_id: str) -> None:
    await world.begin()

    pressed = await _forged.press(world, world.maya, custom_id)
    sent = await _forged.submit(world, world.maya, f"{custom_id}:1", {"words": "Hello"})

    assert "another version" in _forged.told(pressed)
    assert all(answer.ephemeral for answer in _forged.answers(pressed))
    assert "another version" in _forged.told(sent)


async def test_words_that_wait_open_only_what_they_wait_for(world: World) -> None:
    refs = await lived(world)
    before = await _forged.rows(world)

    again = await _forged.press(world, world.maya.user, f"tryagain:{refs.stray}")
    note = await _forged.press(world, world.maya.user, f"keepnote:{refs.refused}")

    told_in_words(again, "try again with a stray message")
    told_in_words(note, "a note of a refused form")
    assert await _forged.rows(world) == before


@pytest.mark.parametrize("name", ["circle setup", "circle remove", "circle move"])
async def test_a_member_who_may_not_manage_the_server_cannot_touch_circles(world: World, name: str) -> None:
    await world.begin(circle=name != "circle setup")
    if name != "circle setup":
        assert len((await _forged.rows(world))["circles"]) == 1
    before = await _forged.rows(world)
    standing = [words_of(message) for message in world.channel.history()]

    to = {"to": world.guild.create_text_channel("elsewhere")} if name == "circle move" else {}
    result = await _forged.command(world, world.jonas, name, channel=world.channel, **to)

    assert "Manage Server" in said(result)
    assert result.ephemeral
    assert await _forged.rows(world) == before
    assert [words_of(message) for message in world.channel.history()] == standing


async def test_forged_presses_are_refused_after_a_restart_too(world: World) -> None:
    refs = await lived(world)
    await world.restart()
    before = await _forged.rows(world)

    result = await _forged.press(world, world.aisha, f"takedown:{refs.week}")

    refused(result, "takedown", seeker=True)
    assert await _forged.rows(world) == before
    assert len(world.posts()) == 1
