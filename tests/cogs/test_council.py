"""A joint post on Discord: three drafts, one post, buttons that ask whom something is for, and several circles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import discord

from bot.usecases import council
from cogs._layout import when
from tests.cogs import _council, _forged
from tests.cogs._council import draft_of, joined, post, sitting
from tests.cogs._week import alt_of, picture_of
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


def options_of(message: discord.Message) -> dict[str, str]:
    """The names that a message's menu offers, and their values."""
    view = discord.ui.LayoutView.from_message(message)
    menus = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
    return {option.label: option.value for menu in menus for option in menu.options}


async def chosen(world: World, shown: Any, verb: str, name: str, by: Any) -> Any:
    """Pick a name in the menu that a press was answered with."""
    answer = _forged.answers(shown)[-1]
    menu = answer.message
    return await by.select(answer, [options_of(menu)[name]], custom_id=ids_of(menu)[verb])


async def test_the_drafts_say_when_and_the_post_has_a_section_and_a_picture_for_each(world: World) -> None:
    seekers = await sitting(world)
    before = words_of(draft_of(world.maya))
    assert "It goes to #maya-and-friends." in before
    assert "it goes out with the others" in before

    for who in seekers[:2]:
        await post(world, who, f"A line of {who.name}'s")
    assert world.posts() == []
    assert "Yours is in. It goes out in #maya-and-friends with the others" in words_of(draft_of(world.maya))

    await world.until(4, 19)
    [standing] = world.posts()
    await post(world, seekers[2], "A line of omar's")
    [standing] = world.posts()
    assert [f"A line of {name}'s" in words_of(standing) for name in ("maya", "aisha", "omar")] == [True] * 3
    assert labels_of(standing) == ["Cheer", "I have an idea", "I know someone"]
    assert len(picture_of(standing)) == 3
    assert all(name in alt_of(standing) for name in ("Maya", "Aisha", "Omar"))
    assert "Posted." in words_of(draft_of(world.maya))


async def test_a_press_asks_whom_it_is_for_and_opens_the_same_form(world: World) -> None:
    standing = await joined(world)

    shown = await world.press(standing, "cheerwhom", by=world.jonas)
    assert shown.response.ephemeral
    assert list(options_of(shown.response.message)) == ["Maya", "Aisha", "Omar"]
    form = await chosen(world, shown, "cheerto", "Aisha", world.jonas)
    given = await world.submit(form, {"words": "Well walked"}, by=world.jonas)

    assert "I will carry it to Aisha" in said(given)
    rows = await _forged.rows(world)
    assert "Well walked" in str(rows["words"])
    assert len(rows["words"]) == 1


async def test_ideas_and_offers_reach_the_one_who_was_chosen(world: World) -> None:
    standing = await joined(world)

    for verb, menu, more in (("ideawhom", "ideato", {}), ("offerwhom", "offerto", {"through": "yes"})):
        shown = await world.press(standing, verb, by=world.aisha)
        assert list(options_of(shown.response.message)) == ["Maya", "Omar"]
        form = await chosen(world, shown, menu, "Maya", world.aisha)
        await world.submit(form, {"what": "Ask Lena", **more}, by=world.aisha)
    await world.tick()

    told = [words_of(message) for message in world.dms[-2:]]
    assert ["Aisha has an idea for you" in told[0], "Aisha knows someone for you" in told[1]] == [True, True]


async def test_with_one_other_in_the_post_the_form_opens_at_once(world: World) -> None:
    maya, aisha, _ = await sitting(world)
    for who in (maya, aisha):
        await post(world, who)
    await world.until(4, 19)

    shown = await world.press(world.posts()[-1], "cheerwhom", by=world.aisha)

    assert shown.modal["title"] == "To Maya"


async def test_a_choice_taken_back_and_a_post_taken_down_are_told_in_words(world: World) -> None:
    standing = await joined(world)
    shown = await world.press(standing, "cheerwhom", by=world.jonas)
    menu = shown.response
    nothing = await world.jonas.select(menu, [], custom_id=ids_of(menu.message)["cheerto"])
    assert nothing.modal is None
    await world.press(draft_of(world.aisha), "takedown", by=world.aisha.user)
    late = await chosen(world, shown, "cheerto", "Aisha", world.jonas)
    assert "no longer in this post" in said(late)

    ids = ids_of(standing)
    await world.press(draft_of(world.maya), "takedown", by=world.maya.user)
    only = await _forged.press(world, world.jonas, ids["cheerwhom"])
    assert only.modal["title"] == "To Omar"
    await world.env.settle()
    assert "A line of maya's" not in words_of(world.posts()[-1])


async def test_a_shortened_week_is_read_whole_once_it_is_said_whose(world: World) -> None:
    seekers = await sitting(world)
    long = "One more step, and then another one. " * 25
    for who in seekers:
        words = {"energy": f"{long} Then {who.name} sang.", "drained": long, "surprise": long, "next": long}
        await _forged.submit(world, who.user, "reflected:looking-back", words)
        dms = who.user.dm_channel.history(viewer=who.user)
        await world.press(next(m for m in reversed(dms) if "share" in ids_of(m)), "share", by=who.user)
        await post(world, who)
    await world.until(4, 19)

    shown = await world.press(world.posts()[-1], "readwhom", by=world.jonas)
    told = await chosen(world, shown, "readof", "Aisha", world.jonas)

    assert "Then aisha sang." in said(told)
    assert "Then maya sang." not in said(told)
    assert all(answer.ephemeral for answer in told.followups)


async def test_one_quiet_message_invites_to_answer_others_and_can_be_ended(world: World) -> None:
    await joined(world, "Read my CV")
    await world.until(5, 9)
    [invited] = [m for m in world.aisha.user.dm_channel.history(viewer=world.aisha.user) if "uninvite" in ids_of(m)]
    assert "Read my CV" in words_of(invited)

    form = await world.press(invited, "ideawhom", by=world.aisha.user)
    assert form.modal["title"] == "For Maya"
    ended = await world.press(invited, "uninvite", by=world.aisha.user)
    assert "I won't" in said(ended)
    shown = await world.aisha.slash(world.channel, "rhythm show")
    assert "You don't hear what others in your circle ask for" in said(shown)


# ------------------------------------------------------------------ the circle's hour, and several circles


async def test_the_hour_is_shown_set_and_refused_in_words(world: World) -> None:
    await sitting(world)

    shown = await world.jonas.slash(world.channel, "circle hour")
    assert "on Sundays at 19:00 (Europe/Berlin)" in said(shown)
    refused = await world.jonas.slash(world.channel, "circle hour", day="Friday")
    assert "Nothing was changed" in said(refused)
    wrong = await world.maya.slash(world.channel, "circle hour", day="weekdays")
    assert "Name one day" in said(wrong)

    changed = await world.maya.slash(world.channel, "circle hour", day="Monday", time="8pm", zone="London")
    assert "on Mondays at 20:00 (Europe/London)" in said(changed)
    assert "with the others" in words_of(draft_of(world.aisha))

    later = await world.maya.slash(world.channel, "circle hour", day="Saturday", time="10:00")
    saturday = datetime(2026, 1, 10, 10, tzinfo=UTC)
    assert f"The next hour is {when(saturday)}, for the week of 29 December – 4 January." in said(later)
    assert f"with the others {when(saturday)}" in words_of(draft_of(world.aisha))


async def test_two_of_one_name_are_told_apart_in_the_post_in_the_menu_and_in_the_pictures(world: World) -> None:
    for who in await sitting(world, third="Aisha"):
        await post(world, who)
    await world.until(4, 19)
    standing = world.posts()[-1]

    assert all(f"### {name}, week 1" in words_of(standing) for name in ("Maya", "Aisha (1)", "Aisha (2)"))
    shown = await world.press(standing, "cheerwhom", by=world.jonas)
    assert list(options_of(shown.response.message)) == ["Maya", "Aisha (1)", "Aisha (2)"]
    assert all(name in alt_of(standing) for name in ("Maya", "Aisha (1)", "Aisha (2)"))


async def test_a_seeker_joins_and_leaves_circles_and_the_draft_says_where_it_goes(world: World) -> None:
    await _council.sitting(world)
    other = world.guild.create_text_channel("elsewhere")
    await world.sam.slash(world.channel, "circle setup", channel=other)

    joined_ = await world.maya.slash(world.channel, "circle join", circle="elsewhere")
    assert "Your week goes to #maya-and-friends and #elsewhere." in said(joined_)
    assert "It goes to #maya-and-friends and #elsewhere." in words_of(draft_of(world.maya))
    again = await world.maya.slash(world.channel, "circle join", circle="elsewhere")
    assert "Nothing was changed" in said(again)

    left = await world.maya.slash(world.channel, "circle leave", circle="maya-and-friends")
    assert "Your week goes to #elsewhere." in said(left)
    assert "It goes to #elsewhere." in words_of(draft_of(world.maya))


async def test_a_circle_moves_and_its_old_posts_go_on_working(world: World) -> None:
    standing = await joined(world)
    other = world.guild.create_text_channel("on-the-road")

    moved = await world.sam.slash(world.channel, "circle move", channel=world.channel, to=other)

    assert "goes on in" in said(moved)
    assert len(other.history()) == 1
    assert [message.id for message in world.channel.history()] == [standing.id]
    shown = await world.press(standing, "cheerwhom", by=world.jonas)
    assert list(options_of(shown.response.message)) == ["Maya", "Aisha", "Omar"]
    assert "in #on-the-road" in said(await world.maya.slash(other, "rhythm show"))


async def test_a_moderator_who_deletes_the_joint_post_gives_every_week_back(world: World) -> None:
    standing = await joined(world)
    key = ids_of(standing)["cheerwhom"].partition(":")[2]
    assert len(await council.readable(world.app, key)) == 3

    world.env.backend.delete_message(world.channel.id, standing.id)
    await world.env.settle()

    assert "You can post it again" in words_of(draft_of(world.maya))
    assert "You can post it again" in words_of(draft_of(world.aisha))
