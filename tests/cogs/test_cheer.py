"""Cheering somebody on: the button, the command, changes, taking it back, and when it comes; through the real bot."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import text as texts
from bot.core.cheer import Cheered, Given, Wish
from bot.core.circle import Cheer, Note
from bot.usecases import cheer
from cogs import _cheer, _render
from tests.cogs import _forged, _made
from tests.cogs._made import KEY, MONDAY, check_limits, text_of
from tests.cogs._week import draft_of, everything, next_morning, notes, posted, written
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


async def give(world: World, post: discord.Message, *, by: Any = None, **values: str) -> Any:
    """A friend, Jonas unless said, presses *Cheer* and sends the form; what they are answered."""
    actor = by or world.jonas
    return await world.submit(await world.press(post, "cheer", by=actor), values, by=actor)


async def cheer_on(world: World, who: str, *, by: Any = None, **values: str) -> Any:
    """A friend, Jonas unless said, uses /cheer and sends the form."""
    actor = by or world.jonas
    shown = await actor.slash(world.channel, "cheer", who=who)
    assert shown.modal, said(shown)
    return await world.submit(shown, values, by=actor)


def answer(result: Any) -> Any:
    """The message that somebody was answered with."""
    return _forged.answers(result)[-1]


# ------------------------------------------------------------------ under a post


async def test_an_emoji_alone_is_plenty(world: World) -> None:
    post = await posted(world)

    result = await give(world, post, emoji="👏")

    assert answer(result).ephemeral
    assert "I will carry it to Maya. Thank you." in said(result)
    assert labels_of(answer(result).message)[:2] == ["Change", "Take back"]
    told = await next_morning(world)
    assert "**Jonas** 👏" in told
    assert "wrote" not in told


async def test_an_emoji_of_ones_own_a_line_and_a_reaction_are_told_together(world: World) -> None:
    post = await posted(world)
    await world.jonas.react(post, "❤️")
    await give(world, post, own="🦊", words="So good to read")
    await give(world, post, emoji="🌱")

    told = await next_morning(world)

    assert "**Jonas** ❤️ 🦊 🌱\n**Jonas** wrote: So good to read" in told


async def test_a_custom_emoji_of_the_server_is_told_as_it_looks(world: World) -> None:
    post = await posted(world)
    emoji = world.guild.create_emoji("wave", animated=True)

    await give(world, post, own=f"<a:wave:{emoji.id}>")

    assert f"**Jonas** <:wave:{emoji.id}>" in await next_morning(world)


@pytest.mark.parametrize("typed", ["hello", "🎉🎉", "@everyone", "<@1>", "🎉" + "\u0301" * 30, "👍 ok"])
async def test_what_is_no_emoji_is_told_and_the_line_is_kept_to_try_again(world: World, typed: str) -> None:
    post = await posted(world)

    result = await give(world, post, own=typed, words="A long line that took a while")

    assert "put one emoji and nothing else" in said(result)
    assert (await everything(world))["words"] == []
    again = await world.press(answer(result), "tryagain", by=world.jonas)
    await world.submit(again, {"own": "👍"}, by=world.jonas)
    told = await next_morning(world)
    assert "**Jonas** 👍" in told
    assert "A long line that took a while" in told


@pytest.mark.parametrize("emoji", ["👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "👍🏽", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☀️", "❤"])
def test_every_kind_of_emoji_is_one(emoji: str) -> None:
    assert texts.clean(_cheer.own_emoji(f" {emoji} ")) == texts.clean(emoji)


async def test_who_is_not_to_be_named_in_the_circle_is_named_to_the_seeker(world: World) -> None:
    post = await posted(world)

    result = await give(world, post, words="Proud of you", known="unnamed")

    assert "Not to be named in the circle." in said(result)
    told = await next_morning(world)
    assert "**Jonas** wrote: Proud of you" in told
    assert "Jonas would rather not be named in the circle." in told


async def test_the_button_of_older_posts_opens_the_same_form(world: World) -> None:
    post = await posted(world)
    await world.restart()

    shown = await _forged.press(world, world.jonas, ids_of(post)["cheer"].replace("cheer", "say"))
    assert shown.modal["title"] == "To Maya"
    await world.submit(shown, {"words": "Still here"}, by=world.jonas)

    assert "**Jonas** wrote: Still here" in await next_morning(world)


async def test_two_friends_with_the_form_open_at_once_are_both_heard(world: World) -> None:
    post = await posted(world)
    forms = {friend: await world.press(post, "cheer", by=friend) for friend in (world.jonas, world.aisha)}

    for friend, shown in forms.items():
        await world.submit(shown, {"words": f"From {friend.name}"}, by=friend)

    told = await next_morning(world)
    assert "**Jonas** wrote: From jonas" in told
    assert "**Aisha** wrote: From aisha" in told


async def test_a_friend_who_left_the_server_is_still_heard(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="On my way, and proud")
    world.env.backend.remove_member(world.guild.id, world.jonas.id)
    await world.env.settle()

    assert "**Jonas** wrote: On my way, and proud" in await next_morning(world)


async def test_a_post_that_a_moderator_deleted_leaves_its_cheers_and_another_way(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="Before it went")
    pressed = ids_of(post)["cheer"]
    world.env.backend.delete_message(world.channel.id, post.id)
    await world.env.settle()

    assert "/cheer still reaches them" in _forged.told(await _forged.press(world, world.aisha, pressed))
    await cheer_on(world, "Maya", by=world.aisha, words="By name, then")
    told = await next_morning(world)
    assert "Before it went" in told
    assert "By name, then" in told


async def test_a_renamed_channel_changes_nothing_about_cheers(world: World) -> None:
    post = await posted(world)
    world.env.backend.edit_channel(world.channel.id, {"name": "on-the-road"})
    await world.env.settle()

    await give(world, post, emoji="🍀")
    await cheer_on(world, "Maya", by=world.aisha, emoji="🎉")

    told = await next_morning(world)
    assert "**Jonas** 🍀" in told
    assert "**Aisha** 🎉" in told


async def test_in_a_circle_that_was_undone_the_post_still_takes_cheers_and_nobody_is_found_by_name(
    world: World,
) -> None:
    post = await posted(world)
    await world.sam.slash(world.channel, "circle remove", channel=world.channel)

    await give(world, post, words="Wherever you post next")

    assert "I don't know whom you mean" in said(await world.aisha.slash(world.channel, "cheer", who="Maya"))
    assert "Wherever you post next" in await next_morning(world)


async def test_a_channel_that_was_removed_takes_no_cheers_with_it(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="Before the channel went")

    world.env.backend.delete_channel(world.channel.id)
    await world.env.settle()

    assert "Before the channel went" in await next_morning(world)


# ------------------------------------------------------------------ by name


async def test_cheer_reaches_somebody_before_any_post_and_after_a_restart(world: World) -> None:
    await world.begin()
    [maya] = await world.jonas.autocomplete(world.channel, "cheer", "who", "ma")
    assert maya["name"] == "Maya"
    shown = await world.jonas.slash(world.channel, "cheer", who=maya["value"])
    assert shown.modal is not None
    assert shown.modal["title"] == "To Maya"
    await world.restart()

    result = await world.submit(shown, {"emoji": "☀️", "words": "Thinking of you"}, by=world.jonas)

    assert "I will carry it to Maya" in said(result)
    told = await next_morning(world)
    assert "**Jonas** ☀️" in told
    assert "About your week of 29 December – 4 January" in told


async def test_a_cheer_by_name_belongs_to_the_newest_post(world: World) -> None:
    await posted(world)
    await world.until(7, 12)
    await cheer_on(world, "Maya", emoji="🎉")

    await world.until(12, 9)

    assert "About your week of 29 December – 4 January" in words_of(notes(world)[0])


async def test_without_a_name_the_command_shows_what_was_given_and_whom_to_cheer_on(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="A first line")
    await give(world, post, by=world.aisha, words="Of somebody else")
    await world.aisha.slash(world.channel, "start", zone="Europe/Berlin")

    result = await world.jonas.slash(world.channel, "cheer")

    assert "**To Maya** · on its way\nA first line" in said(result)
    assert "Of somebody else" not in said(result)
    shown = answer(result).message
    assert labels_of(shown) == ["Change", "Take back", "Aisha", "Maya"]
    form = await world.press(shown, "cheeron", by=world.jonas)
    assert form.modal["title"] == "To Maya"
    await world.submit(form, {"words": "By button"}, by=world.jonas)
    assert "By button" in await next_morning(world)


async def test_a_cheer_that_was_told_is_found_again_and_taken_back_long_after(world: World) -> None:
    await give(world, await posted(world), words="A slip")
    await give(world, world.posts()[0], words="Meant so")
    assert "A slip" in await next_morning(world)

    shown = answer(await world.jonas.slash(world.channel, "cheer"))

    assert "**To Maya** · told\nA slip" in words_of(shown.message)
    await _forged.press(world, world.jonas, "uncheer:1")
    assert "A slip" not in words_of(notes(world)[0])
    assert "A slip" not in said(await world.jonas.slash(world.channel, "cheer"))


async def test_nobody_cheers_themselves_on(world: World) -> None:
    await world.begin()

    assert await world.maya.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.maya.slash(world.channel, "cheer", who="Maya"))
    assert "Nobody here can be cheered on" in said(await world.maya.slash(world.channel, "cheer"))


async def test_who_cannot_see_the_circles_channel_learns_of_nobody(world: World) -> None:
    closed, open_ = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    friends = {world.guild.me: open_, world.aisha: open_, world.sam: open_, world.maya: open_}
    inner = world.guild.create_text_channel("inner", overwrites={world.guild.default_role: closed, **friends})
    await world.sam.slash(world.channel, "circle setup", channel=inner)
    await world.maya.slash(world.channel, "start", zone="Europe/Berlin")
    await world.jonas.send(world.channel, "Who is around?")

    assert [one["name"] for one in await world.aisha.autocomplete(world.channel, "cheer", "who", "")] == ["Maya"]
    assert await world.jonas.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.jonas.slash(world.channel, "cheer", who="1"))
    assert "Maya" not in said(await world.jonas.slash(world.channel, "cheer"))
    forged = await _forged.submit(world, world.jonas, "cheered:1", {"words": "Forged"})
    assert "I don't know whom you mean" in said(forged)
    assert (await everything(world))["words"] == []


async def test_somebody_of_another_server_is_nobody_here(world: World) -> None:
    await world.begin()
    elsewhere = world.env.create_guild("Elsewhere", owner=world.env.create_user("zoe"))
    lobby = elsewhere.create_text_channel("lobby")
    lena = elsewhere.add_member(world.env.create_user("lena"))

    assert await lena.autocomplete(lobby, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await lena.slash(lobby, "cheer", who="1"))


async def test_who_has_left_cannot_be_cheered_on_by_name(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")

    assert await world.jonas.autocomplete(world.channel, "cheer", "who", "") == []
    assert "I don't know whom you mean" in said(await world.jonas.slash(world.channel, "cheer", who="Maya"))


# ------------------------------------------------------------------ changed, taken back


async def test_a_cheer_is_changed_before_it_is_told(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, own="🦊", words="Prod of you", known="unnamed"))
    await world.restart()

    shown = await world.press(given, "recheer", by=world.jonas)
    values = [label["component"].get("value") for label in shown.modal["components"]]
    assert values[1:3] == ["🦊", "Prod of you"]
    changed = await world.submit(shown, {"words": "Proud of you", "known": "named"}, by=world.jonas)

    assert "Proud of you" in said(changed)
    told = await next_morning(world)
    assert "**Jonas** 🦊\n**Jonas** wrote: Proud of you" in told
    assert "Prod" not in told
    assert "not be named" not in told


async def test_a_cheer_that_was_told_is_changed_and_taken_back_in_the_note(world: World) -> None:
    post = await posted(world)
    await world.aisha.react(post, "❤️")
    given = answer(await give(world, post, words="Prod of you"))
    assert "Prod of you" in await next_morning(world)

    shown = await world.press(given, "recheer", by=world.jonas)
    changed = await world.submit(shown, {"words": "Proud of you"}, by=world.jonas)
    assert "has it in a note already" in words_of(answer_after(changed, given))
    assert "Proud of you" in words_of(notes(world)[0])

    gone = await world.press(answer_after(changed, given), "uncheer", by=world.jonas)
    assert "Taken back: your cheer for Maya is gone, also from the note that told it." in words_of(
        answer_after(gone, given)
    )
    [note] = notes(world)
    assert "Jonas" not in words_of(note)
    assert "**Aisha** ❤️" in words_of(note)


def answer_after(result: Any, given: Any) -> discord.Message:
    """What the message that was pressed says now."""
    return result.message if getattr(result, "message", None) else given.message


async def test_the_only_cheer_of_a_note_taken_back_takes_the_note_with_it(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="A slip"))
    await next_morning(world)

    await world.press(given, "uncheer", by=world.jonas)

    assert notes(world) == []
    assert (await everything(world))["words"] == []


async def test_a_cheer_taken_back_before_it_is_told_is_simply_gone(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="A slip"))

    await world.press(given, "uncheer", by=world.jonas)

    assert (await everything(world))["words"] == []
    await world.until(5, 9)
    assert notes(world) == []
    again = await _forged.press(world, world.jonas, "uncheer:1")
    assert "taken back already" in said(again)


async def test_a_change_to_nothing_is_refused_and_changes_nothing(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="Well done"))

    shown = await world.press(given, "recheer", by=world.jonas)
    result = await world.submit(shown, {"words": " "}, by=world.jonas)

    assert "There was nothing in that yet." in _forged.told(result)
    assert "Well done" in await next_morning(world)


async def test_nobody_changes_or_takes_back_anothers_cheer(world: World) -> None:
    post = await posted(world)
    given = answer(await give(world, post, words="Mine"))
    ids = ids_of(given.message)

    for verb in ("recheer", "uncheer"):
        refused = await _forged.press(world, world.aisha, ids[verb])
        assert "That cheer is somebody else's." in said(refused)
        assert refused.modal is None
    form = ids["recheer"].replace("recheer", "recheered")
    assert "somebody else's" in said(await _forged.submit(world, world.aisha, form, {"words": "Forged"}))
    assert "**Jonas** wrote: Mine" in await next_morning(world)


# ------------------------------------------------------------------ when it comes


async def test_each_morning(world: World) -> None:
    post = await posted(world)
    shown = await world.maya.slash(world.channel, "rhythm friends", cheers="daily")
    assert "cheers come each morning, ideas and offers at once" in said(shown)
    await world.until(6, 12)
    await give(world, post, words="On Tuesday")

    await world.until(7, 8, 59)
    assert notes(world) == []
    await world.until(7, 9)
    assert "On Tuesday" in words_of(notes(world)[0])


async def test_at_once_several_within_a_minute_are_one_note_outside_the_quiet_hours(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")
    await world.until(6, 12)
    await give(world, post, words="One")
    await world.wait(seconds=40)
    await world.aisha.react(post, "🎉")
    assert notes(world) == []
    await world.wait(seconds=20)
    assert "One" in words_of(notes(world)[0])
    assert "**Aisha** 🎉" in words_of(notes(world)[0])

    await world.until(6, 23)
    await give(world, post, words="At night")
    await world.until(7, 7, 59)
    assert len(notes(world)) == 1
    await world.until(7, 8)
    assert "At night" in words_of(notes(world)[1])


async def test_another_choice_moves_what_waits_sooner_and_later(world: World) -> None:
    post = await posted(world)
    await world.until(6, 12)
    await give(world, post, words="Waiting")
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")
    await world.maya.slash(world.channel, "rhythm friends", cheers="weekly")
    await world.until(11, 23)
    assert notes(world) == []
    await world.maya.slash(world.channel, "rhythm friends", cheers="at once")

    await world.until(12, 8)

    assert "Waiting" in words_of(notes(world)[0])
    await world.until(13, 9)
    assert len(notes(world)) == 1


async def test_without_a_choice_it_tells_what_holds_now(world: World) -> None:
    await world.begin()
    shown = said(await world.maya.slash(world.channel, "rhythm friends"))
    assert "cheers come on Monday mornings, ideas and offers at once" in shown
    assert "Changed" not in shown
    shown = said(await world.maya.slash(world.channel, "rhythm friends", ideas="with cheers"))
    assert "cheers, ideas and offers come on Monday mornings" in shown
    assert "cheers, ideas and offers come on Monday mornings" in said(
        await world.maya.slash(world.channel, "rhythm show")
    )


async def test_a_pause_holds_the_note_until_it_ends(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="For later")
    await world.maya.slash(world.channel, "rhythm pause", until="2026-01-08")
    await world.until(5, 9)
    await world.until(8, 9)
    assert notes(world) == []

    await world.until(12, 9)

    assert "For later" in words_of(notes(world)[0])


async def test_a_pause_without_an_end_holds_the_note_until_it_is_resumed(world: World) -> None:
    post = await posted(world)
    await give(world, post, words="Before")
    await world.maya.slash(world.channel, "rhythm pause")
    await world.aisha.react(post, "❤️")
    for day in (5, 6, 12, 13):
        await world.until(day, 9)
    await give(world, post, words="Meanwhile")
    assert notes(world) == []

    await world.maya.slash(world.channel, "rhythm resume")
    await world.until(19, 9)

    [note] = notes(world)
    assert all(words in words_of(note) for words in ("Before", "Meanwhile", "**Aisha** ❤️"))


async def test_what_came_in_a_pause_alone_is_told_after_it(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "rhythm pause")
    await give(world, post, words="Meanwhile")
    await world.maya.slash(world.channel, "rhythm resume")

    assert "Meanwhile" in await next_morning(world)


async def test_a_friend_is_not_told_whether_the_seeker_pauses(world: World) -> None:
    post = await posted(world)
    before = said(await give(world, post, emoji="🎉"))
    await world.maya.slash(world.channel, "rhythm pause")

    assert said(await give(world, post, emoji="🎉")) == before


async def test_a_draft_of_nobody_is_no_place_to_cheer(world: World) -> None:
    await written(world)

    forged = await _forged.press(world, world.jonas, f"cheer:{ids_of(draft_of(world))['post'].partition(':')[2]}")

    assert "taken down" in said(forged) or "another version" in said(forged)
    assert not forged.modal


# ------------------------------------------------------------------ nothing over the limits

emojis = st.sampled_from(["", "🎉", "👩‍👩‍👧‍👦", f"<:{'e' * 32}:{'1' * 21}>"])
wishes = st.builds(Wish, emojis, st.one_of(st.just(""), _made.words()), st.booleans())
givens = st.builds(
    Given, st.integers(1, 10**17), st.just(2), st.just(1), _made.names, wishes, st.sampled_from([None, 1])
)


@many
@given(givens)
def test_what_was_given_fits_and_is_shown_whole(given: Given) -> None:
    view = _cheer.given(given)

    check_limits(view)
    check_limits(_cheer.taken_back(given))
    assert _made.holds(text_of(view), given.wish.text)


@many
@given(
    st.lists(givens, max_size=cheer.MOST),
    st.lists(st.builds(Cheered, st.integers(1, 10**17), st.one_of(_made.names, st.text(max_size=100))), max_size=40),
)
def test_what_was_given_and_whoever_is_around_fit(mine: list[Given], around: list[Cheered]) -> None:
    check_limits(_cheer.overview(mine, around))


@many
@given(_made.names, wishes, st.fixed_dictionaries({}, optional={"own": st.text(), "words": st.text(max_size=5000)}))
def test_the_form_takes_any_name_and_words(name: str, wish: Wish, words: dict[str, str]) -> None:
    fields = _cheer.fields(f"To {name}", wish, words)
    title = texts.shorten(fields.title, 45)
    modal = discord.ui.Modal(title=title, custom_id="cheered:1")
    for label in fields.labels:
        modal.add_item(label)

    _made.check_modal(modal.to_dict())


@many
@given(st.text(max_size=40))
def test_whatever_is_taken_for_an_emoji_is_short_and_harmless(typed: str) -> None:
    try:
        emoji = _cheer.own_emoji(typed)
    except _cheer.NoEmoji:
        return
    assert texts.length(emoji) <= 60
    assert "@" not in emoji


def test_a_friend_with_a_hundred_emoji_fits_into_a_note() -> None:
    own = tuple(f"<:{'e' * 30}{n}:{'1' * 20}>" for n in range(100))
    note = Note(KEY, (Cheer("J" * 60, own, unnamed=True),), MONDAY)

    check_limits(_render.note(note))
    pages = _render.whole_note(note)
    assert all(texts.length(page) <= 4000 for page in pages)
    assert sum(page.count("<:e") for page in pages) == 100
