"""Whether the bot could work here: one finding for each thing that it needs from the machine."""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import metadata, resources
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import heartbeat, help_lines
from bot.config import Config, ConfigError, Data, load, token
from bot.core.delivery import Crowd, lateness, lateness_matters
from bot.core.health import Finding, Mark
from bot.lease import in_words
from bot.store import backup
from bot.store.health import SQLITE_VERSION, CannotLook, Health, look, may_reset_wal
from bot.store.lease import Holder

OLDEST_PYTHON = (3, 11)
LEAST_FREE = 64 * 2**20  # bytes
LOW_SHARE = 0.1  # of the disk
OLD_COPY = timedelta(days=2)
OLD_CHECK = timedelta(days=365)  # of a help line
LONG_LOG = 64 * 2**20  # bytes; Litestream folds the log long before
FONTS = ("Inter-Regular.ttf", "Inter-Bold.ttf")
PROBED_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")


def examine(path: Path | None, env: Mapping[str, str], *, online: bool) -> list[Finding]:
    """Everything that the bot needs, with the settings at `path`; Discord is asked only if `online`."""
    try:
        config = load(path, env)
        settings = _ok("The settings can be read")
    except ConfigError as wrong:
        return [*machine(), _fix(str(wrong))]
    now = datetime.now(UTC)
    about_database, seen = database(config.data.database, now, config.delivery.per_second)
    about_token = token_is_there(config, env)
    lines = where_to_turn(config.care.file, now.date())
    here = [folder(config.data.folder), space(config.data.folder), about_database, about_token, lines]
    kept = [*_data(config, seen, now), *replication(config.data, may_reset_wal())] if seen else []
    there = _ask_discord(config, env, seen) if online and about_token.mark is Mark.OK else []
    return [*machine(), settings, *here, *kept, *there]


def _data(config: Config, seen: Health, now: datetime) -> list[Finding]:
    """Findings on a database that is there, and on what lies beside it."""
    data = config.data
    lives = alive(data.folder, now).mark is Mark.OK
    return [
        *([running(seen.holder, lives=lives)] if seen.whole else []),
        copies([copy.made_at for copy in backup.listed(data.copies)], now, data.backups),
        *forecast(seen.busiest, config.delivery.per_second),
        *ballast(data),
    ]


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


def where_to_turn(path: Path | None, today: date) -> Finding:
    """Whether the help lines can be used, and were checked by somebody not too long ago."""
    try:
        lines = help_lines.load(path)
    except help_lines.BadHelpLines as wrong:
        return _fix(str(wrong))
    words = f"Help lines for {len(lines)} countries"
    found = {line for of_country in lines.values() for line in of_country}
    old = sorted({line.name for line in found if line.checked_on is None or today - line.checked_on > OLD_CHECK})
    if not old:
        return _ok(words)
    some = ", ".join(old[:3]) + (f" and {len(old) - 3} more" if len(old) > 3 else "")
    return _note(f"{words}; not checked within a year: {some}. Check them and set checked_on (docs/care.md).")


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


def database(path: Path, now: datetime, per_second: float) -> tuple[Finding, Health | None]:
    """How the database is, and what was seen in it; None where there is nothing to see."""
    try:
        path.stat()
        seen = asyncio.run(look(path, now, per_second))
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


def running(holder: Holder | None, *, lives: bool) -> Finding:
    """Who runs on the database; a running bot is well."""
    if holder is None:
        return _ok("No bot runs on this data folder now")
    if lives:
        return _ok(f"The bot runs: {in_words(holder)}")
    return _note(f"No sign of life of {in_words(holder)}: it hangs, or ended at once. The next start takes over.")


def copies(made_at: list[datetime], now: datetime, wanted: int) -> Finding:
    """How old the newest copy of the database is."""
    if not made_at:
        words = "No copy of the database yet"
        return _ok(f"{words}; the bot makes one each day") if wanted else _note(f"{words}: `cairn backup` makes one.")
    age = now - max(made_at)
    words = f"The newest copy of the database is {_spoken(age)} old"
    return _ok(words) if age < OLD_COPY else _note(f"{words}. `cairn backup` makes a new one.")


def forecast(busiest: Crowd | None, per_second: float) -> list[Finding]:
    """How late the last one comes when most are due; nothing where nobody is asked."""
    if busiest is None:
        return []
    at, late = busiest.at, lateness(busiest, per_second)
    opened = f" ({busiest.opened} in new conversations, one a second)" if busiest.opened else ""
    words = (
        f"Busiest minute ahead: {at.day} {at:%B %H:%M} UTC, {busiest.many} due{opened}; "
        f"the last comes {late.total_seconds():.0f} s late"
    )
    if not lateness_matters(at, at + late):
        return [_ok(words)]
    if late > lateness(busiest._replace(opened=0), per_second):
        return [_note(f"{words}. Each person waits so but once; after that their conversation is known.")]
    return [_note(f"{words}. Spread the times, or raise [delivery] per_second.")]


def ballast(data: Data) -> list[Finding]:
    """Whether the room for a full disk is taken; nothing where it is not wanted."""
    if not data.ballast:
        return []
    file = data.folder / "ballast"
    if file.is_file() and file.stat().st_size >= data.ballast:
        return [_ok(f"{data.ballast_mib} MiB are kept free for a full disk")]
    return [_note(f"{data.ballast_mib} MiB for a full disk are not taken yet: the bot does it while there is room.")]


def replication(data: Data, may_reset: bool) -> list[Finding]:
    """Whether Litestream may replicate the database, and does; nothing where it is off and leaves no trace."""
    log = Path(f"{data.database}-wal")
    traces = data.database.with_name(f".{data.database.name}-litestream").is_dir()
    if not data.litestream:
        return [_note("Litestream was here: set [data] litestream = true while it replicates.")] if traces else []
    if may_reset:
        return [_fix(f"SQLite {SQLITE_VERSION} must not be used with Litestream: it takes 3.51.3 (or 3.50.7, 3.44.6).")]
    if not traces or (log.exists() and log.stat().st_size > LONG_LOG):
        return [_note("[data] litestream is on, and Litestream does not replicate: start it, or the log grows.")]
    return [_ok("Litestream replicates the database")]


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


def _spoken(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _nearest(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if os.path.exists(place))


def _ok(words: str) -> Finding:
    return Finding(Mark.OK, words)


def _note(words: str) -> Finding:
    return Finding(Mark.NOTE, words)


def _fix(words: str) -> Finding:
    return Finding(Mark.FIX, words)
