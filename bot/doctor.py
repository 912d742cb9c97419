"""Whether the bot could work here: one finding for each thing that it needs from the machine."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata, resources
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import heartbeat
from bot.config import Config, ConfigError, load, token
from bot.core.health import Finding, Mark
from bot.store.health import SQLITE_VERSION, CannotLook, Health, look, may_reset_wal

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 64 * 2**20  # bytes
LOW_SHARE = 0.1  # of the disk
FONTS = ("Inter-Regular.ttf", "Inter-Bold.ttf")
PROBED_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")


def examine(path: Path | None, env: Mapping[str, str], *, online: bool) -> list[Finding]:
    """Everything that the bot needs, with the settings at `path`; Discord is asked only if `online`."""
    try:
        config = load(path, env)
        settings = _ok("The settings can be read")
    except ConfigError as wrong:
        return [*machine(), _fix(str(wrong))]
    about_database, seen = database(config.data.database)
    about_token = token_is_there(config, env)
    here = [folder(config.data.folder), space(config.data.folder), about_database, about_token]
    there = _ask_discord(config, env, seen) if online and about_token.mark is Mark.OK else []
    return [*machine(), settings, *here, *there]


def _ask_discord(config: Config, env: Mapping[str, str], seen: Health | None) -> list[Finding]:
    from cogs.health import sign_in_and_look

    spaces = [circle.space for circle in seen.circles] if seen else []
    return asyncio.run(sign_in_and_look(token(config, env), config.discord.message_content, spaces))


def machine() -> list[Finding]:
    """Findings on Python, SQLite, time-zone data and fonts."""
    return [
        python(sys.version_info[:2]),
        sqlite(SQLITE_VERSION, may_reset_wal()),
        zones(),
        fonts(Path(str(resources.files("bot") / "charts" / "fonts"))),
    ]


def python(version: tuple[int, int]) -> Finding:
    """Whether Python is new enough."""
    if version < OLDEST_PYTHON:
        return _fix(f"Python {version[0]}.{version[1]} is too old: Cairn needs 3.11 or newer.")
    return _ok(f"Python {platform.python_version()}")


def sqlite(version: str, may_reset: bool) -> Finding:
    """SQLite's version, and whether other programs must keep their hands off the database."""
    if not may_reset:
        return _ok(f"SQLite {version}")
    return _note(
        f"SQLite {version} has a known fault when two programs write one database (fixed in 3.51.3). "
        "Cairn writes with one connection and is safe; let no other program write to its database."
    )


def zones() -> Finding:
    """Whether time zones can be computed, and from which data."""
    try:
        for zone in PROBED_ZONES:
            ZoneInfo(zone)
        return _ok(f"Time zones of tzdata {metadata.version('tzdata')}")
    except (ZoneInfoNotFoundError, metadata.PackageNotFoundError):
        return _fix("Time-zone data is missing: install the package tzdata beside Cairn.")


def fonts(folder: Path) -> Finding:
    """Whether the fonts that pictures need are there."""
    lacking = [name for name in FONTS if not (folder / name).is_file()]
    if lacking:
        return _fix(f"Fonts are missing ({', '.join(lacking)}): install Cairn again.")
    return _ok(f"{len(list(folder.glob('*.ttf')))} fonts for the pictures")


def token_is_there(config: Config, env: Mapping[str, str]) -> Finding:
    """Whether a token can be found; it is not shown."""
    try:
        token(config, env)
    except ConfigError as missing:
        return _fix(str(missing))
    return _ok("A Discord token is there")


def folder(path: Path) -> Finding:
    """Whether the data folder can be written, or made."""
    place = _nearest(path)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return _fix(f"The folder {path} can't be written ({error.strerror}): change its owner or [data] folder.")
    return _ok(f"The folder {path} " + ("can be written" if place == path else "can be made"))


def space(path: Path) -> Finding:
    """Whether there is room on the disk of the data folder."""
    usage = shutil.disk_usage(_nearest(path))
    return room(usage.free, usage.total)


def room(free: int, total: int) -> Finding:
    """What so many free bytes of a disk mean."""
    words = f"{free / 2**30:.1f} GiB free on its disk"
    if free < LEAST_FREE:
        return _fix(f"{words}: too little to go on. Make room.")
    if free < total * LOW_SHARE:
        return _note(f"{words}, less than a tenth. Make room soon.")
    return _ok(words)


def database(path: Path) -> tuple[Finding, Health | None]:
    """How the database is, and what was seen in it; None where there is nothing to see."""
    try:
        path.stat()
        seen = asyncio.run(look(path))
    except (FileNotFoundError, NotADirectoryError):
        return _ok("The database is made at the first start"), None
    except OSError as error:
        return _fix(f"The database {path} can't be read ({error.strerror}): change its owner."), None
    except CannotLook as why:
        return _fix(f"{why} Restore it from a backup."), None
    return verdict(seen), seen


def verdict(seen: Health) -> Finding:
    """What the state of a database means."""
    if seen.fault:
        return _fix(f"The database is damaged ({seen.fault}): restore it from a backup.")
    if seen.version > seen.known:
        return _fix(f"The database is of version {seen.version}, this Cairn knows up to {seen.known}: update Cairn.")
    if seen.version < seen.known:
        return _ok(f"The database is whole; the next start brings it from version {seen.version} to {seen.known}")
    return _ok(f"The database is whole, version {seen.version}")


def alive(path: Path, now: datetime) -> Finding:
    """Whether a bot with that data folder runs, told from its heartbeat."""
    try:
        age = heartbeat.age(path, now)
    except OSError as error:
        return _fix(f"The sign of life in {path} can't be read ({error.strerror}): is that the bot's data folder?")
    if age is None:
        return _fix("No sign of life yet: the bot has not run here.")
    words = f"The newest sign of life is {abs(age.total_seconds()):.0f} s old"
    return _ok(words) if abs(age) < heartbeat.ALIVE_WITHIN else _fix(f"{words}: the bot does not run, or hangs.")


def _nearest(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if os.path.exists(place))


def _ok(words: str) -> Finding:
    return Finding(Mark.OK, words)


def _note(words: str) -> Finding:
    return Finding(Mark.NOTE, words)


def _fix(words: str) -> Finding:
    return Finding(Mark.FIX, words)
