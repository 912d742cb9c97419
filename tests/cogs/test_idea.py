"""Ideas and offers through the real bot: given by button and /idea, taken up, changed, taken back, asked about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from bot.core.idea import Arrival, Idea, Sort, Step
from cogs import _idea, _render
from tests.cogs import _forged
from tests.cogs._made import KEY, NOW, check_limits, names, text_of, words
from tests.cogs._week import everything, posted
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

TEACH = {"what": "Teach an evening class", "why": "You explain so that it sticks"}
ALEX = {"what": "Alex, who builds robots", "why": "We shared a flat", "through": "yes"}
GIVES = {"idea": TEACH, "offer": ALEX}


async def give(world: World, verb: str = "idea", by: Any = None, **more: str) -> Any:
    """A friend presses a button under the post and fills in the form."""
    friend = by or world.jonas
    shown = await world.press(world.posts()[0], verb, by=friend)
    return await world.submit(shown, {**GIVES[verb], **more}, by=friend)


async def came(world: World, verb: str = "idea", **more: str) -> discord.Message:
    """What a friend gave stands in Maya's direct messages."""
    await posted(world)
    await give(world, verb, **more)
    await world.tick()
    return arrived(world)


def arrived(world: World) -> discord.Message:
    """The newest message that brought something, or asks about it."""
    return next(m for m in reversed(world.dms) if "thank" in ids_of(m) and not m.flags.ephemeral)


def shown(result: Any) -> discord.Message:
    """The last message that an interaction answered with."""
    return [*([result.response] if result.response else []), *result.followups][-1].message


async def only(world: World) -> dict[str, Any]:
    """The one row of ideas."""
    [row] = await world.app.db.reading.all("SELECT * FROM ideas")
    return dict(row)


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
    assert set(ids_of(arrived(world))) == {"thank"}
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


# ------------------------------------------------------------------ what the friend does


async def test_a_friend_changes_their_words_and_the_message_follows(world: World) -> None:
    await posted(world)
    given = await give(world)
    await world.tick()

    form = await world.press(shown(given), "reword", by=world.jonas)
    await world.submit(form, {"what": "Teach on Saturdays"}, by=world.jonas)

    assert "Teach on Saturdays" in words_of(arrived(world))
    assert TEACH["why"] in words_of(arrived(world))


async def test_a_friend_takes_it_back_and_the_seeker_reads_so(world: World) -> None:
    await posted(world)
    given = await give(world)
    await world.tick()
    message = arrived(world)

    await world.press(shown(given), "unidea", by=world.jonas)

    told = words_of(next(m for m in world.dms if m.id == message.id))
    assert "Jonas took this back" in told
    assert TEACH["what"] not in told
    assert "not given" in said(await world.jonas.slash(world.channel, "circle mine"))
    assert "Nothing is open" in said(await world.maya.slash(world.channel, "ideas list"))
    assert all(TEACH["what"] not in str(row) for row in (await everything(world))["ideas"])


async def test_a_friend_opens_one_of_theirs_and_takes_it_back_there(world: World) -> None:
    await came(world)
    mine = await world.jonas.slash(world.channel, "circle mine")
    number = str((await only(world))["id"])

    opened = await world.jonas.select(shown(mine), custom_id=ids_of(shown(mine))["openmine"], values=[number])
    await world.press(shown(opened), "unidea", by=world.jonas)

    assert (await only(world))["step"] == "withdrawn"


async def test_a_friend_never_reads_the_seekers_notes_or_others_gifts(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)

    told = said(await world.jonas.slash(world.channel, "circle mine"))

    assert TEACH["what"] in told
    assert ALEX["what"] not in told


@pytest.mark.parametrize("name", ["circle setup", "circle remove"])
async def test_whoever_may_not_manage_the_server_is_told_and_nothing_changes(world: World, name: str) -> None:
    await world.begin()
    before = await everything(world)

    result = await world.jonas.slash(world.channel, name, channel=world.channel)

    assert "Manage Server" in said(result)
    assert await everything(world) == before


async def test_friends_see_the_circles_commands(world: World) -> None:
    group = world.bot.tree.get_command("circle")
    assert group is not None
    assert group.default_permissions is None


# ------------------------------------------------------------------ lists


async def many(world: World, count: int) -> None:
    """So many ideas, from the database's side."""
    async with world.app.db.writing() as tx:
        for n in range(count):
            await tx.run(
                "INSERT INTO ideas (sort, person_id, seeker_id, what, why, given_at, changed_at, step)"
                " SELECT sort, person_id, seeker_id, ?, why, given_at, changed_at, ? FROM ideas WHERE id = 1",
                f"Idea {n} " + "*" * 900, ("new", "kept", "trying")[n % 3],
            )  # fmt: skip


async def test_each_heading_of_the_list_stands_apart_from_what_is_above_it(world: World) -> None:
    await came(world)
    await many(world, 2)

    told = words_of(shown(await world.maya.slash(world.channel, "ideas list")))

    assert "-# Three ideas and offers\n**New**\n- " in told
    assert "\n\n**You keep**\n- " in told


async def test_two_hundred_ideas_fit_page_by_page(world: World) -> None:
    await came(world)
    await many(world, 199)
    page = shown(await world.maya.slash(world.channel, "ideas list"))
    assert "200 ideas and offers" in words_of(page)
    seen, turns = set[str](), 0
    while True:
        check_limits(discord.ui.LayoutView.from_message(page))
        seen |= _offered(page)
        more = next((i for i in _ids(page) if i == f"ideaspage:{turns + 1}"), None)
        if more is None:
            break
        turns += 1
        await world.maya.click(page, custom_id=more)
        page = _again(world, page)
    assert len(seen) == 200


def _again(world: World, page: discord.Message) -> discord.Message:
    return next(m for m in world.channel.history(viewer=world.maya) if m.id == page.id)


def _ids(message: discord.Message) -> list[str]:
    view = discord.ui.LayoutView.from_message(message)
    return [str(getattr(item, "custom_id", "") or "") for item in view.walk_children()]


def _offered(message: discord.Message) -> set[str]:
    view = discord.ui.LayoutView.from_message(message)
    selects = [item for item in view.walk_children() if isinstance(item, discord.ui.Select)]
    return {option.value for select in selects for option in select.options}


async def test_open_ideas_stand_by_step_and_open_with_their_buttons(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)
    await world.press(arrived(world), "keepidea")
    listed = shown(await world.maya.slash(world.channel, "ideas list"))
    told = words_of(listed)
    assert told.index("**New**") < told.index("Alex") < told.index("**You keep**") < told.index("Teach")

    opened = await world.maya.select(listed, custom_id=ids_of(listed)["openidea"], values=["1"])

    assert TEACH["what"] in said(opened)
    asked = await world.press(shown(opened), "notforme", by=world.maya)
    assert "Shall Jonas hear of it?" in said(asked)


async def test_what_is_settled_is_a_press_away_and_opens_again(world: World) -> None:
    await came(world)
    await give(world, "offer", by=world.aisha)
    await _forged.press(world, world.maya.user, "hush:1")
    listed = shown(await world.maya.slash(world.channel, "ideas list"))
    assert TEACH["what"] not in words_of(listed)

    await world.press(listed, "settledpage", by=world.maya)
    settled = _again(world, listed)

    assert TEACH["what"] in words_of(settled)
    assert "Not for you just now." in words_of(settled)
    assert "Alex" not in words_of(settled)
    opened = await world.maya.select(settled, custom_id=ids_of(settled)["openidea"], values=["1"])
    assert {"keepidea", "tryidea"} <= set(ids_of(shown(opened)))
    await world.press(settled, "ideaspage", by=world.maya)
    assert "Alex" in words_of(_again(world, settled))


async def test_a_friend_sees_what_has_ended_below_what_is_on_its_way(world: World) -> None:
    await came(world)
    await give(world, "offer")
    await _forged.press(world, world.maya.user, "yesplease:2")
    await _forged.press(world, world.maya.user, "talked:2")
    told = said(await world.jonas.slash(world.channel, "circle mine"))
    assert told.index("**On the way**") < told.index("Teach") < told.index("**Come to an end**") < told.index("Alex")

    await _forged.press(world, world.maya.user, "hush:1")

    assert "**On the way**" in said(await world.jonas.slash(world.channel, "circle mine"))


# ------------------------------------------------------------------ asked about, restored


async def test_what_got_no_word_is_asked_about_after_a_week_with_the_same_buttons(world: World) -> None:
    message = await came(world)

    await world.wait(days=8)

    asked = arrived(world)
    assert asked.id != message.id
    assert "What became of Jonas's idea?" in words_of(asked)
    assert labels_of(asked) == labels_of(message)
    await world.press(asked, "keepidea")
    assert all("You keep it." in words_of(m) for m in world.dms if m.id in (asked.id, message.id))


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


# ------------------------------------------------------------------ any words


ideas = st.builds(
    Idea,
    id=st.integers(1, 10**17),
    sort=st.sampled_from(Sort),
    friend_id=st.just(1),
    friend=st.one_of(st.just(""), names),
    seeker_id=st.just(2),
    seeker=names,
    week_id=st.none(),
    what=words(),
    why=st.one_of(st.just(""), words()),
    through=st.booleans(),
    unnamed=st.booleans(),
    step=st.sampled_from(Step),
    given_at=st.just(NOW),
    next_at=st.sampled_from([None, NOW + timedelta(days=7)]),
    hushed=st.sampled_from([None, Step.NEW, Step.KEPT]),
    thanked=st.booleans(),
)


@example(ideas.map(lambda idea: idea._replace(step=Step.NEW, hushed=None)))
def test_a_friend_who_opens_their_idea_cannot_tell_that_it_was_declined_without_a_word(idea: Idea) -> None:
    hushed = idea._replace(step=Step.DECLINED, hushed=Step.NEW)
    assert text_of(_idea.sent(hushed)) == text_of(_idea.sent(idea))


@example(ideas, st.booleans())
def test_any_idea_fits_its_message(idea: Idea, asks: bool) -> None:
    check_limits(_render.message(Arrival(KEY, idea, asks)).view)
    for view in (_idea.sent(idea), _idea.taken_back(idea), _idea.not_for_me(idea), _idea.accepted(idea, "Ana" * 99)):
        check_limits(view)
    assert all(len(page) <= 4000 for page in _idea.whole(idea))


@example(st.lists(ideas, max_size=20, unique_by=lambda idea: idea.id), st.integers(0, 9))
def test_any_list_fits_its_page(some: list[Idea], page: int) -> None:
    check_limits(_idea.opened(some, page))
    check_limits(_idea.settled(some, page))
    check_limits(_idea.mine(some, page))
