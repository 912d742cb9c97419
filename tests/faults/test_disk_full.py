"""A full disk, the short form: some of the writes of a day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults import disk_full
from tests.faults._bench import bench
from tests.faults._platform import LINUX
from tests.faults._sound import unsound
from tests.faults._table import measure

RUNS = 2


@LINUX
async def test_on_a_full_disk_people_are_told_and_all_goes_on_once_there_is_room(tmp_path: Path) -> None:
    found = await measure(disk_full.FAULTS[0], tmp_path / "run", RUNS, "short")
    assert (found.arrived > 2 * RUNS, found.wrong) == (True, ())


async def test_what_is_written_by_halves_is_noticed(tmp_path: Path) -> None:
    async with bench(tmp_path / "run", 1, "short") as one:
        sound = list(unsound(one))
        one.owe(1)
        with closing(sqlite3.connect(one.bot.database)) as database, database:
            database.execute(
                "INSERT INTO occurrences (person_id, ask, exercise, local_on, due_at, state)"
                " SELECT id, 'checkin', 'checkin', '2026-03-04', '', 'answered' FROM people"
            )
        found = list(unsound(one))
    assert (sound, found) == ([], ["lost: a question is answered, its answer is None"])
