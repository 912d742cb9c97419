"""What a seeker answers a friend: thanks for an idea, an offer or a cheer, or kindly that an idea is not for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.circle import UNNAMED, Circle
from bot.core.consent import ENDED, stands
from bot.core.delivery import Kind
from bot.core.exercise import checked_text
from bot.core.idea import Idea, Step, check_step
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeking
from bot.core.reply import (
    KEPT_FOR,
    PRIVATELY,
    UNSENT,
    Addressee,
    NoWay,
    NoWords,
    Reply,
    SaidAlready,
    Sort,
    Way,
    check_way,
)
from bot.core.reply import told as sentence
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import reply as rows
from bot.store.db import Tx
from bot.store.reply import Before, Giver
from bot.usecases import _ideas, _landing, _pump, _replies, landing
from bot.usecases.app import App
from bot.usecases.people import still_seeking


class _About(NamedTuple):
    """Who answers which friend, and what."""

    seeker: Seeking
    friend: Giver
    idea_id: int | None = None
    declined: bool = False
    note_id: int | None = None


# ------------------------------------------------------------------ whom, and which way


async def addressee(app: App, who: Person, idea_id: int) -> Addressee:
    """Whom thanks for an idea are for; raises Gone, NotYours, or NoWay where no way leads to them."""
    about, _ = await _of_idea(app.db.reading, who, idea_id)
    return check_way(_addressee(app, about))


async def declining(app: App, who: Person, idea_id: int) -> Addressee:
    """Whom a kind no is for, who is told by direct message alone.

    Raises Gone, NotYours, CannotStep, SaidAlready or NoWay.
    """
    about, idea = await _of_idea(app.db.reading, who, idea_id)
    _check_decline(idea, about)
    to = _addressee(app, about)
    if to.consent in ENDED:
        raise NoWay(f"{stands(to.consent, to.name)} So I can't tell them; “Say nothing” puts it aside all the same.")
    return to._replace(ways=(Way(PRIVATELY),))


async def cheering(app: App, who: Person, delivery_id: str) -> Sequence[Addressee]:
    """Who left the cheers of a note, also those to whom no way leads; raises Gone or NotYours."""
    found = await _in_note(app.db.reading, who, delivery_id)
    if not found:
        raise Gone("What was in that note has been taken back.")
    return [_addressee(app, about) for about in found]


async def cheerer(app: App, who: Person, delivery_id: str, friend_id: int) -> Addressee:
    """Whom thanks for a cheer in a note are for; raises Gone, NotYours or NoWay."""
    return check_way(_addressee(app, await _cheerer(app.db.reading, who, delivery_id, friend_id)))


async def helper(app: App, who: Person, landing_id: int, friend_id: int) -> Addressee:
    """Whom thanks for all that they gave on a journey are for; raises Gone, NotYours or NoWay."""
    return check_way(_addressee(app, await _helper(app.db.reading, who, landing_id, friend_id)))


def _addressee(app: App, about: _About) -> Addressee:
    friend, zone = about.friend, ZoneInfo(about.seeker.zone)
    ways = () if friend.consent in ENDED else (Way(PRIVATELY),)
    ways += tuple(Way(str(circle.id), circle.name) for circle in _circles(friend))
    kept_until = times.local_date(app.now() + KEPT_FOR, zone)
    return Addressee(friend.id, friend.name or UNNAMED, friend.consent, ways, kept_until)


def _circles(friend: Giver) -> list[Circle]:
    """Where a friend may be named: in the one circle there is or, of several, where they showed themselves."""
    near = [circle for circle, seen in friend.circles if seen or len(friend.circles) == 1]
    return [circle for circle in near if circle.lost_at is None and not friend.unnamed]


# ------------------------------------------------------------------ saying it


async def thank(app: App, who: Person, idea_id: int, words: str, way: str = PRIVATELY) -> Reply:
    """Say thanks for an idea or offer, to the friend alone or in the circle whose number is `way`.

    Raises NoWords, TooLong, Gone, NotYours, NoWay or SaidAlready.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        about, _ = await _of_idea(tx, who, idea_id)
        reply, stale = await _add(app, tx, Sort.THANKS, about, said, way)
    return await _say(app, reply, stale)


async def thank_for_cheer(
    app: App, who: Person, delivery_id: str, friend_id: int, words: str, way: str = PRIVATELY
) -> Reply:
    """Say thanks to a friend for what they left in a note; raises as `thank` does."""
    said = _checked(words)
    async with app.db.writing() as tx:
        about = await _cheerer(tx, who, delivery_id, friend_id)
        reply, stale = await _add(app, tx, Sort.THANKS, about, said, way)
    return await _say(app, reply, stale)


async def thank_helper(app: App, who: Person, landing_id: int, friend_id: int, words: str) -> Reply:
    """Say thanks for all that a friend gave on a journey, by direct message alone.

    Raises NoWords, TooLong, Gone, NotYours, NoWay or SaidAlready.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        about = await _helper(tx, who, landing_id, friend_id)
        reply, stale = await _add(app, tx, Sort.THANKS, about, said, PRIVATELY)
        stale += await _landing.mark(tx, [landing_id], app.now())
    return await _say(app, reply, stale)


async def decline(app: App, who: Person, idea_id: int, words: str) -> Reply:
    """An idea or offer is not for the seeker, and its friend is told in these words, by direct message alone.

    Raises NoWords, TooLong, Gone, NotYours, NoWay, SaidAlready or CannotStep.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        about, idea = await _of_idea(tx, who, idea_id)
        _check_decline(idea, about)
        stale = await _ideas.move(app, tx, idea, Step.DECLINED)
        reply, more = await _add(app, tx, Sort.DECLINE, about, said, PRIVATELY)
    return await _say(app, reply, [*stale, *more])


async def told(app: App, reply: Reply) -> str:
    """What became of a reply, as its seeker reads it."""
    seeker = await people_rows.seeker_by_id(app.db.reading, reply.seeker_id)
    zone = ZoneInfo(seeker.zone if seeker else "UTC")
    return sentence(reply, times.local_date(reply.kept_until, zone))


async def _say(app: App, reply: Reply, stale: list[str]) -> Reply:
    """Once it is committed: it is sent, and what tells of it is refreshed; the reply as it stands then."""
    tx = app.db.reading
    await _pump.send_now(app, [one.id for one in await delivery_rows.about(tx, Kind.REPLY, reply.id)])
    await _pump.refresh_now(app, dict.fromkeys(stale))
    return await rows.get(tx, reply.id) or reply


async def _add(app: App, tx: Tx, sort: Sort, about: _About, words: str, way: str) -> tuple[Reply, list[str]]:
    """A reply that is owed, and the messages to refresh."""
    to, seeker, friend = _way(about, way), about.seeker, about.friend
    in_circle = isinstance(to, Circle)
    await _check_new(tx, sort, about, words)
    reply_id = await rows.add(
        tx, sort, seeker.id, friend.id, words, app.now(),
        in_circle=in_circle, idea_id=about.idea_id, note_id=about.note_id,
    )  # fmt: skip
    await delivery_rows.owe(
        tx, Kind.REPLY, to.space if isinstance(to, Circle) else to, reply_id, app.now(),
        person_id=seeker.id if in_circle else friend.id,
        expires_at=None if in_circle else app.now() + KEPT_FOR,
    )  # fmt: skip
    reply = await rows.get(tx, reply_id)
    assert reply is not None
    return reply, await _replies.show_again(tx, reply, app.now())


def _way(about: _About, way: str) -> Person | Circle:
    """Where a reply goes; raises NoWay. What is meant for one friend never goes to the channel instead."""
    friend, name = about.friend, about.friend.name or UNNAMED
    if way == PRIVATELY:
        if friend.consent in ENDED:
            raise NoWay(f"{stands(friend.consent, name)} Nothing was sent.")
        return friend.person
    if friend.unnamed:
        raise NoWay(f"{name} gave that without their name, so I don't name them in the channel.")
    circle = next((circle for circle in _circles(friend) if str(circle.id) == way), None)
    if circle is None:
        raise NoWay("I can't thank them in that channel, so nothing was sent.")
    return circle


async def _check_new(tx: Tx, sort: Sort, about: _About, words: str) -> None:
    said = (sort, about.seeker.id, about.idea_id, about.note_id, words)
    for one in await rows.to_friend(tx, about.friend.id):
        if (one.sort, one.seeker_id, one.idea_id, one.note_id, one.words) == said and one.state not in UNSENT:
            raise SaidAlready("You have said just that already, so I did not send it twice.")


def _checked(words: str) -> str:
    said = checked_text(words, "Your words")
    if not said:
        raise NoWords("There were no words in that. A short line is plenty.")
    return said


def _check_decline(idea: Idea, about: _About) -> None:
    if idea.step is not Step.DECLINED:  # whoever was not told may still be
        check_step(idea, Step.DECLINED)
    if about.declined:
        raise SaidAlready(f"{idea.friend or UNNAMED} was told already, so I did not write again.")


async def _of_idea(tx: Tx, who: Person, idea_id: int) -> tuple[_About, Idea]:
    found = await rows.before_idea(tx, who, idea_id)
    seeker = still_seeking(found.seeker)
    idea = _ideas.check_given(found.idea, seeker.id, ", so there is nothing to answer any more.")
    return _About(seeker, found.givers[0], idea_id=idea.id, declined=found.declined), idea


async def _cheerer(tx: Tx, who: Person, delivery_id: str, friend_id: int) -> _About:
    for about in await _in_note(tx, who, delivery_id):
        if about.friend.id == friend_id:
            return about
    raise Gone("They took back what they had left in that note.")


async def _in_note(tx: Tx, who: Person, delivery_id: str) -> list[_About]:
    found = await rows.before_note(tx, who, delivery_id)
    seeker = _own(found, "That note is no longer here.", "That note was for somebody else.")
    return [_About(seeker, friend, note_id=found.note_id) for friend in found.givers]


async def _helper(tx: Tx, who: Person, landing_id: int, friend_id: int) -> _About:
    """Unnamed, whatever they gave: for them alone, never in the channel."""
    found = await rows.before_landing(tx, who, landing_id, friend_id)
    seeker = _own(found, landing.GONE, landing.NOT_YOURS)
    if not found.givers:
        raise Gone("They took back what they had given, so there is nothing to thank for any more.")
    return _About(seeker, found.givers[0])


def _own(found: Before, gone: str, not_yours: str) -> Seeking:
    """Who was looked up, where what they answer is theirs; raises NotSeeking, Gone or NotYours."""
    seeker = still_seeking(found.seeker)
    owned(found.owner_id, lambda owner_id: owner_id == seeker.id, gone, not_yours)
    return seeker
