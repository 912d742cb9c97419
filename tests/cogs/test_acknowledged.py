"""Discord waits three seconds: every press is acknowledged before anything is looked up, or opens a form."""

from __future__ import annotations

from dataclasses import asdict

from cogs._press import PRESSES
from tests.cogs import _forged
from tests.cogs._lived import lived
from tests.cogs._verbs import FOR_ALL, OWN_PRESSES, PAGES, values_for
from tests.cogs.conftest import World

ACKNOWLEDGED = {5, 6}  # a message will follow; the pressed message stays or will be changed
OPEN_A_FORM = {"answer", "change", "numbers", "tryagain", "say", "cheer", "cheeron", "recheer", "edit", "editwhich"} | {
    "idea", "offer", "reword", "tryidea", "happened", "notyet", "ask", "askchange",
    "thank", "decline", "thankcheer", "thankwhom", "letword", "landas", "landedit", "linesay", "landthankwhom",
    "logmore", "logday", "applyfrom", "logit", "appnote", "appstep", "appedit", "appplace",
    "cheerwhom", "cheerto", "ideawhom", "ideato", "offerwhom", "offerto",
}  # fmt: skip


def first_callback(world: World, since: int) -> int:
    """The kind of the first answer that Discord got."""
    return next(r.json["type"] for r in world.env.http_requests[since:] if r.json and r.path.endswith("/callback"))


async def test_every_press_that_opens_no_form_is_acknowledged_first(world: World) -> None:
    refs = await lived(world)
    own = {verb: ref.format(**asdict(refs)) for verb, ref in {**FOR_ALL, **OWN_PRESSES}.items()}
    first: dict[str, int] = {}
    for verb, ref in {**PAGES, **own}.items():
        since = len(world.env.http_requests)
        where = world.maya if verb in FOR_ALL else world.maya.user  # in the channel, or by direct message
        await _forged.press(world, where, f"{verb}:{ref}", values_for(verb, refs))
        first[verb] = first_callback(world, since)

    assert set(first) == set(PRESSES)
    assert {verb: kind for verb, kind in first.items() if kind not in ACKNOWLEDGED and verb not in OPEN_A_FORM} == {}


async def test_a_friends_words_are_acknowledged_before_they_are_kept(world: World) -> None:
    refs = await lived(world)
    since = len(world.env.http_requests)

    result = await _forged.submit(world, world.jonas, f"said:{refs.post}", {"words": "Well walked"})

    assert first_callback(world, since) in ACKNOWLEDGED
    assert "I will carry it to Maya" in _forged.told(result)
    assert result.followups[0].ephemeral
