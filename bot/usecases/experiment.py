"""Experiments: planned from an idea or of one's own, asked about on their date, learned from or let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import dates
from bot.core import experiment as rules
from bot.core import idea as idea_rules
from bot.core import rhythm as times
from bot.core import text as texts
from bot.core.delivery import Kind
from bot.core.exercise import checked_text
from bot.core.experiment import Experiment, NothingLearned, NothingToTry, Over, Phase, Plan, TakenBack
from bot.core.idea import Idea, Step
from bot.core.journal import NotYours, owned
from bot.core.people import Person, Seeker
from bot.store import delivery as delivery_rows
from bot.store import experiment as rows
from bot.store import idea as idea_rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.usecases import _experiments, _pump, _trials
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered
from bot.usecases.people import seeking


class Form(NamedTuple):
    """What a form is filled with."""

    what: str
    on: str  # as people write it
    question: str = ""
    learned: str = ""
    mark: str = ""  # of the idea's own words, which may change while the form is open
    talk: bool = False  # with whom a friend offered to introduce


# ------------------------------------------------------------------ forms, each by one indexed read


async def form_for_idea(app: App, who: Person, idea_id: int) -> Form:
    """The form behind *Try it* and *Plan the talk*, filled with the friend's words, or with what is planned.

    Raises Gone or NotYours.
    """
    found = await rows.proposed(app.db.reading, idea_id)
    found = owned(found, lambda one: one.owner == who, _experiments.GONE, _experiments.NOT_YOURS)
    filled = _filled(app, found.zone, found.plan) if found.plan else Form(found.theirs, _written(app, found.zone))
    return filled._replace(mark=texts.mark(found.theirs), talk=found.talk)


async def form_for_own(app: App, who: Person) -> Form:
    """The form of `/experiment new`."""
    return Form("", _written(app, (await seeking(app.db.reading, who)).zone))


async def form_to_learn(app: App, who: Person, experiment_id: int) -> Form:
    """The form behind *It happened*; raises Gone, NotYours or Over."""
    zone, experiment = await _experiments.own(app.db.reading, who, experiment_id)
    _check_learnable(experiment)
    return Form(experiment.what, _written(app, zone), experiment.question, experiment.learned)


async def form_to_move(app: App, who: Person, experiment_id: int) -> Form:
    """The form behind *Not yet*: a week from today, unless another day is written; raises Gone, NotYours or Over."""
    zone, experiment = await _experiments.own(app.db.reading, who, experiment_id)
    _check_movable(experiment)
    return Form(experiment.what, _written(app, zone), experiment.question)


def _filled(app: App, zone: str, plan: Plan) -> Form:
    return Form(plan.what, _written(app, zone, plan.on), plan.question)


def _written(app: App, zone: str, on: date | None = None) -> str:
    """A date as a form shows it; of what was planned for a day that has passed, a week from today."""
    today = times.local_date(app.now(), ZoneInfo(zone))
    return rules.write_date(on if on and on >= today else rules.read_date("", today), today)


# ------------------------------------------------------------------ planning


async def try_idea(app: App, who: Person, idea_id: int, raw: Mapping[str, str], mark: str = "") -> Experiment:
    """Plan to try an idea, or plan it anew where that was planned already.

    `mark` is that of the idea's words as the form was filled with them.
    Raises Gone, NotYours, CannotStep, TooMany, NothingToTry, TooLong or BadDate.
    """
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        idea = await _given(tx, seeker, idea_id)
        wish = _read(app, seeker, raw)
        if wish.what == idea.what or texts.mark(wish.what) == mark:
            wish = wish._replace(what="")  # told in the idea's own words, for as long as their friend lets it
        known = await rows.planned_from(tx, idea.id)
        number = known.id if known else await _add(app, tx, seeker, idea, wish)
        await rows.reword(tx, number, wish)
        experiment, stale = await _experiments.plan(app, tx, seeker, number, wish.on)
    await _pump.refresh_now(app, stale)
    return experiment


async def try_own(app: App, who: Person, raw: Mapping[str, str]) -> Experiment:
    """Plan something of one's own; raises NotSeeking, TooMany, NothingToTry, TooLong or BadDate."""
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        wish = _read(app, seeker, raw)
        experiment, _ = await _experiments.plan(app, tx, seeker, await _add(app, tx, seeker, None, wish), wish.on)
    return experiment


async def move(app: App, who: Person, experiment_id: int, typed: str) -> Experiment:
    """Plan an experiment for another date, also one let go; raises Gone, NotYours, Over, TooMany or BadDate."""
    async with app.db.writing() as tx:
        seeker, experiment = await _experiments.of(tx, who, experiment_id)
        _check_movable(experiment)
        other = await rows.planned_from(tx, experiment.idea_id) if experiment.idea_id else None
        if other and other.id != experiment.id:
            raise Over(f"You have planned that for {dates.day(other.try_on)} already. /experiment list shows it.")
        if experiment.ended:
            await _experiments.check_room(tx, seeker)
        on = rules.read_date(typed, times.local_date(app.now(), ZoneInfo(seeker.zone)))
        experiment, stale = await _experiments.plan(app, tx, seeker, experiment.id, on)
    await _pump.refresh_now(app, stale)
    return experiment


def _check_movable(experiment: Experiment) -> None:
    if experiment.phase is Phase.LEARNED:
        rules.check_planned(experiment)


def _read(app: App, seeker: Seeker, raw: Mapping[str, str]) -> Plan:
    what = checked_text(raw.get("what", ""), "What to try")
    question = checked_text(raw.get("question", ""), "What would I learn?")
    if not what:
        raise NothingToTry("There were no words in that. What would you like to try? A short line is plenty.")
    on = rules.read_date(raw.get("on", ""), times.local_date(app.now(), ZoneInfo(seeker.zone)))
    return Plan(what, on, question)


async def _add(app: App, tx: Tx, seeker: Seeker, idea: Idea | None, wish: Plan) -> int:
    if idea:
        idea_rules.check_plan(idea)
    await _experiments.check_room(tx, seeker)
    ask_at = _experiments.asked_on(app, seeker, wish.on)
    return await rows.add(tx, seeker.id, idea.id if idea else None, wish, ask_at, app.now())


# ------------------------------------------------------------------ its end


async def learn(app: App, who: Person, experiment_id: int, text: str) -> Experiment:
    """It happened: keep what was learned, or other words for it; raises Gone, NotYours, Over or NothingLearned."""
    words = checked_text(text, "What you learned")
    if not words:
        raise NothingLearned("There were no words in that. A short line about what you learned is plenty.")
    async with app.db.writing() as tx:
        _, experiment = await _experiments.of(tx, who, experiment_id)
        _check_learnable(experiment)
        experiment, stale = await _experiments.end(app, tx, experiment, Phase.LEARNED, Step.LEARNED, words)
    await _pump.refresh_now(app, stale)
    return experiment


def _check_learnable(experiment: Experiment) -> None:
    if experiment.phase is not Phase.LEARNED:
        rules.check_planned(experiment)


async def let_go(app: App, who: Person, experiment_id: int) -> Experiment:
    """Try it no more; its idea is kept. Raises Gone, NotYours or Over."""
    async with app.db.writing() as tx:
        _, experiment = await _experiments.of(tx, who, experiment_id)
        rules.check_planned(experiment)
        experiment, stale = await _experiments.end(app, tx, experiment, Phase.LET_GO, Step.KEPT)
    await _pump.refresh_now(app, stale)
    return experiment


# ------------------------------------------------------------------ asking


async def ask(app: App) -> None:
    """Owe the question about each experiment whose date has come; errors are raised when all is done."""
    now, errors = app.now(), list[Exception]()
    for number in await rows.due(app.db.reading, now):
        with gathered(errors):
            async with app.db.writing() as tx:
                await _ask(app, tx, number, now)
    if errors:
        raise ExceptionGroup("some experiments could not be asked about; they are in the next round", errors)


async def _ask(app: App, tx: Tx, number: int, now: datetime) -> None:
    experiment = await rows.get(tx, number)
    seeker = await people_rows.seeker_by_id(tx, experiment.person_id) if experiment else None
    if experiment is None or seeker is None or experiment.ask_at is None or experiment.ask_at > now:
        return
    if seeker.left_at or experiment.asked >= rules.MOST_ASKED:
        await _experiments.end(app, tx, experiment, Phase.LAPSED, Step.KEPT)
    elif await _trials.rests(tx, seeker, now):
        await _ask_next(tx, experiment, _morning_in(app, seeker, timedelta(days=1)), experiment.asked)
    else:
        next_at = _morning_in(app, seeker, rules.ASKED_EVERY)
        turn = len(await delivery_rows.about(tx, Kind.TRIAL, number))
        await delivery_rows.owe(
            tx, Kind.TRIAL, seeker.person, number, experiment.ask_at,
            person_id=seeker.id, turn=turn, expires_at=next_at,
        )  # fmt: skip
        await _ask_next(tx, experiment, next_at, experiment.asked + 1)
        await _trials.mark(tx, number, now)


async def _ask_next(tx: Tx, experiment: Experiment, ask_at: datetime, asked: int) -> None:
    await rows.ask_next(tx, experiment.id, ask_at, asked)
    idea = await idea_rows.get(tx, experiment.idea_id) if experiment.idea_id else None
    if idea and idea.step is Step.TRYING:
        await idea_rows.ask_at(tx, idea.id, ask_at)


def _morning_in(app: App, seeker: Seeker, span: timedelta) -> datetime:
    today = times.local_date(app.now(), ZoneInfo(seeker.zone))
    return _experiments.asked_on(app, seeker, today + span)


# ------------------------------------------------------------------ looking


async def planned(app: App, who: Person) -> list[Experiment]:
    """What a seeker has planned, by date."""
    return await rows.planned(app.db.reading, (await seeking(app.db.reading, who)).id)


async def read(app: App, who: Person, experiment_id: int) -> Experiment:
    """One's own experiment; raises Gone or NotYours."""
    return (await _experiments.own(app.db.reading, who, experiment_id))[1]


# ------------------------------------------------------------------ whose


async def _given(tx: Tx, seeker: Seeker, idea_id: int) -> Idea:
    idea = await idea_rows.get(tx, idea_id)
    if idea is None or idea.step is Step.WITHDRAWN:
        raise TakenBack("That idea was taken back, so it is no longer here. /experiment new plans one of your own.")
    if idea.seeker_id != seeker.id:
        raise NotYours(_experiments.NOT_YOURS)
    return idea
