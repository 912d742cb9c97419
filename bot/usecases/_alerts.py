"""What tells of an alert: the host's own message, and the line in a circle to whom direct messages don't reach."""

from __future__ import annotations

from bot.core.alert import Alert, Unreached
from bot.core.delivery import Delivery
from bot.core.people import Seeker
from bot.store import alerts as rows
from bot.store import people as people_rows
from bot.usecases.app import App


async def alert(app: App, delivery: Delivery) -> Alert | None:
    """What the host reads."""
    found = await rows.get(app.db.reading, delivery.subject)
    return found and Alert(delivery.id, found.topic, found.detail, found.raised_at, over=found.ended_at is not None)


async def lasts(app: App, delivery: Delivery) -> bool:
    """Whether what a delivery tells of has not ended."""
    found = await rows.get(app.db.reading, delivery.subject)
    return found is not None and found.ended_at is None


async def unreached(app: App, delivery: Delivery) -> Unreached | None:
    """The line in the circle; None once it is not wanted there any more."""
    seeker = await people_rows.seeker_by_id(app.db.reading, delivery.person_id)
    if seeker is None or seeker.left_at or not await unreached_wanted(app, seeker, delivery):
        return None
    return Unreached(delivery.id, seeker.name)


async def unreached_wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """Whether the seeker still wants to hear of it there, and cannot be written to."""
    return seeker.tell_circle and await lasts(app, delivery)
