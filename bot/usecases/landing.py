"""Ending a journey, or changing its course; what of it goes into the closing post."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import landing as rules
from bot.core import rhythm as times
from bot.core.delivery import Kind, Sent
from bot.core.exercise import checked_text
from bot.core.experiment import Phase as Trying
from bot.core.idea import ASKED_AFTER, Idea, Step
from bot.core.journal import owned
from bot.core.landing import Landing, LandingDraft, NotOver, Sort
from bot.core.people import Person, Seeker
from bot.store import delivery as delivery_rows
from bot.store import experiment as experiment_rows
from bot.store import idea as idea_rows
from bot.store import landing as rows
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _experiments, _ideas, _landing, _pump, _trials, ask, summary
from bot.usecases._mornings import morning
from bot.usecases.app import App
from bot.usecases.people import arm, seeking, sought, still_seeking

NUMBERS, MOOD = "numbers", "mood"
GONE = "That is no longer here. /landed is there whenever you need it."
NOT_YOURS = "That belongs to somebody else, so only they can change it."
MOST_OFFERED = 24  # ideas to choose from, whichever led here
TWICE = timedelta(minutes=1)  # the same form sent again within it is one


class Landed(NamedTuple):
    """What came of `/landed`: the draft, and whether it arrived by direct message."""

    draft: LandingDraft
    arrived: bool


class Leads(NamedTuple):
    """Ideas and offers one of which may have led to a landing, and which it is as far as that is known."""

    ideas: tuple[Idea, ...]  # those that something came of first
    chosen: int | None  # before, or because the application came from it that was accepted last on this journey


class Written(NamedTuple):
    """A landing that is there, as its form holds it."""

    sort: Sort
    words: str
    leads: Leads


# ------------------------------------------------------------------ landing


async def over(app: App, who: Person) -> LandingDraft | None:
    """The end of a journey that is over; None while it goes on. Raises NotSeeking."""
    tx = app.db.reading
    seeker = await seeking(tx, who)
    landing = await _end_of(tx, seeker)
    return await _landing.shown(app, tx, seeker, landing) if landing else None


async def leads(app: App, who: Person) -> Leads:
    """What the form of a new landing offers, by one read; raises NotSeeking."""
    found = still_seeking(await rows.leading(app.db.reading, who, None))
    began_on = times.local_date(found.began_at, ZoneInfo(found.zone))
    on_it = found.accepted_on is not None and found.accepted_on >= began_on
    return _leads(found.ideas, found.accepted_from if on_it else None)


async def written(app: App, who: Person, landing_id: int) -> Written:
    """What the form of a landing that is there holds, by one read; raises NotSeeking, Gone or NotYours."""
    found = still_seeking(await rows.leading(app.db.reading, who, landing_id))
    owned(found.owner_id, lambda owner_id: owner_id == found.person_id, GONE, NOT_YOURS)
    assert found.sort is not None
    return Written(found.sort, found.words, _leads(found.ideas, found.idea_id))


def _leads(ideas: Sequence[Idea], led: int | None) -> Leads:
    came_of_it = (Step.LEARNED, Step.TALKED, Step.TRYING, Step.INTRODUCED)
    ordered = sorted(ideas, key=lambda idea: (idea.id != led, idea.step not in came_of_it))
    chosen = led if any(idea.id == led for idea in ideas) else None  # it may have been taken back
    return Leads(tuple(ordered[:MOST_OFFERED]), chosen)


async def land(app: App, who: Person, sort: Sort, words: str, idea_id: int | None) -> Landed:
    """End the journey, or change its course; the same form sent twice does so once, with the words that came last.

    Raises TooLong or NotOver, or AlreadyPosted for other words than those that stand.
    """
    checked, now = checked_text(words, "A few words"), app.now()
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        landing = await _known(tx, seeker, sort, now)
        stale, asks = list[str](), None
        if landing is None:
            landing = await _add(tx, seeker, sort, checked, await _checked_idea(tx, seeker, idea_id), now)
            asks = await ask.close_all(tx, seeker, now) if landing.ends else None
            stale = await _end(app, tx, seeker, now) if landing.ends else []
        elif checked and checked != landing.words:
            landing, stale = await _say_anew(tx, seeker, landing, checked, idea_id, now)
        key = await delivery_rows.owe(tx, Kind.LANDING, seeker.person, landing.id, now, person_id=seeker.id)
    outcomes = await _pump.send_now(app, [key] if key else [])
    if asks:
        await ask.revise(app, asks)
    await _pump.refresh_now(app, stale)
    draft = await _landing.shown(app, app.db.reading, seeker, landing)
    return Landed(draft, any(isinstance(outcome, Sent) for outcome in outcomes))


async def _known(tx: Tx, seeker: Seeker, sort: Sort, now: datetime) -> Landing | None:
    """What the same form made already."""
    if seeker.landed_at:
        landing = await _end_of(tx, seeker)
        if landing and sort is not Sort.CHANGED:
            return landing
        raise NotOver("Your journey is over, so there is no course to change. /start begins a new one.")
    before = await rows.of_seeker(tx, seeker.id)
    return next((one for one in before if one.sort is sort and not one.ends and now - one.at < TWICE), None)


async def _say_anew(
    tx: Tx, seeker: Seeker, landing: Landing, words: str, idea_id: int | None, now: datetime
) -> tuple[Landing, list[str]]:
    """The landing in other words, which nobody but its seeker has read so far; the messages to refresh."""
    rules.check_unposted(landing)
    await rows.reword(tx, landing.id, words, await _checked_idea(tx, seeker, idea_id) or landing.idea_id)
    return await _read_back(tx, landing.id), await _landing.mark(tx, [landing.id], now)


async def _add(tx: Tx, seeker: Seeker, sort: Sort, words: str, idea_id: int | None, now: datetime) -> Landing:
    monday = times.monday_of(times.local_date(now, ZoneInfo(seeker.zone)))
    week = await summary_rows.week(tx, seeker.id, monday)
    began = await _landing.began_at(tx, seeker, now)
    number = await rows.add(tx, seeker.id, sort, words, began, week.id, idea_id, now)
    return await _read_back(tx, number)


async def _end(app: App, tx: Tx, seeker: Seeker, now: datetime) -> list[str]:
    """Nothing is asked any more, and all that is open comes to its end; the messages to refresh."""
    today = times.local_date(now, ZoneInfo(seeker.zone))
    await people_rows.pause(tx, seeker.id, today, None)  # one that goes on stays, for whoever is still on their way
    await rows.end_journey(tx, seeker.id, now)
    await summary.wait_for_seeker(tx, seeker.id, now)
    stale: list[str] = []
    for trial in await experiment_rows.planned(tx, seeker.id):
        await experiment_rows.end(tx, trial.id, Trying.LET_GO, now)
        await delivery_rows.drop_waiting(tx, Kind.TRIAL, trial.id, now)
        stale += await _trials.mark(tx, trial.id, now)
    for number in await rows.settle_ideas(tx, seeker.id, now):
        await delivery_rows.drop_waiting(tx, Kind.BECAME, number, now)
        stale += await _ideas.changed(app, tx, number)
    ended = await people_rows.seeker_by_id(tx, seeker.id)
    assert ended is not None
    await arm(app, tx, ended)
    return stale


async def go_on(app: App, who: Person, landing_id: int) -> None:
    """The journey is not over after all: all goes on as before. Raises NotOver or AlreadyPosted."""
    now = app.now()
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        landing = await own(tx, seeker, landing_id)
        rules.check_unposted(landing)
        if not seeker.landed_at or not landing.ends or landing != await _end_of(tx, seeker):
            raise NotOver("Your journey goes on already, so nothing was changed.")
        stale = await _landing.mark(tx, [landing.id], now)
        await rows.forget(tx, landing.id)
        await rows.go_on(tx, seeker.id)
        await _pause_again(tx, seeker, times.local_date(now, ZoneInfo(seeker.zone)))
        for number in await rows.reopen_ideas(tx, seeker.id, morning(app, seeker, now + ASKED_AFTER), now):
            stale += await _ideas.changed(app, tx, number)
        stale += await _experiments.plan_again(app, tx, seeker, landing.at)
        asks = await ask.open_again(app, tx, seeker, landing.at)
        await arm(app, tx, await seeking(tx, who))
    await ask.revise(app, asks)
    await _pump.refresh_now(app, stale)


async def _pause_again(tx: Tx, seeker: Seeker, today: date) -> None:
    """The rest at the end of a journey is over; the pause goes on in which the seeker was before it, if any."""
    *before, _ = await people_rows.pauses(tx, seeker.id)
    await people_rows.resume(tx, seeker.id, today)
    if before and (before[-1][1] is None or before[-1][1] > today):
        await people_rows.pause(tx, seeker.id, today, before[-1][1])


# ------------------------------------------------------------------ what goes in


async def draft_of(app: App, who: Person, landing_id: int) -> LandingDraft:
    """One of the seeker's own landings, also after they left; raises Gone or NotYours."""
    tx = app.db.reading
    seeker = await sought(tx, who)
    return await _landing.shown(app, tx, seeker, await own(tx, seeker, landing_id))


async def edit(app: App, who: Person, landing_id: int, words: str, idea_id: int | None) -> LandingDraft:
    """What the seeker says to their friends, and the idea that led here; raises TooLong."""
    checked = checked_text(words, "A few words")
    async with app.db.writing() as tx:
        seeker, landing = await mine(tx, who, landing_id)
        await rows.reword(tx, landing.id, checked, await _checked_idea(tx, seeker, idea_id))
        stale = await _landing.mark(tx, [landing.id], app.now())
    return await refreshed(app, seeker, landing_id, stale)


async def choose(app: App, who: Person, landing_id: int, chosen: Collection[str]) -> LandingDraft:
    """Which of NUMBERS and MOOD friends see; the rest stays the seeker's."""
    async with app.db.writing() as tx:
        seeker, landing = await mine(tx, who, landing_id)
        await rows.set_shared(tx, landing.id, numbers=NUMBERS in chosen, mood=MOOD in chosen)
        stale = await _landing.mark(tx, [landing.id], app.now())
    return await refreshed(app, seeker, landing_id, stale)


# ------------------------------------------------------------------ shared


async def refreshed(app: App, seeker: Seeker, landing_id: int, stale: list[str]) -> LandingDraft:
    """The draft, once the messages that tell of it are revised."""
    await _pump.refresh_now(app, stale)
    return await _landing.shown(app, app.db.reading, seeker, await _read_back(app.db.reading, landing_id))


async def _read_back(tx: Tx, landing_id: int) -> Landing:
    landing = await rows.get(tx, landing_id)
    assert landing is not None
    return landing


async def _checked_idea(tx: Tx, seeker: Seeker, idea_id: int | None) -> int | None:
    """The idea itself, where it is one that the seeker was given and that still stands."""
    idea = await idea_rows.get(tx, idea_id) if idea_id else None
    return idea.id if idea and idea.seeker_id == seeker.id and idea.step is not Step.WITHDRAWN else None


async def _end_of(tx: Tx, seeker: Seeker) -> Landing | None:
    """What ended the seeker's journey, where it is over."""
    ends = [landing for landing in await rows.of_seeker(tx, seeker.id) if landing.ends]
    return ends[-1] if ends and seeker.landed_at else None


async def mine(tx: Tx, who: Person, landing_id: int) -> tuple[Seeker, Landing]:
    """The seeker, and one of their own landings; raises NotSeeking, Gone or NotYours."""
    seeker = await seeking(tx, who)
    return seeker, await own(tx, seeker, landing_id)


async def own(tx: Tx, seeker: Seeker, landing_id: int) -> Landing:
    """One of a seeker's own landings; raises Gone or NotYours."""
    return owned(await rows.get(tx, landing_id), lambda landing: landing.person_id == seeker.id, GONE, NOT_YOURS)
