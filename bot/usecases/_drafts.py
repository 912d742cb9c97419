"""A week as messages: its draft to the seeker, and its posts; what they say, and whether they are still to be sent."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.core.delivery import Delivery, Kind
from bot.core.people import Seeker
from bot.core.rhythm import local_date
from bot.core.summary import Draft, Phase, Summary, WeekPost
from bot.store import people as people_rows
from bot.store import summary as rows
from bot.usecases import _weeks
from bot.usecases.app import App


async def draft(app: App, delivery: Delivery) -> Draft | None:
    """What the draft says; None where its seeker left before it was posted."""
    week = await rows.get(app.db.reading, delivery.subject)
    if week is None:
        return None
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    if seeker is None or (seeker.left_at and week.phase is not Phase.POSTED):
        return None
    return await _weeks.shown(app, app.db.reading, seeker, week, delivery.id, recall=delivery.kind is Kind.RECALL)


async def draft_wanted(app: App, seeker: Seeker, delivery: Delivery) -> bool:
    """Whether a draft, or what reminds of it, is still to be sent: not settled, and its seeker does not rest."""
    week = await rows.get(app.db.reading, delivery.subject)
    if week and week.phase in (Phase.POSTED, Phase.CLOSED):
        return delivery.kind is Kind.DRAFT  # to edit what is posted; where it closed before, it expires
    rests = seeker.rests_on(local_date(app.now(), ZoneInfo(seeker.zone)))
    if week is None or week.phase is not Phase.DRAFTED or rests:
        return False
    return delivery.kind is Kind.DRAFT or await _weeks.is_written(app, app.db.reading, seeker, week)


async def post(app: App, delivery: Delivery) -> WeekPost | None:
    """What one message of a weekly post says; None where the week is not posted as that, or needs fewer messages."""
    week = await rows.get(app.db.reading, delivery.subject)
    if week is None or week.phase is not Phase.POSTED or week.turn != delivery.turn:
        return None
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id)
    if seeker is None:
        return None
    _, shown = await _weeks.told(app, app.db.reading, seeker, week)
    if shown.empty or delivery.part >= app.faces[delivery.to.platform].messages(shown):
        return None
    return await post_of(app, shown, delivery.id, delivery.part)


async def post_of(app: App, summary: Summary, delivery_id: str, part: int) -> WeekPost:
    """One message of a weekly post; the first carries the picture."""
    if part:
        return WeekPost(delivery_id, summary, part)
    picture = await app.studio.week_card(summary.card)
    return WeekPost(delivery_id, summary, part, picture.png, picture.alt)


async def post_wanted(app: App, _: Seeker, delivery: Delivery) -> bool:
    """Whether a post is still to be sent: the week is posted, and was not taken down and posted anew since."""
    week = await rows.get(app.db.reading, delivery.subject)
    return week is not None and week.phase is Phase.POSTED and week.turn == delivery.turn
