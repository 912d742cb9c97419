"""What a file would add to a search: told before anything is kept, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bot.core import link as links
from bot.core import text as texts
from bot.core.archive import Archive, CameFrom, Reading, Remark, by_application
from bot.core.board import BY_HAND, STEP_LIMIT, Step, time_and_words, with_time
from bot.core.dates import FURTHEST, day
from bot.core.errors import Told
from bot.core.search import (
    LADDER,
    LEADS_TO,
    MOST_APPLICATIONS,
    NAME_LIMIT,
    WHOM_LIMIT,
    WORDS_LIMIT,
    Act,
    Application,
    Event,
    Loss,
    Stage,
    told,
)

_EARLIEST = date(1950, 1, 1)
_ABOUT = (Act.UNDONE, Act.AMENDED)


class Refused(Told):
    """A line that cannot be taken."""


class Incoming(NamedTuple):
    """An application of a file with all that happened; numbers mean something within the file alone."""

    line: int
    application: Application
    events: tuple[Event, ...]
    step: Step | None = None  # what is next, where somebody said so
    hushed: bool = False
    came_from: CameFrom = CameFrom()


class Found(NamedTuple):
    """All that stands in a file."""

    incoming: tuple[Incoming, ...]
    loose: tuple[Event, ...] = ()  # about no application
    refused: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()  # taken, but to be known
    own: bool = False  # of this bot: two of one company and role are two


class Plan(NamedTuple):
    """What would be added, and what not."""

    added: tuple[Incoming, ...] = ()
    loose: tuple[Event, ...] = ()
    skipped: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """All that would be noted, in the order in which it was."""
        found = [*(event for one in self.added for event in one.events), *self.loose]
        return tuple(sorted(found, key=lambda event: event.id))


def plan(found: Found, known: Archive) -> Plan:
    """What of a file is new; what is known has the same link, or the same company and role."""
    seen = {key: "you have it already" for one in known.applications for key in _keys(one)}
    added: list[Incoming] = []
    skipped: list[Remark] = []
    refused = list(found.refused)
    for one in found.incoming:
        why = next((seen[key] for key in _keys(one.application) if key in seen), "")
        if why:
            skipped.append(Remark(one.line, f"{one.application.name}: {why}"))
        elif len(known.applications) + len(added) >= MOST_APPLICATIONS:
            refused.append(Remark(one.line, f"{MOST_APPLICATIONS:,} applications are as many as I can keep"))
        else:
            added.append(one)
            if not found.own:
                seen.update(dict.fromkeys(_keys(one.application), f"it stands in line {one.line} already"))
    same = {_same(event) for event in known.events if event.application_id is None}
    loose = tuple(event for event in found.loose if _same(event) not in same)
    lines = {remark.line for remark in (*skipped, *refused)}
    remarks = tuple(remark for remark in found.remarks if remark.line not in lines or not remark.line)
    return Plan(tuple(added), loose, tuple(skipped), tuple(refused), remarks)


def _keys(one: Application) -> list[tuple[str, ...]]:
    named = (" ".join(one.company.casefold().split()), " ".join(one.role.casefold().split()))
    place = one.link.casefold().partition("://")[2].removeprefix("www.").rstrip("/")
    return [named, (place,)] if place else [named]


def _same(event: Event) -> tuple[object, ...]:
    return event.act, event.on, event.whom, event.words, event.noted_at


# ------------------------------------------------------------------ a file of our own


def of_archive(reading: Reading, today: date) -> Found:
    """What stands in a file that this bot wrote; what somebody changed in it is looked at again."""
    archive, lines = reading.archive, dict(reading.lines)
    steps, came_from = dict(archive.steps), dict(archive.came_from)
    of = by_application(archive.events)
    incoming: list[Incoming] = []
    refused, remarks = list(reading.refused), list[Remark]()
    for one in archive.applications:
        events = of.pop(one.id, [])
        line = min((lines.get(event.id, 0) for event in events), default=0)
        try:
            checked = tuple(_checked_events(events, today, lines))
            step = _step(steps.get(one.id), today)
            origin = came_from.get(one.id, CameFrom())
            incoming.append(Incoming(line, _checked(one), checked, step, one.id in archive.hushed, origin))
        except Told as why:
            refused.append(Remark(line, f"{texts.shorten(texts.clean(one.name), 2 * NAME_LIMIT)}: {why}"))
        else:
            remarks += [Remark(lines.get(event.id, line), f"{one.name}: {why}") for event, why in after_end(events)]
    loose, others = _loose(of, today, lines)
    return Found(tuple(incoming), loose, (*refused, *others), tuple(remarks), own=True)


def _loose(
    of: Mapping[int | None, list[Event]], today: date, lines: Mapping[int, int]
) -> tuple[tuple[Event, ...], list[Remark]]:
    """What is about no application; what is about one that is not in the file is refused."""
    lost = [event for number, events in of.items() if number is not None for event in events]
    refused = [
        Remark(lines.get(event.id, 0), f"“{event.act}” is about an application that is missing") for event in lost
    ]
    try:
        return tuple(_checked_events(of.get(None, []), today, lines)), refused
    except Told as why:
        return (), [*refused, Remark(0, str(why))]


def _step(step: Step | None, today: date) -> Step | None:
    """A next step that was set by hand; those of rules are set anew."""
    if step is None or step.sort != BY_HAND or not is_likely(step.on, today):
        return None
    at, words = time_and_words(step.words)
    return step._replace(words=with_time(at, short(words, "next step", STEP_LIMIT)))


def _checked(one: Application) -> Application:
    company, role = named(one.company, "company"), named(one.role, "role")
    told_of = {name: short(getattr(one, name), name) for name in ("source", "kind", "place", "reach")}
    link = links.read(short(one.link, "link", links.LINK_LIMIT))
    return one._replace(company=company, role=role, link=link, **told_of)


def _checked_events(events: Sequence[Event], today: date, lines: Mapping[int, int]) -> Iterator[Event]:
    numbers: set[int] = set()
    for event in events:
        where = f" (line {lines[event.id]})" if event.id in lines else ""
        if event.on > today:
            raise Refused(f"“{event.act}” on {day(event.on)} {event.on.year} is still to come{where}")
        if not all(is_likely(on, today) for on in _days(event)) or event.noted_at.date() > today + timedelta(days=1):
            raise Refused(f"“{event.act}” has a day that cannot be{where}")
        if event.id in numbers or (event.about not in numbers and (event.act in _ABOUT or event.about is not None)):
            raise Refused(f"its events refer to others that are not there{where}")
        if event.act is Act.CORRECTED and event.stage not in LADDER:
            raise Refused(f"“{event.act}” says no stage{where}")
        numbers.add(event.id)
        yield event._replace(whom=short(event.whom, "whom", WHOM_LIMIT), words=short(event.words, "note", WORDS_LIMIT))


def _days(event: Event) -> list[date]:
    return [event.on, event.noted_at.date(), *([event.starts_at.date()] if event.starts_at else [])]


def is_likely(on: date, today: date) -> bool:
    """Whether a day can be one of a search, and no slip of the pen."""
    return _EARLIEST <= on <= today + FURTHEST


def named(words: str, label: str) -> str:
    """The name of a company or a role; raises Refused where there is none, or it is too long."""
    if texts.is_blank(words):
        raise Refused(f"there is no {label}")
    return short(words, label)


def short(words: str, label: str, limit: int = NAME_LIMIT) -> str:
    """Words without what nobody can see; raises Refused where they are too long."""
    found = "" if texts.is_blank(words) else texts.clean(words)
    if len(found) > limit:
        raise Refused(f"its {label} has {len(found):,} characters, and {limit:,} is the most")
    return found


def after_end(events: Iterable[Event]) -> Iterator[tuple[Event, str]]:
    """What happened after an application had ended, and takes it up again."""
    ended = False
    for event in told(events):
        to = LEADS_TO.get(event.act)
        if ended and to and to is not Stage.LOST:
            yield event, f"“{event.act}” on {day(event.on)} comes after its end, so it goes on"
        if event.act is Act.CORRECTED or to:
            ended = to is Stage.LOST and event.loss is not Loss.GHOSTED  # they may always answer late
