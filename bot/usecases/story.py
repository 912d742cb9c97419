"""The story of a journey, made of all that is kept of it, at any time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import story as rules
from bot.core.hidden import masker
from bot.core.landing import Landing
from bot.core.people import Person, Seeker
from bot.core.rhythm import local_date
from bot.core.story import Material
from bot.core.summary import Phase, Week
from bot.store import ask as ask_rows
from bot.store import experiment as experiment_rows
from bot.store import hidden as hidden_rows
from bot.store import idea as idea_rows
from bot.store import landing as landing_rows
from bot.store import summary as summary_rows
from bot.store.db import Tx
from bot.usecases import _landing
from bot.usecases._landing import Span
from bot.usecases.app import App
from bot.usecases.people import sought

MOST = 8_000_000  # bytes of one file; Discord takes ten MiB


class File(NamedTuple):
    """A part of the story as a file."""

    name: str
    content: bytes


async def export(app: App, who: Person, *, private: bool) -> list[File]:
    """The story as Markdown, in one file or, where it is very long, in several; also after leaving.

    With `private` all that the seeker wrote is in it. Raises NotSeeking or NothingToTell.
    """
    tx = app.db.reading
    seeker = await sought(tx, who)
    story = rules.markdown(await _material(app, tx, seeker, private=private))
    parts = rules.pieces(story, MOST)
    names = ["story.md"] if len(parts) == 1 else [f"story-{n}.md" for n in range(1, len(parts) + 1)]
    return [File(name, part.encode()) for name, part in zip(names, parts, strict=True)]


async def _material(app: App, tx: Tx, seeker: Seeker, *, private: bool) -> Material:
    zone = ZoneInfo(seeker.zone)
    spent = await _landing.span(tx, seeker, seeker.started_at, seeker.left_at or app.now())
    tried = await experiment_rows.of_seeker(tx, seeker.id)
    ends = await landing_rows.of_seeker(tx, seeker.id)
    weeks = list(reversed(await summary_rows.all_of(tx, seeker.id)))
    told = {ask.id for w in weeks if w.phase is Phase.POSTED for ask in await ask_rows.of_week(tx, w.id)}
    asks = [ask for ask in await ask_rows.of_person(tx, seeker.id) if private or ask.id in told]
    return Material(
        name=seeker.name,
        entries=spent.entries,
        exercises=app.exercises,
        weeks=[(_told_on(week, spent.last, zone), week) for week in weeks],
        asks=[(local_date(ask.set_at, zone), ask) for ask in asks],
        ideas=[(local_date(i.given_at, zone), i) for i in reversed(await idea_rows.for_seeker(tx, seeker.id))],
        experiments=[(local_date(one.ended_at, zone), one) for one in tried if one.ended_at],
        landings=[(local_date(one.at, zone), one) for one in ends],
        rests=await _rests(app, tx, seeker, spent, ends),
        masked=masker(*await hidden_rows.names(tx, seeker.id)),
        private=private,
    )


def _told_on(week: Week, last: date, zone: ZoneInfo) -> date:
    """The day of a week's words: its Sunday, or the day before it on which they were posted."""
    sunday = week.monday + timedelta(days=6)
    return min(sunday, last, local_date(week.posted_at, zone) if week.posted_at else sunday)


async def _rests(app: App, tx: Tx, seeker: Seeker, spent: Span, ends: Sequence[Landing]) -> list[date]:
    """The days of rest on the way; between the end of a journey and the next there is none."""
    zone = ZoneInfo(seeker.zone)
    began = [one.began_at for one in ends] + [await _landing.began_at(tx, seeker, app.now())]
    rests = set(spent.rests)
    for end in (one for one in ends if one.ends):
        again = min((at for at in began if at > end.at), default=None)
        on, until = local_date(end.at, zone), local_date(again, zone) if again else spent.last
        rests -= {day for day in rests if on < day <= until}
    return sorted(rests)
