"""How the trail looks: a picture with a few words, and all of it as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import discord

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.dates import day
from bot.core.experiment import Experiment, Phase
from bot.core.idea import Sort, Step
from bot.core.rhythm import local_date
from bot.core.trail import GONE, Path
from bot.usecases.trail import Drawn
from cogs import _pages
from cogs._layout import ALT_LIMIT, Message, layout, name_of, say
from cogs._pages import Part
from cogs._press import button

LISTED = 150  # characters of each, in the text
TOLD = 40  # ways in the text
NOTHING = (
    "Nothing is on your trail yet, and that is fine. Friends can give you an idea under your week or with /idea, "
    "and /experiment new begins with one of your own."
)


def drawn(what: Drawn | None) -> Message:
    """A page of the trail: the picture, where in the trail it is, and the way to the rest."""
    if what is None:
        return Message(say(NOTHING))
    card, picture = what
    row = [button("trailpage", card.page - 1, "Newer")] if card.page else []
    row += [] if card.last else [button("trailpage", card.page + 1, "Earlier")]
    row.append(button("trailtext", 0, "Read it as text"))
    alt = texts.shorten(picture.alt, ALT_LIMIT)
    file = discord.File(io.BytesIO(picture.png), picture.name, description=alt)
    head = "## The trail of your ideas" + (f"\n-# {card.place.capitalize()}." if card.place else "")
    return Message(layout([head], row, picture=(picture.name, alt)), [file])


def whole(paths: Sequence[Path], zone: ZoneInfo) -> list[str]:
    """Every way from an idea to what was learned, newest first, in messages."""
    if not paths:
        return [NOTHING]
    parts = [Part("## The trail of your ideas")]
    for path in paths[:TOLD]:
        parts += _pages.shortened(_way(path, zone), LISTED)
    if len(paths) > TOLD:
        parts.append(Part(f"-# And {len(paths) - TOLD} earlier.", opens=True))
    return _pages.whole(parts)


def _way(path: Path, zone: ZoneInfo) -> Iterator[Part]:
    friend = name_of(path.friend or UNNAMED)
    whose = {Sort.IDEA: f"{friend}'s idea", Sort.OFFER: f"{friend} knows someone", None: "Your own"}[path.sort]
    yield Part(f"**{whose}** · {day(local_date(path.began_at, zone))}", opens=True)
    yield Part("", path.what or GONE)
    stand = STANDS.get(path.step) if path.step else None
    if stand:
        yield Part(f"→ {stand.format(friend=friend)}")
    for experiment in path.experiments:
        yield _stage(experiment, zone)
    if path.thanked_at:
        yield Part(f"→ you thanked {friend} on {day(local_date(path.thanked_at, zone))}")
    elif path.thanks_wait:
        where = f"wait until {friend} accepts messages" if path.thanks_held else "are on their way"
        yield Part(f"→ your thanks to {friend} {where}")
    for stop in path.further:
        yield Part(f"→ {stop.words}" + (f" on {day(stop.on)}" if stop.on else ""))


STANDS = {
    Step.NEW: "waits for your word",
    Step.KEPT: "you keep it",
    Step.ACCEPTED: "you said yes",
    Step.INTRODUCED: "{friend} has introduced you",
    Step.TALKED: "you have talked",
    Step.DECLINED: "not for you just now",
    Step.FELL: "it fell through",
    Step.SETTLED: "you keep it",
}


def _stage(experiment: Experiment, zone: ZoneInfo) -> Part:
    on = day(experiment.try_on)
    match experiment.phase:
        case Phase.PLANNED:
            return Part(f"→ to try on {on}", experiment.question and f"({experiment.question})")
        case Phase.LEARNED:
            ended = day(local_date(experiment.ended_at, zone)) if experiment.ended_at else on
            return Part(f"→ on {ended} you learned:", experiment.learned)
        case Phase.LET_GO:
            return Part(f"→ planned for {on}, and let go")
        case Phase.LAPSED:
            return Part(f"→ planned for {on}, and left open")
