"""Zones, dates near a change of clocks, and somebody who is asked, as tests of the rhythm need them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.core.people import Person, Quiet, Seeker

KEYS = files("tzdata").joinpath("zones").read_text("utf-8").split()
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = [time(0, 0), time(0, 30), time(1, 0), time(1, 30), time(2, 0), time(2, 30), time(3, 0), time(23, 30)]
WIDE = Quiet(time(22), time(8))

zones = st.sampled_from(KEYS).map(ZoneInfo)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))


def utc(*parts: int) -> datetime:
    """An instant, from its year on."""
    return datetime(*parts, tzinfo=UTC)


SEEKER = Seeker(
    1, Person("discord", "", "1"), "Maya", "Europe/Berlin", WIDE, autopost=False, started_at=utc(2026, 1, 1)
)


@cache
def changes(zone: ZoneInfo, year: int) -> list[date]:
    """The days of a year on which the zone's clocks change."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(366)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    return [day.date() for day, one, other in zip(days, offsets, offsets[1:], strict=False) if one != other]


@st.composite
def moments(draw: st.DrawFn) -> tuple[ZoneInfo, date]:
    """A zone and a date, mostly one near a change of its clocks."""
    zone, year = draw(zones), draw(st.integers(2020, 2036))
    near = [day + timedelta(days=n) for day in changes(zone, year) for n in (-1, 0, 1)]
    anywhere = st.dates(date(year, 1, 2), date(year, 12, 30))
    return zone, draw(st.sampled_from(near) | anywhere if near else anywhere)
