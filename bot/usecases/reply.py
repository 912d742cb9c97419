"""What a seeker answers a friend: thanks for an idea, an offer or a cheer, or kindly that an idea is not for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import rhythm as times
from bot.core.circle import UNNAMED, Circle
from bot.core.consent import ENDED, stands
from bot.core.delivery import Kind
from bot.core.exercise import checked_text
from bot.core.idea import Idea, Step, check_step
from bot.core.journal import Gone, NotYours
from bot.core.people import Person, Seeker
from bot.core.reply import KEPT_FOR, PRIVATELY, UNSENT, Addressee, NoWay, NoWords, Reply, SaidAlready, Sort, Way
from bot.core.reply import told as sentence
from bot.store import circle as circle_rows
from bot.store import consent as consents
from bot.store import delivery as delivery_rows
from bot.store import people as people_rows
from bot.store import reply as rows
from bot.store.db import Tx
from bot.usecases import _ideas, _landing, _pump, _replies, landing
from bot.usecases.app import App
from bot.usecases.people import seeking


class _About(NamedTuple):
    """Whom a reply is for, and what it answers."""

    friend_id: int
    unnamed: bool  # the friend is not to be named in the channel
    idea_id: int | None = None
    note_id: int | None = None


# ------------------------------------------------------------------ whom, and which way


async def addressee(app: App, who: Person, idea_id: int) -> Addressee:
    """Whom thanks for an idea are for; raises Gone, NotYours, or NoWay where no way leads to them."""
    tx = app.db.reading
    seeker = await seeking(tx, who)
    return await _addressee(app, tx, seeker, _of_idea(await _given(tx, seeker, idea_id)))


async def declining(app: App, who: Person, idea_id: int) -> Addressee:
    """Whom a kind no is for, who is told by direct message alone; raises Gone, NotYours, CannotStep or NoWay."""
    tx = app.db.reading
    seeker = await seeking(tx, who)
    idea = await _given(tx, seeker, idea_id)
    _check_decline(idea)
    name, consent = idea.friend or UNNAMED, (await consents.get(tx, idea.friend_id)).consent
    if consent in ENDED:
        raise NoWay(f"{stands(consent, name)} So I can't tell them; “Say nothing” puts it aside all the same.")
    return Addressee(name, consent, (Way(PRIVATELY),), _kept_until(app, seeker))


async def cheering(app: App, who: Person, delivery_id: str) -> Sequence[tuple[int, str]]:
    """Who left the cheers of a note, as (number, name); raises Gone or NotYours."""
    tx = app.db.reading
    _, note_id = await _note(tx, who, delivery_id)
    found = await rows.friends_in(tx, note_id)
    if not found:
        raise Gone("What was in that note has been taken back.")
    return [(number, name or UNNAMED) for number, name in found]


async def cheerer(app: App, who: Person, delivery_id: str, friend_id: int) -> Addressee:
    """Whom thanks for a cheer in a note are for; raises Gone, NotYours or NoWay."""
    tx = app.db.reading
    seeker, about = await _in_note(tx, who, delivery_id, friend_id)
    return await _addressee(app, tx, seeker, about)


async def _addressee(app: App, tx: Tx, seeker: Seeker, about: _About) -> Addressee:
    known = await rows.friend(tx, about.friend_id)
    name, consent = (known[1] if known else "") or UNNAMED, (await consents.get(tx, about.friend_id)).consent
    ways = () if consent in ENDED else (Way(PRIVATELY),)
    if not about.unnamed:
        ways += tuple(Way(str(circle.id), circle.name) for circle in await _circles(tx, seeker, about))
    if not ways:
        raise NoWay(f"{stands(consent, name)} So I have no way to carry that.")
    return Addressee(name, consent, ways, _kept_until(app, seeker))


async def helper(app: App, who: Person, landing_id: int, friend_id: int) -> Addressee:
    """Whom thanks for all that they gave on a journey are for; raises Gone, NotYours or NoWay."""
    tx = app.db.reading
    seeker, about = await _helper(tx, who, landing_id, friend_id)
    return await _addressee(app, tx, seeker, about)


def _kept_until(app: App, seeker: Seeker) -> date:
    return times.local_date(app.now() + KEPT_FOR, ZoneInfo(seeker.zone))


async def _circles(tx: Tx, seeker: Seeker, about: _About) -> list[Circle]:
    """Where a friend may be named: in the one circle there is or, of several, where they showed themselves."""
    circles = await circle_rows.of_seeker(tx, seeker.id)
    numbers, channels = await rows.seen_in(tx, about.friend_id)
    near = [one for one in circles if len(circles) == 1 or one.id in numbers or one.space.id in channels]
    return [circle for circle in near if circle.lost_at is None]


# ------------------------------------------------------------------ saying it


async def thank(app: App, who: Person, idea_id: int, words: str, way: str = PRIVATELY) -> Reply:
    """Say thanks for an idea or offer, to the friend alone or in the circle whose number is `way`.

    Raises NoWords, TooLong, Gone, NotYours, NoWay or SaidAlready.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        about = _of_idea(await _given(tx, seeker, idea_id))
        reply, stale = await _add(app, tx, Sort.THANKS, seeker, about, said, way)
    return await _say(app, reply, stale)


async def thank_for_cheer(
    app: App, who: Person, delivery_id: str, friend_id: int, words: str, way: str = PRIVATELY
) -> Reply:
    """Say thanks to a friend for what they left in a note; raises as `thank` does."""
    said = _checked(words)
    async with app.db.writing() as tx:
        seeker, about = await _in_note(tx, who, delivery_id, friend_id)
        reply, stale = await _add(app, tx, Sort.THANKS, seeker, about, said, way)
    return await _say(app, reply, stale)


async def thank_helper(app: App, who: Person, landing_id: int, friend_id: int, words: str) -> Reply:
    """Say thanks for all that a friend gave on a journey, by direct message alone.

    Raises NoWords, TooLong, Gone, NotYours, NoWay or SaidAlready.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        seeker, about = await _helper(tx, who, landing_id, friend_id)
        reply, stale = await _add(app, tx, Sort.THANKS, seeker, about, said, PRIVATELY)
        stale += await _landing.mark(tx, [landing_id], app.now())
    return await _say(app, reply, stale)


async def decline(app: App, who: Person, idea_id: int, words: str) -> Reply:
    """An idea or offer is not for the seeker, and its friend is told in these words, by direct message alone.

    Raises NoWords, TooLong, Gone, NotYours, NoWay, SaidAlready or CannotStep.
    """
    said = _checked(words)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        idea = await _given(tx, seeker, idea_id)
        _check_decline(idea)
        if await _told(tx, idea):
            raise SaidAlready(f"{idea.friend or UNNAMED} was told already, so I did not write again.")
        stale = await _ideas.move(app, tx, idea, Step.DECLINED)
        reply, more = await _add(app, tx, Sort.DECLINE, seeker, _of_idea(idea), said, PRIVATELY)
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


async def _add(
    app: App, tx: Tx, sort: Sort, seeker: Seeker, about: _About, words: str, way: str
) -> tuple[Reply, list[str]]:
    """A reply that is owed, and the messages to refresh."""
    to = await _way(tx, seeker, about, way)
    in_circle = isinstance(to, Circle)
    await _check_new(tx, sort, seeker, about, words)
    reply_id = await rows.add(
        tx, sort, seeker.id, about.friend_id, words, app.now(),
        in_circle=in_circle, idea_id=about.idea_id, note_id=about.note_id,
    )  # fmt: skip
    await delivery_rows.owe(
        tx, Kind.REPLY, to.space if isinstance(to, Circle) else to, reply_id, app.now(),
        person_id=seeker.id if in_circle else about.friend_id,
        expires_at=None if in_circle else app.now() + KEPT_FOR,
    )  # fmt: skip
    reply = await rows.get(tx, reply_id)
    assert reply is not None
    return reply, await _replies.show_again(tx, reply, app.now())


async def _way(tx: Tx, seeker: Seeker, about: _About, way: str) -> Person | Circle:
    """Where a reply goes; raises NoWay. What is meant for one friend never goes to the channel instead."""
    known = await rows.friend(tx, about.friend_id)
    if known is None:
        raise Gone("That friend is no longer here.")
    person, name = known
    if way == PRIVATELY:
        consent = (await consents.get(tx, about.friend_id)).consent
        if consent in ENDED:
            raise NoWay(f"{stands(consent, name or UNNAMED)} Nothing was sent.")
        return person
    if about.unnamed:
        raise NoWay(f"{name or UNNAMED} gave that without their name, so I don't name them in the channel.")
    circle = next((circle for circle in await _circles(tx, seeker, about) if str(circle.id) == way), None)
    if circle is None:
        raise NoWay("I can't thank them in that channel, so nothing was sent.")
    return circle


async def _check_new(tx: Tx, sort: Sort, seeker: Seeker, about: _About, words: str) -> None:
    said = (sort, seeker.id, about.idea_id, about.note_id, words)
    for one in await rows.to_friend(tx, about.friend_id):
        if (one.sort, one.seeker_id, one.idea_id, one.note_id, one.words) == said and one.state not in UNSENT:
            raise SaidAlready("You have said just that already, so I did not send it twice.")


async def _told(tx: Tx, idea: Idea) -> bool:
    """Whether the friend was told, or is to be, that it is not for the seeker."""
    before = await rows.about_idea(tx, idea.id)
    return any(one.sort is Sort.DECLINE and one.state not in UNSENT for one in before)


def _checked(words: str) -> str:
    said = checked_text(words, "Your words")
    if not said:
        raise NoWords("There were no words in that. A short line is plenty.")
    return said


def _check_decline(idea: Idea) -> None:
    if idea.step is not Step.DECLINED:  # whoever was not told may still be
        check_step(idea, Step.DECLINED)


def _of_idea(idea: Idea) -> _About:
    return _About(idea.friend_id, idea.unnamed, idea_id=idea.id)


async def _given(tx: Tx, seeker: Seeker, idea_id: int) -> Idea:
    return await _ideas.given(tx, seeker, idea_id, ", so there is nothing to answer any more.")


async def _in_note(tx: Tx, who: Person, delivery_id: str, friend_id: int) -> tuple[Seeker, _About]:
    seeker, note_id = await _note(tx, who, delivery_id)
    if friend_id not in dict(await rows.friends_in(tx, note_id)):
        raise Gone("They took back what they had left in that note.")
    return seeker, _About(friend_id, await rows.unnamed_in(tx, note_id, friend_id), note_id=note_id)


async def _helper(tx: Tx, who: Person, landing_id: int, friend_id: int) -> tuple[Seeker, _About]:
    seeker, own = await landing.mine(tx, who, landing_id)
    if friend_id not in {line.friend_id for line in await _landing.lines(tx, own)}:
        raise Gone("They took back what they had given, so there is nothing to thank for any more.")
    return seeker, _About(friend_id, unnamed=True)  # for them alone: never in the channel


async def _note(tx: Tx, who: Person, delivery_id: str) -> tuple[Seeker, int]:
    seeker = await seeking(tx, who)
    delivery = await delivery_rows.get(tx, delivery_id)
    if delivery is None or delivery.kind is not Kind.NOTE:
        raise Gone("That note is no longer here.")
    if delivery.person_id != seeker.id:
        raise NotYours("That note was for somebody else.")
    return seeker, delivery.subject
