"""The layouts of tables that people keep of their search: what each column holds, and what their stages are called.

JobSync and CareerForge are known by their headings; any other table is guessed by heading words in English, German,
French and Spanish, and by what stands below them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.core._layout_words import HEADINGS, STAGES
from bot.core.link import host
from bot.core.search import Loss, Stage

NO_HEADING = -1
MOST_HEADING = 10  # rows above which the heading stands


class Holds(StrEnum):
    """What a column holds."""

    COMPANY = "company"
    ROLE = "role"
    APPLIED = "day applied"
    STATUS = "stage"
    LINK = "link"
    SOURCE = "source"
    KIND = "kind of role"
    PLACE = "place"
    REACH = "address or phone"
    WHOM = "contact"
    NOTE = "note"
    ADDED = "day added"
    INTERVIEW = "day of interview"
    OFFER = "day of offer"
    ENDED = "day it ended"
    CHANGED = "day of last change"
    SENT = "whether applied"
    KEPT = "kept in the note"  # under its heading
    NOTHING = "left out"


YES_OR_NO = frozenset(
    {
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "ja",
        "nein",
        "j",
        "oui",
        "non",
        "si",
        "sí",
        "x",
        "✓",
        "✔",
        "✅",
        "❌",
        "✗",
    }
)
DAYS = (Holds.APPLIED, Holds.ADDED, Holds.INTERVIEW, Holds.OFFER, Holds.ENDED, Holds.CHANGED)


class Layout(NamedTuple):
    """A table: where its heading stands, and what each column holds."""

    name: str  # of the tracker it comes from; empty where it was guessed
    heading: int  # the row, or NO_HEADING
    columns: tuple[Holds, ...]


_KNOWN = {
    "JobSync": {
        "index": Holds.NOTHING, "createdat": Holds.ADDED, "applied": Holds.SENT, "applieddate": Holds.APPLIED,
        "company": Holds.COMPANY, "jobtitle": Holds.ROLE, "jobtype": Holds.KIND, "workplacetype": Holds.KIND,
        "location": Holds.PLACE, "locations": Holds.PLACE, "jobsource": Holds.SOURCE, "status": Holds.STATUS,
    },
    "CareerForge": {
        "date": Holds.APPLIED, "company": Holds.COMPANY, "sector": Holds.KEPT, "role": Holds.ROLE,
        "roletype": Holds.KIND, "channel": Holds.SOURCE, "status": Holds.STATUS, "contactperson": Holds.WHOM,
        "fitrating": Holds.KEPT, "notes": Holds.NOTE, "cvfile": Holds.KEPT, "coverletterfile": Holds.KEPT,
        "source": Holds.LINK, "lastupdated": Holds.CHANGED,
    },
}  # fmt: skip
_MARKS = {"JobSync": {"jobtitle", "applieddate", "jobsource"}, "CareerForge": {"roletype", "fitrating", "cvfile"}}

_HEADING = {word: Holds[name] for name, words in HEADINGS.items() for word in words.split()}
_INNER = {word: holds for word, holds in _HEADING.items() if len(word) > 4 and holds is not Holds.NOTHING}
_DATED = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")


def plain(words: str) -> str:
    """Letters and digits alone, without case and accents: "Date d'entretien" is "datedentretien"."""
    return "".join(char for char in unaccented(words.casefold()) if char.isalnum())


def unaccented(words: str) -> str:
    """Words without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))


def layout_of(rows: Sequence[Sequence[str]]) -> Layout:
    """The layout of a table by its first rows; what no heading tells is kept in the note."""
    at = max(range(min(len(rows), MOST_HEADING)), key=lambda row: (_headings(rows[row]), -row), default=0)
    heading = [plain(cell) for cell in rows[at]] if rows else []
    for name, marks in _MARKS.items():
        if marks <= set(heading):
            return Layout(name, at, tuple(_KNOWN[name].get(cell, Holds.KEPT) for cell in heading))
    if any(_is_day(cell) or _is_link(cell) for cell in rows[at]):  # that is what no heading is
        at, heading = NO_HEADING, [""] * len(heading)
    below = list(zip(*rows[at + 1 :], strict=False)) or [()] * len(heading)
    found = [_held(name, cells) for name, cells in zip(heading, below, strict=True)]
    return Layout("", at, tuple(_sole(found)))


def _held(heading: str, cells: Sequence[str]) -> Holds:
    found = _by_heading(heading)
    if found in DAYS and _mostly(cells, lambda cell: cell.casefold() in YES_OR_NO):
        return Holds.SENT if found is Holds.APPLIED else Holds.KEPT
    return found or _by_content(cells)


def _headings(row: Sequence[str]) -> int:
    return len({_HEADING[plain(cell)] for cell in row if plain(cell) in _HEADING})


def _by_heading(heading: str) -> Holds | None:
    if whole := _HEADING.get(heading):
        return whole
    inner = [word for word in _INNER if word in heading]
    return _INNER[max(inner, key=len)] if inner else None


def _by_content(cells: Sequence[str]) -> Holds:
    if not any(cells):
        return Holds.NOTHING
    tests = ((Holds.LINK, _is_link), (Holds.APPLIED, _is_day), (Holds.STATUS, _is_stage))
    return next((holds for holds, test in tests if _mostly(cells, test)), Holds.KEPT)


def _mostly(cells: Iterable[str], test: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return sum(map(test, filled)) * 5 > len(filled) * 4


def _is_link(cell: str) -> bool:
    return cell.startswith(("http://", "https://")) and bool(host(cell))


def _is_day(cell: str) -> bool:
    return _DATED.match(cell) is not None


def _is_stage(cell: str) -> bool:
    return stage_of(cell) is not None


MANY = {Holds.NOTE, Holds.KEPT, Holds.NOTHING, Holds.KIND, Holds.PLACE, Holds.REACH, Holds.WHOM, Holds.INTERVIEW}


def _sole(columns: Sequence[Holds]) -> list[Holds]:
    """Of what only one column can hold the first one holds it; others are kept in the note."""
    return [one if one in MANY or one not in columns[:at] else Holds.KEPT for at, one in enumerate(columns)]


# ------------------------------------------------------------------ what stages are called


class Status(NamedTuple):
    """Where a row says that its application stands."""

    stage: Stage
    loss: Loss | None = None


STATUSES = {
    **{str(stage): Status(stage) for stage in Stage if stage is not Stage.LOST},
    **{str(loss): Status(Stage.LOST, loss) for loss in Loss},
}  # as they are picked from a list
_STATUS = {word: STATUSES[name] for name, words in STAGES.items() for word in words.split()}
_WITHIN = [word for word in reversed(_STATUS) if len(word) > 4]
_NOT = ("no", "not", "kein", "nicht", "pas", "sin", "sans")
_ROUND = re.compile(r"[1-9]")


def stage_of(words: str) -> Status | None:
    """The stage that is meant: "Interview 2", "2. Gespräch", "Absage"; None where nobody can tell."""
    name = plain(re.sub(r"\d+\s*(?:st|nd|rd|th)?\b", " ", words.casefold()))
    if name in _STATUS or name.startswith(_NOT):
        return _STATUS.get(name)
    return next((_STATUS[word] for word in _WITHIN if word in name), None)


def name_of(status: Status | None) -> str:
    """The name of a stage in `STATUSES`, empty where there is none."""
    return str(status.loss or status.stage) if status else ""


def round_of(words: str) -> int:
    """The round that a stage names, 0 for none: "Interview 2" is 2."""
    found = _ROUND.search(words)
    return int(found[0]) if found else 0
