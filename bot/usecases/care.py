"""Care: what a silent seeker chooses, what they set for it beforehand, and where to turn."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core import care as rules
from bot.core import consent as consents
from bot.core import country as countries
from bot.core import help_lines
from bot.core import rhythm as times
from bot.core.care import Became, Confiding, Friend, NoFriend, Silence, Trust, Watch
from bot.core.delivery import ARRIVED, Kind, Outcome
from bot.core.help_lines import WhereToTurn
from bot.core.journal import Gone, owned
from bot.core.people import Person, Seeker
from bot.core.rhythm import Rhythm
from bot.store import care as rows
from bot.store import people as people_rows
from bot.store import rhythm as rhythm_rows
from bot.store import standing as standing_rows
from bot.store.db import Tx
from bot.usecases import _pump, _silence, rhythm
from bot.usecases.app import App
from bot.usecases.bulkhead import gathered
from bot.usecases.people import arm, seeking, still_seeking

AT_ONCE = 200  # seekers looked at in one round
NOTED_EVERY = timedelta(hours=1)  # that somebody is there is written down no more often


# ------------------------------------------------------------------ noticing


async def look(app: App) -> None:
    """Look at every seeker whose turn it is, each by themselves; errors are raised when all were looked at."""
    errors: list[Exception] = []
    for person_id in await rows.due(app.db.reading, app.now(), AT_ONCE):
        with gathered(errors):
            async with app.db.writing() as tx:
                await _silence.look(app, tx, person_id)
    if errors:
        raise ExceptionGroup("somebody could not be looked at; it is done again in the next round", errors)


async def heard(app: App, who: Person) -> None:
    """Somebody pressed, answered or set something: where they are a seeker, a silence is over."""
    tx = app.db.reading
    seeker = await people_rows.seeker(tx, who)
    watch = await rows.watch(tx, seeker.id) if seeker and not seeker.left_at else None
    if seeker is None or watch is None or not watch.silent_days:
        return
    if not watch.open and watch.heard_at and abs(app.now() - watch.heard_at) < NOTED_EVERY:
        return
    async with app.db.writing() as tx:
        stale = await _silence.heard(app, tx, seeker, app.now())
    await _pump.refresh_now(app, stale)


# ------------------------------------------------------------------ set beforehand


async def set_silence(app: App, who: Person, days: int) -> int:
    """After how many days without an answer a seeker is asked, 0 for never; raises OutOfRange."""
    rules.check_days(days, rules.MOST_DAYS)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        await rows.set_silent_days(tx, seeker.id, days)
        await rows.look_at(tx, seeker.id, None)
        stale = await _silence.heard(app, tx, seeker, app.now())
    await _pump.refresh_now(app, stale)
    return days


async def trust(
    app: App, who: Person, friend: tuple[Person, str] | None, words: str | None, tell_days: int | None
) -> Trust:
    """Name a friend, the sentence for them, or when they hear by itself; None leaves a thing. They hear nothing of it.

    Raises OutOfRange, TooManyWords or NoFriend.
    """
    if friend is None and words is None and tell_days is None:
        return await _trust(app.db.reading, (await seeking(app.db.reading, who)).id)
    async with app.db.writing() as tx:
        seeker = await seeking(tx, who)
        watch = await _watch(tx, seeker)
        friend_id = watch.friend.id if watch.friend else None
        if friend:
            if friend[0] == who:
                raise NoFriend("That is you. Name somebody who would be glad to hear from you.")
            friend_id = await people_rows.remember(tx, *friend)
        if friend_id is None:
            raise NoFriend("First name the friend: the option “friend” of /rhythm trusted.")
        days = watch.tell_days if tell_days is None else rules.check_days(tell_days, rules.MOST_TELL_DAYS)
        sentence = watch.words if words is None else rules.check_words(words)
        if watch.friend is None or watch.friend.id != friend_id:  # what was set before was meant for another
            days, sentence = days if tell_days else 0, sentence if words else ""
        await rows.set_trusted(tx, seeker.id, friend_id, sentence, days)
        return await _trust(tx, seeker.id)


async def trust_nobody(app: App, who: Person) -> None:
    """Nobody is told of a seeker's silence any more."""
    async with app.db.writing() as tx:
        await rows.set_trusted(tx, (await seeking(tx, who)).id, None, "", 0)


async def _trust(tx: Tx, seeker_id: int) -> Trust:
    watch = await rows.watch(tx, seeker_id)
    assert watch
    read = await _silence.masked(tx, seeker_id, watch.sentence)
    return Trust(watch, read, await _silence.said(tx, watch.friend.id)) if watch.friend else Trust(watch, read)


async def _watch(tx: Tx, seeker: Seeker) -> Watch:
    watch = await rows.watch(tx, seeker.id)
    assert watch
    return watch


# ------------------------------------------------------------------ what a silent seeker chooses


async def confirm_own(app: App, who: Person, silence_id: int) -> None:
    """Raises Gone or NotYours where somebody presses what was not meant for them."""
    await _own(app.db.reading, who, silence_id)


async def fine(app: App, who: Person, silence_id: int) -> None:
    """All is well; raises Gone or NotYours."""
    async with app.db.writing() as tx:
        await _own(tx, who, silence_id)
        stale = await _answered(app, tx, silence_id, Became.FINE)
    await _pump.refresh_now(app, stale)


async def pause(app: App, who: Person, silence_id: int, days: int) -> Rhythm:
    """Pause for so many days, 0 until they end it; raises Gone or NotYours."""
    seeker = await _own(app.db.reading, who, silence_id)
    until = times.local_date(app.now(), ZoneInfo(seeker.zone)) + timedelta(days=days)
    await rhythm.pause(app, who, until.isoformat() if days else "")
    async with app.db.writing() as tx:
        stale = await _answered(app, tx, silence_id, Became.PAUSED)
    await _pump.refresh_now(app, stale)
    return await rhythm.show(app, who)


async def lighten(app: App, who: Person, silence_id: int) -> tuple[Rhythm, Rhythm]:
    """Ask on fewer days from now on: the rhythm before and after. Raises AlreadyLight, Gone or NotYours."""
    before = await rhythm.show(app, who)
    async with app.db.writing() as tx:
        seeker = await _own(tx, who, silence_id)
        silence = await rows.get(tx, silence_id)
        if silence and silence.became is Became.LIGHTER:
            raise Gone("Your rhythm was made lighter already. /rhythm set changes it further, or back.")
        schedules = await rhythm_rows.schedules(tx, seeker.id)
        fewer = rules.lightened(schedules)
        for one in schedules:
            if one.ask in fewer:
                await rhythm_rows.set_schedule(tx, seeker.id, one.ask, fewer[one.ask], one.at, one.exercise)
        await arm(app, tx, seeker)
        stale = await _answered(app, tx, silence_id, Became.LIGHTER)
    await _pump.refresh_now(app, stale)
    return before, await rhythm.show(app, who)


async def confiding(app: App, who: Person, silence_id: int) -> Confiding:
    """What would go out to the friend; raises NoFriend, Gone or NotYours."""
    tx = app.db.reading
    silence, friend, words = await _telling(tx, who, silence_id)
    read = await _silence.masked(tx, silence.person_id, words)
    return Confiding(silence_id, friend.name, words, read, await _silence.said(tx, friend.id))


async def words_of(app: App, who: Person, silence_id: int) -> tuple[str, str]:
    """The friend's name and the words that would go out to them, by one read; raises NoFriend, Gone or NotYours."""
    _, friend, words = await _telling(app.db.reading, who, silence_id)
    return friend.name, words


async def reword(app: App, who: Person, silence_id: int, words: str) -> Confiding:
    """Change what would go out this time; raises TooManyWords, NoFriend, Gone or NotYours."""
    sentence = rules.check_words(words)
    async with app.db.writing() as tx:
        await _telling(tx, who, silence_id)
        await rows.word(tx, silence_id, sentence)
    return await confiding(app, who, silence_id)


async def let_know(app: App, who: Person, silence_id: int) -> tuple[str, Outcome | None]:
    """Tell the friend now: their name, and what came of it. Raises NoFriend (nothing went out), Gone or NotYours."""
    async with app.db.writing() as tx:
        _, friend, _ = await _telling(tx, who, silence_id)
        if why := consents.why_not(await _silence.said(tx, friend.id), friend.name):
            raise NoFriend(f"{why} Nothing was sent. Perhaps you write to them yourself.")
        owed = await _silence.confide(app, tx, friend, silence_id, app.now(), pressed=True)
    outcomes = await _pump.send_now(app, owed)
    async with app.db.writing() as tx:
        stale = await standing_rows.mark_about(tx, (Kind.SILENCE,), silence_id, app.now())
    await _pump.refresh_now(app, stale)
    return friend.name, outcomes[0] if outcomes else None


async def _telling(tx: Tx, who: Person, silence_id: int) -> tuple[Silence, Friend, str]:
    """What a friend would be told of, who, and in which words; raises NoFriend, Gone or NotYours."""
    found = still_seeking(await rows.telling(tx, who, silence_id))
    silence, friend = _asked(found.silence, found.person_id), found.watch.friend
    if friend is None:
        raise NoFriend("You have named no friend, so nobody can hear of it. /rhythm trusted names one.")
    if silence.friend_id is not None:
        if found.told in ARRIVED:
            raise NoFriend(f"I have written to {silence.friend} already, and once is enough. Nothing more was sent.")
        raise NoFriend(
            f"I tried to write to {silence.friend}, and it did not arrive. Perhaps you write to them yourself."
        )
    return silence, friend, silence.words or found.watch.sentence


async def _own(tx: Tx, who: Person, silence_id: int) -> Seeker:
    """The seeker who was asked; raises Gone or NotYours."""
    seeker = await seeking(tx, who)
    _asked(await rows.get(tx, silence_id), seeker.id)
    return seeker


def _asked(silence: Silence | None, person_id: int) -> Silence:
    gone = "That is no longer here. /rhythm pause and /rhythm set work at any time."
    not_yours = "That was meant for somebody else, so nothing was changed."
    return owned(silence, lambda found: found.person_id == person_id, gone, not_yours)


async def _answered(app: App, tx: Tx, silence_id: int, became: Became) -> list[str]:
    await rows.answer(tx, silence_id, became)
    return await standing_rows.mark_about(tx, (Kind.SILENCE,), silence_id, app.now())


# ------------------------------------------------------------------ where to turn


async def where_to_turn(app: App, who: Person, named: str = "") -> WhereToTurn:
    """The help lines for somebody: of the country they name now (a seeker's is kept), had named, or live in by zone.

    Raises UnknownCountry.
    """
    code = countries.parse(named) if named else ""
    seeker = await people_rows.seeker(app.db.reading, who)
    if code and seeker:
        async with app.db.writing() as tx:
            await rows.set_country(tx, seeker.id, code)
    return help_lines.where_to_turn(
        app.settings.help_lines, code or (seeker.country if seeker else ""), seeker.zone if seeker else ""
    )
