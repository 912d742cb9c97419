"""Room on the disk: a ballast that really takes it, is given back in parts, and comes back when there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import room
from bot.store.room import MIB, Ballast, Room

SIZE = 4 * MIB


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ballast"


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let the disk have so much room."""
    monkeypatch.setattr(room, "look", lambda _: Room(free, 100 * SIZE))


def test_ballast_takes_the_room_that_it_says(path: Path) -> None:
    assert Ballast(path, SIZE).lay()
    assert size(path) == SIZE
    assert path.stat().st_blocks * 512 >= SIZE


def test_ballast_that_lies_there_is_left_as_it_is(path: Path) -> None:
    Ballast(path, SIZE).lay()
    before = path.read_bytes()
    assert Ballast(path, SIZE).lay()
    assert path.read_bytes() == before


def test_ballast_is_given_back_in_parts_until_nothing_is_left(path: Path) -> None:
    ballast = Ballast(path, SIZE)
    ballast.lay()
    sizes = []
    while ballast.give():
        sizes.append(size(path))
    assert sizes == [3 * MIB, 2 * MIB, MIB, 0]


def test_ballast_is_given_up_only_where_the_disk_is_short(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = Ballast(path, SIZE)
    ballast.lay()
    leave(monkeypatch, MIB)
    ballast.give_if_short()
    assert size(path) == SIZE
    leave(monkeypatch, MIB - 1)
    ballast.give_if_short()
    assert size(path) == 3 * MIB


def test_ballast_comes_back_once_there_is_room_for_twice_its_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ballast = Ballast(path, SIZE)
    ballast.lay()
    ballast.give()
    leave(monkeypatch, 2 * SIZE - 1)
    assert not ballast.lay()
    leave(monkeypatch, 2 * SIZE)
    assert ballast.lay()
    assert size(path) == SIZE


def test_without_a_size_there_is_no_ballast(path: Path) -> None:
    Ballast(path, SIZE).lay()
    none = Ballast(path, 0)
    assert none.lay()
    assert not path.exists()
    assert not none.give()
    none.give_if_short()


def test_ballast_that_cannot_be_written_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room.os, "fsync", full)
    assert not Ballast(path, SIZE).lay()
    assert not path.exists()


def test_less_than_a_tenth_is_low() -> None:
    assert (Room(9, 100).low, Room(10, 100).low) == (True, False)
    assert (Room(12, 100).ample, Room(13, 100).ample) == (False, True)
