"""Whom the closing post thanks: only in words that were confirmed, and only for what is still given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest

from bot.core.cheer import Wish
from bot.core.idea import Given
from bot.core.idea import Sort as Gift
from bot.core.journal import Gone, NotYours
from bot.core.landing import LandingDraft
from bot.core.people import Person, Post, Said
from bot.core.reply import Brought, NoWay, SaidAlready
from bot.core.thanks import FORM, LINE_LIMIT, Line, LineChanged, LineTooLong, NothingToSay, Standing, mark_of_all
from bot.usecases import cheer, circle, closing, consent, held, landing, missed, people, reply, thanks
from bot.usecases import idea as ideas
from bot.usecases.people import NotSeeking
from tests.usecases._journey import ANA, JONAS, LAB, all_confirmed, closings, landed, walked
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk
from tests.usecases.test_plans import scans, spoken

BEN, CLEO = Person(PAPER, "", "ben"), Person(PAPER, "", "cleo")
HEART = "\N{HEAVY BLACK HEART}"


async def reworded(desk: Desk, draft: LandingDraft, line: Line, words: str) -> LandingDraft:
    """Maya thanks in other words, in the form that shows a line."""
    return await thanks.reword(
        desk.app, MAYA, draft.landing.id, line.friend_id, words, unnamed=line.unnamed, mark=line.mark
    )


async def test_only_confirmed_lines_go_out_and_an_unnamed_friend_stays_so(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    assert [(line.friend, line.named, line.words) for line in draft.lines] == [
        ("Jonas", "Jonas", f"the idea “{LAB}” and a cheer"),
        ("Ana", "A friend", "a cheer"),
    ]
    number = draft.landing.id
    assert (await closing.preview(desk.app, MAYA, number)).closing.lines == ()

    await all_confirmed(desk, draft)
    ana = draft.lines[1]
    assert (await closing.preview(desk.app, MAYA, number)).closing.lines[1] == ("A friend", "a cheer")
    await thanks.decide(desk.app, MAYA, number, ana.friend_id, Standing.LEFT_OUT, unnamed=True, mark=ana.mark)
    await closing.post(desk.app, MAYA, number)

    assert closings(desk)[0].closing.lines == (("Jonas", f"the idea “{LAB}” and a cheer"),)


async def test_other_words_take_the_place_of_a_line_and_confirm_it(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    line = draft.lines[0]

    after = await reworded(desk, draft, line, " Believing\nin me ")

    assert (after.lines[0].words, after.lines[0].standing) == ("Believing in me", Standing.CONFIRMED)
    for bad, refusal in ((" ", NothingToSay), ("x" * 201, LineTooLong)):
        with pytest.raises(refusal):
            await reworded(desk, draft, line, bad)
    with pytest.raises(Gone):
        await reworded(desk, draft, line._replace(unnamed=True), "Hello")


async def test_a_line_is_there_to_be_worded_after_one_indexed_read_and_for_its_seeker_alone(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk, idea_id=idea.id)
    number, (jonas, ana) = draft.landing.id, draft.lines
    said = await spoken(desk.app.db)
    for line in draft.lines:
        assert await thanks.line_of(desk.app, MAYA, number, line.friend_id, unnamed=line.unnamed) == line
    assert len(said) == 2
    assert await scans(desk.app.db, list(said)) == set()

    after = await reworded(desk, draft, jonas, "Believing in me")
    worded = await thanks.line_of(desk.app, MAYA, number, jonas.friend_id, unnamed=False)
    assert (worded, worded.words) == (after.lines[0], "Believing in me")
    with pytest.raises(Gone, match="took back what they had given"):
        await thanks.line_of(desk.app, MAYA, number, ana.friend_id, unnamed=False)
    with pytest.raises(Gone, match="/landed is there"):
        await thanks.line_of(desk.app, MAYA, 77, jonas.friend_id, unnamed=False)
    await desk.begin(ANA)
    with pytest.raises(NotYours, match="belongs to somebody else"):
        await thanks.line_of(desk.app, ANA, number, jonas.friend_id, unnamed=False)
    with pytest.raises(NotSeeking, match="not started"):
        await thanks.line_of(desk.app, JONAS, number, jonas.friend_id, unnamed=False)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking, match="have left"):
        await thanks.line_of(desk.app, MAYA, number, jonas.friend_id, unnamed=False)


async def test_a_long_line_can_be_sent_back_as_it_was_shown(desk: Desk) -> None:
    idea = await walked(desk)
    for what in ("x" * 90, "y" * 90):
        await ideas.give_to(desk.app, JONAS, "Jonas", 1, CHANNEL, [CHANNEL], Gift.IDEA, Given(what, ""))
    draft = await landed(desk, idea_id=idea.id)
    line = draft.lines[0]
    assert len(line.words) > LINE_LIMIT

    after = await reworded(desk, draft, line, line.words)

    assert after.lines[0] == line._replace(standing=Standing.CONFIRMED)


async def test_an_idea_that_is_taken_back_leaves_the_post_that_stands_whatever_the_line_says(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk, idea_id=idea.id)
    words = f"saying: {LAB}"
    await reworded(desk, draft, draft.lines[0], words)
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert LAB in str(closings(desk)[0].closing)

    await ideas.take_back(desk.app, JONAS, idea.id)

    assert closings(desk)[0].closing.lines == ()
    after = await landing.draft_of(desk.app, MAYA, draft.landing.id)
    assert (after.lines[0].words, after.lines[0].standing, after.led_by) == ("a cheer", Standing.OPEN, None)
    kept = await desk.app.db.reading.all("SELECT words FROM thanks_lines")
    assert LAB not in str([tuple(row) for row in kept])


async def test_words_about_an_idea_that_was_taken_back_meanwhile_are_not_taken(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk)
    line = draft.lines[0]
    refused = f"{FORM}:{draft.landing.id}.{line.friend_id}.0.{line.mark}"
    await held.hold(desk.app, MAYA, held.FORM, refused, {"words": LAB})

    await ideas.take_back(desk.app, JONAS, idea.id)

    with pytest.raises(LineChanged):
        await reworded(desk, draft, line, line.words)
    assert await desk.app.db.reading.all("SELECT 1 FROM held UNION ALL SELECT 1 FROM thanks_lines") == []


async def test_what_a_friend_changed_is_confirmed_anew(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk)
    line = draft.lines[0]
    await all_confirmed(desk, draft)

    await ideas.change(desk.app, JONAS, idea.id, Given("A week at a lab", ""))

    after = await landing.draft_of(desk.app, MAYA, draft.landing.id)
    assert after.lines[0].standing is Standing.OPEN
    with pytest.raises(LineChanged):
        await thanks.decide(
            desk.app, MAYA, draft.landing.id, line.friend_id, Standing.CONFIRMED, unnamed=False, mark=line.mark
        )


async def test_cheers_that_come_later_change_no_line(desk: Desk) -> None:
    await walked(desk)
    draft = await all_confirmed(desk, await landed(desk))
    await closing.post(desk.app, MAYA, draft.landing.id)
    post = await desk.delivery("closing", turn=1)

    await desk.until(6, 12)
    await cheer.give(desk.app, JONAS, "Jonas", post.id, Wish("", "So glad"))

    assert (await landing.draft_of(desk.app, MAYA, draft.landing.id)).lines == draft.lines


async def test_a_cheer_that_is_taken_back_or_unnamed_later_leaves_a_post_that_stands(desk: Desk) -> None:
    await walked(desk)
    for who in (ANA, JONAS):
        for given in await cheer.mine(desk.app, who):
            await cheer.change(desk.app, who, given.id, Wish("*", ""))
    draft = await all_confirmed(desk, await landed(desk))
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert [name for name, _ in closings(desk)[0].closing.lines] == ["Jonas", "Ana"]

    [from_jonas], [from_ana] = await cheer.mine(desk.app, JONAS), await cheer.mine(desk.app, ANA)
    await cheer.change(desk.app, ANA, from_ana.id, Wish("*", "", unnamed=True))
    assert [name for name, _ in closings(desk)[0].closing.lines] == ["Jonas"]
    await cheer.take_back(desk.app, JONAS, from_jonas.id)

    assert closings(desk)[0].closing.lines == ()


async def taken_off(desk: Desk, post: Post) -> None:
    await circle.react(desk.app, post, BEN, "Ben", HEART, added=False)


async def cleared(desk: Desk, post: Post) -> None:
    await circle.cleared(desk.app, post, None)


async def deleted(desk: Desk, post: Post) -> None:
    await circle.message_deleted(desk.app, post._replace(id="900"))


async def taken_off_while_away(desk: Desk, post: Post) -> None:
    desk.paper.said.append(Said(post._replace(id="900"), CLEO, "Cleo", "Well done", desk.now, post.id))
    desk.now += timedelta(minutes=1)
    assert await missed.catch_up(desk.app)
    await desk.tick()


async def deleted_while_away(desk: Desk, post: Post) -> None:
    async def reactions(post: Post) -> Sequence[tuple[Person, str, str]]:
        return [(BEN, "Ben", HEART)]

    desk.paper.reactions = reactions
    desk.now += timedelta(minutes=1)
    assert await missed.catch_up(desk.app)


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (taken_off, "Cleo"),
        (cleared, "Cleo"),
        (deleted, "Ben"),
        (taken_off_while_away, "Cleo"),
        (deleted_while_away, "Ben"),
    ],
)
async def test_a_reaction_or_reply_that_goes_leaves_a_post_that_stands_at_once(
    desk: Desk, gone: Callable[[Desk, Post], Awaitable[None]], left: str
) -> None:
    post = await desk.posted()
    await circle.react(desk.app, post, BEN, "Ben", HEART, added=True)
    await circle.reply(desk.app, post, CLEO, "Cleo", post._replace(id="900"), "Well done", "link")
    draft = await all_confirmed(desk, await landed(desk))
    await closing.post(desk.app, MAYA, draft.landing.id)
    assert [name for name, _ in closings(desk)[0].closing.lines] == ["Ben", "Cleo"]

    await gone(desk, post)

    assert [name for name, _ in closings(desk)[0].closing.lines] == [left]


async def test_a_page_is_confirmed_as_it_was_shown(desk: Desk) -> None:
    idea = await walked(desk)
    draft = await landed(desk)
    seen = mark_of_all(draft.lines)

    await ideas.change(desk.app, JONAS, idea.id, Given("Something else", ""))
    with pytest.raises(LineChanged):
        await thanks.confirm_page(desk.app, MAYA, draft.landing.id, 0, seen)
    shown = mark_of_all((await landing.draft_of(desk.app, MAYA, draft.landing.id)).lines)
    after = await thanks.confirm_page(desk.app, MAYA, draft.landing.id, 0, shown)

    assert after.open == 0


async def test_a_helper_is_thanked_by_message_once_they_accept_it(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    number, jonas = draft.landing.id, draft.lines[0].friend_id

    assert (await reply.helper(desk.app, MAYA, number, jonas)).name == "Jonas"
    await reply.thank_helper(desk.app, MAYA, number, jonas, "For all of it")
    assert desk.paper.at(JONAS) == []
    waiting = await landing.draft_of(desk.app, MAYA, number)
    assert (jonas in waiting.thanking, jonas in waiting.thanked) == (True, False)
    with pytest.raises(SaidAlready):
        await reply.thank_helper(desk.app, MAYA, number, jonas, "For all of it")
    await consent.accept(desk.app, JONAS, "Jonas")
    await desk.tick()

    assert [sheet.what.reply.words for sheet in desk.paper.at(JONAS) if isinstance(sheet.what, Brought)] == [
        "For all of it"
    ]
    came = await landing.draft_of(desk.app, MAYA, number)
    assert (jonas in came.thanking, jonas in came.thanked) == (False, True)


async def test_who_wants_no_messages_and_who_gave_nothing_is_not_written_to(desk: Desk) -> None:
    await walked(desk)
    draft = await landed(desk)
    await consent.quiet(desk.app, ANA, "Ana")

    with pytest.raises(NoWay):
        await reply.helper(desk.app, MAYA, draft.landing.id, draft.lines[1].friend_id)
    with pytest.raises(Gone):
        await reply.thank_helper(desk.app, MAYA, draft.landing.id, 1, "To myself")


async def test_what_a_friend_knows_is_no_part_of_the_line(desk: Desk) -> None:
    await walked(desk)
    given = Given("Alex at RoboCo", "We studied together")
    await ideas.give_to(desk.app, ANA, "Ana", 1, CHANNEL, [CHANNEL], Gift.OFFER, given)

    draft = await landed(desk)

    assert [line.words for line in draft.lines if line.friend == "Ana" and not line.unnamed] == ["an introduction"]
    assert "Alex" not in str(draft.lines)
