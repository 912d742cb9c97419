"""The file of help lines: read once at the start, refused in words that name the file and the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from bot.core import country
from bot.core import text as texts
from bot.core.errors import Told
from bot.core.help_lines import HelpLine, HelpLines

PACKAGED = "help_lines.toml"
LIMITS = {"name": 60, "call": 60, "text": 60, "web": 80, "hours": 40, "language": 40}  # characters
MOST_LINES = 4  # of one country, that all fit into /help


class BadHelpLines(Told):
    """A file of help lines that cannot be used; the message names what to change."""


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    countries: tuple[str, ...]
    name: str
    hours: str
    language: str
    checked_on: date | None = None
    call: str = ""
    text: str = ""
    web: str = ""


def load(path: Path | None = None) -> HelpLines:
    """The help lines of a file, or those that are packaged, by country; raises BadHelpLines."""
    if path is None:
        return _packaged()
    try:
        return parse(str(path), path.read_bytes())
    except OSError as error:
        raise BadHelpLines(f"The help lines {path} can't be read ({error.strerror}): see [care] help_lines.") from None


@cache
def _packaged() -> HelpLines:
    return parse(PACKAGED, resources.files("bot").joinpath(PACKAGED).read_bytes())


def parse(file: str, toml: bytes) -> HelpLines:
    """The help lines of a file's bytes, by country; raises BadHelpLines."""
    found: dict[str, tuple[HelpLine, ...]] = {}
    for number, raw in enumerate(_entries(file, toml), 1):
        where = f"{file}: line {number}{_named(raw)}"
        line = _line(where, raw)
        if wrong := next(_problems(line), ""):
            raise BadHelpLines(f"{where}: {wrong}.")
        for code in line.countries:
            found[code] = (*found.get(code, ()), _kept(line))
            if len(found[code]) > MOST_LINES:
                raise BadHelpLines(f"{where}: {code} has more than {MOST_LINES} lines. Fewer and right beats many.")
    return found


def _entries(file: str, toml: bytes) -> list[Any]:
    try:
        raw = tomllib.loads(toml.decode())
    except UnicodeDecodeError:
        raise BadHelpLines(f"{file} can't be read: it is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise BadHelpLines(f"{file} can't be read as TOML: {error}. Text needs quotes.") from None
    entries = raw.pop("line", [])
    if raw or not isinstance(entries, list):
        raise BadHelpLines(f"{file}: each help line begins with [[line]], and nothing else stands in the file.")
    return entries


def _named(raw: Any) -> str:
    name = raw.get("name") if isinstance(raw, dict) else None
    return f" (“{texts.shorten(name, 40)}”)" if isinstance(name, str) and name else ""


def _line(where: str, raw: Any) -> _Line:
    try:
        return msgspec.convert(raw, _Line)
    except msgspec.ValidationError as error:
        raise BadHelpLines(f"{where}: {_in_words(str(error))}.") from None


def _in_words(error: str) -> str:
    if missing := re.search(r"missing required field `(.+?)`", error):
        return f"{missing[1]} is missing"
    if unknown := re.search(r"unknown field `(.+?)`", error):
        return f"there is no {unknown[1]}. Known here: {', '.join(_Line.__struct_fields__)}"
    at = re.search(r"`\$\.(\w+)", error)
    wanted = {"countries": 'a list such as ["DE"]', "checked_on": "a date without quotes, such as 2026-11-22"}
    return f"{at[1]} should be {wanted.get(at[1], 'text in quotes')}" if at else "it should be a section"


def _problems(line: _Line) -> Iterator[str]:
    """What a line gets wrong, in words."""
    if not line.countries:
        yield "it names no country"
    for code in line.countries:
        if not re.fullmatch("[A-Z]{2}", code) or not country.name_of(code):
            yield f"“{texts.shorten(code, 40)}” is no country's code of two capital letters, such as DE"
    for field, limit in LIMITS.items():
        value: str = getattr(line, field)
        if len(value) > limit:
            yield f"{field} has more than {limit} characters"
        if not value.isprintable():
            yield f"{field} has line breaks or characters that nobody can see"
    for field in ("name", "hours", "language"):
        if texts.is_blank(getattr(line, field)):
            yield f"{field} is empty"
    if not (line.call or line.text or line.web):
        yield "it says neither whom to call, nor whom to text, nor a web address"
    if line.web and not re.fullmatch(r"https://[\w.-]+\.\w+(/[\w./?=&%~-]*)?", line.web):
        yield "web should be an address that begins with https://"
    for field in ("call", "text"):
        if getattr(line, field) and not re.search(r"\d", getattr(line, field)):
            yield f"{field} has no number in it"


def _kept(line: _Line) -> HelpLine:
    return HelpLine(line.name, line.call, line.text, line.web, line.hours, line.language, line.checked_on)
