"""Names that a seeker hides: which they are, one more, one less; what stands is revised."""

from __future__ import annotations

from datetime import datetime

from bot.core import hidden as rules
from bot.core.delivery import Kind
from bot.core.hidden import Hiding
from bot.core.people import Person, Seeker
from bot.core.summary import Phase, tellings
from bot.store import care as care_rows
from bot.store import hidden as rows
from bot.store import people as people_rows
from bot.store import reply as reply_rows
from bot.store import standing as standing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _landing, _posted, _pump, _weeks
from bot.usecases._weeks import OF_WEEK
from bot.usecases.app import App
from bot.usecases.people import sought

AT_ONCE = 10  # messages that are revised while the seeker waits, the newest; the others follow with the rounds


async def listed(app: App, who: Person) -> Hiding:
    """The names that a seeker hides."""
    seeker = await sought(app.db.reading, who)
    return Hiding(await _sorted(app, seeker))


async def matching(app: App, who: Person, typed: str) -> list[str]:
    """The hidden names that hold what was typed so far; none for who does not seek."""
    seeker = await people_rows.seeker(app.db.reading, who)
    names = await _sorted(app, seeker) if seeker else ()
    return [name for name in names if rules.key(typed) in rules.key(name)]


async def hide(app: App, who: Person, name: str) -> Hiding:
    """Hide one more name, in what stands as well; raises BadName."""
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        before = await rows.names(tx, seeker.id)
        words = rules.checked(name, before)
        await rows.add(tx, seeker.id, words)
        changed, stale = await _mark_changed(app, tx, seeker, before)
    await _revise(app, seeker, changed, stale)
    return Hiding(await _sorted(app, seeker), added=words, posts=len(changed))


async def unhide(app: App, who: Person, name: str) -> Hiding:
    """Let a name be read again, in what stands as well; raises NotHidden."""
    async with app.db.writing() as tx:
        seeker = await sought(tx, who)
        before = await rows.of_seeker(tx, seeker.id)
        found = rules.meant(name, before)
        await rows.remove(tx, found.id)
        changed, stale = await _mark_changed(app, tx, seeker, tuple(hidden.name for hidden in before))
    await _revise(app, seeker, changed, stale)
    return Hiding(await _sorted(app, seeker), removed=found.name, posts=len(changed))


async def _sorted(app: App, seeker: Seeker) -> tuple[str, ...]:
    return tuple(sorted(await rows.names(app.db.reading, seeker.id), key=rules.key))


async def _mark_changed(app: App, tx: Tx, seeker: Seeker, before: tuple[str, ...]) -> tuple[list[int], list[str]]:
    """Mark the messages of each week that reads differently now; the posted weeks, and the messages, newest first."""
    posted: list[int] = []
    stale: list[str] = []
    for week in await summary_rows.all_of(tx, seeker.id):
        held = await _weeks.material(app, tx, seeker, week)
        was, now_is = (tellings(week, one, app.exercises) for one in (held._replace(hidden=before), held))
        if was != now_is:
            posted += [week.id] if week.phase is Phase.POSTED else []
            stale += await standing_rows.mark_about(tx, OF_WEEK, week.id, app.now())
    return posted, stale + await _mark_words_to_friends(tx, seeker, app.now())


async def _mark_words_to_friends(tx: Tx, seeker: Seeker, now: datetime) -> list[str]:
    """Mark what a seeker wrote to friends beside their weeks: thanks, and the words to one who is to know."""
    stale: list[str] = []
    for reply in await reply_rows.of_seeker(tx, seeker.id):
        stale += await standing_rows.mark_about(tx, (Kind.REPLY,), reply.id, now)
    for told in await care_rows.confided_by(tx, seeker.id):
        stale += await standing_rows.mark_about(tx, (Kind.CONFIDED,), told.subject, now)
    return stale + await _landing.mark_all(tx, seeker.id, now)


async def _revise(app: App, seeker: Seeker, posted: list[int], stale: list[str]) -> None:
    with _pump.kept_anyway():
        for week_id in posted:
            await _posted.settle_posts(app, seeker, week_id)
    await _pump.refresh_now(app, stale[:AT_ONCE])
