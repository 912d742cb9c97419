"""Before the form of an answer opens: one read says whom it is for, and whoever may not answer is told why."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.core.cheer import Wish
from bot.core.idea import Sort, Step
from bot.core.journal import Gone, NotYours
from bot.core.landing import Sort as Ending
from bot.core.people import Person
from bot.core.reply import KINDLY, NoWay, SaidAlready
from bot.usecases import cheer, circle, consent, idea, landing, people, reply
from bot.usecases.people import NotSeeking, Start
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_plans import scans, spoken
from tests.usecases.test_reply import ANA, BEN, IDEA, cheered, given, number

Opening = Callable[[Person], Coroutine[Any, Any, object]]


async def openings(desk: Desk) -> dict[str, Opening]:
    """What opens each form of an answer to what Ana gave Maya: an idea, a cheer, and both on the journey."""
    app, key, ana = desk.app, await cheered(desk), await number(desk, ANA)
    given = (await idea.give(app, ANA, "Ana", (await desk.delivery("post", turn=1)).id, Sort.IDEA, IDEA)).id
    turn = (await landing.land(app, MAYA, Ending.CHANGED, "", None)).draft.landing.id
    return {
        "thanks": lambda who: reply.addressee(app, who, given),
        "a kind no": lambda who: reply.declining(app, who, given),
        "thanks for a note": lambda who: reply.cheering(app, who, key),
        "thanks for a cheer": lambda who: reply.cheerer(app, who, key, ana),
        "thanks to a helper": lambda who: reply.helper(app, who, turn, ana),
    }


async def refused(opened: dict[str, Opening], who: Person, error: type[Exception]) -> list[str]:
    """What somebody is told who opens each of the forms."""
    told: list[str] = []
    for opening in opened.values():
        with pytest.raises(error) as refusal:
            await opening(who)
        told.append(str(refusal.value))
    return told


async def test_each_form_of_an_answer_opens_after_one_indexed_read(desk: Desk) -> None:
    opened = await openings(desk)
    said = await spoken(desk.app.db)
    for opening in opened.values():
        said.clear()
        await opening(MAYA)
        assert len(said) == 1
        assert await scans(desk.app.db, list(said)) == set()


async def test_whoever_never_started_or_left_is_told_so_before_anything_else(desk: Desk) -> None:
    opened = await openings(desk)
    assert all(told.startswith("You have not started yet.") for told in await refused(opened, ANA, NotSeeking))

    await people.leave(desk.app, MAYA)

    assert all(told.startswith("You have left") for told in await refused(opened, MAYA, NotSeeking))


async def test_nobody_answers_what_somebody_else_was_given(desk: Desk) -> None:
    opened = await openings(desk)
    await people.start(desk.app, BEN, "Ben", Start("Europe/Berlin"), [CHANNEL])

    assert await refused(opened, BEN, NotYours) == [
        "That was for somebody else.",
        "That was for somebody else.",
        "That note was for somebody else.",
        "That note was for somebody else.",
        "That belongs to somebody else, so only they can change it.",
    ]


async def test_what_is_not_there_is_not_answered(desk: Desk) -> None:
    await openings(desk)
    app, post = desk.app, (await desk.delivery("post", turn=1)).id
    unknown: dict[str, Opening] = {
        "thanks": lambda who: reply.addressee(app, who, 77),
        "a kind no": lambda who: reply.declining(app, who, 77),
        "thanks for a note": lambda who: reply.cheering(app, who, post),
        "thanks for a cheer": lambda who: reply.cheerer(app, who, "0123456789abcdef0123", 2),
        "thanks to a helper": lambda who: reply.helper(app, who, 77, 2),
    }

    assert await refused(unknown, MAYA, Gone) == [
        "That is no longer here.",
        "That is no longer here.",
        "That note is no longer here.",
        "That note is no longer here.",
        "That is no longer here. /landed is there whenever you need it.",
    ]


async def test_what_a_friend_took_back_is_not_answered(desk: Desk) -> None:
    opened = await openings(desk)
    post = (await desk.delivery("post", turn=1)).post
    assert post
    await idea.take_back(desk.app, ANA, 1)
    await opened["thanks to a helper"](MAYA)  # for the cheer, which stands
    await circle.react(desk.app, post, ANA, "Ana", "*", added=False)
    assert [to.name for to in await reply.cheering(desk.app, MAYA, (await desk.delivery("note")).id)] == ["Ben"]
    await circle.react(desk.app, post, BEN, "Ben", "*", added=False)

    assert await refused(opened, MAYA, Gone) == [
        "Ana took that back, so there is nothing to answer any more.",
        "Ana took that back, so there is nothing to answer any more.",
        "What was in that note has been taken back.",
        "They took back what they had left in that note.",
        "They took back what they had given, so there is nothing to thank for any more.",
    ]


async def test_to_whom_no_way_leads_stands_among_others_and_is_not_written_to(desk: Desk) -> None:
    post, app = await desk.posted(), desk.app
    await circle.react(app, post, BEN, "Ben", "*", added=True)
    await cheer.give(app, ANA, "Ana", (await desk.delivery("post", turn=1)).id, Wish("", "Well done", unnamed=True))
    await desk.until(5, 12)
    key = (await desk.delivery("note")).id
    await consent.quiet(app, ANA, "Ana")

    found = {to.name: to for to in await reply.cheering(app, MAYA, key)}

    assert [(name, len(to.ways)) for name, to in found.items()] == [("Ben", 2), ("Ana", 0)]
    with pytest.raises(NoWay, match=re.escape("Ana wants no messages from me. So I have no way to carry that.")):
        await reply.cheerer(app, MAYA, key, found["Ana"].friend_id)


async def test_of_whoever_was_told_kindly_that_is_said_before_the_form_opens(desk: Desk) -> None:
    idea_id = await given(desk)
    await consent.accept(desk.app, ANA, "Ana")
    await reply.decline(desk.app, MAYA, idea_id, KINDLY)
    said = await spoken(desk.app.db)
    said.clear()

    with pytest.raises(SaidAlready, match=re.escape("Ana was told already, so I did not write again.")):
        await reply.declining(desk.app, MAYA, idea_id)

    assert len(said) == 1
    assert await scans(desk.app.db, list(said)) == set()


async def test_a_kind_no_that_was_let_go_can_be_said_anew(desk: Desk) -> None:
    idea_id = await given(desk)
    await reply.decline(desk.app, MAYA, idea_id, KINDLY)
    await idea.step(desk.app, MAYA, idea_id, Step.KEPT)

    assert (await reply.declining(desk.app, MAYA, idea_id)).name == "Ana"
