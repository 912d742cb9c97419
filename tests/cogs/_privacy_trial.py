"""Trying a row of the table as a role: whether it was done or refused, whose rows were changed, who read what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import chain
from typing import Any, NamedTuple

from simcord.backend.errors import SetupError

from tests.cogs import _forged
from tests.cogs._privacy_world import FRIEND, NAMED, OTHER, SEEKER, STRANGER, Lived, Place, Shown
from tests.cogs._verbs import FOR_ALL, OWN_FORMS, OWN_PRESSES, PAGES, WORDS

DONE, REFUSED, UNSEEN = "done", "refused", "unseen"
JOINT = ("cheerwhom", "ideawhom", "offerwhom", "readwhom", "cheerto", "ideato", "offerto", "readof")
EDIT = ("edit", "editpart", "editwhich", "worded")
DRAFT = ("post", *EDIT, "choose", "chosen", "skipweek", "onlysome", "onlywhich", "stop")
PRIVATE = ("change", "changed", "numbers", "numbered", "share", "readall", "spare", "onlyfor")
LOGGED = ("outreach", "conversation", "interview", "offer", "rejection", "note")
# What follows each verb: what it is about in the world; a variant of a row has a line of its own.
REFS: Mapping[str, str] = {
    **OWN_PRESSES,
    **OWN_FORMS,
    **PAGES,
    **FOR_ALL,
    **dict.fromkeys(("said", "ideagiven", "offergiven"), "{post}"),
    **dict.fromkeys(("cheeron", "cheered", "ideafor", "offerfor"), "{person}"),
    **dict.fromkeys(("yesplease", "introduced", "talked", "nothingcame", "intouch", "fellthrough"), "{offer}"),
    **dict.fromkeys(JOINT, "{joint}"),
    **dict.fromkeys(DRAFT, "{draft}"),
    **dict.fromkeys(PRIVATE, "{private}"),
    "rate": "{private}.energy.3",
    "importquiet": "{quiet}",
    "importopen": "{shut}",
    "forget": "{entry}.{part}",
    "onlyto": "{named}.0",
    "cheerthanked": "{note}.{jonas}",
    "helperthanked": "{landing}.{jonas}",
    "linesok": "{lines}",
    "logwhen": "{wish}.2025-12-30",
    "landgoon": "{landed}",
    "readend": "{closing}",
    "checkedin": "checkin",
    "reflected": "looking-back",
    "planned": "new",
    "landing": "landed",
    **{f"{verb} (a chosen friend's part)": "{portion}" for verb in ("cheer", "idea", "readweek", "said", "ideagiven")},
    **{f"{verb} (an invitation)": "{invitation}" for verb in ("ideawhom", "offerwhom")},
    **{f"{verb} (an unnamed friend's)": "{unnamed}" for verb in ("readidea", "reword", "unidea")},
}
OPTIONS: Mapping[str, dict[str, Any]] = {
    "/start": {"zone": "Europe/Berlin", "circle": "maya-and-friends"},
    f"/start {OTHER}": {"zone": "Europe/Berlin", "circle": "ora-and-friends"},
    "/start (in the seeker's circle)": {"zone": "Europe/Berlin", "circle": "maya-and-friends"},
    "/reflect": {"exercise": "looking-back"},
    **{key: {"who": "Maya"} for key in ("/cheer", "/idea")},
    "/cheer (nobody named)": {},
    "/ask set": {"words": "Read my CV"},
    "/ask close (another's)": {"ask": "{ask}"},
    "/week show": {"week": "29 December"},
    "/week hide": {"name": "Acme"},
    "/week unhide": {"name": "Zephyrine"},
    f"/week unhide {OTHER}": {"name": "Aurelia"},
    "/rhythm set": {"quiet": "21:00-09:00"},
    "/rhythm silence": {"days": 5},
    "/circle join": {"circle": "later"},
    f"/circle join {OTHER}": {"circle": "beyond"},
    "/circle join (a circle elsewhere)": {"circle": "later"},
    "/circle leave": {"circle": "maya-and-friends"},
    f"/circle leave {OTHER}": {"circle": "ora-and-friends"},
    "/circle hour": {},
    "/circle hour (another one)": {"day": "Monday"},
    "/story export (all of it)": {"private": True},
    **{f"/log {act}": {"company": "The cerise mill", "note": "Hm"} for act in LOGGED},
    **{f"/log {act} {OTHER}": {"company": "The indigo mill", "note": "Hm"} for act in LOGGED},
    "/log applied": {"company": "A shop", "role": "Baker"},
    "/search export": {"format": "json"},
    f"/search export {OTHER}": {"format": "json"},
    "/search import": {"file": ("cerise.csv", b"Company,Role\nThe cerise bakery,Baker\n")},
    f"/search import {OTHER}": {"file": ("indigo.csv", b"Company,Role\nThe indigo bakery,Baker\n")},
    "/goals set": {"activity": "applications", "each_week": 3},
    "/search show": {"application": "#{application}"},
    f"/search show {OTHER}": {"application": "The indigo mill"},
}
FIRST = {  # what has to be done before, and by whom; empty: by whoever tries
    "/rhythm resume": ("", "/rhythm pause"),
    "/goals ease": ("", "/goals set"),
    "press landgoon": (SEEKER, "form landing"),
    "press landpost": (SEEKER, "press landtake"),
}
LET_OUT = {"/week unhide": {"Zephyrine"}, "press share": {"obsidian"}}  # what a row is there to let out
MANAGES = ("/circle setup", "/circle remove", "/circle move")

Owned = tuple[str, int | None]  # a table, and whose row it is


class Tried(NamedTuple):
    """What came of it; `leaks` are secrets and those who read them without being meant to."""

    outcome: str
    words: str
    changed: frozenset[Owned]
    leaks: list[str]


class Trials:
    """Rows tried one after the other, each in the world as it was lived in."""

    def __init__(self, told: Lived, own: sqlite3.Connection, kept: sqlite3.Connection) -> None:
        self._told, self._own, self._kept = told, own, kept
        self.people = {row["name"].lower(): int(row["id"]) for row in own.execute("SELECT id, name FROM people")}
        own.backup(kept)
        self._before = _rows(own)
        self._version = self._written()

    async def tried(self, role: str, row: str) -> Tried:
        """Try a row as a role; afterwards all rows are as before."""
        told = self._told
        if row in FIRST:
            who, first = FIRST[row]
            await self._try(who or role, first)
        before = _rows(self._own) if row in FIRST else self._before
        asked, sent = len(told.interactions), len(told.world.env.http_requests)
        try:
            result = await self._try(role, row)
        except SetupError:  # Discord does not let them
            return Tried(UNSEEN, "", frozenset(), [])
        assert len(told.interactions) == asked + 1, row
        changed = frozenset(_changed(before, _rows(self._own)) if self._written() != self._version else ())
        self._put_back()
        shown = [*told.shown(sent), *(Shown({role}, text) for text in self._files(result))]
        leaks = [found for one in shown for found in one.leaks(LET_OUT.get(row, ()))]
        return Tried(REFUSED if told.refused else DONE, _words(result), changed, leaks)

    async def offered(self, role: str, name: str, option: str) -> list[str]:
        """What leaks by what is offered to a role while it types into an option of a command."""
        actor, sent = self._told.member(role), len(self._told.world.env.http_requests)
        channel = () if role == STRANGER else (self._told.place(role).channel,)
        with suppress(SetupError):
            await actor.autocomplete(*channel, name, option, "")
        return [found for shown in self._told.shown(sent) for found in shown.leaks()]

    def _files(self, result: Any) -> list[str]:
        cdn = self._told.world.env.backend.cdn
        files = [file for answer in _forged.answers(result) for file in answer.attachments]
        return [(cdn.get(file.url) or b"").decode() for file in files if file.filename.endswith(".md")]

    def _written(self) -> int:
        return int(self._own.execute("PRAGMA data_version").fetchone()[0])

    def _put_back(self) -> None:
        if self._written() != self._version:
            self._kept.backup(self._own)
            self._version = self._written()

    def custom_id(self, row: str) -> str:
        """What stands in the button or form of a row."""
        verb = row.partition(" (")[0].partition(" ")[2]
        return f"{verb}:{_ref(row).format(**self._told.refs)}"

    async def _try(self, role: str, row: str) -> Any:
        name = row.partition(" (")[0]
        if row.startswith("/"):
            options = OPTIONS.get(f"{row} {role}", OPTIONS.get(row, {}))
            return await self._command(role, name, {key: self._filled(value) for key, value in options.items()})
        (sort, verb), (place, actor) = name.split(" "), self._where(role, _ref(row))
        custom_id = self.custom_id(row)
        if sort == "form":
            return await _forged.submit(place, actor, custom_id, WORDS[verb])
        return await _forged.press(place, actor, custom_id, self._picked(verb))

    def _filled(self, value: Any) -> Any:
        return value.format(**self._told.refs) if isinstance(value, str) else value

    async def _command(self, role: str, name: str, options: dict[str, Any]) -> Any:
        actor, place = self._told.member(role), self._told.place(role)
        if name in MANAGES:
            options = {"channel": place.channel} | ({"to": place.channel} if name == "/circle move" else {})
        if role == STRANGER:
            return await actor.slash(name[1:], **options)
        return await _forged.command(place, actor, name[1:], **options)

    def _where(self, role: str, ref: str) -> tuple[Place, Any]:
        """Where the button stands for whoever has it; others press as well as they can."""
        actor, place = self._told.member(role), self._told.place(role)
        if ref == "{joint}" and role in (SEEKER, NAMED, FRIEND):
            return self._told.joint, actor
        by_message = role == SEEKER and ref not in ("{post}", "{closing}", "{person}")
        by_message |= role == NAMED and ref in ("{portion}", "{offer}")
        return place, actor.user if by_message else actor

    def _picked(self, verb: str) -> list[str] | None:
        refs = self._told.refs
        picked = {
            "chosen": ["mood", "numbers"],
            "onlywhich": [refs["named"]],
            "editwhich": [f"changed.{refs['private']}"],
            **{key: [refs["jonas"]] for key in ("onlyto", "thankwhom", "landthankwhom")},
            **{key: [refs["idea"]] for key in ("openidea", "openmine")},
            "landchosen": ["mood"],
            **{key: [refs["application"]] for key in ("logwhich", "appopen")},
            "appmove": ["offer"],
            "logfrom": [f"idea.{refs['idea']}"],
            "importholds": ["note"],
            "importmeans": ["offer"],
            "appevent": [refs["event"]],
            **{key: [refs["week"], refs["theirs"]] for key in ("cheerto", "ideato", "offerto", "readof")},
        }
        return picked.get(verb)


@contextmanager
def trials(told: Lived) -> Iterator[Trials]:
    """Trials in a world, on connections of their own to its database."""
    with (
        closing(sqlite3.connect(told.world.app.db.path, isolation_level=None)) as own,
        closing(sqlite3.connect(":memory:")) as kept,
    ):
        own.row_factory = sqlite3.Row
        own.execute("PRAGMA synchronous = OFF")
        yield Trials(told, own, kept)


def _ref(row: str) -> str:
    name = row.partition(" ")[2]
    return REFS.get(name, REFS.get(name.partition(" (")[0], ""))


def _words(result: Any) -> str:
    modal = result.modal
    return _forged.told(result) + (str(modal["title"]) if modal else "")


def _rows(database: sqlite3.Connection) -> set[tuple[Any, ...]]:
    """Every row as (table, whose it is, its values), the signs that somebody was heard left out."""
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    known = [t for t in tables if not t.startswith("sqlite_")]
    return set(chain.from_iterable(_of(database, table) for table in known))


def _of(database: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    for row in database.execute(f"SELECT * FROM {table}"):
        yield table, dict(row).get("id" if table == "people" else "person_id"), _forged.without_signs(row)


def _changed(before: set[tuple[Any, ...]], now: set[tuple[Any, ...]]) -> set[Owned]:
    return {(table, whose) for table, whose, _ in before ^ now}
