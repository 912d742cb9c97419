"""Whether the bot could work here: each finding, good and bad."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from bot import doctor, heartbeat
from bot.config import Data
from bot.core.delivery import Crowd
from bot.core.health import Finding, Mark
from bot.lease import take
from bot.store.db import open_database
from bot.store.health import Health
from bot.store.lease import Holder
from bot.store.schema import migrations
from tests.benchmarks import _owed

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def only_fixes(found: list[Finding]) -> list[str]:
    return [one.words for one in found if one.mark is Mark.FIX]


def test_a_fresh_folder_with_a_token_could_work(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.touch()
    found = doctor.examine(path, {"CAIRN_DISCORD_TOKEN": "a.b.c"}, online=False)
    assert only_fixes(found) == []
    assert Finding(Mark.OK, "The database is made at the first start") in found


def test_a_missing_token_is_the_one_thing_to_fix(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.touch()
    fixes = only_fixes(doctor.examine(path, {}, online=True))
    assert len(fixes) == 1
    assert "CAIRN_DISCORD_TOKEN" in fixes[0]


def test_settings_that_cannot_be_read_are_told_beside_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[log]\nlevl = 'INFO'", encoding="utf-8")
    found = doctor.examine(path, {}, online=True)
    assert [words.endswith("there is no setting log.levl. Known here: level.") for words in only_fixes(found)] == [True]
    assert len(found) == len(doctor.machine()) + 1


def test_this_machine_has_what_is_needed() -> None:
    assert only_fixes(doctor.machine()) == []


def test_an_old_python_is_told() -> None:
    assert doctor.python((3, 10)) == Finding(Mark.FIX, "Python 3.10 is too old: Cairn needs 3.11 or newer.")


def test_an_sqlite_with_the_known_fault_is_a_note_and_a_sound_one_is_well() -> None:
    assert doctor.sqlite("3.40.1", may_reset=True).mark is Mark.NOTE
    assert doctor.sqlite("3.51.3", may_reset=False) == Finding(Mark.OK, "SQLite 3.51.3")


def test_a_zone_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PROBED_ZONES", ("Europe/Nowhere",))
    assert doctor.zones().mark is Mark.FIX


def test_packaged_zones_are_used_where_the_system_has_none() -> None:
    reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    try:
        assert doctor.zones().mark is Mark.OK
    finally:
        reset_tzpath()


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    (tmp_path / "Inter-Regular.ttf").touch()
    assert doctor.fonts(tmp_path).words == "Fonts are missing (Inter-Bold.ttf): install Cairn again."


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = doctor.folder(tmp_path / "file" / "data")
    assert (found.mark, "can't be written" in found.words) == (Mark.FIX, True)


def test_a_folder_that_is_there_and_one_to_come_are_told_apart(tmp_path: Path) -> None:
    assert doctor.folder(tmp_path).words.endswith("can be written")
    assert doctor.folder(tmp_path / "a" / "b").words.endswith("can be made")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("free", "mark"), [(50 * 2**30, Mark.OK), (5 * 2**30, Mark.NOTE), (10 * 2**20, Mark.FIX)])
def test_room_on_the_disk_is_judged(free: int, mark: Mark) -> None:
    assert doctor.room(free, 100 * 2**30).mark is mark


def test_a_database_in_a_folder_that_is_a_file_is_still_to_come(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found, seen = doctor.database(tmp_path / "file" / "cairn.sqlite3", NOW, 30)
    assert (found.words, seen) == ("The database is made at the first start", None)


def test_a_database_that_cannot_be_looked_at_is_told(tmp_path: Path) -> None:
    (tmp_path / "cairn.sqlite3").symlink_to("cairn.sqlite3")
    found, seen = doctor.database(tmp_path / "cairn.sqlite3", NOW, 30)
    assert (found.mark, "can't be read" in found.words, seen) == (Mark.FIX, True, None)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cairn.sqlite3"
    path.write_text("Dear diary, " * 100, encoding="utf-8")
    found, seen = doctor.database(path, NOW, 30)
    assert (found.mark, seen) == (Mark.FIX, None)
    assert found.words.endswith("Restore it from a backup.")


async def made(path: Path) -> None:
    await (await open_database(path)).close()


def test_a_sound_database_is_well(tmp_path: Path) -> None:
    asyncio.run(made(tmp_path / "cairn.sqlite3"))
    found, seen = doctor.database(tmp_path / "cairn.sqlite3", NOW, 30)
    assert found == Finding(Mark.OK, f"The database is whole, version {len(migrations())}")
    assert seen is not None


@pytest.mark.parametrize(
    ("seen", "mark", "words"),
    [
        (Health(3, 3, "", []), Mark.OK, "The database is whole, version 3"),
        (Health(2, 3, "", []), Mark.OK, "the next start brings it from version 2 to 3"),
        (Health(4, 3, "", []), Mark.FIX, "of version 4, this Cairn knows up to 3: update Cairn."),
        (Health(3, 3, "row 1 missing", []), Mark.FIX, "damaged (row 1 missing): restore it from a backup."),
    ],
)
def test_the_state_of_a_database_is_judged(seen: Health, mark: Mark, words: str) -> None:
    found = doctor.verdict(seen)
    assert (found.mark, words in found.words) == (mark, True)


def test_a_bot_that_never_ran_is_not_alive(tmp_path: Path) -> None:
    assert doctor.alive(tmp_path, NOW) == Finding(Mark.FIX, "No sign of life yet: the bot has not run here.")


def test_a_sign_of_life_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "heartbeat").mkdir()
    found = doctor.alive(tmp_path, NOW)
    assert (found.mark, "can't be read (Is a directory)" in found.words) == (Mark.FIX, True)


@pytest.mark.parametrize(
    ("since", "mark"),
    [
        (timedelta(0), Mark.OK),
        (timedelta(seconds=89), Mark.OK),
        (timedelta(seconds=90), Mark.FIX),
        (timedelta(hours=-1), Mark.FIX),
    ],
)
def test_a_bot_is_alive_for_ninety_seconds_after_its_newest_beat(tmp_path: Path, since: timedelta, mark: Mark) -> None:
    heartbeat.beat(tmp_path, NOW - timedelta(days=1))
    heartbeat.beat(tmp_path, NOW)
    assert doctor.alive(tmp_path, NOW + since).mark is mark


@pytest.mark.parametrize("written", ["2026-0", "", "2026-03-02T12:00:00"])
def test_a_heartbeat_cut_off_half_way_or_without_a_zone_is_none(written: str, tmp_path: Path) -> None:
    (tmp_path / "heartbeat").write_text(written, encoding="ascii")
    assert heartbeat.age(tmp_path, NOW) is None


# ------------------------------------------------------------------ a database that is there

HOLDER = Holder("one", "machine", "attic", 7, datetime(2026, 11, 21, 18, 4, tzinfo=UTC))


def test_a_bot_that_runs_is_well_and_one_without_a_sign_of_life_is_noted() -> None:
    assert doctor.running(None, lives=False) == Finding(Mark.OK, "No bot runs on this data folder now")
    assert doctor.running(HOLDER, lives=True) == Finding(
        Mark.OK, "The bot runs: process 7 on host attic, since 21 November 18:04 UTC"
    )
    assert doctor.running(HOLDER, lives=False).mark is Mark.NOTE


@pytest.mark.parametrize(
    ("made", "wanted", "mark", "words"),
    [
        ([], 7, Mark.OK, "No copy of the database yet; the bot makes one each day"),
        ([], 0, Mark.NOTE, "No copy of the database yet: `cairn backup` makes one."),
        ([timedelta(days=9), timedelta(hours=3)], 7, Mark.OK, "The newest copy of the database is 3 hours old"),
        (
            [timedelta(days=9)],
            7,
            Mark.NOTE,
            "The newest copy of the database is 9 days old. `cairn backup` makes a new",
        ),
    ],
)
def test_the_newest_copy_tells_its_age(made: list[timedelta], wanted: int, mark: Mark, words: str) -> None:
    found = doctor.copies([NOW - age for age in made], NOW, wanted)
    assert (found.mark, found.words.startswith(words)) == (mark, True)


def test_the_busiest_minute_says_how_late_the_last_one_comes() -> None:
    assert doctor.forecast(None, 30) == []
    assert doctor.forecast(Crowd(NOW, 61), 30) == [
        Finding(Mark.OK, "Busiest minute ahead: 2 March 12:00 UTC, 61 due; the last comes 2 s late")
    ]
    (much,) = doctor.forecast(Crowd(NOW, 9031), 30)
    assert (much.mark, "the last comes 301 s late. Spread the times" in much.words) == (Mark.NOTE, True)


def test_conversations_that_have_to_be_opened_make_the_last_one_later() -> None:
    (some,) = doctor.forecast(Crowd(NOW, 61, 41), 30)
    assert "61 due (41 in new conversations, one a second); the last comes 40 s late" in some.words
    (many,) = doctor.forecast(Crowd(NOW, 400, 400), 30)
    assert (many.mark, "the last comes 399 s late. Each person waits so but once" in many.words) == (Mark.NOTE, True)


def test_the_ballast_is_looked_for(tmp_path: Path) -> None:
    wanted = Data(tmp_path, ballast_mib=1)
    assert doctor.ballast(Data(tmp_path, ballast_mib=0)) == []
    assert [found.mark for found in doctor.ballast(wanted)] == [Mark.NOTE]
    (tmp_path / "ballast").write_bytes(bytes(2**20))
    assert doctor.ballast(wanted) == [Finding(Mark.OK, "1 MiB are kept free for a full disk")]


def test_litestream_is_told_where_it_would_do_harm_or_does_nothing(tmp_path: Path) -> None:
    on, off, log = Data(tmp_path, litestream=True), Data(tmp_path), tmp_path / "cairn.sqlite3-wal"

    def told(data: Data, *, may_reset: bool = False) -> list[tuple[Mark, str]]:
        return [(found.mark, found.words.split(":")[0]) for found in doctor.replication(data, may_reset)]

    assert told(off) == []
    assert told(on, may_reset=True)[0][0] is Mark.FIX
    assert told(on) == [(Mark.NOTE, "[data] litestream is on, and Litestream does not replicate")]
    (tmp_path / ".cairn.sqlite3-litestream").mkdir()
    assert told(off) == [(Mark.NOTE, "Litestream was here")]
    assert told(on) == [(Mark.OK, "Litestream replicates the database")]
    with log.open("wb") as file:
        file.truncate(doctor.LONG_LOG + 1)
    assert told(on) == [(Mark.NOTE, "[data] litestream is on, and Litestream does not replicate")]


def test_beside_a_running_bot_it_looks_at_everything_and_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with take(data, NOW):
        asyncio.run(made(data / "cairn.sqlite3"))
        before = {path.name: path.read_bytes() for path in data.iterdir()}
        (tmp_path / "config.toml").touch()
        found = doctor.examine(tmp_path / "config.toml", {"CAIRN_DISCORD_TOKEN": "a.b.c"}, online=False)
        assert {path.name: path.read_bytes() for path in data.iterdir()} == before
    assert only_fixes(found) == []
    assert [one.words for one in found if "data folder now" in one.words or "No copy" in one.words] == [
        "No bot runs on this data folder now",
        "No copy of the database yet; the bot makes one each day",
    ]


def test_it_is_told_how_late_the_last_of_a_crowd_would_come(tmp_path: Path) -> None:
    due_at = datetime.now(UTC) + timedelta(hours=1)
    (tmp_path / "data").mkdir()
    asyncio.run(_owed.seed(tmp_path / "data" / "cairn.sqlite3", [(str(n), str(n)) for n in range(1, 62)], due_at))
    (tmp_path / "config.toml").touch()
    found = doctor.examine(tmp_path / "config.toml", {"CAIRN_DISCORD_TOKEN": "a.b.c"}, online=False)
    (crowd,) = [one for one in found if "Busiest minute ahead" in one.words]
    assert (crowd.mark, "61 due; the last comes 2 s late" in crowd.words) == (Mark.OK, True)


def test_who_runs_on_a_database_of_another_version_is_not_guessed(tmp_path: Path) -> None:
    asyncio.run(made(tmp_path / "data" / "cairn.sqlite3"))
    with closing(sqlite3.connect(tmp_path / "data" / "cairn.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 1")
    (tmp_path / "config.toml").touch()
    found = doctor.examine(tmp_path / "config.toml", {"CAIRN_DISCORD_TOKEN": "a.b.c"}, online=False)
    assert [one.words for one in found if "from version 1 to" in one.words]
    assert not [one.words for one in found if "data folder now" in one.words]
