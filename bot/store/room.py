"""Room on the disk: how much is left, and a ballast that is given up for what has to be written on a full one.

On a full disk SQLite cannot even delete (SQLITE_FULL, measured): erasing needs room that nobody else has taken.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import NamedTuple

MIB = 2**20
PARTS = 4  # in so many parts a ballast is given up
ENOUGH = 16 * MIB  # the last bytes of a disk, which nothing takes that can wait
NONE = MIB  # with less a disk counts as full, though a small thing may still fit
LOW, AMPLE = 0.1, 0.12  # of the disk; between them a warning neither comes nor goes


class Room(NamedTuple):
    """What is left of a disk, in bytes."""

    free: int
    total: int

    @property
    def low(self) -> bool:
        """Whether less than a tenth is free."""
        return self.free < self.total * LOW

    @property
    def ample(self) -> bool:
        """Whether clearly more than a tenth is free."""
        return self.free > self.total * AMPLE


def look(folder: Path) -> Room:
    """The room on the disk of a folder that exists."""
    usage = shutil.disk_usage(folder)
    return Room(usage.free, usage.total)


class Ballast:
    """A file of `size` bytes (0: none) that only takes room, so that it can be given up."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    def lay(self) -> bool:
        """Write what is missing of it, where the disk has room for twice its size; whether it is whole then."""
        if not self._size:
            self._path.unlink(missing_ok=True)
        if self._left() == self._size:
            return True
        if look(self._path.parent).free < 2 * self._size:
            return False
        try:
            self._fill()
        except OSError:
            self._path.unlink(missing_ok=True)
        return self._left() == self._size

    def give(self) -> bool:
        """Give a part of it back to the disk; false where nothing is left to give."""
        left = self._left()
        if left:
            with contextlib.suppress(OSError):
                os.truncate(self._path, max(0, left - self._part))
        return self._left() < left

    def give_if_short(self) -> None:
        """Give a part up where the disk has less room than that."""
        if self._size and look(self._path.parent).free < self._part:
            self.give()

    @property
    def _part(self) -> int:
        return -(-self._size // PARTS)

    def _left(self) -> int:
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def _fill(self) -> None:
        """Random bytes: no file system can keep them in less room than they take."""
        with self._path.open("wb") as file:
            for start in range(0, self._size, MIB):
                file.write(os.urandom(min(MIB, self._size - start)))
            file.flush()
            os.fsync(file.fileno())
