"""What an end or a turn of a journey says: to its seeker, and in the channel; and what follows when gifts change."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import funnel as funnels
from bot.core import landing as rules
from bot.core import tally
from bot.core import thanks as thanking
from bot.core.delivery import ARRIVED, WAITING, Delivery, Kind, State
from bot.core.funnel import FunnelCard, Range
from bot.core.idea import Step
from bot.core.journal import NUMBERS, Entry
from bot.core.landing import Closing, ClosingPost, Journey, JourneyCard, Landing, LandingDraft, Phase
from bot.core.people import Seeker
from bot.core.rhythm import instant, local_date, mondays
from bot.core.search import Stage
from bot.core.summary import Week
from bot.core.thanks import Line
from bot.store import circle as circle_rows
from bot.store import delivery as delivery_rows
from bot.store import held as held_rows
from bot.store import hidden as hidden_rows
from bot.store import idea as idea_rows
from bot.store import journal as journal_rows
from bot.store import landing as rows
from bot.store import people as people_rows
from bot.store import reply as reply_rows
from bot.store import search as search_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store import thanks as thanks_rows
from bot.store.db import Tx
from bot.usecases import _goals, _rests
from bot.usecases.app import App

OF_LANDING = (Kind.LANDING, Kind.CLOSING)
EVER = date(1, 1, 2)  # the first day that begins in every zone
NEVER_ARRIVED = (State.UNREACHABLE, State.DROPPED)


class Span(NamedTuple):
    """A seeker's days from one to another: what they answered, and when they rested."""

    first: date
    last: date
    weeks: list[date]  # the Mondays
    entries: list[Entry]
    rests: frozenset[date]  # days of rest without an answer


# ------------------------------------------------------------------ the journey


async def began_at(tx: Tx, seeker: Seeker, by: datetime) -> datetime:
    """When the journey began that goes on, or went on, at an instant."""
    return await rows.journey_at(tx, seeker.id, by) or seeker.started_at


async def began_on(tx: Tx, seeker: Seeker, sunday: date) -> date:
    """The first day of the journey that a week belongs to, by its last day."""
    zone = ZoneInfo(seeker.zone)
    return local_date(await began_at(tx, seeker, instant(sunday + timedelta(days=1), time(), zone)), zone)


async def span(tx: Tx, seeker: Seeker, began: datetime, ended: datetime) -> Span:
    """What there is of a seeker between two instants."""
    zone = ZoneInfo(seeker.zone)
    first, last = local_date(began, zone), local_date(ended, zone)
    weeks = mondays(first, last)
    entries = [e for e in await journal_rows.of_weeks(tx, seeker.id, weeks[0], weeks[-1]) if first <= e.on <= last]
    pauses = [pause for pause in await people_rows.pauses(tx, seeker.id) if pause[0] < last]
    rests = await _rests.between(tx, seeker.id, first, last, pauses)
    return Span(first, last, weeks, entries, rests - {entry.on for entry in entries})


async def _journey(tx: Tx, seeker: Seeker, landing: Landing, spent: Span) -> Journey:
    gifts, _ = await thanks_rows.given(tx, landing.id)
    first = _logged_from(seeker, landing)
    days = await _goals.days(tx, seeker, first, spent.last, landing.at)
    done = tally.of_days(first, spent.last, spent.entries, days)
    return Journey(
        began_on=spent.first,
        ended_on=spent.last,
        weeks=len(spent.weeks),
        entries=len(spent.entries),
        rests=len(spent.rests),
        cheers=sum(gift.cheers for gift in gifts),
        ideas=sum(len(gift.ideas) + bool(gift.led) for gift in gifts),
        offers=sum(gift.offers + gift.led_by_offer for gift in gifts),
        tried=await rows.tried(tx, landing),
        numbers={name: done[name] for name in NUMBERS if name in done},
    )


def _logged_from(seeker: Seeker, landing: Landing) -> date:
    """From which day on the log counts; on the first journey all of it, for a file may tell of what was before."""
    later = landing.began_at > seeker.started_at
    return local_date(landing.began_at, ZoneInfo(seeker.zone)) if later else EVER


def _card(seeker: Seeker, landing: Landing, journey: Journey, spent: Span, *, own: bool) -> JourneyCard:
    """The picture's data: all of it for the seeker's own eyes, else what they let out."""
    stones = rules.stones(spent.entries, spent.rests, with_mood=own or landing.share_mood)
    return JourneyCard(
        name=seeker.name,
        began_on=journey.began_on,
        ended_on=journey.ended_on,
        weeks=rules.piled(stones, spent.weeks),
        figures=rules.figures(journey),
        landed=landing.sort is rules.Sort.LANDED,
    )


async def _search(tx: Tx, seeker: Seeker, landing: Landing) -> FunnelCard | None:
    """Where the applications of the journey went; None unless its numbers are let out, or where there are none.

    Of the first journey all that was kept by its end, as from a file; of another what anything happened with in it.
    """
    if not landing.share_numbers:
        return None
    first = _logged_from(seeker, landing)
    kept = [one for one in await search_rows.of_person(tx, seeker.id) if one.made_at <= landing.at]
    card = funnels.report([one for one in kept if one.standing.active_on >= first], [], Range(), seeker.name).card
    return card if card.total else None


# ------------------------------------------------------------------ what is said


async def lines(tx: Tx, landing: Landing) -> tuple[Line, ...]:
    """Whom to thank, and for what."""
    return thanking.lines(*await thanks_rows.given(tx, landing.id))


async def told(tx: Tx, seeker: Seeker, landing: Landing) -> Closing:
    """What friends read of it."""
    spent = await span(tx, seeker, landing.began_at, landing.at)
    journey = rules.let_out(landing, await _journey(tx, seeker, landing, spent))
    card = _card(seeker, landing, journey, spent, own=False)
    names = await hidden_rows.names(tx, seeker.id)
    search = await _search(tx, seeker, landing)
    return rules.closing(landing, seeker.name, journey, await lines(tx, landing), card, names, search)


async def shown(app: App, tx: Tx, seeker: Seeker, landing: Landing, delivery_id: str = "") -> LandingDraft:
    """The seeker's view of it, with the picture."""
    spent = await span(tx, seeker, landing.began_at, landing.at)
    journey = await _journey(tx, seeker, landing, spent)
    idea = await idea_rows.get(tx, landing.idea_id) if landing.idea_id else None
    posts = [d for d in await delivery_rows.about(tx, Kind.CLOSING, landing.id) if d.turn == landing.turn]
    posted, decided = landing.phase is Phase.POSTED, await lines(tx, landing)
    picture = await app.studio.journey(_card(seeker, landing, journey, spent, own=True))
    search, search_alt = await _drawn(app, await _search(tx, seeker, landing))
    return LandingDraft(
        delivery_id=delivery_id,
        landing=landing,
        journey=journey,
        lines=decided,
        circles=tuple(await circle_rows.of_seeker(tx, seeker.id)),
        led_by=idea if idea and idea.step is not Step.WITHDRAWN else None,
        waits=posted and any(post.state in WAITING for post in posts),
        lost=not posted and any(post.state is State.UNREACHABLE for post in posts),
        thanked=await _thanked(tx, landing, ARRIVED),
        thanking=await _thanked(tx, landing, WAITING),
        picture=picture.png,
        alt=picture.alt,
        search=search,
        search_alt=search_alt,
        accepted=await _accepted(tx, seeker, landing),
        unread=rules.unread(landing, decided, await hidden_rows.names(tx, seeker.id)),
    )


async def _accepted(tx: Tx, seeker: Seeker, landing: Landing) -> str:
    """The application that was accepted last on the journey, by name; empty where there is none."""
    first, last = (local_date(at, ZoneInfo(seeker.zone)) for at in (landing.began_at, landing.at))
    kept = await search_rows.of_person(tx, seeker.id, (Stage.ACCEPTED,))
    found = [one for one in kept if first <= one.standing.stage_on <= last]
    if not found or landing.sort is not rules.Sort.LANDED:
        return ""
    return max(found, key=lambda one: (one.standing.stage_on, one.id)).name


async def _thanked(tx: Tx, landing: Landing, states: Container[State | None]) -> frozenset[int]:
    """Whom the seeker thanked by direct message since, for all that they gave, in words that stand in such a state."""
    said = await reply_rows.of_seeker(tx, landing.person_id)
    since = [one for one in said if not (one.idea_id or one.note_id) and one.made_at >= landing.at]
    return frozenset(one.friend_id for one in since if one.state in states)


async def post_of(app: App, closing: Closing, delivery_id: str) -> ClosingPost:
    """The message in the channel, with its pictures."""
    picture = await app.studio.journey(closing.card)
    return ClosingPost(delivery_id, closing, picture.png, picture.alt, *await _drawn(app, closing.search))


async def _drawn(app: App, search: FunnelCard | None) -> tuple[bytes | None, str]:
    """The picture of a search, and what it shows."""
    if search is None:
        return None, ""
    picture = await app.studio.funnel(search)
    return picture.png, picture.alt


async def wanted(tx: Tx, delivery: Delivery) -> bool:
    """Whether what is owed is still to be sent."""
    landing = await rows.get(tx, delivery.subject)
    if landing is None or delivery.kind is Kind.LANDING:
        return landing is not None
    return landing.phase is Phase.POSTED and landing.turn == delivery.turn


async def brought(app: App, delivery: Delivery) -> LandingDraft | None:
    """What the message to the seeker says; None where it did not happen after all."""
    tx = app.db.reading
    landing = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, landing.person_id) if landing else None
    return await shown(app, tx, seeker, landing, delivery.id) if seeker and landing else None


async def posted(app: App, delivery: Delivery) -> ClosingPost | None:
    """What stands in the channel; None where it was taken down."""
    tx = app.db.reading
    landing = await rows.get(tx, delivery.subject)
    seeker = await people_rows.seeker_by_id(tx, landing.person_id) if landing else None
    if landing is None or seeker is None or landing.phase is not Phase.POSTED or landing.turn != delivery.turn:
        return None
    return await post_of(app, await told(tx, seeker, landing), delivery.id)


# ------------------------------------------------------------------ what follows


async def mark(tx: Tx, landing_ids: Iterable[int], now: datetime) -> list[str]:
    """Whatever tells of some landings is to be revised; those messages' ids."""
    return [key for number in landing_ids for key in await standing_rows.mark_about(tx, OF_LANDING, number, now)]


async def mark_counted(tx: Tx, seeker: Seeker, first: date, now: datetime) -> list[str]:
    """What a seeker's log tells of a day is other than before: the landings since tell it; the messages to refresh."""
    zone = ZoneInfo(seeker.zone)
    since = [one.id for one in await rows.of_seeker(tx, seeker.id) if first <= local_date(one.at, zone)]
    return await mark(tx, since, now)


async def mark_all(tx: Tx, seeker_id: int, now: datetime) -> list[str]:
    """Whatever tells of a seeker's landings is to be revised; those messages' ids."""
    return await mark(tx, [landing.id for landing in await rows.of_seeker(tx, seeker_id)], now)


async def idea_changed(tx: Tx, idea_id: int, now: datetime) -> list[str]:
    """An idea changed, or was taken back: nothing is thanked for that is no longer given; the messages to refresh."""
    idea = await idea_rows.get(tx, idea_id)
    if idea is None:
        return []
    if idea.step is Step.WITHDRAWN:
        await thanks_rows.forget_lines(tx, idea.seeker_id, idea.friend_id)
        await _let_go_forms(tx, await rows.of_seeker(tx, idea.seeker_id), idea.friend_id)
    return await mark_all(tx, idea.seeker_id, now)


async def friend_forgotten(tx: Tx, friend_id: int, now: datetime) -> list[str]:
    """A friend is erased: what thanks them is to be revised; those messages' ids."""
    found = await thanks_rows.thanking(tx, friend_id)
    await _let_go_forms(tx, [landing for number in found if (landing := await rows.get(tx, number))], friend_id)
    return await mark(tx, found, now)


async def _let_go_forms(tx: Tx, landings: Iterable[Landing], friend_id: int) -> None:
    """Lines of thanks that were refused, and wait in what may be a friend's words, wait no longer."""
    for landing in landings:
        await held_rows.let_go_forms(tx, landing.person_id, f"{thanking.FORM}:{landing.id}.{friend_id}")


async def under(tx: Tx, post: Delivery | None) -> list[Week]:
    """The week that what friends leave under a closing post is about; none for any other message."""
    if post is None or post.kind is not Kind.CLOSING:
        return []
    landing = await rows.get(tx, post.subject)
    week = await summary_rows.get(tx, landing.week_id) if landing and landing.phase is Phase.POSTED else None
    return [week] if week else []


async def withdraw(tx: Tx, seeker_id: int) -> list[Delivery]:
    """No closing post of a seeker counts as posted any more; those that stand, or may stand, in a channel."""
    for landing in await rows.of_seeker(tx, seeker_id):
        if landing.phase is Phase.POSTED:
            await rows.set_phase(tx, landing.id, Phase.TAKEN, landing.turn)
    return await rows.standing(tx, seeker_id)


async def reset_unposted(tx: Tx, seeker_id: int, now: datetime) -> None:
    """A closing post that was still owed, and is dropped, was never posted."""
    for landing in await rows.of_seeker(tx, seeker_id):
        for post in await delivery_rows.about(tx, Kind.CLOSING, landing.id):
            if post.state is State.DROPPED:
                await not_posted(tx, post, now)


async def not_posted(tx: Tx, post: Delivery, now: datetime) -> None:
    """A closing post cannot arrive: where it stands in no other channel it waits for its seeker again."""
    landing = await rows.get(tx, post.subject)
    if landing is None or landing.phase is not Phase.POSTED or landing.turn != post.turn:
        return
    others = [d for d in await delivery_rows.about(tx, Kind.CLOSING, landing.id) if d.turn == landing.turn]
    if any(other.id != post.id and other.state not in NEVER_ARRIVED for other in others):
        return
    await rows.set_phase(tx, landing.id, Phase.DRAFT, landing.turn)
    await standing_rows.mark_about(tx, (Kind.LANDING,), landing.id, now)
