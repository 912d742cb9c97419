"""Erasing everything of a person, in one place."""

from __future__ import annotations

from bot.core.delivery import SEND_TIMEOUT, Delivery, Outcome, Sent, State, Unreachable
from bot.core.errors import Told
from bot.core.journal import NotYours
from bot.core.people import NothingKept, Person, Post
from bot.core.summary import Phase
from bot.store import care as care_rows
from bot.store import delivery as delivery_rows
from bot.store import facts
from bot.store import idea as idea_rows
from bot.store import note as note_rows
from bot.store import people as people_rows
from bot.store import privacy as rows
from bot.store import reader as reader_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _councils, _landing, _posted, _pump, _reach, _readers, _replies, _trials
from bot.usecases.app import App

MAYBE_SENT = (State.SENDING, State.UNKNOWN)


class PostsStand(Told):
    """Posts could not be taken down, so nothing was erased yet."""


async def erase(app: App, who: Person, expected: int) -> int:
    """Take down every post of a person, then delete every row about them; how many posts are out of our reach.

    Raises NothingKept, NotYours or PostsStand.
    """
    async with app.db.writing(reserve=True) as tx:
        person_id = await people_rows.number_of(tx, who)
        if person_id is None:
            raise NothingKept("I keep nothing about you.")
        if person_id != expected:
            raise NotYours("That button was for somebody else, so nothing was erased.")
        posts = await _withdraw_posts(app, tx, person_id)
    out_of_reach = [await _take_down(app, post) for post in posts].count(False)
    async with app.db.writing(reserve=True) as tx:
        stale = await note_rows.with_friend(tx, person_id) + await idea_rows.messages_of(tx, person_id)
        for delivery_id in stale:
            await standing_rows.mark(tx, delivery_id, app.now())
        stale += await _trials.thanks_to(tx, person_id, app.now())
        stale += await _reach.withdraw(tx, person_id, app.now())
        stale += await _replies.forget(tx, person_id, app.now())
        weeks, changed = await _readers.forget(tx, person_id, app.now())
        await reader_rows.forget_parts(tx, person_id)
        stale += await _landing.friend_forgotten(tx, person_id, app.now())
        await rows.erase(tx, person_id)
        await facts.put(tx, facts.ERASED_AT, app.now().isoformat())
    await app.db.checkpoint()
    await _posted.settle_all(app, weeks)
    await _pump.refresh_now(app, [*stale, *changed])
    return out_of_reach


async def _withdraw_posts(app: App, tx: Tx, person_id: int) -> list[Delivery]:
    """Let no week count as posted any more; the posts that stand, or may stand, in a channel."""
    for week in await summary_rows.all_posted(tx, person_id):
        await summary_rows.set_phase(tx, week.id, Phase.TAKEN)
    found = await standing_rows.posts_of(tx, person_id)
    found += await standing_rows.lines_of(tx, person_id)
    found += await _replies.withdraw(tx, person_id, app.now())
    found += await care_rows.confided_by(tx, person_id)
    found += [part for part in await reader_rows.parts(tx, person_id) if part.may_stand]
    found += await _landing.withdraw(tx, person_id)
    found += await _councils.standing_with(tx, person_id)
    for delivery in found:
        await standing_rows.mark(tx, delivery.id, app.now())
    return found


async def _take_down(app: App, delivery: Delivery) -> bool:
    """Whether a post no longer tells of them; false where its channel is out of our reach. Raises PostsStand."""
    just_sent = app.tried.lately(delivery.id, SEND_TIMEOUT)
    outcome: Outcome | None = Sent(delivery.post) if delivery.post else await _pump.look(app, delivery)
    if outcome is None and not (just_sent or await _on_its_way(app, delivery)):
        return True
    if isinstance(outcome, Sent) and outcome.post:
        outcome = await _without(app, delivery, outcome.post)
    if not isinstance(outcome, Sent | Unreachable):
        raise PostsStand(
            "I could not take down your posts just now, so I have not erased anything yet. Try again in a few minutes."
        )
    return isinstance(outcome, Sent)


async def _without(app: App, delivery: Delivery, post: Post) -> Outcome:
    """Take a message down, or out of one that tells of others as well what is theirs."""
    if delivery.kind in _councils.OF_COUNCIL:
        return await _pump.show(app, delivery._replace(post=post))
    return await _pump.in_time(app.faces[delivery.to.platform].retract(post))


async def _on_its_way(app: App, delivery: Delivery) -> bool:
    """Whether what is not found may yet arrive; one that was settled meanwhile is taken down, as it is stale."""
    now_is = await delivery_rows.get(app.db.reading, delivery.id)
    if now_is is None or now_is.claimed_at is None or now_is.state not in MAYBE_SENT:
        return now_is is not None and now_is.post is not None
    may_arrive_until = now_is.try_at if now_is.state is State.SENDING else now_is.claimed_at + SEND_TIMEOUT
    return app.now() <= may_arrive_until
