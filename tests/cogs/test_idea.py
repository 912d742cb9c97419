"""Ideas and offers through the real bot: given by button and /idea, taken up, asked about."""

from __future__ import annotations

import discord
import pytest

from tests.cogs import _forged
from tests.cogs._idea import ALEX, GIVES, TEACH, arrived, came, give, only, shown
from tests.cogs._week import everything, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

# ------------------------------------------------------------------ given


async def test_under_each_post_stand_a_cheer_an_idea_and_an_offer(world: World) -> None:
    assert labels_of(await posted(world))[:3] == ["Cheer", "I have an idea", "I know someone"]


async def test_an_idea_reaches_the_seeker_with_who_what_and_why(world: World) -> None:
    message = await came(world)

    told = words_of(message)
    assert "Jonas has an idea for you" in told
    assert TEACH["what"] in told
    assert f"**Why you:** {TEACH['why']}" in told
    assert labels_of(message)[:3] == ["Try it", "Keep", "Not for me"]


async def test_an_offer_says_how_they_know_them_and_that_one_may_write_through_the_friend(world: World) -> None:
    message = await came(world, "offer")

    told = words_of(message)
    assert "Jonas knows someone for you" in told
    assert ALEX["why"] in told
    assert "Jonas will pass on" in told
    assert labels_of(message)[:3] == ["Yes, please", "Keep", "Not for me"]


async def test_what_the_circle_may_not_hear_the_seeker_does(world: World) -> None:
    message = await came(world, named="no")

    assert "Jonas" in words_of(message)
    assert "Not to be named in the circle" in words_of(message)
    assert (await only(world))["unnamed"] == 1


async def test_the_friend_alone_sees_that_it_is_on_its_way_and_can_go_on(world: World) -> None:
    await posted(world)

    result = await give(world)

    assert result.ephemeral or all(answer.ephemeral for answer in result.followups)
    assert "I carry it to Maya" in said(result)
    assert {"reword", "unidea"} <= set(ids_of(shown(result)))


async def test_a_seeker_cannot_give_to_themselves(world: World) -> None:
    post = await posted(world)
    for verb in GIVES:
        result = await world.press(post, verb, by=world.maya)
        assert result.modal is None
        assert "yourself" in said(result)


async def test_a_seeker_who_left_is_told(world: World) -> None:
    post = await posted(world)
    await world.maya.slash(world.channel, "leave")

    for verb in GIVES:
        assert "have left" in said(await world.press(post, verb, by=world.jonas))
    result = await world.jonas.slash(world.channel, "idea", who="Maya")
    assert result.modal is None
    assert "don't know whom you mean" in said(result)


@pytest.mark.parametrize("what", ["idea", "offer"])
async def test_a_friend_gives_by_name_at_any_time(world: World, what: str) -> None:
    await world.begin()
    form = await world.jonas.slash(world.channel, "idea", who="maya", what=what)
    assert form.modal
    assert form.modal["title"] == "For Maya"

    await world.submit(form, GIVES[what], by=world.jonas)
    await world.until(2, 12)

    assert GIVES[what]["what"] in words_of(arrived(world))


async def test_only_seekers_of_this_servers_circles_can_be_named(world: World) -> None:
    await world.begin()
    for name in ("Aisha", "999", ""):
        result = await world.jonas.slash(world.channel, "idea", who=name)
        assert "don't know whom you mean" in said(result)
    assert "don't know whom you mean" in said(await world.maya.slash(world.channel, "idea", who="Maya"))


async def test_words_that_were_refused_wait_in_the_form(world: World) -> None:
    post = await posted(world)
    form = await world.press(post, "offer", by=world.jonas)
    refused = await world.submit(form, {**ALEX, "what": " \u200b "}, by=world.jonas)
    assert "who it is" in said(refused)

    again = await world.press(shown(refused), "tryagain", by=world.jonas)

    await world.submit(again, {"what": "Alex"}, by=world.jonas)
    row = await only(world)
    assert (row["what"], row["why"], row["through"]) == ("Alex", ALEX["why"], 1)


async def test_where_a_moderator_deleted_the_post_its_ideas_stay_and_another_way_is_open(world: World) -> None:
    message = await came(world)
    moderating = world.guild.create_role("Moderator", permissions=discord.Permissions(manage_messages=True))
    await world.guild.add_member(world.env.create_user("mo"), roles=[moderating]).delete(world.posts()[0])

    await world.press(message, "keepidea")
    form = await world.jonas.slash(world.channel, "idea", who="Maya", what="offer")
    await world.submit(form, ALEX, by=world.jonas)
    await world.tick()

    assert "You keep it." in words_of(next(m for m in world.dms if m.id == message.id))
    assert ALEX["what"] in words_of(arrived(world))


# ------------------------------------------------------------------ what the seeker does


async def test_keeping_says_so_and_when_it_is_asked_about(world: World) -> None:
    message = await came(world)

    await world.press(message, "keepidea")

    told = words_of(arrived(world))
    assert "You keep it." in told
    assert "I ask about it on <t:" in told
    assert "Keep" not in labels_of(arrived(world))


async def test_not_for_me_asks_first_and_says_nothing_where_the_seeker_wants_that(world: World) -> None:
    asked = await world.press(await came(world), "notforme")
    assert "Shall Jonas hear of it?" in said(asked)
    assert "waits for your word" in words_of(arrived(world))

    await world.press(shown(asked), "hush")

    assert "Not for you just now." in words_of(arrived(world))
    mine = await world.jonas.slash(world.channel, "circle mine")
    assert "not for" not in said(mine)
    assert "It has arrived" in said(mine)


async def test_an_offer_goes_from_yes_to_talked(world: World) -> None:
    await came(world, "offer")
    for verb, tells, friend in (
        ("yesplease", "You said yes.", "Maya would like that"),
        ("introduced", "Jonas has introduced you.", "You have introduced them"),
        ("talked", "You have talked.", "They have talked"),
    ):
        await world.press(arrived(world), verb)
        assert tells in words_of(arrived(world))
        assert friend in said(await world.jonas.slash(world.channel, "circle mine"))
    assert set(ids_of(arrived(world))) == {"thank", "applyfrom"}
    assert "will pass on" not in words_of(arrived(world))


async def test_yes_please_says_how_the_friend_hears_of_it(world: World) -> None:
    result = await world.press(await came(world, "offer"), "yesplease")

    assert "Jonas" in said(result)


async def test_somebody_elses_press_changes_nothing(world: World) -> None:
    message = await came(world)
    before = await only(world)
    for verb in ("keepidea", "yesplease", "introduced", "talked", "notforme", "hush", "readidea"):
        for actor in (world.jonas, world.aisha):
            result = await _forged.press(world, actor, f"{verb}:{before['id']}")
            assert "start" in _forged.told(result) or "somebody else" in _forged.told(result)
    for verb in ("unidea", "reword"):
        for actor in (world.maya, world.aisha):
            result = await _forged.press(world, actor, f"{verb}:{before['id']}")
            assert "somebody else" in _forged.told(result)
    assert await only(world) == before
    assert words_of(arrived(world)) == words_of(message)


async def test_pressing_what_was_true_before_is_told_where_it_is(world: World) -> None:
    await came(world, "offer")
    number = (await only(world))["id"]
    await world.press(arrived(world), "yesplease")
    await world.press(arrived(world), "talked")

    result = await _forged.press(world, world.maya.user, f"keepidea:{number}")

    assert "You have talked." in _forged.told(result)


# ------------------------------------------------------------------ asked about, restored


async def test_what_got_no_word_is_asked_about_after_a_week_with_the_same_buttons(world: World) -> None:
    message = await came(world)

    await world.wait(days=8)

    asked = arrived(world)
    assert asked.id != message.id
    assert "Is Jonas's idea something for you?" in words_of(asked)
    assert labels_of(asked) == labels_of(message)
    await world.press(asked, "keepidea")
    assert all("You keep it." in words_of(m) for m in world.dms if m.id in (asked.id, message.id))

    await world.wait(days=29)
    assert "What became of Jonas's idea?" in words_of(arrived(world))


async def test_old_buttons_work_after_a_restart(world: World) -> None:
    message = await came(world)
    await world.restart()

    await world.press(message, "keepidea")

    assert "You keep it." in words_of(arrived(world))


async def test_an_erased_friends_idea_goes_from_the_seekers_messages(world: World) -> None:
    message = await came(world)
    left = await world.jonas.slash(world.channel, "leave")
    await world.press(shown(left), "erase", by=world.jonas)

    assert message.id not in {m.id for m in world.dms}
    assert (await everything(world))["ideas"] == []
