"""Landing on Discord: from /landed to the closing post and what friends leave there; the story as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text as texts
from bot.core.landing import Closing, Journey, JourneyCard, Landing, LandingDraft, Phase, Sort
from bot.core.thanks import Gift, lines
from cogs import _closing, _landing, _thanks
from cogs._press import PRESSES, parse
from tests.cogs import _forged
from tests.cogs._made import KEY, check_limits, names, words
from tests.cogs.conftest import World, ids_of, labels_of, said, words_of

MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 18, tzinfo=UTC)
JOURNEY = Journey(MONDAY, MONDAY, 999, 999, 999, 999, 999, 999, 999, dict.fromkeys(("applications", "hours"), 999))
CARD = JourneyCard("Maya", MONDAY, MONDAY, ((MONDAY, ()),))


async def walked(world: World) -> None:
    """Maya's first week stands; Jonas gave an idea, Aisha a cheer."""
    await world.begin()
    await world.until(2, 17, 30)
    await world.answer(mood="4", done="A walk")
    await world.press(world.prompt("share"), "share")
    await world.until(4, 18)
    await world.press(world.prompt("post"), "post")
    shown = await world.press(world.posts()[0], "idea", by=world.jonas)
    await world.submit(shown, {"what": "A day at a lab"}, by=world.jonas)
    await world.submit(await world.press(world.posts()[0], "cheer", by=world.aisha), {"words": "Go"}, by=world.aisha)
    await world.tick()


async def landed(world: World, **words: str) -> Any:
    """/landed in the server, and its form; what was answered."""
    shown = await world.maya.slash(world.channel, "landed")
    assert shown.ephemeral
    assert shown.response
    form = await world.maya.click(shown.response.message, custom_id="landas:landed")
    return await world.submit(form, words, by=world.maya)


async def test_from_landing_to_the_closing_post_and_the_cheers_beneath_it(world: World) -> None:
    await walked(world)

    told = await landed(world, words="I start in March", idea="1")

    assert "Thank you for telling me" in said(told)
    draft = world.prompt("landpost")
    assert "You have landed" in words_of(draft)
    assert "Jonas's idea led here" in words_of(draft)
    assert "Maya's journey" in str(draft.attachments[0].description)
    page = (await world.press(draft, "landlines")).followups[0]
    assert "the idea that led here, “A day at a lab”" in words_of(page.message)
    await world.press(page, "linesok")
    seen = (await world.press(draft, "landlook")).followups[0]
    assert "**Jonas**" in words_of(seen.message)
    await world.press(draft, "landpost")

    post = world.posts()[-1]
    assert "Maya has landed" in words_of(post)
    assert "I start in March" in words_of(post)
    assert "**Aisha**, for a cheer" in words_of(post)
    assert "Maya's journey" in str(post.attachments[0].description)
    assert labels_of(post) == ["Cheer"]
    await world.submit(await world.press(post, "cheer", by=world.jonas), {"words": "So glad"}, by=world.jonas)
    await world.until(12, 9)
    assert "So glad" in words_of(world.prompt("readnote"))

    await world.press(world.prompt("landtake"), "landtake")
    assert "has landed" not in words_of(world.posts()[-1])
    assert "Taken down" in words_of(world.prompt("landpost"))


async def test_a_number_that_nobody_was_offered_leads_nowhere_and_thanks_nobody(world: World) -> None:
    await walked(world)
    await _forged.submit(world, world.maya.user, "landing:landed", {"words": "I start in March", "idea": "9" * 30})
    assert "I start in March" in words_of(world.prompt("landpost"))

    pressed = await _forged.press(world, world.maya.user, "landthankwhom:1", ["9" * 30])
    assert pressed.modal is None


async def test_with_the_numbers_comes_where_applications_went_and_no_company(world: World) -> None:
    await walked(world)
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Engineer")
    await landed(world)
    await _forged.press(world, world.maya.user, "landchosen:1", ["numbers"])
    await world.press(world.prompt("landpost"), "landpost")

    for message in (world.prompt("landtake"), world.posts()[-1]):
        journey, search = [str(file.description) for file in message.attachments]
        assert "Maya's journey" in journey
        assert search.endswith("Of 1 application: 1 still open.")
        assert "Acme" not in search
        view = discord.ui.LayoutView.from_message(message)
        assert sum(isinstance(item, ui.MediaGallery) for item in view.walk_children()) == 2


async def test_the_draft_says_for_which_names_friends_read_something_else(world: World) -> None:
    await walked(world)
    await world.maya.slash(world.channel, "log applied", company="Armworks", role="Designer")
    await world.maya.slash(world.channel, "week hide", name="Jane Doe")

    await landed(world, words="I start at Armworks, with Jane Doe")

    draft = words_of(world.prompt("landpost"))
    assert "Your friends read “(a name)” for Jane Doe and Armworks." in draft
    assert "/week unhide lets one be read." in draft
    await world.maya.slash(world.channel, "week unhide", name="Armworks")
    assert "“(a name)” for Jane Doe." in words_of(world.prompt("landpost"))
    await world.press(world.prompt("landpost"), "landpost")
    assert "I start at Armworks, with (a name)" in words_of(world.posts()[-1])


async def test_each_line_can_be_reworded_or_left_out(world: World) -> None:
    await walked(world)
    await landed(world)
    draft = world.prompt("landpost")
    page = (await world.press(draft, "landlines")).followups[0]

    await world.submit(await world.press(page, "linesay"), {"words": "For seeing me"})
    shown = await world.press(draft, "landlines")
    first = shown.followups[0]
    assert "**Aisha**, for seeing me" in words_of(first.message)
    await world.press(first, "lineout")
    await world.press(draft, "landpost")

    assert "Thank you" not in words_of(world.posts()[-1])


async def test_who_was_wrong_to_say_so_goes_on_and_the_draft_is_gone(world: World) -> None:
    await walked(world)
    await landed(world)
    again = await world.maya.slash(world.channel, "landed")
    assert "You have landed" in said(again)

    result = await world.press(world.prompt("landgoon"), "landgoon")

    assert "All goes on as before" in said(result)
    assert not [message for message in world.dms if "landpost" in ids_of(message)]


async def test_where_no_direct_message_arrives_the_draft_is_the_answer(world: World) -> None:
    await walked(world)
    world.env.inject_error("POST", f"/channels/{world.maya.user.dm_channel.id}/messages", status=403, code=50007)

    told = await landed(world)

    assert "You have landed" in said(told)


async def test_the_end_of_a_journey_hands_out_its_story(world: World) -> None:
    await walked(world)
    await landed(world)

    result = await world.press(world.prompt("mystory"), "mystory")

    [answer] = result.followups
    [file] = answer.message.attachments
    assert answer.ephemeral
    assert "I landed." in (await file.read()).decode()
    assert "/story export with “private: yes” takes all that you wrote." in said(result)


async def test_the_story_comes_as_a_file_for_one_pair_of_eyes(world: World) -> None:
    await walked(world)

    result = await world.maya.slash(world.channel, "story export")

    assert result.ephemeral
    assert result.response
    [file] = result.response.message.attachments
    assert file.filename == "story.md"
    assert "# Maya's journey" in (await file.read()).decode()
    assert "A walk" not in said(result)


def test_a_closing_post_of_which_nothing_was_let_out_tells_what_friends_gave_and_no_more() -> None:
    kept = JOURNEY._replace(entries=0, rests=0, tried=0, numbers={})

    text, cut = _closing.closing_text(Closing(Sort.STOPPED, "Maya", "", kept, (), CARD))

    assert text.splitlines()[3:] == ["**From friends** 999 ideas · 999 introductions · 999 cheers"]
    assert not cut


@pytest.mark.parametrize(
    ("began", "ended", "days"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), "5 January 2026"),
        (date(2026, 1, 5), date(2026, 1, 18), "5 – 18 January 2026"),
        (date(2026, 1, 5), date(2026, 2, 1), "5 January – 1 February 2026"),
        (date(2025, 1, 5), date(2026, 1, 18), "5 January 2025 – 18 January 2026"),
    ],
)
def test_the_dates_of_a_journey_say_nothing_twice(began: date, ended: date, days: str) -> None:
    assert _closing.span(JOURNEY._replace(began_on=began, ended_on=ended)).endswith(f"on the way · {days}")


def test_of_very_many_friends_each_can_be_thanked() -> None:
    shown = _thanks.whom("Whom?", "thankwhom", KEY, [(n, f"Friend {n:03}", "") for n in range(60)])

    check_limits(shown)
    menus = [item for item in shown.walk_children() if isinstance(item, ui.Select)]
    assert [menu.placeholder for menu in menus] == [
        "Friend 000 to Friend 024",
        "Friend 025 to Friend 049",
        "Friend 050 to Friend 059",
    ]
    assert [option.value for menu in menus for option in menu.options] == [str(n) for n in range(60)]
    assert [parse(str(menu.custom_id), PRESSES) for menu in menus] == [("thankwhom", KEY)] * 3


# ------------------------------------------------------------------ any words fit


gifts = st.lists(
    st.builds(
        Gift,
        st.integers(1, 9**9),
        names,
        st.booleans(),
        words(100),
        st.booleans(),
        st.lists(words(200), max_size=3).map(tuple),
        st.integers(0, 30),
        st.integers(0, 999),
    ),
    max_size=40,
    unique_by=lambda gift: (gift.friend_id, gift.unnamed),
)


@given(said=st.just("") | words(), name=names, given=gifts, sort=st.sampled_from(Sort), phase=st.sampled_from(Phase))
@settings(max_examples=30, deadline=None)
def test_everything_fits_into_a_message(said: str, name: str, given: list[Gift], sort: Sort, phase: Phase) -> None:
    landing = Landing(10**17, 1, sort, said, NOW, NOW, 1, phase, 1, None)
    draft = LandingDraft(KEY, landing, JOURNEY, lines(given, {}), (), None, picture=b"x", alt=said or "x")

    check_limits(_landing.draft(draft).view)
    for page in range(len(given) // 5 + 1):
        check_limits(_landing.lines(draft, page))
    check_limits(_landing.whom(draft))
    check_limits(_landing.chooser(draft))
    closing = Closing(sort, name, said, JOURNEY, tuple((line.named, line.words) for line in draft.lines), CARD)
    text, cut = _closing.closing_text(closing)
    assert texts.length(text) <= 3700
    whole = "\n".join(_closing.whole(closing))
    assert cut or texts.length(whole) <= 3700


def test_forty_helpers_are_all_named() -> None:
    helpers = tuple((f"Friend number {n}", "the idea of a walk by the river, " * 5) for n in range(40))

    text, cut = _closing.closing_text(Closing(Sort.LANDED, "Maya", "Thank you. " * 40, JOURNEY, helpers, CARD))

    assert cut
    assert all(f"Friend number {n}" in text for n in range(40))
    assert isinstance(_landing.choices(), discord.ui.LayoutView)
