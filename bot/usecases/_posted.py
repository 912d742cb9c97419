"""A week that is posted: owed to its channels, kept in step with what is shared, and gone when its post is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.core import summary as rules
from bot.core.circle import Circle, NoCircle
from bot.core.delivery import ARRIVED, Delivery, Kind, State
from bot.core.people import Post, Seeker
from bot.core.postable import check_postable
from bot.core.summary import Phase, Week
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import council as council_rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store import summary as rows
from bot.store.db import Tx
from bot.usecases import _councils, _joint, _pump, _readers, _weeks
from bot.usecases._weeks import OF_DRAFT, OF_WEEK
from bot.usecases.app import App


async def go_out(app: App, tx: Tx, seeker: Seeker, week: Week) -> list[str]:
    """Owe a week to every channel of its seeker's circles, and to each friend for whom alone something is.

    Raises AlreadyPosted, NothingChosen, NobodyToSend or NoCircle.
    """
    held, summary = await _weeks.told(app, tx, seeker, week)
    check_postable(week, summary, rules.portions(week, held, app.exercises))
    circles = await circle_rows.of_seeker(tx, seeker.id)
    if not (circles or summary.empty):
        raise NoCircle("You have no circle to post to. Ask a friend to run /circle setup, then /start again.")
    turn, now = week.turn + 1, app.now()
    await rows.set_posted(tx, week.id, turn, now)
    await ask_rows.take_along(tx, week.id, seeker.id)
    await _weeks.mark_answers(tx, week, now)
    await _readers.owe(app, tx, seeker, week._replace(phase=Phase.POSTED, turn=turn))
    return await _owe_in(app, tx, circles, seeker, week, turn, summary)


async def _owe_in(
    app: App, tx: Tx, circles: Iterable[Circle], seeker: Seeker, week: Week, turn: int, summary: rules.Summary
) -> list[str]:
    """Owe a week to every channel of some circles; nothing where it is only for friends who are named."""
    owed, now = list[str](), app.now()
    for circle in circles if not summary.empty else ():
        if await _councils.takes(tx, circle, week):
            owed += await _add(app, tx, circle, week._replace(turn=turn))
            continue
        for part in range(app.faces[circle.space.platform].messages(summary)):
            delivery_id = await delivery_rows.owe(
                tx, Kind.POST, circle.space, week.id, now, person_id=seeker.id, part=part, turn=turn
            )
            owed += [delivery_id] if delivery_id else []
    return owed


async def _add(app: App, tx: Tx, circle: Circle, week: Week) -> list[str]:
    """Add a week to its circle's joint post; where that is out already, what invites others hears of it."""
    keys = await _councils.add(tx, circle, week, app.now())
    for post in await delivery_rows.read(tx, keys):
        if post.post:
            await _joint.invite(app, tx, post, app.now())
    return keys


async def entry_changed(app: App, tx: Tx, person_id: int, monday: date) -> list[str]:
    """After an entry of a week was edited, shared, made private or deleted: the messages to revise.

    The post is one of them only where friends see something else than before, which is what is committed.
    """
    week = await rows.of_monday(tx, person_id, monday)
    seeker = await people_rows.seeker_by_id(tx, person_id)
    if week is None or seeker is None:
        return []
    before = await _weeks.seen(app, app.db.reading, seeker, week)
    now = await _weeks.seen(app, tx, seeker, week)
    return await standing_rows.mark_about(tx, OF_DRAFT if before == now else OF_WEEK, week.id, app.now())


async def settle_posts(app: App, seeker: Seeker, week_id: int) -> None:
    """After a posted week changed: take it down when nothing is left, send the messages that it newly needs."""
    owed: list[str] = []
    async with app.db.writing(reserve=True) as tx:
        week = await rows.get(tx, week_id)
        if week is None or week.phase is not Phase.POSTED:
            return
        held, summary = await _weeks.told(app, tx, seeker, week)
        if summary.empty and not rules.portions(week, held, app.exercises):
            await _weeks.turn(tx, week, Phase.TAKEN, app.now())
            return
        owed += await _readers.owe(app, tx, seeker, week)
        owed += await _begin_or_end(app, tx, seeker, week, summary)
        posts = [d for d in await delivery_rows.about(tx, Kind.POST, week_id) if d.turn == week.turn]
        for first in [d for d in posts if d.part == 0 and not summary.empty]:
            for part in range(1, app.faces[first.to.platform].messages(summary)):
                known = next((d for d in posts if (d.to, d.part) == (first.to, part)), None)
                owed += await _owe_part(app, tx, seeker, week, first, part, known)
    await _pump.send_now(app, owed)
    await _pump.refresh_now(app, owed)  # a joint post that is out already


async def settle_all(app: App, weeks: Iterable[tuple[int, date]]) -> None:
    """The same for some weeks, as (seeker, Monday)."""
    for person_id, monday in weeks:
        seeker = await people_rows.seeker_by_id(app.db.reading, person_id)
        week = await rows.of_monday(app.db.reading, person_id, monday)
        if seeker and week:
            await settle_posts(app, seeker, week.id)


async def _begin_or_end(app: App, tx: Tx, seeker: Seeker, week: Week, summary: rules.Summary) -> list[str]:
    """Owe the post of a week that was only for friends who are named, and end that of one that is so now."""
    if summary.empty:
        await standing_rows.end_posts(tx, week.id, week.turn, app.now())
        await council_rows.rest(tx, week)
        return []
    again = await _councils.again(tx, week, app.now())
    posts = [d for d in await delivery_rows.about(tx, Kind.POST, week.id) if (d.turn, d.part) == (week.turn, 0)]
    if not (posts or again or await _councils.posts_with(tx, week)):
        return await _owe_in(app, tx, await circle_rows.of_seeker(tx, seeker.id), seeker, week, week.turn, summary)
    ended = [d for d in posts if d.post is None and d.state is State.DROPPED]
    return [*again, *[await delivery_rows.owe_anew(tx, one, app.now()) for one in ended]]


async def _owe_part(
    app: App, tx: Tx, seeker: Seeker, week: Week, first: Delivery, part: int, known: Delivery | None
) -> list[str]:
    """Owe a further message of a post where it does not stand (any more) and is not on its way."""
    if known is None:
        key = await delivery_rows.owe(
            tx, Kind.POST, first.to, week.id, app.now(), person_id=seeker.id, part=part, turn=week.turn
        )
        return [key] if key else []
    if known.post is None and known.state in (*ARRIVED, State.DROPPED):
        return [await delivery_rows.owe_anew(tx, known, app.now())]
    return []


async def post_gone(app: App, post: Post) -> None:
    """Somebody deleted a weekly post on the platform: what it told counts as taken down, unless it stands elsewhere."""
    if await standing_rows.at_post(app.db.reading, post.channel, post.id) is None:
        return
    async with app.db.writing() as tx:
        delivery = await standing_rows.at_post(tx, post.channel, post.id)
        if delivery is None or delivery.kind not in (Kind.POST, Kind.COUNCIL):
            return
        stale = await _weeks.gone(tx, delivery, app.now())
        await standing_rows.forget_post(tx, delivery.id)
    await _pump.refresh_now(app, stale)
