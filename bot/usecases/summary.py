"""The week: its draft, what goes into it, posting it, taking it down."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core import summary as rules
from bot.core import text as texts
from bot.core.circle import CouldNotPost, NoCircle
from bot.core.council import JointPost
from bot.core.delivery import Kind, Outcome, Sent, Unreachable, lateness_matters
from bot.core.exercise import checked_text
from bot.core.journal import Gone, Visibility, owned
from bot.core.people import Person, Seeker
from bot.core.postable import NothingChosen
from bot.core.reader import NobodyToSend
from bot.core.summary import Draft, Phase, Portion, Week, WeekPost
from bot.store import delivery as delivery_rows
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import standing as standing_rows
from bot.store import summary as rows
from bot.store.db import Tx
from bot.usecases import _drafts, _joint, _posted, _pump, _readers, _weeks
from bot.usecases._weeks import OF_DRAFT, OF_WEEK
from bot.usecases.app import App
from bot.usecases.people import seeking, sought

UNPOSTED = (Phase.DRAFTED, Phase.SKIPPED, Phase.CLOSED, Phase.TAKEN)
GONE = "That week is no longer here."
NOT_YOURS = "This week belongs to somebody else, so only they can change it."
PARTS = NUMBERS, MOOD, ASKS, OPENING, GOALS, REJECTIONS = "numbers", "mood", "asks", "opening", "goals", "rejections"
Posts = list[WeekPost | JointPost | Portion]


async def draft(app: App, who: Person, back: int | None = None) -> Draft:
    """This week's draft, or that of `back` weeks ago; where not said, last week's unless it was posted."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        week = await _week_back(app, tx, seeker, back, UNPOSTED)
    return await _weeks.shown(app, app.db.reading, seeker, week)


async def previewed(
    app: App, who: Person, *, week_id: int | None = None, back: int | None = None
) -> tuple[Draft, Posts]:
    """The seeker's own view of a week, and what friends would see of it, message by message.

    Where not said which, of the draft that waits or this week. Raises NothingChosen where they would see nothing.
    """
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        if week_id is None:
            week = await _week_back(app, tx, seeker, back, (Phase.DRAFTED,))
        else:
            week = await _own(tx, seeker, week_id)
    draft = await _weeks.shown(app, app.db.reading, seeker, week)
    if draft.summary.empty and not draft.handed:
        raise NothingChosen(
            "Your friends would see nothing yet: everything is private. /week draft lets you choose what goes in."
        )
    return draft, await posts_of(app, who, draft)


async def posts_of(app: App, who: Person, draft: Draft) -> Posts:
    """A week's messages as friends see them, those to friends alone as well, for its seeker alone."""
    shared = [] if draft.summary.empty else [one.circle for one in draft.joins]
    alone = not draft.summary.empty and (not shared or await _alone_too(app.db.reading, draft))
    count = app.faces[who.platform].messages(draft.summary) if alone else 0
    posts = [await _drafts.post_of(app, draft.summary, "preview", part) for part in range(count)]
    joint = [await _joint.preview(app, circle, draft.week, draft.summary) for circle in shared]
    return [*posts, *joint, *rules.previewed(draft.portions)]


async def _alone_too(tx: Tx, draft: Draft) -> bool:
    """Whether a week that is in a joint post goes out, or stands, as a post of its own as well."""
    if draft.week.phase is Phase.POSTED:
        return any(post.turn == draft.week.turn for post in await delivery_rows.about(tx, Kind.POST, draft.week.id))
    return any(circle not in [one.circle for one in draft.joins] for circle in draft.circles)


async def draft_of(app: App, who: Person, week_id: int) -> Draft:
    """One of the seeker's own weeks."""
    seeker = await seeking(app.db.reading, who)
    return await _weeks.shown(app, app.db.reading, seeker, await _own(app.db.reading, seeker, week_id))


async def choose(app: App, who: Person, week_id: int, offered: Collection[str], chosen: Collection[str]) -> Draft:
    """Of what is offered (entry numbers, and PARTS) let exactly the chosen ones out.

    What is only for friends who are named stays so unless it is chosen.
    """
    now = app.now()
    async with app.db.writing() as tx:
        seeker, week = await _mine(tx, who, week_id)
        prompts: list[str] = []
        for entry in await journal_rows.of_week(tx, seeker.id, week.monday):
            if str(entry.id) not in offered:
                continue
            wish = Visibility.FRIENDS if str(entry.id) in chosen else Visibility.PRIVATE
            if wish is not entry.visibility and not (entry.for_some and wish is Visibility.PRIVATE):
                await journal_rows.set_visibility(tx, entry.id, wish, now)
                prompts += await _weeks.mark_answer(tx, entry, now)
        await rows.share(tx, week._replace(**{f"share_{part}": part in chosen for part in PARTS if part in offered}))
        await standing_rows.mark_about(tx, OF_WEEK, week.id, now)
    draft = await _refreshed(app, seeker, week.id)
    await _pump.refresh_now(app, prompts)
    return draft


async def edit(app: App, who: Person, week_id: int, words: str) -> Draft:
    """What the seeker writes above the entries; raises TooLong."""
    checked = checked_text(words, "A few words")
    async with app.db.writing() as tx:
        seeker, week = await _mine(tx, who, week_id)
        await rows.set_words(tx, week.id, checked)
        await standing_rows.mark_about(tx, OF_WEEK, week.id, app.now())
    return await _refreshed(app, seeker, week.id)


async def words_of(app: App, who: Person, week_id: int) -> str:
    """What the seeker wrote above the entries so far, by one read; raises Gone or NotYours."""
    return owned(await rows.owned(app.db.reading, week_id), lambda one: one[0] == who, GONE, NOT_YOURS)[1].words


async def post(app: App, who: Person, week_id: int) -> Draft:
    """Post a week to every channel of the seeker's circles.

    Raises NothingChosen, AlreadyPosted or NoCircle, and CouldNotPost where no channel takes it; it can be tried again.
    """
    async with app.db.writing() as tx:
        seeker, week = await _mine(tx, who, week_id)
        delivery_ids = await _posted.go_out(app, tx, seeker, week)
        controls = await _controls(app, tx, seeker, week)
        await standing_rows.mark_about(tx, OF_DRAFT, week.id, app.now())
    outcomes = await _pump.send_now(app, delivery_ids)
    await _pump.refresh_now(app, delivery_ids)  # a joint post that is out already
    await _pump.send_now(app, controls)
    draft = await _refreshed(app, seeker, week_id, kinds=OF_DRAFT)
    _check_arrived(app, outcomes, draft)
    return draft


async def _controls(app: App, tx: Tx, seeker: Seeker, week: Week) -> list[str]:
    """Owe the direct message that edits and takes down a week which was posted before its draft had come."""
    drafts = [d for d in await delivery_rows.of_week(tx, week.id) if d.kind in OF_DRAFT]
    if any(draft.may_stand for draft in drafts):
        return []
    key = await delivery_rows.owe(
        tx, Kind.DRAFT, seeker.person, week.id, app.now(), person_id=seeker.id, turn=len(drafts)
    )
    return [key] if key else []


def _check_arrived(app: App, outcomes: Collection[Outcome | None], draft: Draft) -> None:
    lost = any(isinstance(outcome, Unreachable) for outcome in outcomes)
    if not lost or any(isinstance(outcome, Sent) for outcome in outcomes):
        return
    if draft.waits_for:
        names = texts.listing([f"#{circle.name}" for circle in draft.waits_for])
        told = " I told my host." if app.settings.host else ""
        raise CouldNotPost(
            f"I can't write in {names} at the moment. Your week goes out by itself as soon as I may.{told}"
        )
    raise CouldNotPost(
        "I could not post in your circle's channel: it is gone, or I may not write there any more. "
        "Your draft is as it was. Ask whoever looks after the server, or choose another circle with /start."
    )


async def post_by_itself(app: App, week: Week) -> None:
    """Owe the post of a draft whose two hours are over; with nothing chosen it goes on waiting for its seeker.

    After downtime it takes its two hours anew, so that *Stop* can still be pressed; in a pause it waits as well.
    """
    now = app.now()
    async with app.db.writing() as tx:
        seeker, now_is = await people_rows.seeker_by_id(tx, week.person_id), await rows.get(tx, week.id)
        if seeker is None or now_is is None or now_is.posts_at is None:
            return
        zone = ZoneInfo(seeker.zone)
        late = lateness_matters(now_is.posts_at, now)
        wait_until = times.after_quiet(now + times.POST_AFTER, seeker.quiet, zone) if late else None
        await rows.set_posts_at(tx, week.id, wait_until)
        if not (late or seeker.left_at or seeker.rests_on(times.local_date(now, zone))):
            with suppress(NothingChosen, NobodyToSend, NoCircle):
                await _posted.go_out(app, tx, seeker, now_is)
        await standing_rows.mark_about(tx, OF_WEEK, week.id, now)


async def wait_for_seeker(tx: Tx, person_id: int, now: datetime) -> None:
    """No draft of a seeker posts by itself any more."""
    for week in await rows.drafted_of(tx, person_id):
        await rows.set_posts_at(tx, week.id, None)
        await standing_rows.mark_about(tx, OF_WEEK, week.id, now)


async def read(app: App, who: Person, delivery_id: str) -> rules.Summary:
    """All that a standing post tells, for whoever can see it, or a friend's part for them; raises Gone or NotYours."""
    delivery = await delivery_rows.get(app.db.reading, delivery_id)
    part = delivery if delivery and delivery.kind is Kind.PART else None
    if part and (found := await _readers.read(app, who, part)):
        return found
    week = await rows.get(app.db.reading, delivery.subject) if delivery and delivery.kind is Kind.POST else None
    seeker = await people_rows.seeker_by_id(app.db.reading, week.person_id) if week else None
    if week is None or seeker is None or week.phase is not Phase.POSTED:
        raise Gone("This week was taken down, so there is nothing to read any more.")
    return (await _weeks.told(app, app.db.reading, seeker, week))[1]


async def skip(app: App, who: Person, week_id: int) -> Draft:
    """Leave a week out; it can still be posted."""
    return await _to_phase(app, who, week_id, Phase.SKIPPED, only=(Phase.OPEN, Phase.DRAFTED))


async def stop(app: App, who: Person, week_id: int) -> Draft:
    """Do not post by itself; the draft stays."""
    async with app.db.writing() as tx:
        seeker, week = await _mine(tx, who, week_id)
        await rows.set_posts_at(tx, week.id, None)
        await standing_rows.mark_about(tx, OF_WEEK, week.id, app.now())
    return await _refreshed(app, seeker, week_id)


async def take_down(app: App, who: Person, week_id: int) -> Draft:
    """Take a posted week down, also after leaving; it can be posted again."""
    return await _to_phase(app, who, week_id, Phase.TAKEN, only=(Phase.POSTED,))


async def _to_phase(app: App, who: Person, week_id: int, phase: Phase, *, only: Collection[Phase]) -> Draft:
    async with app.db.writing() as tx:
        seeker = await sought(tx, who) if phase is Phase.TAKEN else await seeking(tx, who)
        week = await _own(tx, seeker, week_id)
        if week.phase in only:
            await _weeks.turn(tx, week, phase, app.now())
            await standing_rows.mark_about(tx, OF_WEEK, week.id, app.now())
    return await _refreshed(app, seeker, week_id)


async def _refreshed(app: App, seeker: Seeker, week_id: int, kinds: Collection[Kind] = OF_WEEK) -> Draft:
    with _pump.kept_anyway():
        await _posted.settle_posts(app, seeker, week_id)
        async with app.db.writing(reserve=True) as tx:
            stale = await standing_rows.mark_about(tx, kinds, week_id, app.now())
        await _pump.refresh_now(app, stale)
    week = await rows.get(app.db.reading, week_id)
    if week is None:  # erased in this moment
        raise Gone(GONE)
    return await _weeks.shown(app, app.db.reading, seeker, week)


async def _week_back(app: App, tx: Tx, seeker: Seeker, back: int | None, waiting: Collection[Phase]) -> Week:
    """The week of so many weeks ago; where not said, this or the last one in a phase of waiting, else this one."""
    monday = times.monday_of(times.local_date(app.now(), ZoneInfo(seeker.zone)))
    if back is None:
        week = await rows.newest(tx, seeker.id, waiting, monday - timedelta(days=7))
        return week or await rows.week(tx, seeker.id, monday)
    return await rows.week(tx, seeker.id, monday - timedelta(days=7 * back))


async def _mine(tx: Tx, who: Person, week_id: int) -> tuple[Seeker, Week]:
    seeker = await seeking(tx, who)
    return seeker, await _own(tx, seeker, week_id)


async def _own(tx: Tx, seeker: Seeker, week_id: int) -> Week:
    return owned(await rows.get(tx, week_id), lambda week: week.person_id == seeker.id, GONE, NOT_YOURS)
