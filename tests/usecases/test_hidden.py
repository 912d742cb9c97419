"""A name that is hidden once it stands already is taken out of all that friends and other seekers read."""

from __future__ import annotations

from bot.core.council import JointPost
from bot.usecases import ask, hidden
from tests.usecases._council import ANA, invitations, post, sitting
from tests.usecases.conftest import MAYA, Desk, in_channel


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
