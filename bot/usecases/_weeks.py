"""What a week holds and what of it is told: shared by the week's use cases and by what is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.circle import Circle
from bot.core.delivery import WAITING, Delivery, Kind, State
from bot.core.journal import Entry
from bot.core.people import Seeker
from bot.core.reader import Handed, Reader
from bot.core.rhythm import Ask, local_date, rest_days, week_number
from bot.core.summary import Draft, Material, Phase, Summary, Week, portions, summarise, sunday, tellings
from bot.store import ask as ask_rows
from bot.store import circle as circle_rows
from bot.store import council as council_rows
from bot.store import delivery as delivery_rows
from bot.store import hidden as hidden_rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import reader as reader_rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store import summary as rows
from bot.store.db import Tx
from bot.usecases import _councils, _goals, _landing, _streak
from bot.usecases.app import App

OF_DRAFT = (Kind.DRAFT, Kind.RECALL)
OF_NAMED = (*OF_DRAFT, Kind.PART)
OF_WEEK = (*OF_NAMED, Kind.POST)
NEVER_ARRIVED = (State.UNREACHABLE, State.DROPPED)


async def material(app: App, tx: Tx, seeker: Seeker, week: Week) -> Material:
    """All that a week holds, shared or not."""
    zone = ZoneInfo(seeker.zone)
    first, last = week.monday, sunday(week.monday)
    started_on = await _landing.began_on(tx, seeker, last)
    schedules = await rhythm_rows.schedules(tx, seeker.id)
    rests = rest_days(
        await people_rows.pauses(tx, seeker.id),
        week.monday,
        local_date(app.now(), zone),
        started_on=started_on,
        planned=await rhythm_rows.planned_on(tx, seeker.id, first, last),
        rested=await people_rows.rests(tx, seeker.id, first, last),
        days=frozenset[int]().union(*(s.days for s in schedules if s.ask is not Ask.WEEK)),
    )
    entries = await journal_rows.of_week(tx, seeker.id, week.monday)
    posted = week.phase is Phase.POSTED
    asks = await (ask_rows.of_week(tx, week.id) if posted else ask_rows.opened(tx, seeker.id))
    names = await hidden_rows.names(tx, seeker.id)
    readers = await reader_rows.of_week(tx, seeker.id, week.monday)
    number = week_number(week.monday, started_on)
    days = await _goals.beside(tx, seeker, week.monday, entries, app.now())
    goals = await _goals.progress(tx, seeker, week.monday, entries, days)
    return Material(
        seeker.name, number, tuple(entries), rests, tuple(asks), names.hidden, names.logged, readers, days, goals
    )


async def told(app: App, tx: Tx, seeker: Seeker, week: Week) -> tuple[Material, Summary]:
    """What a week holds, and what friends see of it."""
    held = await material(app, tx, seeker, week)
    return held, summarise(week, held, app.exercises)


async def is_written(app: App, tx: Tx, seeker: Seeker, week: Week) -> bool:
    """Whether anything was written in a week: else it is not recalled, for nothing is owed."""
    return bool(week.words or (await material(app, tx, seeker, week)).entries)


async def shown(app: App, tx: Tx, seeker: Seeker, week: Week, delivery_id: str = "", *, recall: bool = False) -> Draft:
    """The seeker's view of a week."""
    held, summary = await told(app, tx, seeker, week)
    circles = tuple(await circle_rows.of_seeker(tx, seeker.id))
    posts = [post for post in await delivery_rows.about(tx, Kind.POST, week.id) if post.turn == week.turn]
    posts += await _councils.posts_with(tx, week)
    posted = week.phase is Phase.POSTED
    lost = not posted and any(post.state is State.UNREACHABLE for post in posts)
    awaited = {post.to for post in posts if posted and post.state in WAITING}
    waits_for = tuple(circle for circle in circles if circle.lost_at and circle.space in awaited)
    missed = await _missed_before(tx, week)
    given = await handed(app, tx, seeker, week, held)
    late = await delivery_rows.posted_late(tx, week.id, week.turn) if posted else {}
    late_in = tuple(circle for circle in circles if len(circles) > 1 and circle.space in late)
    late_at = max(late.values(), default=None)
    joins = await _councils.joins(tx, week, circles, app.now())
    return Draft(
        delivery_id, week, held, summary, circles, lost, waits_for, recall, missed, late_at, late_in, given, joins,
        streak=await _streak.up_to(app, tx, seeker, week),
    )  # fmt: skip


async def handed(app: App, tx: Tx, seeker: Seeker, week: Week, held: Material) -> tuple[Handed, ...]:
    """How it stands with each friend for whom alone something of a week is."""
    sent = [one for one in await delivery_rows.about(tx, Kind.PART, week.id) if one.turn == week.turn]
    posted = week.phase is Phase.POSTED
    known = {one.person_id: one for one in sent} if posted else {}
    found: list[Handed] = []
    for reader in portions(week, held, app.exercises):
        one = known.get(reader.id)
        until = local_date(one.expires_at, ZoneInfo(seeker.zone)) if one and one.expires_at else None
        never = State.DROPPED if posted else None  # owed to nobody who had ended messages when it was posted
        found.append(Handed(reader, one.state if one else never, until))
    return tuple(found)


async def seen(app: App, tx: Tx, seeker: Seeker, week: Week) -> tuple[Summary, Mapping[Reader, Summary]]:
    """All that anybody but its seeker sees of a week: what goes to the channel, and to each friend alone."""
    return tellings(week, await material(app, tx, seeker, week), app.exercises)


async def _missed_before(tx: Tx, week: Week) -> date | None:
    before = await rows.of_monday(tx, week.person_id, week.monday - timedelta(days=7))
    if before is None or before.phase is not Phase.CLOSED:
        return None
    drafts = await delivery_rows.about(tx, Kind.DRAFT, before.id)
    never_came = drafts and all(draft.state in (State.EXPIRED, State.UNREACHABLE) for draft in drafts)
    return before.monday if never_came else None


async def not_posted(tx: Tx, post: Delivery, now: datetime) -> None:
    """A post cannot arrive: what it tells and stands in no other channel waits for its seeker again."""
    for week in await _councils.under(tx, post):
        if week.phase is Phase.POSTED and (post.kind is Kind.COUNCIL or week.turn == post.turn) and post.part == 0:
            await unposted(tx, week, post.id, now)


async def gone(tx: Tx, post: Delivery, now: datetime) -> list[str]:
    """Somebody deleted a post: what it told counts as taken down, unless it stands elsewhere; messages to revise."""
    stale: list[str] = []
    for week in await _councils.under(tx, post):
        if post.kind is Kind.COUNCIL:
            await council_rows.take_out(tx, post.subject, week.id)
        elif week.phase is not Phase.POSTED or week.turn != post.turn or post.part > 0:
            continue
        if not await stands_beside(tx, week, post.id):
            await turn(tx, week, Phase.TAKEN, now)
        stale += await standing_rows.mark_about(tx, OF_WEEK, week.id, now)
    return stale


async def unposted(tx: Tx, week: Week, post: str, now: datetime) -> None:
    """A week is not told by that post: where it is in no other, it waits for its seeker again."""
    if not await stands_beside(tx, week, post):
        drafts = [d for d in await delivery_rows.of_week(tx, week.id) if d.kind in OF_DRAFT]
        await turn(tx, week, Phase.DRAFTED if drafts else Phase.OPEN, now)
    await standing_rows.mark_about(tx, OF_NAMED, week.id, now)


async def withdraw_waiting(tx: Tx, person_id: int, now: datetime) -> None:
    """What of a seeker was to go out in joint posts waits for them again."""
    for council, week in await _councils.waiting_of(tx, person_id):
        await council_rows.take_out(tx, council.id, week.id)
        await unposted(tx, week, "", now)


async def withdraw_from(tx: Tx, person_id: int, circle: Circle, now: datetime) -> None:
    """What of a seeker was to go out in one circle waits for them again."""
    for council, week in await _councils.waiting_of(tx, person_id):
        if council.circle_id == circle.id:
            await council_rows.take_out(tx, council.id, week.id)
            await unposted(tx, week, "", now)
    for week in await rows.all_posted(tx, person_id):
        for post in await delivery_rows.about(tx, Kind.POST, week.id):
            if post.to == circle.space and post.state is State.OWED:
                await delivery_rows.settle(tx, post.id, State.DROPPED, now)
                await not_posted(tx, post, now)


async def stands_beside(tx: Tx, week: Week, post: str) -> bool:
    """Whether a posted week stands, or is still to go out, in another post than that."""
    posts = [d for d in await delivery_rows.about(tx, Kind.POST, week.id) if d.turn == week.turn and d.part == 0]
    posts += await _councils.posts_with(tx, week)
    return any(_councils.lives(other) for other in posts if other.id != post)


async def mark_drafts(tx: Tx, post: Delivery, now: datetime) -> None:
    """The drafts of all that a post tells are to be revised."""
    for week in await _councils.under(tx, post):
        await standing_rows.mark_about(tx, OF_DRAFT, week.id, now)


async def mark_drafts_of(tx: Tx, person_id: int, now: datetime) -> list[str]:
    """The open drafts of a seeker say where they go, which has changed; those messages' ids."""
    stale: list[str] = []
    for week in await rows.drafted_of(tx, person_id):
        stale += await standing_rows.mark_about(tx, OF_DRAFT, week.id, now)
    return stale


async def stands(tx: Tx, entry: Entry) -> bool:
    """Whether the week that an entry goes into is posted."""
    week = await rows.of_monday(tx, entry.person_id, entry.week)
    return week is not None and week.phase is Phase.POSTED


async def turn(tx: Tx, week: Week, phase: Phase, now: datetime) -> None:
    """Let a week that was posted be so no more; its answers say who sees them."""
    await rows.set_phase(tx, week.id, phase)
    await mark_answers(tx, week, now)


async def mark_answers(tx: Tx, week: Week, now: datetime) -> None:
    """Every message that shows an answer of a week is to be revised."""
    for entry in await journal_rows.of_week(tx, week.person_id, week.monday):
        await mark_answer(tx, entry, now)


async def mark_answer(tx: Tx, entry: Entry, now: datetime) -> list[str]:
    """The messages that show an answer, and who sees it, are to be revised; their ids."""
    return await standing_rows.mark_about(tx, (Kind.PROMPT,), entry.occurrence_id or 0, now)
