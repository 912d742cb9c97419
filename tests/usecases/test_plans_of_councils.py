"""What the database does for circles, joint posts and invitations: it searches by an index."""

from __future__ import annotations

from bot.core.cheer import Wish
from bot.usecases import ask, cheer, circle, council, membership, missed, people, summary
from bot.usecases.council import Change
from tests.usecases._council import ALL, ANA, JONAS, OMAR, OTHER, draft_of, post, sitting, whom
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_plans import scans, spoken


async def a_week_together(desk: Desk) -> None:
    """Posted together, answered, invited, moved, taken down and left."""
    app = desk.app
    await sitting(desk)
    await ask.add(app, ANA, "Read my CV")
    for who in ALL:
        await post(desk, who)
    await council.hour(app, MAYA, CHANNEL, Change(at="18:30"), manages=False)
    assert await desk.states("council") == ["owed"]
    await desk.until(4, 18, 30)
    joint = await desk.delivery("council")
    assert joint.post
    await circle.react(app, joint.post, JONAS, "Jonas", "\N{PARTY POPPER}", added=True)
    await circle.reply(app, joint.post, JONAS, "Jonas", joint.post._replace(id="said"), "Well done", "link")
    [(week, _), *_] = await whom(desk, JONAS, joint.id)
    await cheer.give(app, JONAS, "Jonas", joint.id, Wish("", "Go"), week)
    await council.read(app, joint.id, week)
    await desk.until(5, 9)
    assert "sent" in await desk.states("invitation")
    await membership.move(app, CHANNEL, OTHER, "elsewhere")
    await membership.show(app, MAYA, [OTHER])
    await missed.catch_up(app)
    await membership.leave(app, MAYA, "elsewhere", [OTHER])
    await membership.join(app, MAYA, "elsewhere", [OTHER])
    await summary.take_down(app, MAYA, (await draft_of(desk, MAYA)).week.id)
    await people.leave(app, OMAR)
    await circle.remove(app, OTHER)
    await desk.tick()


async def test_no_press_of_a_circle_with_a_joint_post_reads_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await a_week_together(desk)
    assert await scans(desk.app.db, list(said)) == set()
