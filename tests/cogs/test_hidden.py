"""Hidden names: whatever others can see is without them, and stays so."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.hidden import LONGEST, MOST, Hiding
from bot.core.summary import Draft, WeekPost, summarise
from cogs import _hidden, _post, _render
from tests.cogs import _made
from tests.cogs._idea import arrived, came
from tests.cogs._made import KEY, LIBRARY, check_limits
from tests.cogs._week import FRIDAY, alt_of, channel_words, choose, draft_of, edit_words
from tests.cogs.conftest import World, ids_of, said, words_of

NAME = "Acme Robotics"
HIDDEN = ("acme", "robotics")


async def in_every_field(world: World) -> None:
    """A week in which the name stands in every field that a seeker can write, all of it chosen."""
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", energy="7", done=f"At {NAME}", next=f"Call {NAME}", stuck=f"{NAME}?")
    await world.maya.slash(world.channel, "checkin", applications=2)
    shown: Any = await world.maya.slash(world.channel, "reflect", exercise="good-time")
    fields = [label["component"] for label in shown.modal["components"]]
    texts = {field["custom_id"]: f"{field['custom_id']} ACME robotics" for field in fields if "options" not in field}
    scales = {field["custom_id"]: field["options"][-1]["value"] for field in fields if "options" in field}
    await world.submit(shown, texts | scales, by=world.maya)
    await world.maya.user.send_dm("I like acme\nrobotics' people")
    await world.press(world.dm, "keepnote")
    await world.maya.slash(world.channel, "ask set", words=f"Who knows {NAME}?")
    await world.until(4, 18)
    await choose(world, "1", "2", "3", "mood", "numbers", "opening", "asks")
    await edit_words(world, f"Thank you, {NAME}")


async def hide(world: World, name: str = "acme robotics") -> Any:
    return await world.maya.slash(world.channel, "week hide", name=name)


def without(text: str) -> bool:
    return "a name" in text and not any(word in text.casefold() for word in HIDDEN)


async def test_a_hidden_name_stands_nowhere_that_others_can_see(world: World) -> None:
    await in_every_field(world)
    await hide(world)
    looked = await world.press(draft_of(world), "look")
    await world.press(draft_of(world), "post")

    post = world.posts()[-1]
    assert without(words_of(looked.followups[0].message))
    assert without(channel_words(world))
    assert channel_words(world).count("(a name)") >= 8
    assert not any(word in alt_of(world.posts()[0]).casefold() for word in HIDDEN)
    cut = await world.maya.slash(world.channel, "week show", week="this week")
    assert without(said(cut).partition("Posted on")[0])
    assert words_of(post)


async def test_read_all_of_a_long_post_is_masked_as_well(world: World) -> None:
    await world.begin()
    for day in (1, 2, 3, 4):
        await world.until(day, 17, 30)
        long = f"{NAME}, and on. " * 43
        await world.maya.slash(world.channel, "checkin", mood=3, done=long, next=long, stuck=long)
    await hide(world)
    await world.until(4, 18)
    await choose(world, "1", "2", "3", "4")
    await edit_words(world, f"{NAME} " * 70)
    await world.press(draft_of(world), "post")

    read = await world.press(world.posts()[-1], "readweek", by=world.jonas)

    assert without(said(read))
    assert without(channel_words(world))


async def test_a_name_hidden_later_is_taken_out_of_what_stands(world: World) -> None:
    await in_every_field(world)
    await world.press(draft_of(world), "post")
    assert NAME in channel_words(world)

    result = await hide(world)

    assert "“acme robotics” is hidden now, also in one week that stands in the channel" in said(result)
    assert without(channel_words(world))
    back = await world.maya.slash(world.channel, "week unhide", name="ACME ROBOTICS")
    assert "Your friends can read “acme robotics” again, also in one week" in said(back)
    assert NAME in channel_words(world)


async def test_the_draft_shows_what_friends_will_read_and_says_which_names_are_masked(world: World) -> None:
    await in_every_field(world)
    await choose(world, FRIDAY)
    await hide(world)

    shared, private = words_of(draft_of(world)).split("**Private, only you**")
    assert without(shared)
    assert "I like acme robotics' people" in private
    assert "Your friends read “(a name)” for acme robotics." in private
    whole = said(await world.press(draft_of(world), "readdraft")) if "Read all" in shared + private else private
    assert "acme" in whole


async def test_the_seekers_own_answers_stay_as_they_wrote_them(world: World) -> None:
    await in_every_field(world)
    await hide(world)
    await world.press(draft_of(world), "post")

    assert NAME in words_of(world.prompt("numbers"))


async def test_the_list_is_for_the_seeker_alone_and_bad_names_change_nothing(world: World) -> None:
    await world.begin()
    assert "No name is hidden" in said(await world.maya.slash(world.channel, "week hide"))
    await hide(world, "Zoë *Lindt*")
    again = await hide(world, "zoe *lindt*")
    assert "“zoe *lindt*” is hidden already".replace("*", r"\*") in said(again)
    assert "There is no name in that" in said(await hide(world, "..."))
    assert "at most 80 characters" in said(await hide(world, "x" * 81))
    assert "“Jonas” is not hidden" in said(await world.maya.slash(world.channel, "week unhide", name="Jonas"))

    listed = await world.maya.slash(world.channel, "week hide")

    assert listed.ephemeral
    assert said(listed).count("\n- ") == 1
    assert "Zoë" in said(listed)
    offered = await world.maya.autocomplete(world.channel, "week unhide", "name", "ZO")
    assert [choice["value"] for choice in offered] == ["Zoë *Lindt*"]


async def test_fifty_long_names_are_listed_whole(world: World) -> None:
    await world.begin()
    for number in range(50):
        await hide(world, f"{number:02} " + "*_" * 38)

    listed = said(await world.maya.slash(world.channel, "week hide"))

    assert [number for number in range(50) if f"- {number:02} " not in listed] == []
    assert "50 names are hidden" in said(await hide(world, "One more"))


async def test_names_are_hidden_for_one_seeker_alone(world: World) -> None:
    await world.begin()
    await world.sam.slash(world.channel, "start", zone="Europe/Berlin")
    await hide(world)
    await world.sam.slash(world.channel, "checkin", mood=4, done=f"Talked with {NAME}")
    async with world.app.db.writing() as tx:
        await tx.run("UPDATE entries SET visibility = 'friends'")

    assert NAME in said(await world.sam.slash(world.channel, "week preview"))


async def test_thanks_in_the_channel_are_masked_and_stay_so(world: World) -> None:
    await came(world)
    form = await world.press(arrived(world), "thank")
    await world.submit(form, {"words": f"{NAME} said yes", "way": way_to_circle(form)})
    assert NAME in below_the_post(world)

    await hide(world)

    assert "(a name) said yes" in below_the_post(world)
    await world.maya.slash(world.channel, "week unhide", name=NAME)
    assert NAME in below_the_post(world)


def way_to_circle(form: Any) -> str:
    """The option by which thanks go to the channel."""
    fields = {label["component"]["custom_id"]: label["component"] for label in form.modal["components"]}
    return str(fields["way"]["options"][-1]["value"])


def below_the_post(world: World) -> str:
    return "\n".join(words_of(message) for message in world.posts() if "cheer" not in ids_of(message))


# ------------------------------------------------------------------ what Discord takes


@pytest.mark.parametrize("piece", ["*", "🎉", "word ", "Al "])
def test_the_longest_names_in_the_longest_week_fit(piece: str) -> None:
    hidden = (*(f"{number} {'*_' * LONGEST}"[:LONGEST] for number in range(MOST - 1)), "Al")
    words = f"{', '.join(hidden[:11])} {piece * 200}"[:1000]
    entries = tuple(
        _made.worst(LIBRARY["checkin"], number)._replace(answers={"done": words, "next": words, "mood": 4})
        for number in range(1, 8)
    )
    made = _made.week_of(entries, said=words)
    material = made.material._replace(hidden=hidden)
    summary = summarise(made.week, material, LIBRARY)
    draft = Draft(KEY, made.week, material, summary)

    assert len(draft.masked) > 5
    for view in (_render.draft(draft), _render.chooser(draft)):
        check_limits(view)
    for part in range(len(_post.pages(summary))):
        check_limits(_render.week_post(WeekPost(KEY, summary, part)).view)
    for page in [*_render.whole_draft(draft), *_render.whole_summary(summary), *_hidden.hiding(Hiding(hidden))]:
        check_limits(_render.say(page))
