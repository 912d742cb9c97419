"""Who and what can be reached: closed direct messages, lost channels, and what the host is told of them.

The pump calls `arrived` and `hindered` in the transaction that settles a delivery.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.alert import Topic
from bot.core.consent import Consent
from bot.core.delivery import TO_FRIENDS, Cause, Delivery, Kind, Unreachable
from bot.core.people import Person, Post, Space
from bot.store import alerts, conversations
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store.conversations import Conversation
from bot.store.db import Tx
from bot.usecases import _replies, _weeks
from bot.usecases.app import App

log = logging.getLogger(__name__)
TRY_AGAIN_AFTER = timedelta(minutes=10)  # in a channel where the bot may not write at present
WAITS_FOR = timedelta(days=3)  # for such a channel; then a week goes back to its seeker
TRIED_ALL_THE_SAME = (Kind.HELLO, Kind.ALERT, Kind.CONSENT)


async def arrived(app: App, tx: Tx, delivery: Delivery, post: Post, now: datetime) -> None:
    """A message came: the way is open, and whatever waited for it goes on."""
    await standing_rows.take_up(tx, delivery.to, now)
    if isinstance(delivery.to, Space):
        await _writable(app, tx, delivery, delivery.to, now)
        return
    person_id = await people_rows.number_of(tx, delivery.to)  # they may have been erased while it was on its way
    if person_id is None:
        return
    known = await conversations.get(tx, person_id)
    if known is None or known.channel != post.channel:
        await conversations.meet(tx, person_id, post.channel)
    if known and (known.closed_at or known.closed_why):
        await conversations.reached(tx, person_id)
        await end_alert(app, tx, Topic.CLOSED, _named(delivery.to))


async def hindered(app: App, tx: Tx, delivery: Delivery, outcome: Unreachable, now: datetime) -> datetime | None:
    """A message cannot arrive: when it is tried again, or None where it ends as unreachable."""
    if outcome.cause is Cause.REFUSED:
        return None
    if isinstance(delivery.to, Space):
        return await _lose(app, tx, delivery, delivery.to, outcome, now)
    await _close(app, tx, delivery, delivery.to, outcome.why, now)
    return None


async def blocked(tx: Tx, deliveries: Iterable[Delivery]) -> set[str]:
    """The ids of those that need not be tried: the person is known not to let the bot write to them."""
    asked = [d for d in deliveries if isinstance(d.to, Person) and d.kind not in TRIED_ALL_THE_SAME]
    closed = await conversations.closed(tx, {d.person_id for d in asked}) if asked else set[int]()
    return {d.id for d in asked if d.person_id in closed}


async def raise_alert(
    app: App, tx: Tx, topic: Topic, about: str, detail: str = "", person_id: int | None = None
) -> int | None:
    """Tell the host, once while it lasts; the number of the alert where it is new."""
    now = app.now()
    alert_id = await alerts.raise_(tx, topic, about, detail, person_id, now)
    if alert_id is None:
        return None
    log.warning("alert=%d topic=%s %s", alert_id, topic, detail)
    if app.settings.host:
        await delivery_rows.owe(tx, Kind.ALERT, app.settings.host, alert_id, now, person_id=None)
    return alert_id


async def end_alert(app: App, tx: Tx, topic: Topic, about: str) -> list[str]:
    """It works again: what stands about it is to be revised, or taken down; those messages' ids."""
    now = app.now()
    alert_id = await alerts.end(tx, topic, about, now)
    if alert_id is None:
        return []
    log.info("alert=%d topic=%s is over", alert_id, topic)
    return await _mark(tx, alert_id, now)


async def owe_again(tx: Tx, known: Conversation, now: datetime) -> list[str]:
    """Owe anew what could not arrive while somebody's direct messages were closed, as far as it is still in time."""
    owed: list[str] = []
    for lost in await delivery_rows.unreachable_since(tx, known.person_id, known.closed_at or now):
        if lost.expires_at and lost.expires_at <= now:
            continue
        if lost.kind is Kind.PROMPT:
            await rhythm_rows.reopen(tx, lost.subject)
        key = await delivery_rows.owe(
            tx, lost.kind, lost.to, lost.subject, lost.due_at,
            person_id=lost.person_id, turn=lost.turn + 1, expires_at=lost.expires_at,
        )  # fmt: skip
        owed += [key] if key else []
    return owed


async def take_line_down(tx: Tx, person_id: int, now: datetime) -> list[str]:
    """What stands in circles of somebody's closed direct messages is to be taken down; those messages' ids."""
    stale: list[str] = []
    for alert in await alerts.of_person(tx, person_id):
        stale += await standing_rows.mark_about(tx, (Kind.UNREACHED,), alert.id, now)
    return stale


async def withdraw(tx: Tx, person_id: int, now: datetime) -> list[str]:
    """Somebody leaves: nothing tells any more that they cannot be written to; the messages to take down."""
    stale: list[str] = []
    for alert in await alerts.of_person(tx, person_id):
        stale += await _mark(tx, alert.id, now)
        await alerts.forget(tx, alert.id)
    await conversations.reached(tx, person_id)
    return stale


async def forget_space(tx: Tx, space: Space, now: datetime) -> list[str]:
    """A channel is no circle any more: nothing tells that it was lost; the messages to take down."""
    alert_id = await alerts.end(tx, Topic.LOST, _named(space), now)
    if alert_id is None:
        return []
    await alerts.forget(tx, alert_id)
    return await _mark(tx, alert_id, now)


async def _writable(app: App, tx: Tx, delivery: Delivery, space: Space, now: datetime) -> None:
    circle = await circle_rows.at(tx, space)
    if circle is None or circle.lost_at is None:
        return
    await circle_rows.found(tx, circle.id)
    await end_alert(app, tx, Topic.LOST, _named(space))
    await _weeks.mark_drafts(tx, delivery, now)
    for waiting in await delivery_rows.read(tx, await circle_rows.release(tx, space, now, now + TRY_AGAIN_AFTER)):
        await _weeks.mark_drafts(tx, waiting, now)


async def _lose(
    app: App, tx: Tx, delivery: Delivery, space: Space, outcome: Unreachable, now: datetime
) -> datetime | None:
    circle = await circle_rows.at(tx, space)
    if circle is None or delivery.kind is Kind.WELCOME:  # whoever makes a circle reads at once that it failed
        return None
    new = await circle_rows.lose(tx, circle.id, outcome.why, now)
    await raise_alert(app, tx, Topic.LOST, _named(space), circle.name)
    if outcome.gone or now >= delivery.due_at + WAITS_FOR:
        return None
    if new or now < delivery.due_at + TRY_AGAIN_AFTER:
        await _weeks.mark_drafts(tx, delivery, now)
    return now + TRY_AGAIN_AFTER


async def _close(app: App, tx: Tx, delivery: Delivery, person: Person, why: str, now: datetime) -> None:
    if delivery.kind is Kind.ALERT:
        log.warning("delivery=%s the host's direct messages are closed, so they read it in /host status", delivery.id)
        return
    if delivery.kind in TO_FRIENDS:
        await _replies.end(tx, delivery.person_id, Consent.CLOSED, now)
    seeker = await people_rows.seeker(tx, person)
    if seeker is None or seeker.left_at:  # they left, or were erased, while it was on its way
        return
    if not await conversations.close(tx, seeker.id, why, now):
        return
    if delivery.kind is Kind.HELLO:  # the answer to /start says so
        await conversations.told(tx, seeker.id, now)
    alert_id = await raise_alert(app, tx, Topic.CLOSED, _named(person), person_id=seeker.id)
    if alert_id and seeker.tell_circle:
        for circle in await circle_rows.of_seeker(tx, seeker.id):
            await delivery_rows.owe(tx, Kind.UNREACHED, circle.space, alert_id, now, person_id=seeker.id)


def _named(who: Person | Space) -> str:
    return "/".join(who)


async def _mark(tx: Tx, alert_id: int, now: datetime) -> list[str]:
    """Whatever tells of an alert is to be revised or taken down; those messages' ids."""
    return await standing_rows.mark_about(tx, (Kind.ALERT, Kind.UNREACHED), alert_id, now)
