"""What comes of deliveries: the rows that follow from an outcome, and many of them written in one commit."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta
from types import TracebackType
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from bot.core import delivery as rules
from bot.core import rhythm as times
from bot.core.delivery import Delivery, Kind, Later, Outcome, Sent, State, Unknown, Unreachable
from bot.core.people import Post
from bot.core.summary import Phase
from bot.store import delivery as rows
from bot.store import facts
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.store.delivery import End
from bot.usecases import _joint, _landing, _moves, _reach, _readers, _replies, _weeks
from bot.usecases.app import App

log = logging.getLogger(__name__)
EVERY = 0.05  # seconds between two commits of a ledger
MOST = 100  # outcomes in one commit


class Ends(NamedTuple):
    """It is over without having been sent."""

    state: State
    why: str = ""


class Waits(NamedTuple):
    """It was not sent, and waits until an instant."""

    until: datetime
    why: str


class Found(NamedTuple):
    """It stands already, by an earlier try."""

    post: Post


class HandedBack(NamedTuple):
    """It was claimed and not tried: it waits as before."""


Finding = Outcome | Found | Ends | Waits | HandedBack


async def settle(app: App, delivery: Delivery, finding: Finding) -> None:
    """Write what came of one delivery."""
    async with app.db.writing(reserve=True) as tx:
        await _write(app, tx, delivery, finding, app.now())


class _Found(NamedTuple):
    delivery: Delivery
    finding: Finding
    at: datetime
    written: asyncio.Future[bool]


class Ledger:
    """Writes what came of many deliveries: at once where little happens, else many in one commit."""

    def __init__(self, app: App) -> None:
        self.errors: list[Exception] = []
        self._app = app
        self._found: list[_Found] = []
        self._some, self._full, self._closed = asyncio.Event(), asyncio.Event(), False
        self._last = 0.0

    async def __aenter__(self) -> Self:
        self._writing = asyncio.create_task(self._write_on())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._some.set()
        self._full.set()
        await self._writing

    def add(self, delivery: Delivery, finding: Finding) -> asyncio.Future[bool]:
        """Write what came of a delivery soon; the future tells whether it is committed."""
        found = _Found(delivery, finding, self._app.now(), asyncio.get_running_loop().create_future())
        self._found.append(found)
        self._some.set()
        if len(self._found) >= MOST:
            self._full.set()
        return found.written

    async def _write_on(self) -> None:
        clock = asyncio.get_running_loop().time
        while not self._closed or self._found:
            await self._some.wait()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._last + EVERY):
                    await self._full.wait()
            self._last = clock()
            await self._commit()

    async def _commit(self) -> None:
        found, self._found = self._found, []
        if not self._closed:
            self._some.clear()
            self._full.clear()
        if not found:
            return
        try:
            async with self._app.db.writing(reserve=True) as tx:
                failed = await _write_all(self._app, tx, found)
        except Exception as error:  # what a full or held database did not take is looked for later
            failed = dict.fromkeys((one.delivery.id for one in found), error)
        self.errors += set(failed.values())
        for one in found:
            one.written.set_result(one.delivery.id not in failed)


async def _write_all(app: App, tx: Tx, found: list[_Found]) -> dict[str, Exception]:
    """Write what was found; the errors of those that could not be written, by delivery."""
    plain = {one.delivery.id: end for one in found if (end := _plain(one))}
    if plain and await _apart(tx, rows.settle_all(tx, plain.values())):
        plain = {}  # one of them spoils it, so each is written by itself
    if plain and await standing_rows.any_left(tx):
        for one in found:
            if one.delivery.id in plain:
                await standing_rows.take_up(tx, one.delivery.to, one.at)
    failed: dict[str, Exception] = {}
    for one in found:
        if end := plain.get(one.delivery.id):
            _tell(one.delivery, end.state)
        elif error := await _apart(tx, _write(app, tx, one.delivery, one.finding, one.at)):
            log.error("delivery=%s kind=%s not settled: %s", one.delivery.id, one.delivery.kind, error, exc_info=error)
            failed[one.delivery.id] = error
    return failed


async def _apart(tx: Tx, writing: Awaitable[None]) -> Exception | None:
    """Write something whole; where that fails nothing of it is written, and the transaction goes on."""
    await tx.run("SAVEPOINT apart")
    try:
        await writing
    except Exception as error:
        await tx.run("ROLLBACK TO apart")
        return error
    finally:
        await tx.run("RELEASE apart")
    return None


def _tell(delivery: Delivery, state: State) -> None:
    log.info("delivery=%s kind=%s state=%s tries=%d", delivery.id, delivery.kind, state, delivery.attempts + 1)


def _plain(one: _Found) -> End | None:
    """A first question that came where its person is known to be: it is settled together with others."""
    delivery, finding = one.delivery, one.finding
    if not isinstance(finding, Sent) or delivery.kind is not Kind.PROMPT or delivery.turn or delivery.hindered:
        return None
    if finding.post is None or finding.post.channel != delivery.channel or delivery.state is not State.OWED:
        return None
    return End(delivery.id, _state(delivery, one.at), one.at, finding.post)


def _state(delivery: Delivery, now: datetime) -> State:
    return State.LATE if rules.lateness_matters(delivery.due_at, now) else State.SENT


async def _write(app: App, tx: Tx, delivery: Delivery, finding: Finding, now: datetime) -> None:
    if await rows.get(tx, delivery.id) is None:  # erased meanwhile: its numbers may be somebody else's by now
        return
    match finding:
        case Sent(post):
            await _arrived(app, tx, delivery, post, now)
        case Found(post):
            await _arrived(app, tx, delivery, post, min(delivery.claimed_at or delivery.due_at, now))
            await _adopt(tx, delivery, now)
        case Ends(state, why):
            await _end(app, tx, delivery, state, now, why)
        case Waits(until, why):
            await rows.put_off(tx, delivery.id, State.OWED, until, why)
        case HandedBack():
            await rows.hand_back(tx, delivery, now)
        case Later(seconds):
            await _try_again(tx, delivery, State.OWED, now + timedelta(seconds=max(seconds, 1)), "asked to wait")
        case Unreachable():
            await _hindered(app, tx, delivery, finding, now)
        case Unknown(why):
            await _unknown(app, tx, delivery, now, why)


async def _arrived(app: App, tx: Tx, delivery: Delivery, post: Post | None, now: datetime) -> None:
    state = _state(delivery, now)
    await rows.settle(tx, delivery.id, state, now, post=post)
    if post:
        await _reach.arrived(app, tx, delivery, post, now)
    if delivery.kind is Kind.DRAFT:
        await _let_post_by_itself(tx, delivery, now)
    if delivery.kind is Kind.COUNCIL or (delivery.kind is Kind.POST and state is State.LATE):
        await _weeks.mark_drafts(tx, delivery, now)
    if delivery.kind is Kind.COUNCIL:
        await _joint.invite(app, tx, delivery, app.now())
    if delivery.kind is Kind.WELCOME and delivery.turn:
        await _moves.follow(tx, delivery.subject, now)
    await _readers.settled(tx, delivery, now)
    if delivery.kind is Kind.CLOSING:
        await standing_rows.mark_about(tx, (Kind.LANDING,), delivery.subject, now)
    await _replies.settled(tx, delivery, now)
    await _tell_older(tx, delivery, now)
    _tell(delivery, state)


async def _adopt(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """A message found that this database does not remember sending says what the database says from now on."""
    if delivery.kind is Kind.NOTE and await note_rows.carried_monday(tx, delivery.subject) is None:
        await note_rows.carry(tx, delivery.subject, delivery.person_id)
    look_before = await facts.get(tx, facts.LOOK_BEFORE)
    older = look_before is not None and delivery.due_at <= datetime.fromisoformat(look_before)
    if older or delivery.claimed_at is None:
        await standing_rows.mark(tx, delivery.id, now)


async def _hindered(app: App, tx: Tx, delivery: Delivery, outcome: Unreachable, now: datetime) -> None:
    until = await _reach.hindered(app, tx, delivery, outcome, now)
    if until is None:
        await _end(app, tx, delivery, State.UNREACHABLE, now, outcome.why)
    else:
        await _try_again(tx, delivery, State.OWED, until, outcome.why)


async def _unknown(app: App, tx: Tx, delivery: Delivery, now: datetime, why: str) -> None:
    too_late = delivery.expires_at is not None and now >= delivery.expires_at
    if not too_late and delivery.attempts < rules.MOST_ATTEMPTS:
        await _try_again(tx, delivery, State.UNKNOWN, rules.next_try(delivery.attempts, now), why)
    elif not await _is_open(tx, delivery):
        await _end(app, tx, delivery, State.DROPPED, now, why)
    else:
        await _end(app, tx, delivery, State.EXPIRED if too_late else State.UNREACHABLE, now, why)


async def _is_open(tx: Tx, delivery: Delivery) -> bool:
    """Whether it still asks for something: whoever answered a question misses nothing, whether it came or not."""
    if delivery.kind is Kind.PROMPT:
        asked = await rhythm_rows.occurrence(tx, delivery.subject)
        return asked is not None and asked.state is times.Standing.OPEN
    if delivery.kind is Kind.DRAFT:
        week = await summary_rows.get(tx, delivery.subject)
        return week is None or week.phase is not Phase.POSTED
    return True


async def _try_again(tx: Tx, delivery: Delivery, state: State, try_at: datetime, why: str) -> None:
    await rows.put_off(tx, delivery.id, state, try_at, why)
    log.warning("delivery=%s kind=%s state=%s until=%s: %s", delivery.id, delivery.kind, state, try_at, why)


async def _end(app: App, tx: Tx, delivery: Delivery, state: State, now: datetime, why: str) -> None:
    if state is State.DROPPED and delivery.kind is Kind.COUNCIL and await _joint.tells(app, tx, delivery.subject):
        await rows.put_off(tx, delivery.id, State.OWED, now, "somebody posted just now")
        return
    await rows.settle(tx, delivery.id, state, now, why=why)
    if state is State.EXPIRED:
        await _expire(tx, delivery)
    if state in _weeks.NEVER_ARRIVED and delivery.kind in (Kind.POST, Kind.COUNCIL):
        await _weeks.not_posted(tx, delivery, now)
    if state in _landing.NEVER_ARRIVED and delivery.kind is Kind.CLOSING:
        await _landing.not_posted(tx, delivery, now)
    if state is State.UNREACHABLE and delivery.kind is Kind.WELCOME and delivery.turn:
        await _moves.turn_back(tx, delivery)
    if delivery.kind is Kind.NOTE:
        await note_rows.put_back(tx, delivery.subject)
    await _readers.settled(tx, delivery, now)
    await _replies.settled(tx, delivery, now)
    await _tell_older(tx, delivery, now)
    log.info("delivery=%s kind=%s state=%s %s", delivery.id, delivery.kind, state, why)


async def _expire(tx: Tx, delivery: Delivery) -> None:
    """What was to be asked on a date is expired, unless an earlier message of it may stand and be answered."""
    if delivery.kind is Kind.PROMPT:
        if not any(asked.may_stand for asked in await rows.about(tx, Kind.PROMPT, delivery.subject)):
            await rhythm_rows.expire_one(tx, delivery.subject)
    elif delivery.kind is Kind.DRAFT:
        week = await summary_rows.get(tx, delivery.subject)
        if week and not any(draft.may_stand for draft in await rows.about(tx, Kind.DRAFT, week.id)):
            await rhythm_rows.expire(tx, week.person_id, times.Ask.WEEK, *times.summary_dates(week.monday))


async def _tell_older(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """The messages that asked the same before say what became of asking again."""
    if delivery.kind is Kind.PROMPT and delivery.turn:
        for older in await rows.about(tx, Kind.PROMPT, delivery.subject):
            if older.may_stand and older.turn < delivery.turn:
                await standing_rows.mark(tx, older.id, now)


async def _let_post_by_itself(tx: Tx, delivery: Delivery, now: datetime) -> None:
    seeker = await people_rows.seeker_by_id(tx, delivery.person_id)
    if seeker and seeker.autopost:
        posts_at = times.after_quiet(now + times.POST_AFTER, seeker.quiet, ZoneInfo(seeker.zone))
        await summary_rows.set_posts_at(tx, delivery.subject, posts_at)
        await standing_rows.mark(tx, delivery.id, now)
