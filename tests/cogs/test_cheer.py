"""Cheering somebody on, through the real bot: the button under a post, and whatever is written."""

from __future__ import annotations

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import text as texts
from bot.core.cheer import Cheered, Given, Wish
from bot.core.circle import Cheer, Note
from bot.usecases import cheer
from cogs import _cheer, _render
from tests.cogs import _forged, _made
from tests.cogs._cheer import answer, cheer_on, give, many
from tests.cogs._made import KEY, MONDAY, check_limits, text_of
from tests.cogs._week import everything, next_morning, posted
from tests.cogs.conftest import World, ids_of, labels_of, said

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


# ------------------------------------------------------------------ nothing over the limits

emojis = st.sampled_from(["", "🎉", "👩‍👩‍👧‍👦", f"<:{'e' * 32}:{'1' * 21}>"])
wishes = st.builds(Wish, emojis, st.one_of(st.just(""), _made.words()), st.booleans())
givens = st.builds(Given, st.integers(1, 10**17), st.just(1), _made.names, wishes, st.sampled_from([None, 1]))


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
    fields = _cheer.fields(name, wish, words)
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
