"""The closing post of a journey: looked at, posted to every channel of the seeker's circles, taken down, read."""

from __future__ import annotations

from collections.abc import Collection

from bot.core import landing as rules
from bot.core import text as texts
from bot.core.circle import CouldNotPost, NoCircle
from bot.core.delivery import Kind, Outcome, Sent, Unreachable
from bot.core.journal import Gone
from bot.core.landing import Closing, ClosingPost, LandingDraft, Phase
from bot.core.people import Person, Post, Seeker
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import landing as rows
from bot.store import standing as standing_rows
from bot.usecases import _landing, _pump
from bot.usecases.app import App
from bot.usecases.landing import mine, own, refreshed
from bot.usecases.people import seeking, sought


async def preview(app: App, who: Person, landing_id: int) -> ClosingPost:
    """What friends would read."""
    tx = app.db.reading
    seeker = await seeking(tx, who)
    closing = await _landing.told(tx, seeker, await own(tx, seeker, landing_id))
    return await _landing.post_of(app, closing, "preview")


async def post(app: App, who: Person, landing_id: int) -> LandingDraft:
    """Post to every channel of the seeker's circles; raises AlreadyPosted, NoCircle or CouldNotPost."""
    async with app.db.writing() as tx:
        seeker, landing = await mine(tx, who, landing_id)
        rules.check_unposted(landing)
        circles = await circle_rows.of_seeker(tx, seeker.id)
        if not circles:
            raise NoCircle("You have no circle to post to any more. What is here stays with you.")
        turn, now = landing.turn + 1, app.now()
        await rows.set_phase(tx, landing.id, Phase.POSTED, turn)
        owed = [
            await delivery_rows.owe(tx, Kind.CLOSING, one.space, landing.id, now, person_id=seeker.id, turn=turn)
            for one in circles
        ]
    outcomes = await _pump.send_now(app, [key for key in owed if key])
    draft = await _marked(app, seeker, landing_id)
    _check_arrived(outcomes, draft)
    return draft


def _check_arrived(outcomes: Collection[Outcome | None], draft: LandingDraft) -> None:
    if any(isinstance(o, Sent) for o in outcomes) or not any(isinstance(o, Unreachable) for o in outcomes):
        return
    if draft.landing.phase is Phase.POSTED:
        names = texts.listing([f"#{circle.name}" for circle in draft.circles])
        raise CouldNotPost(f"I can't write in {names} at the moment. It goes out by itself as soon as I may.")
    raise CouldNotPost(
        "I could not post in your circle's channel: it is gone, or I may not write there any more. "
        "What is here stays with you. Ask whoever looks after the server."
    )


async def take_down(app: App, who: Person, landing_id: int) -> LandingDraft:
    """Take the closing post down, also after leaving; it can be posted again."""
    return await _to_phase(app, who, landing_id, Phase.TAKEN, only=(Phase.POSTED,))


async def keep_private(app: App, who: Person, landing_id: int) -> LandingDraft:
    """Post nothing: it stays with the seeker, and can still be posted."""
    return await _to_phase(app, who, landing_id, Phase.KEPT, only=(Phase.DRAFT, Phase.TAKEN))


async def _to_phase(
    app: App, who: Person, landing_id: int, phase: Phase, *, only: Collection[Phase]
) -> LandingDraft:  # fmt: skip
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        landing = await own(tx, seeker, landing_id)
        if landing.phase in only:
            await rows.set_phase(tx, landing.id, phase, landing.turn)
    return await _marked(app, seeker, landing_id)


async def post_gone(app: App, post: Post) -> None:
    """Somebody deleted a closing post on the platform: it counts as taken down."""
    known = await standing_rows.at_post(app.db.reading, post.channel, post.id)
    if known is None or known.kind is not Kind.CLOSING:
        return
    async with app.db.writing() as tx:
        await standing_rows.forget_post(tx, known.id)
        landing = await rows.get(tx, known.subject)
        if landing is None or landing.phase is not Phase.POSTED or landing.turn != known.turn:
            return
        await rows.set_phase(tx, landing.id, Phase.TAKEN, landing.turn)
        stale = await _landing.mark(tx, [landing.id], app.now())
    await _pump.refresh_now(app, stale)


async def read(app: App, delivery_id: str) -> Closing:
    """All that a standing closing post tells, for whoever can see it; raises Gone."""
    delivery = await delivery_rows.get(app.db.reading, delivery_id)
    what = await _landing.posted(app, delivery) if delivery and delivery.kind is Kind.CLOSING else None
    if what is None:
        raise Gone("This was taken down, so there is nothing to read any more.")
    return what.closing


async def _marked(app: App, seeker: Seeker, landing_id: int) -> LandingDraft:
    async with app.db.writing(reserve=True) as tx:
        stale = await _landing.mark(tx, [landing_id], app.now())
    return await refreshed(app, seeker, landing_id, stale)
