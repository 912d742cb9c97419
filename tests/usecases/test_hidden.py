"""A name that is hidden once it stands already is taken out of all that friends and other seekers read."""

from __future__ import annotations

from bot.core.council import JointPost
from bot.core.search import Act
from bot.core.summary import WeekPost
from bot.usecases import application, ask, hidden, people, search, summary
from bot.usecases.people import Start
from bot.usecases.search import Wish
from tests.usecases._council import ANA, invitations, post, sitting
from tests.usecases._search import applied, logged
from tests.usecases.conftest import CHANNEL, MAYA, Desk, in_channel
from tests.usecases.test_plans import scans, spoken


async def test_a_joint_post_and_what_invites_to_it_are_revised(desk: Desk) -> None:
    await sitting(desk)
    await ask.add(desk.app, MAYA, "Who knows Acme?")
    await post(desk, MAYA, "A talk with Acme")
    await post(desk, ANA, "Acme wrote to me too")
    await desk.until(4, 19)
    await desk.until(5, 9)

    await hidden.hide(desk.app, MAYA, "acme")

    [joint] = in_channel(desk, JointPost)
    assert isinstance(joint, JointPost)
    assert [one.summary.words for one in joint.sections] == ["A talk with (a name)", "Acme wrote to me too"]
    assert [one.words for one in joint.sections[0].summary.asks] == ["Who knows (a name)?"]
    assert "Acme" not in str(invitations(desk, ANA))
    assert "(a name)" in str(invitations(desk, ANA))


# ------------------------------------------------------------------ names of the log


async def test_a_name_that_is_logged_later_is_taken_out_of_what_stands_at_once(desk: Desk) -> None:
    await told_of(desk, "A talk at Acme with Anna, one good talk")
    await applied(desk, "Initech", "Baker")
    assert posted(desk) == "A talk at Acme with Anna, one good talk"

    begun = await logged(desk, Act.APPLIED, "Acme Robotics GmbH", "Engineer")
    assert posted(desk) == "A talk at (a name) with Anna, one good talk"

    talk = await logged(desk, Act.CONVERSATION, "Acme Robotics GmbH", whom="Anna Lindt")
    await logged(desk, Act.CONVERSATION, whom="One")
    assert posted(desk) == "A talk at (a name) with (a name), one good talk"
    assert (await hidden.listed(desk.app, MAYA)).logged[:2] == ("Acme", "Acme Robotics")

    await search.undo(desk.app, MAYA, talk.event.id)
    await search.undo(desk.app, MAYA, begun.event.id)
    assert posted(desk) == "A talk at Acme with Anna, one good talk"


async def test_a_company_that_is_reworded_or_whom_an_amendment_names_is_masked(desk: Desk) -> None:
    await told_of(desk, "Acme and Anna")
    found = await logged(desk, Act.APPLIED, "Ackme", "Engineer")
    assert found.application
    await application.reword(desk.app, MAYA, found.application.id, {"company": "Acme"})
    assert posted(desk) == "(a name) and Anna"

    await search.amend(desk.app, MAYA, found.event.id, {"whom": "Anna"})
    assert posted(desk) == "(a name) and (a name)"


async def test_a_logged_name_is_allowed_and_masked_again(desk: Desk) -> None:
    await told_of(desk, "Acme Robotics, then Acme")
    await applied(desk, "Acme Robotics")
    assert posted(desk) == "(a name), then (a name)"

    shown = await hidden.unhide(desk.app, MAYA, "acme")
    assert (shown.removed, shown.allowed, shown.posts) == ("Acme", ("Acme",), 1)
    assert posted(desk) == "(a name), then Acme"
    await hidden.unhide(desk.app, MAYA, "Acme Robotics")
    assert posted(desk) == "Acme Robotics, then Acme"
    back = await hidden.hide(desk.app, MAYA, "acme robotics")
    assert (back.added, back.names, back.allowed) == ("Acme Robotics", (), ("Acme",))
    await hidden.hide(desk.app, MAYA, "ACME")
    assert posted(desk) == "(a name), then (a name)"


async def test_a_name_that_is_hidden_by_hand_and_logged_is_let_out_at_once(desk: Desk) -> None:
    await told_of(desk, "Acme")
    await hidden.hide(desk.app, MAYA, "Acme")
    await applied(desk)
    await hidden.unhide(desk.app, MAYA, "Acme")

    assert posted(desk) == "Acme"


async def test_names_of_the_log_are_masked_for_one_seeker_alone_and_searched_by_an_index(desk: Desk) -> None:
    await told_of(desk, "Acme")
    await people.start(desk.app, ANA, "Ana", Start("Europe/Berlin"), [CHANNEL])
    said = await spoken(desk.app.db)
    await search.log(desk.app, ANA, Wish(Act.APPLIED, "Acme", "Engineer"))
    assert posted(desk) == "Acme"
    await applied(desk)
    await hidden.unhide(desk.app, MAYA, "Acme")
    await hidden.hide(desk.app, MAYA, "Acme")

    assert posted(desk) == "(a name)"
    assert await scans(desk.app.db, list(said)) == set()


async def told_of(desk: Desk, words: str) -> None:
    """Maya's week stands in the channel, in these words."""
    await desk.posted()
    await summary.edit(desk.app, MAYA, 1, words)


def posted(desk: Desk) -> str:
    """What friends read of it."""
    [post] = in_channel(desk, WeekPost)
    assert isinstance(post, WeekPost)
    return post.summary.words
