"""The settings: read once from config.toml and the environment, refused in words, frozen from then on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from bot.core.errors import Told
from bot.core.people import Quiet

DEFAULT_PATH = Path("config.toml")
TOKEN_VARIABLE = "CAIRN_DISCORD_TOKEN"
FOLDER_VARIABLE = "CAIRN_DATA"


class ConfigError(Told):
    """A setting, or the file that holds it, cannot be used."""


class ClockTime(time):
    """A local time of day, written "17:30"."""


Text = Annotated[str, Meta(description="text in quotes")]
Switch = Annotated[bool, Meta(description="true or false, without quotes")]
UserId = Annotated[
    str,
    Meta(pattern=r"^(\d{15,20})?$", description="a Discord user id in quotes: a long number"),
]
Clock = Annotated[ClockTime, Meta(description='a time in quotes, such as "17:30"')]
Folder = Annotated[Path, Meta(description="the path of a folder, in quotes")]
Level = Annotated[
    Literal["INFO", "WARNING", "ERROR"],
    Meta(description='"INFO", "WARNING" or "ERROR" ("DEBUG" would write what people say into the log)'),
]


class _Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings that stand under one heading."""


class Discord(_Section, frozen=True):
    """How the bot signs in to Discord and what it may read there."""

    token_file: Text = ""
    message_content: Switch = False
    host: UserId = ""


class Data(_Section, frozen=True):
    """Where everything is kept."""

    folder: Folder = Path("data")
    backups: Annotated[int, Meta(ge=0, le=365, description="a whole number of copies from 0 to 365")] = 7
    ballast_mib: Annotated[int, Meta(ge=0, le=1024, description="a whole number of MiB from 0 to 1024")] = 16
    litestream: Switch = False

    @property
    def database(self) -> Path:
        """The one file that holds everything people said."""
        return self.folder / "cairn.sqlite3"

    @property
    def copies(self) -> Path:
        """The folder of the database's copies."""
        return self.folder / "backups"

    @property
    def ballast(self) -> int:
        """Bytes that are kept free for what has to be written on a full disk."""
        return self.ballast_mib * 2**20


class Rhythm(_Section, frozen=True):
    """What a new seeker's rhythm looks like until they change it; times are in their own zone."""

    checkin: Clock = ClockTime(17, 30)
    reflection: Clock = ClockTime(19, 0)
    week: Clock = ClockTime(18, 0)
    quiet_from: Clock = ClockTime(22, 0)
    quiet_to: Clock = ClockTime(8, 0)
    morning: Clock = ClockTime(9, 0)

    @property
    def quiet(self) -> Quiet:
        """The hours in which nothing is asked."""
        return Quiet(self.quiet_from, self.quiet_to)


class Delivery(_Section, frozen=True):
    """How what is owed goes out."""

    late_hours: Annotated[int, Meta(ge=1, le=72, description="a whole number of hours from 1 to 72")] = 12
    per_second: Annotated[int, Meta(ge=1, le=50, description="a whole number from 1 to 50")] = 30
    tick_seconds: Annotated[int, Meta(ge=1, le=60, description="a whole number of seconds from 1 to 60")] = 10


class Status(_Section, frozen=True):
    """Where machines may ask how all is: a port of 127.0.0.1, or 0 for none."""

    port: Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 to 65535")] = 0


class Care(_Section, frozen=True):
    """Where people are told to turn when things are dark."""

    help_lines: Text = ""

    @property
    def file(self) -> Path | None:
        """The host's own file of help lines; None for the packaged one."""
        return Path(self.help_lines) if self.help_lines else None


class Log(_Section, frozen=True):
    """What the bot writes about itself."""

    level: Level = "INFO"


class Config(_Section, frozen=True):
    """All settings. Paths are absolute once loaded."""

    discord: Discord = Discord()
    data: Data = Data()
    rhythm: Rhythm = Rhythm()
    delivery: Delivery = Delivery()
    status: Status = Status()
    care: Care = Care()
    log: Log = Log()


def load(path: Path | None, env: Mapping[str, str]) -> Config:
    """The settings of `path`, or of config.toml if it is there, else the defaults. ConfigError in words.

    Relative paths start at the file's folder. CAIRN_DATA in `env` wins over [data] folder.
    """
    if path is None and not DEFAULT_PATH.exists():
        return _anchored(Config(), Path.cwd(), env)
    path = path or DEFAULT_PATH
    raw = _read(path)
    try:
        config = msgspec.convert(raw, Config, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {_in_words(str(error), raw)}") from None
    _check_outside_quiet(path, config.rhythm)
    return _anchored(config, path.resolve().parent, env)


def _check_outside_quiet(path: Path, rhythm: Rhythm) -> None:
    for name in ("checkin", "reflection", "week"):
        at: time = getattr(rhythm, name)
        if rhythm.quiet.covers(at):
            raise ConfigError(
                f"{path}: rhythm.{name} is {at:%H:%M}, inside the quiet hours from {rhythm.quiet_from:%H:%M} to "
                f"{rhythm.quiet_to:%H:%M}. Pick a time outside them, or change quiet_from and quiet_to."
            )


def token(config: Config, env: Mapping[str, str]) -> str:
    """The Discord token from CAIRN_DISCORD_TOKEN, else from [discord] token_file; ConfigError without."""
    found = env.get(TOKEN_VARIABLE, "").strip() or _token_in_file(config.discord.token_file)
    if " " in found or not found.isprintable():
        raise ConfigError(
            "The Discord token has blanks or line breaks in it. Copy it again from discord.com/developers "
            "(your application, Bot, Reset Token), the token alone."
        )
    if not found:
        raise ConfigError(
            "There is no Discord token yet. Copy it from discord.com/developers (your application, Bot, "
            f"Reset Token) into the environment variable {TOKEN_VARIABLE}, "
            "or into a file that [discord] token_file names."
        )
    return found


def _token_in_file(name: str) -> str:
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _no_token_file(_reason(error)) from None


def _no_token_file(reason: str) -> ConfigError:
    return ConfigError(f"discord.token_file should name a readable file that holds the token: {reason}.")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no file {path}. `cairn init` writes one.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} can't be read: {_reason(error)}.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} can't be read as TOML: {error}. Text and times need quotes.") from None


def _reason(error: Exception) -> str:
    return str(error.strerror) if isinstance(error, OSError) else "it is not text in UTF-8"


def _decode(kind: type, value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("not text")
    if kind is Path:
        return _path(value)
    if not re.fullmatch(r"\d\d:\d\d", value):
        raise ValueError("not a time")
    return ClockTime.fromisoformat(value)


def _path(value: str) -> Path:
    """The path with ~ spelled out; ValueError where there is no such home, or where it could name no file."""
    if "\0" in value:
        raise ValueError("no path has a zero character in it")
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        raise ValueError(str(error)) from None


def _anchored(config: Config, base: Path, env: Mapping[str, str]) -> Config:
    folder = Path(env[FOLDER_VARIABLE]).absolute() if env.get(FOLDER_VARIABLE) else base / config.data.folder
    file, lines = config.discord.token_file, config.care.help_lines
    try:
        secret = file and str(base / _path(file))
    except ValueError:
        raise _no_token_file("no file has that name") from None
    try:
        lines = lines and str(base / _path(lines))
    except ValueError:
        raise ConfigError("care.help_lines should name a file of help lines: no file has that name.") from None
    return replace(
        config,
        data=replace(config.data, folder=folder),
        discord=replace(config.discord, token_file=secret),
        care=replace(config.care, help_lines=lines),
    )


def _in_words(error: str, raw: dict[str, Any]) -> str:
    at = re.search(r"`\$\.([\w.]+)", error)
    path = at[1].split(".") if at else []
    unknown = re.search(r"unknown field `(.+?)`", error)
    if unknown:
        known = ", ".join(_hints(path))
        return f"there is no setting {'.'.join([*path, unknown[1]])}. Known here: {known}."
    value: Any = raw
    for name in path:
        value = value[name]
    return f"{'.'.join(path)} should be {_wanted(path)}, it is {_kind(value)}."


def _hints(path: list[str]) -> dict[str, Any]:
    section = get_type_hints(Config)[path[0]] if path else Config
    return get_type_hints(section, include_extras=True)


def _wanted(path: list[str]) -> str:
    if len(path) == 1:
        return f"a section that begins with [{path[0]}]"
    return _hints(path[:1])[path[1]].__metadata__[0].description


def _kind(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{value}"'
        case list():
            return "a list"
        case dict():
            return "a section"
        case _:
            return "a date or a time without quotes"
