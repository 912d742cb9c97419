"""A seeker's rhythm: seeing it, changing it, pausing, putting off, resting."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import dates
from bot.core import rhythm as rules
from bot.core import zone as zones
from bot.core.delivery import WAITING, Kind
from bot.core.errors import Told
from bot.core.exercise import CHECKIN
from bot.core.journal import Gone, NotYours
from bot.core.people import Comes, IdeasCome, Person, Seeker
from bot.core.rhythm import Ask, Occurrence, Rhythm, Schedule, Standing
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import landing as landing_rows
from bot.store import people as people_rows
from bot.store import rhythm as rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _pump, _reach, summary
from bot.usecases._planning import plan_for
from bot.usecases.app import App
from bot.usecases.journal import known_exercise
from bot.usecases.people import arm, seeking

IN_TURN = "in-turn"  # reflections take turns instead of asking the same each week


class Change(NamedTuple):
    """What `/rhythm set` was given; None or empty leaves a thing as it is."""

    ask: Ask | None = None
    at: str = ""
    days: str = ""
    exercise: str = ""
    zone: str = ""
    quiet: str = ""
    autopost: bool | None = None
    tell_circle: bool | None = None


class NothingToChange(Told):
    """`/rhythm set` without anything to set."""


class NotPaused(Told):
    """There is no pause to end."""


async def show(app: App, who: Person) -> Rhythm:
    """A seeker's rhythm."""
    tx = app.db.reading
    seeker = await seeking(tx, who)
    circles = await circle_rows.of_seeker(tx, seeker.id)
    schedules = tuple(await rows.schedules(tx, seeker.id))
    today = _today(app, seeker)
    return Rhythm(
        seeker,
        schedules,
        circles[0].name if circles else "",
        seeker.rests_on(today),
        rules.gaps_ahead(schedules, ZoneInfo(seeker.zone), today),
    )


async def change(app: App, who: Person, wish: Change) -> Rhythm:
    """Change a rhythm from the next occurrence on; raises NothingToChange, BadTime, BadDays, UnknownZone, Gone."""
    if wish == Change(ask=wish.ask):
        raise NothingToChange("Tell me what to change: a time, days, an exercise, your zone, quiet hours or posting.")
    if wish.ask is None and (wish.at or wish.days or wish.exercise):
        raise NothingToChange("Tell me which one with the option “what”: the check-in, the reflection or the summary.")
    await plan_for(app, (await seeking(app.db.reading, who)).id)  # what is due by now is asked as it was
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        await _change_person(tx, seeker, wish)
        if wish.autopost is False:
            await summary.wait_for_seeker(tx, seeker.id, app.now())
        if wish.tell_circle is False:
            await _reach.take_line_down(tx, seeker.id, app.now())
        seeker = await seeking(tx, who)
        await _change_schedule(app, tx, seeker, wish)
        for schedule in await rows.schedules(tx, seeker.id):
            if schedule.days:
                rules.check_outside_quiet(schedule.at, seeker.quiet)
        await arm(app, tx, seeker)
    return await show(app, who)


async def _change_person(tx: Tx, seeker: Seeker, wish: Change) -> None:
    if wish.zone:
        await people_rows.set_zone(tx, seeker.id, zones.parse(wish.zone).key)
    if wish.quiet:
        await people_rows.set_quiet(tx, seeker.id, dates.parse_quiet(wish.quiet))
    if wish.autopost is not None:
        await people_rows.set_autopost(tx, seeker.id, wish.autopost)
    if wish.tell_circle is not None:
        await people_rows.set_tell_circle(tx, seeker.id, wish.tell_circle)


async def _change_schedule(app: App, tx: Tx, seeker: Seeker, wish: Change) -> None:
    if wish.ask is None:
        return
    known = next((s for s in await rows.schedules(tx, seeker.id) if s.ask is wish.ask), None)
    plan = next(plan for plan in app.settings.plans if plan.ask is wish.ask)
    days = dates.parse_days(wish.days) if wish.days else known.days if known else plan.days
    at = dates.parse_time(wish.at) if wish.at else known.at if known else plan.at
    exercise = _exercise(app, wish, known)
    await rows.set_schedule(tx, seeker.id, wish.ask, days, at, exercise)


def _exercise(app: App, wish: Change, known: Schedule | None) -> str | None:
    if not wish.exercise:
        return known.exercise if known else None
    if wish.ask is not Ask.REFLECTION:
        raise Gone("Only the reflection has an exercise to choose.")
    return None if wish.exercise == IN_TURN else known_exercise(app, wish.exercise).id


async def pause(app: App, who: Person, until: str) -> Rhythm:
    """Stop asking until a date, or until `/rhythm resume`; raises BadDate."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = _today(app, seeker)
        until_on = dates.parse_until(until, today) if until else None
        if until_on:
            await landing_rows.begin_again(tx, seeker.id, app.now())
        await people_rows.resume(tx, seeker.id, today)
        await people_rows.pause(tx, seeker.id, today, until_on)
        await arm(app, tx, await seeking(tx, who))
    return await show(app, who)


async def friends(
    app: App, who: Person, cheers: Comes | None, ideas: IdeasCome | None, *, invited: bool | None = None
) -> Rhythm:
    """Change when a seeker is told what friends left; what waits moves with it. None leaves a thing as it is.

    With `invited` they hear from now on what others of their circle ask for, or no more.
    """
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        await people_rows.set_comes(tx, seeker.id, cheers or seeker.cheers_come, ideas or seeker.ideas_come)
        await people_rows.set_invited(tx, seeker.id, invited=seeker.invited if invited is None else invited)
        await arm(app, tx, await seeking(tx, who))
    return await show(app, who)


async def resume(app: App, who: Person) -> Rhythm:
    """Ask again from the next occurrence on; raises NotPaused."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        if not seeker.rests_on(_today(app, seeker)):
            raise NotPaused("You are not in a pause, so there is nothing to end. /rhythm show tells what comes next.")
        await people_rows.resume(tx, seeker.id, _today(app, seeker))
        await landing_rows.begin_again(tx, seeker.id, app.now())
        await arm(app, tx, await seeking(tx, who))
    return await show(app, who)


async def later(app: App, who: Person, delivery_id: str, choice: str) -> datetime:
    """Ask again after 20 minutes, one or three hours, or tomorrow; when that is. Quiet hours hold."""
    now = app.now()
    async with app.db.writing() as tx:
        seeker, occurrence = await _open(tx, who, delivery_id)
        zone = ZoneInfo(seeker.zone)
        due_at = rules.snoozed_until(choice, now, app.settings.morning, seeker.quiet, zone)
        if seeker.rests_on(rules.local_date(due_at, zone)):
            raise dates.BadTime("You are in a pause then, so I would not ask. /rhythm resume ends it.")
        await rows.set_state(tx, occurrence.id, Standing.OPEN)
        await delivery_rows.drop_waiting(tx, Kind.PROMPT, occurrence.id, now)
        stale = await _ask_again(app, tx, seeker, occurrence, due_at)
    await _pump.refresh_now(app, stale)
    return due_at


async def _ask_again(app: App, tx: Tx, seeker: Seeker, occurrence: Occurrence, due_at: datetime) -> list[str]:
    before = await delivery_rows.about(tx, Kind.PROMPT, occurrence.id)
    expires_at = rules.sendable_until(due_at, app.settings.late, seeker.quiet, ZoneInfo(seeker.zone))
    await delivery_rows.owe(
        tx, Kind.PROMPT, seeker.person, occurrence.id, due_at,
        person_id=seeker.id, turn=len(before), expires_at=expires_at,
    )  # fmt: skip
    return await standing_rows.mark_about(tx, (Kind.PROMPT,), occurrence.id, app.now())


async def not_today(app: App, who: Person, delivery_id: str, *, rest: bool) -> None:
    """Leave a question out, as a day of rest or just so."""
    now = app.now()
    async with app.db.writing() as tx:
        seeker, occurrence = await _open(tx, who, delivery_id)
        await rows.set_state(tx, occurrence.id, Standing.RESTED if rest else Standing.SKIPPED)
        if rest:
            await people_rows.rest(tx, seeker.id, occurrence.on)
        await delivery_rows.drop_waiting(tx, Kind.PROMPT, occurrence.id, now)
        stale = await standing_rows.mark_about(tx, (Kind.PROMPT,), occurrence.id, now)
    await _pump.refresh_now(app, stale)


async def ask_now(app: App, who: Person) -> list[str]:
    """Owe today's check-in at once; the delivery to send, none where it was answered."""
    now = app.now()
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        today = _today(app, seeker)
        occurrence = await rows.occurrence_on(tx, seeker.id, Ask.CHECKIN, today)
        if occurrence is None:
            schedule = next((s for s in await rows.schedules(tx, seeker.id) if s.ask is Ask.CHECKIN), None)
            occurrence = await rows.add_occurrence(
                tx, seeker.id, schedule.id if schedule else None, Ask.CHECKIN, CHECKIN, today, now
            )
        if occurrence is None or occurrence.state is Standing.ANSWERED:
            return []
        await rows.set_state(tx, occurrence.id, Standing.OPEN)
        stale = await _ask_again(app, tx, seeker, occurrence, now)
        owed = await delivery_rows.about(tx, Kind.PROMPT, occurrence.id)
    await _pump.refresh_now(app, stale)
    return [delivery.id for delivery in owed if delivery.state in WAITING]


async def _open(tx: Tx, who: Person, delivery_id: str) -> tuple[Seeker, Occurrence]:
    seeker = await seeking(tx, who)
    delivery = await delivery_rows.get(tx, delivery_id)
    occurrence = await rows.occurrence(tx, delivery.subject) if delivery and delivery.kind is Kind.PROMPT else None
    if occurrence is None:
        raise Gone("That question is no longer here. /checkin and /reflect work at any time.")
    if occurrence.person_id != seeker.id:
        raise NotYours("That question was for somebody else, so only they can answer it.")
    if occurrence.state is Standing.ANSWERED:
        raise Gone("You answered this already; “Change” edits it.")
    return seeker, occurrence


async def today(app: App, who: Person) -> date:
    """The date where somebody is; that in UTC for who is no seeker."""
    seeker = await people_rows.seeker(app.db.reading, who)
    return rules.local_date(app.now(), ZoneInfo(seeker.zone if seeker else "UTC"))


def _today(app: App, seeker: Seeker) -> date:
    return rules.local_date(app.now(), ZoneInfo(seeker.zone))
