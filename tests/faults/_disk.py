"""A disk that remembers what was written to it, fills up, errs, and is found again as a power loss leaves it.

`_vfs` brings it into the bot's process; scripts see it by the files of its folder:

- `journal`: every write, truncation, sync and deletion of SQLite;
- `full`: while it is there nothing can be written;
- `full_in`: a number; so many writes later the disk is full;
- `errs_at_every`: a number; while it is there each write or sync of that number is answered with an I/O error;
- `refusals`: a byte for each write that found no room, or was answered so;
- `pragmas`: what the process sets otherwise than the bot would.
"""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

SECTOR = 512  # bytes; what a disk writes whole or not at all
_HEADER = struct.Struct("<BHqq")  # what was done, length of the file's name, offset or size, length of the bytes


class Done(IntEnum):
    """What was done to a file."""

    WRITE = 1
    TRUNCATE = 2
    SYNC = 3
    DELETE = 4


class Step(NamedTuple):
    """One thing done; `at` is a write's offset, a truncation's size, or 1 for a deletion that waited for the disk."""

    done: Done
    name: str
    at: int = 0
    data: bytes = b""

    def packed(self) -> bytes:
        """The journal's bytes of it."""
        name = self.name.encode()
        return _HEADER.pack(self.done, len(name), self.at, len(self.data)) + name + self.data


class Disk:
    """A new disk for the data folder that stands beside `folder`, with room."""

    def __init__(self, folder: Path, **pragmas: str | int) -> None:
        folder.mkdir(exist_ok=True)
        self.journal = folder / "journal"
        self.journal.write_bytes(b"")
        self._full = folder / "full"
        self._full_in = folder / "full_in"
        self._errs = folder / "errs_at_every"
        self._refusals = folder / "refusals"
        self._refusals.write_bytes(b"")
        self.make_room()
        (folder / "pragmas").write_text(json.dumps(pragmas), encoding="utf-8")

    @property
    def written(self) -> int:
        """The journal's length: a moment in the disk's life."""
        return self.journal.stat().st_size

    @property
    def full(self) -> bool:
        """Whether nothing can be written now."""
        return self._full.exists()

    @property
    def fails(self) -> bool:
        """Whether it is full now, or errs."""
        return self.full or self._errs.exists()

    @property
    def refused(self) -> int:
        """How many writes failed so far."""
        return self._refusals.stat().st_size

    def fill(self, after: int = 0) -> None:
        """Let it be full, at once or after so many more writes."""
        if after:
            self._full_in.write_text(str(after), encoding="ascii")
        else:
            self._full.touch()

    def err(self, every: int) -> None:
        """Answer each write or sync of that number with an I/O error."""
        self._errs.write_text(str(every), encoding="ascii")

    def make_room(self) -> None:
        """There is room again, and stays; and nothing errs any more."""
        self._errs.unlink(missing_ok=True)
        self._full_in.unlink(missing_ok=True)
        self._full.unlink(missing_ok=True)

    def steps(self) -> Iterator[tuple[int, Step]]:
        """Every step so far, each with the moment right after it."""
        told = self.journal.read_bytes()
        end = 0
        while end + _HEADER.size <= len(told):
            done, length, at, size = _HEADER.unpack_from(told, end)
            begin = end + _HEADER.size + length
            end = begin + size
            yield end, Step(Done(done), told[begin - length : begin].decode(), at, told[begin:end])


class Platter:
    """The files of a disk that loses what was not synced."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        self._sure = {name: bytearray(content) for name, content in (files or {}).items()}
        self._unsure: list[Step] = []

    def take(self, step: Step) -> None:
        """Do one step; a sync, or a deletion that waits for the disk, makes all earlier ones on its file sure."""
        if step.done is not Done.SYNC:
            self._unsure.append(step)
        if step.done is Done.SYNC or (step.done is Done.DELETE and step.at):
            for one in self._unsure:
                if one.name == step.name:
                    _do(self._sure, one)
            self._unsure = [one for one in self._unsure if one.name != step.name]

    def after_power_loss(self, chance: random.Random | None = None) -> dict[str, bytes]:
        """The files as they are found: without what was not synced, or by chance with some sectors of it."""
        found = {name: bytearray(content) for name, content in self._sure.items()}
        if chance:
            for step in self._unsure:
                for part in _sectors(step):
                    if chance.random() < 0.5:
                        _do(found, part)
        return {name: bytes(content) for name, content in found.items()}


def _do(files: dict[str, bytearray], step: Step) -> None:
    if step.done is Done.DELETE:
        files.pop(step.name, None)
        return
    content = files.setdefault(step.name, bytearray())
    if step.done is Done.TRUNCATE:
        del content[step.at :]
    content.extend(bytes(max(0, step.at - len(content))))
    content[step.at : step.at + len(step.data)] = step.data


def _sectors(step: Step) -> Iterator[Step]:
    """The parts of a write that reach the disk each for itself; anything else is one part."""
    if step.done is not Done.WRITE:
        yield step
        return
    begin = 0
    while begin < len(step.data):
        end = begin + SECTOR - (step.at + begin) % SECTOR
        yield step._replace(at=step.at + begin, data=step.data[begin:end])
        begin = end
