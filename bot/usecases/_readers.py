"""What of a week is meant for friends who are named: owed to each, what it says, and when it comes down."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.consent import ENDED, Consent
from bot.core.delivery import ARRIVED, Delivery, Kind, State
from bot.core.journal import NotYours
from bot.core.people import Person, Seeker
from bot.core.reply import KEPT_FOR
from bot.core.summary import Phase, Portion, Summary, Week, portions
from bot.store import consent as consents
from bot.store import delivery as delivery_rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import reader as rows
from bot.store import reply as reply_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _weeks
from bot.usecases._weeks import OF_NAMED
from bot.usecases.app import App

AT_ONCE = 10  # messages that are revised while somebody waits, the newest; the others follow with the rounds
AGAIN = (*ARRIVED, State.DROPPED, State.UNREACHABLE)  # and does not stand: it is owed anew


async def owe(app: App, tx: Tx, seeker: Seeker, week: Week) -> list[str]:
    """Owe each named friend their part of a posted week where it does not stand; what is to be sent now."""
    held = await _weeks.material(app, tx, seeker, week)
    known = {one.person_id: one for one in await _parts(tx, week)}
    owed: list[str] = []
    for reader in portions(week, held, app.exercises):
        one = known.get(reader.id)
        if reader.consent in ENDED:
            continue
        if one is None:
            owed += await _owe_one(tx, week, reader.id, app.now(), app.now() + KEPT_FOR)
        elif one.post is None and one.state in AGAIN:
            owed.append(await delivery_rows.owe_anew(tx, one, app.now(), app.now() + KEPT_FOR))
        elif one.state is State.OWED:
            owed.append(one.id)
    return owed


async def _owe_one(tx: Tx, week: Week, friend_id: int, now: datetime, until: datetime) -> list[str]:
    friend = await reply_rows.friend(tx, friend_id)
    if friend is None:
        return []
    key = await delivery_rows.owe(
        tx, Kind.PART, friend[0], week.id, now, person_id=friend_id, turn=week.turn, expires_at=until
    )
    return [key] if key else []


async def _parts(tx: Tx, week: Week) -> list[Delivery]:
    return [one for one in await delivery_rows.about(tx, Kind.PART, week.id) if one.turn == week.turn]


# ------------------------------------------------------------------ what is said


async def wanted(app: App, delivery: Delivery) -> bool:
    """Whether a friend is still to get their part: the week stands, it is for them, and they did not end messages."""
    if (await consents.get(app.db.reading, delivery.person_id)).consent in ENDED:
        return False
    found = await _read(app, app.db.reading, delivery)
    return found is not None and not found[0].left_at


async def portion(app: App, delivery: Delivery) -> Portion | None:
    """What a friend's part says; None where it is not to stand (any more)."""
    if (await consents.get(app.db.reading, delivery.person_id)).consent is Consent.QUIET:
        return None
    found = await _read(app, app.db.reading, delivery)
    return found and found[1]


async def read(app: App, friend: Person, delivery: Delivery) -> Summary | None:
    """All that a friend's part tells, for them alone; raises NotYours. None where it was taken down."""
    if delivery.to != friend:
        raise NotYours("That was for somebody else.")
    what = await portion(app, delivery)
    return what and what.summary


async def _read(app: App, tx: Tx, delivery: Delivery) -> tuple[Seeker, Portion] | None:
    week = await summary_rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, week.person_id) if week else None
    if week is None or seeker is None or week.phase is not Phase.POSTED or week.turn != delivery.turn:
        return None
    theirs = portions(week, await _weeks.material(app, tx, seeker, week), app.exercises)
    reader = next((reader for reader in theirs if reader.id == delivery.person_id), None)
    return (seeker, Portion(delivery.id, (reader,), theirs[reader])) if reader else None


# ------------------------------------------------------------------ what follows


async def settled(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """A friend's part arrived, or never will: the drafts say so."""
    if delivery.kind is Kind.PART:
        await standing_rows.mark_about(tx, _weeks.OF_DRAFT, delivery.subject, now)


async def consent_changed(tx: Tx, friend_id: int, now: datetime) -> list[str]:
    """A friend accepts messages, or ends them: their parts go out, or come down; the messages to refresh at once."""
    given = (await consents.get(tx, friend_id)).consent is Consent.GIVEN
    stale: list[str] = []
    for week_id in await rows.weeks_for(tx, friend_id):
        week = await summary_rows.get(tx, week_id)
        if given and week and week.phase is Phase.POSTED:
            await _owe_again(tx, week, friend_id, now)
        stale += await standing_rows.mark_about(tx, OF_NAMED, week_id, now)
    return stale[:AT_ONCE]


async def _owe_again(tx: Tx, week: Week, friend_id: int, now: datetime) -> None:
    """What was let go for want of their word is owed; what they had not been owed at all, as if it had waited."""
    owed = [one for one in await _parts(tx, week) if one.person_id == friend_id]
    until = (week.posted_at or now) + KEPT_FOR
    if not owed and now < until:
        await _owe_one(tx, week, friend_id, now, until)
    for one in owed:
        if one.post is None and one.state in AGAIN:
            await delivery_rows.owe_anew(tx, one, now)


async def forget(tx: Tx, friend_id: int, now: datetime) -> tuple[list[tuple[int, date]], list[str]]:
    """Somebody is erased: nothing is for them any more; the weeks that were, as (seeker, Monday), and what to refresh.

    What was for nobody else is private.
    """
    weeks: dict[tuple[int, date], None] = {}
    stale: list[str] = []
    for week_id in await rows.weeks_for(tx, friend_id):
        stale += await standing_rows.mark_about(tx, OF_NAMED, week_id, now)
    for entry_id in await rows.named_for(tx, friend_id):
        entry = await journal_rows.get(tx, entry_id)
        assert entry
        left = [reader.id for reader in await rows.of_entry(tx, entry_id) if reader.id != friend_id]
        await rows.name(tx, entry, left, now)
        stale += await _weeks.mark_answer(tx, entry, now)
        weeks[entry.person_id, entry.week] = None
    return list(weeks), stale
