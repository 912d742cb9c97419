"""Puts a `Disk` under the SQLite of this process: its default VFS is overridden through ctypes.

No hook in the program, no root, no compiler: the library that the module sqlite3 uses is asked for its VFS, and what
opens, deletes, writes, truncates, syncs and shares there is replaced by a function that calls the original.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

from tests.faults._disk import Done, Step

# SQLITE_OK, _FULL, _IOERR_WRITE, _IOERR_FSYNC, _IOERR_SHMSIZE: https://www.sqlite.org/rescode.html
OK, FULL, NOT_WRITTEN, NOT_SYNCED, NO_ROOM_TO_SHARE = 0, 13, 778, 1034, 4874

OUT_OF_REACH = "SQLite is built into this Python so that its file layer cannot be reached: use another build."


class _Methods(Structure):
    """sqlite3_io_methods, version 3: https://www.sqlite.org/c3ref/io_methods.html"""

    _fields_ = (
        ("version", c_int),
        *((name, c_void_p) for name in ("close", "read", "write", "truncate", "sync", "size", "lock", "unlock")),
        *((name, c_void_p) for name in ("reserved", "control", "sector", "device")),
        *((name, c_void_p) for name in ("shm_map", "shm_lock", "shm_barrier", "shm_unmap", "fetch", "unfetch")),
    )


class _File(Structure):
    """sqlite3_file: https://www.sqlite.org/c3ref/file.html"""

    _fields_ = (("methods", POINTER(_Methods)),)


class _Vfs(Structure):
    """The beginning of sqlite3_vfs: https://www.sqlite.org/c3ref/vfs.html"""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("most_path", c_int),
        *((name, c_void_p) for name in ("next", "name", "data", "open", "delete")),
    )


_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_SHARE = CFUNCTYPE(c_int, c_void_p, c_int, c_int, c_int, POINTER(c_void_p))


def put_under(folder: Path) -> None:
    """Let this process live on the disk of that folder; SystemExit in words where SQLite cannot be reached."""
    inside = os.path.join(os.path.realpath(folder.with_name("data")), "")
    disk = _Overridden(folder, inside)
    disk.install()
    _limit_other_files(disk, inside)
    _set_pragmas(json.loads((folder / "pragmas").read_text(encoding="utf-8")))


class _Overridden:
    """The functions that stand in the VFS's place for all files inside a folder, and what they know."""

    def __init__(self, folder: Path, inside: str) -> None:
        self._inside = os.fsencode(inside)
        self._journal = os.open(folder / "journal", os.O_WRONLY | os.O_APPEND)
        self._full = os.fspath(folder / "full")
        self._full_in = os.fspath(folder / "full_in")
        self._errs = os.fspath(folder / "errs_at_every")
        self._writes = 0
        self._refusals = os.fspath(folder / "refusals")
        self._left = 0  # writes until the disk is full; 0 where that is not to come
        self.room = 0  # bytes that can be written although the disk is full, since a file gave them up
        self._names: dict[int, str] = {}  # by the address of the open file
        self._tables: dict[int, _Methods] = {}  # overridden methods by the address of the original ones
        self._kept: list[Any] = []  # what C code calls must stay alive

    def install(self) -> None:
        vfs = _default_vfs()
        vfs.open = self._callback(_OPEN, self._opening(_OPEN(vfs.open)))
        vfs.delete = self._callback(_DELETE, self._deleting(_DELETE(vfs.delete)))

    @property
    def full(self) -> bool:
        return os.path.exists(self._full)

    def takes(self, length: int) -> bool:
        """Whether so many bytes more can be written."""
        if not self.full:
            self.room = 0
            return True
        if self.room < length:
            self._refuse()
            return False
        self.room -= length
        return True

    def errs(self) -> bool:
        """Whether one write or sync more is answered with an error."""
        try:
            with open(self._errs, encoding="ascii") as file:
                every = int(file.read())
        except FileNotFoundError:
            return False
        self._writes += 1
        if self._writes % every:
            return False
        self._refuse()
        return True

    def _refuse(self) -> None:
        with open(self._refusals, "ab") as file:
            file.write(b".")

    def _one_more(self) -> None:
        if os.path.exists(self._full_in):
            with open(self._full_in, encoding="ascii") as file:
                self._left = int(file.read())
            os.unlink(self._full_in)
        if self._left:
            self._left -= 1
            if not self._left:
                open(self._full, "ab").close()

    def _note(self, step: Step) -> None:
        os.write(self._journal, step.packed())

    def _callback(self, kind: Any, act: Callable[..., int]) -> int | None:
        made = kind(act)
        self._kept.append(made)
        return ctypes.cast(made, c_void_p).value

    def _opening(self, original: Any) -> Callable[..., int]:
        def opened(vfs: int, name: int | None, file: int, flags: int, out_flags: int | None) -> int:
            status = original(vfs, name, file, flags, out_flags)
            if status == OK and name and (path := ctypes.string_at(name)).startswith(self._inside):
                self._names[file] = os.path.basename(path).decode()
                there = _File.from_address(file)
                there.methods = ctypes.pointer(self._overridden(there.methods))
            return status

        return opened

    def _overridden(self, methods: Any) -> _Methods:
        address = ctypes.addressof(methods.contents)
        if address not in self._tables:
            table = _Methods.from_buffer_copy(methods.contents)
            table.write = self._callback(_WRITE, self._writing(_WRITE(table.write)))
            table.truncate = self._callback(_TRUNCATE, self._truncating(_TRUNCATE(table.truncate)))
            table.sync = self._callback(_SYNC, self._syncing(_SYNC(table.sync)))
            if table.shm_map:
                table.shm_map = self._callback(_SHARE, self._sharing(_SHARE(table.shm_map)))
            self._tables[address] = table
        return self._tables[address]

    def _deleting(self, original: Any) -> Callable[..., int]:
        def deleted(vfs: int, name: bytes, durable: int) -> int:
            status = original(vfs, name, durable)
            if status == OK and name.startswith(self._inside):
                self._note(Step(Done.DELETE, os.path.basename(name).decode(), durable))
            return status

        return deleted

    def _writing(self, original: Any) -> Callable[..., int]:
        def written(file: int, data: int, length: int, at: int) -> int:
            self._one_more()
            if not self.takes(length):
                return FULL
            if self.errs():
                return NOT_WRITTEN
            status = original(file, data, length, at)
            if status == OK:
                self._note(Step(Done.WRITE, self._names[file], at, ctypes.string_at(data, length)))
            return status

        return written

    def _truncating(self, original: Any) -> Callable[..., int]:
        def truncated(file: int, size: int) -> int:
            status = original(file, size)
            if status == OK:
                self._note(Step(Done.TRUNCATE, self._names[file], size))
            return status

        return truncated

    def _syncing(self, original: Any) -> Callable[..., int]:
        def synced(file: int, flags: int) -> int:
            if self.errs():
                return NOT_SYNCED
            status = original(file, flags)
            if status == OK:
                self._note(Step(Done.SYNC, self._names[file]))
            return status

        return synced

    def _sharing(self, original: Any) -> Callable[..., int]:
        def shared(file: int, page: int, size: int, extend: int, out: Any) -> int:
            status = original(file, page, size, 0, out)
            if status != OK or out[0] or not extend:
                return status
            return original(file, page, size, extend, out) if self.takes(size) else NO_ROOM_TO_SHARE

        return shared


def _finder() -> Any:
    """SQLite's function that finds a VFS; None where it is built into this Python without its names."""
    import _sqlite3

    try:
        return ctypes.CDLL(getattr(_sqlite3, "__file__", None)).sqlite3_vfs_find
    except (OSError, AttributeError):
        return None


def _default_vfs() -> _Vfs:
    find = _finder()
    if find is None:
        sys.exit(OUT_OF_REACH)
    find.restype = POINTER(_Vfs)
    return find(None).contents


def _limit_other_files(disk: _Overridden, inside: str) -> None:
    """While the disk is full no file of the data folder can be opened for writing; what one gives up is room."""
    usage = shutil.disk_usage

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.truncate" and disk.full:
            disk.room += max(0, os.stat(arguments[0]).st_size - arguments[1])
        if event != "open" or not isinstance(arguments[0], str) or not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            return
        if os.path.realpath(arguments[0]).startswith(inside) and disk.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), arguments[0])

    def used(path: Any) -> Any:
        found = usage(path)
        return found._replace(free=disk.room) if disk.full else found

    sys.addaudithook(heard)
    shutil.disk_usage = used


def _set_pragmas(pragmas: dict[str, str | int]) -> None:
    """Let every connection set these to other values than the bot would."""
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            for name, value in pragmas.items():
                sql = re.sub(rf"^PRAGMA {name} = \w+", f"PRAGMA {name} = {value}", sql)
            return super().execute(sql, *values)

    def connecting(*arguments: Any, **rest: Any) -> sqlite3.Connection:
        return connect(*arguments, **{"factory": Connection, **rest})

    if pragmas:
        sqlite3.connect = connecting
