"""Ideas and offers of friends: given, changed and taken back by them; kept, accepted or declined by their seeker."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.delivery import Kind
from bot.core.exercise import checked_text
from bot.core.idea import BEING_TRIED, CannotStep, Empty, Given, Idea, Sort, Step, ToOneself, may_step
from bot.core.introduction import UNDER_WAY, NothingMore
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker, Space
from bot.store import idea as rows
from bot.store import people as people_rows
from bot.store.db import Tx
from bot.store.sight import Under
from bot.usecases import _ideas, _introductions, _pump, _trials, cheer, sight
from bot.usecases.app import App
from bot.usecases.people import seeking

LEFT = "They have left, so I can no longer carry anything to them."


# ------------------------------------------------------------------ what a friend does


async def for_whom(app: App, friend: Person, channel: str, delivery_id: str, week_id: int | None = None) -> str:
    """The name of the seeker under whose post, in a channel, a friend has pressed a button; by one read.

    Raises NotYours where they can't see it, Gone or ToOneself.
    """
    return _taker(await sight.here(app, friend, channel, delivery_id, week_id), friend)[0].name


def takes(seeker: Seeker | None, friend: Person) -> Seeker:
    """The seeker, where they take ideas of that friend at present; raises Gone or ToOneself."""
    if seeker is None or seeker.left_at:
        raise Gone(LEFT)
    if seeker.landed_at:
        raise Gone(f"{seeker.name} takes no new ideas at present. A cheer still reaches them: /cheer.")
    if seeker.person == friend:
        raise ToOneself("This would go to yourself. /experiment new plans an idea of your own.")
    return seeker


async def give(
    app: App, friend: Person, name: str, delivery_id: str, sort: Sort, given: Given, week_id: int | None = None
) -> Idea:
    """Keep what a friend gave under a post, of a joint one for the chosen week, and see that it arrives.

    One written while the post went down arrives as well. Raises Empty, TooLong, NotYours, Gone or ToOneself.
    """
    words = _checked(sort, given)
    async with app.db.writing() as tx:
        seeker, about = _taker(await sight.under(tx, friend, delivery_id, week_id), friend)
        return await _add(app, tx, friend, name, seeker, about, sort, words)


async def give_to(
    app: App, friend: Person, name: str, seeker_id: int, here: Space, seen: Collection[Space], sort: Sort, given: Given
) -> Idea:
    """The same for somebody named, of those around; raises Empty, TooLong, NotAround, Gone or ToOneself."""
    words = _checked(sort, given)
    async with app.db.writing() as tx:
        seeker = takes(await cheer.seeker_around(tx, friend, seeker_id, here, seen), friend)
        return await _add(app, tx, friend, name, seeker, None, sort, words)


async def change(app: App, friend: Person, idea_id: int, given: Given) -> Idea:
    """Put other words in the place of one's own; raises Empty, TooLong, Gone or NotYours."""
    async with app.db.writing() as tx:
        idea = await _own(tx, friend, idea_id)
        await rows.reword(tx, idea.id, _checked(idea.sort, given), app.now())
        stale = await _ideas.changed(app, tx, idea.id)
        idea = await _own(tx, friend, idea_id)
    await _pump.refresh_now(app, stale)
    return idea


async def take_back(app: App, friend: Person, idea_id: int) -> Idea:
    """Forget one's own words, whatever became of them; their seeker reads that they were taken back."""
    async with app.db.writing() as tx:
        idea = await _own(tx, friend, idea_id)
        await rows.reword(tx, idea.id, Given("", "", unnamed=idea.unnamed), app.now())
        await rows.take_step(tx, idea.id, Step.WITHDRAWN, None, app.now())
        await _trials.forget_words(tx, idea)
        stale = await _ideas.changed(app, tx, idea.id)
    await _pump.refresh_now(app, stale)
    return idea._replace(step=Step.WITHDRAWN)


async def own(app: App, friend: Person, idea_id: int) -> Idea:
    """One that the friend gave; raises Gone or NotYours."""
    return await _own(app.db.reading, friend, idea_id)


async def mine(app: App, friend: Person) -> list[Idea]:
    """All that a friend gave and did not take back, newest first."""
    friend_id = await people_rows.number_of(app.db.reading, friend)
    return await rows.of_friend(app.db.reading, friend_id) if friend_id else []


async def report(app: App, friend: Person, idea_id: int, to: Step) -> Idea:
    """A friend says what came of the introduction they offered: Step.INTRODUCED or FELL.

    Its seeker hears of it. Raises Gone, NotYours or NothingMore.
    """
    async with app.db.writing() as tx:
        idea = await _own(tx, friend, idea_id)
        seeker = await people_rows.seeker_by_id(tx, idea.seeker_id)
        new = idea.step is not to
        if seeker is None or seeker.left_at or idea.step not in UNDER_WAY or (new and not may_step(idea, to)):
            raise NothingMore("Nothing more is needed from you for this one. Thank you.")
        stale = await _ideas.move(app, tx, idea, to)
        if new:
            await _ideas.owe_news(app, tx, seeker, idea.id)
        idea = await _own(tx, friend, idea_id)
    await _pump.refresh_now(app, stale)
    return idea


# ------------------------------------------------------------------ what the seeker does


async def given(app: App, who: Person, idea_id: int) -> Idea:
    """One that a seeker was given; raises NotSeeking, Gone or NotYours."""
    return await _given(app.db.reading, await seeking(app.db.reading, who), idea_id)


async def listed(app: App, who: Person) -> list[Idea]:
    """All that a seeker was given and nobody took back, newest first; raises NotSeeking."""
    return await rows.for_seeker(app.db.reading, (await seeking(app.db.reading, who)).id)


async def step(app: App, who: Person, idea_id: int, to: Step, *, hushed: bool = False) -> Idea:
    """Let something that a seeker was given take a step: Step.KEPT, ACCEPTED, DECLINED, INTRODUCED, TALKED or FELL.

    With `hushed` the friend does not hear that it was declined. Raises NotSeeking, Gone, NotYours or CannotStep.
    """
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        idea = await _given(tx, seeker, idea_id)
        if idea.step is Step.TRYING and to is Step.KEPT:
            raise CannotStep(BEING_TRIED)
        stale = await _ideas.move(app, tx, idea, to, hushed=hushed and to is Step.DECLINED)
        idea = await _given(tx, seeker, idea_id)
        owed = await _introductions.owe(tx, idea, app.now()) if to is Step.ACCEPTED else []
    await _pump.send_now(app, owed)
    await _pump.refresh_now(app, stale)
    return idea


async def heard(app: App, idea: Idea) -> str:
    """Whether a friend has heard the yes to their offer, as its seeker reads it; empty where nothing waits for it."""
    return await _introductions.heard(app.db.reading, idea)


# ------------------------------------------------------------------ shared


def _checked(sort: Sort, given: Given) -> Given:
    what = checked_text(given.what, "Your idea" if sort is Sort.IDEA else "Who it is")
    why = checked_text(given.why, "Why you think of it" if sort is Sort.IDEA else "How you know them")
    if not what:
        raise Empty(
            "There was no idea in that. A short line is plenty."
            if sort is Sort.IDEA
            else "That does not say who it is. A name, or a few words about them, is plenty."
        )
    return given._replace(what=what, why=why, through=given.through and sort is Sort.OFFER)


async def _add(
    app: App, tx: Tx, friend: Person, name: str, seeker: Seeker, week_id: int | None, sort: Sort, given: Given
) -> Idea:
    friend_id = await people_rows.remember(tx, friend, name)
    idea_id = await rows.same(tx, sort, friend_id, seeker.id, given)  # the form was sent twice
    if idea_id is None:
        idea_id = await rows.add(tx, sort, friend_id, seeker.id, week_id, given, app.now())
        await rows.take_step(tx, idea_id, Step.NEW, await _ideas.owe_arrival(app, tx, seeker, idea_id), app.now())
    idea = await rows.get(tx, idea_id)
    assert idea is not None
    return idea


def _taker(under: Under | None, friend: Person) -> tuple[Seeker, int]:
    """The seeker whom something pressed under a message is for, and the week that it is about."""
    if under is None or under.week_id is None or under.kind is Kind.CLOSING:
        raise Gone("This week is no longer here. /idea carries your idea all the same.")
    return takes(under.seeker, friend), under.week_id


async def _own(tx: Tx, friend: Person, idea_id: int) -> Idea:
    found = await rows.owned(tx, idea_id)
    idea = owned(found, lambda one: one[0] == friend, _ideas.GONE, "That was given by somebody else.")[1]
    if idea.step is Step.WITHDRAWN:
        raise Gone("You took that back, so it is no longer here. /idea gives a new one.")
    return idea


async def _given(tx: Tx, seeker: Seeker, idea_id: int) -> Idea:
    return await _ideas.given(tx, seeker, idea_id, ". What you made of it stays yours.")
