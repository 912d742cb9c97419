"""The command `cairn`, as a person types it."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from bot import heartbeat, lease
from bot.cli import main
from bot.store import backup
from bot.store.db import open_database
from tests.standin.server import TOKEN as KNOWN_TOKEN
from tests.standin.server import StandIn

ROOT = Path(__file__).resolve().parent.parent
STOPS_WITHIN = 10.0  # seconds
TOKEN = base64.urlsafe_b64encode(b"80351110224678912").decode().rstrip("=") + ".when.what"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in a folder of its own, with no token around."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CAIRN_DISCORD_TOKEN", raising=False)
    monkeypatch.delenv("CAIRN_DATA", raising=False)


def test_run_without_a_token_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 1
    assert "CAIRN_DISCORD_TOKEN" in capsys.readouterr().err


def test_run_with_a_wrong_setting_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.toml").write_text("[delivery]\nper_second = 'many'", encoding="utf-8")
    assert main(["run", "--config", "mine.toml"]) == 1
    assert "mine.toml: delivery.per_second should be a whole number from 1 to 50" in capsys.readouterr().err


def test_init_writes_the_example_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init"]) == 0
    written = (tmp_path / "config.toml").read_text(encoding="utf-8")
    assert written == resources.files("bot").joinpath("config.example.toml").read_text(encoding="utf-8")
    assert "cairn init --client-id N" in capsys.readouterr().out


def test_init_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").write_text("# mine", encoding="utf-8")
    assert main(["init", "--client-id", "17"]) == 0
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "# mine"
    told = capsys.readouterr().out
    assert "config.toml is there already and stays as it is." in told
    assert "https://discord.com/oauth2/authorize?client_id=17&scope=bot+applications.commands" in told


def test_init_reads_the_application_from_the_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAIRN_DISCORD_TOKEN", TOKEN)
    assert main(["init"]) == 0
    assert "client_id=80351110224678912&" in capsys.readouterr().out


def test_init_with_a_token_that_holds_no_id_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAIRN_DISCORD_TOKEN", "nonsense")
    assert main(["init"]) == 0
    assert "cairn init --client-id N" in capsys.readouterr().out


def test_init_into_a_folder_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--config", "absent/config.toml"]) == 1
    assert "absent/config.toml can't be written: No such file or directory." in capsys.readouterr().err


def test_init_into_what_is_a_folder_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").mkdir()
    assert main(["init"]) == 1
    assert "config.toml is a folder: name the file to write with --config." in capsys.readouterr().err


def test_doctor_is_content_with_a_token_and_a_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAIRN_DISCORD_TOKEN", TOKEN)
    assert main(["doctor", "--offline"]) == 0
    told = capsys.readouterr().out
    assert {line[:5] for line in told.splitlines()} <= {"ok   ", "note "}
    assert TOKEN not in told


def test_doctor_ends_with_one_where_the_bot_could_not_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--offline"]) == 1
    assert "fix  There is no Discord token yet." in capsys.readouterr().out


def test_doctor_is_green_on_a_terminal_and_plain_where_colour_is_unwanted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", coloured := Terminal())
    main(["doctor", "--offline"])
    assert coloured.getvalue().startswith("\x1b[32mok  \x1b[0m Python 3.")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", plain := Terminal())
    main(["doctor", "--offline"])
    assert plain.getvalue().startswith("ok   Python 3.")


def test_doctor_alive_follows_the_heartbeat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--alive"]) == 1
    (tmp_path / "data").mkdir()
    heartbeat.beat(tmp_path / "data", datetime.now(UTC))
    assert main(["doctor", "--alive"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("ok   The newest sign of life is ")


def test_doctor_asks_discord_unless_offline(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAIRN_DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9")
    assert main(["doctor"]) == 1
    assert "fix  Discord could not be reached: " in capsys.readouterr().out


@pytest.mark.parametrize("asked", [[], ["dance"], ["run", "--loud"]])
def test_what_is_no_command_ends_with_how_to_ask(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(asked)
    assert "usage: cairn" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["-m", "bot"], [str(Path(sys.executable).with_name("cairn"))]])
def test_the_command_and_the_module_are_one(command: list[str]) -> None:
    told = subprocess.run([sys.executable, *command, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout == "cairn 0.1.0\n"


def test_starting_up_loads_nothing_that_only_other_commands_need() -> None:
    source = "import sys, bot.cli; print(*sys.modules)"
    unmeasured = {"PATH": os.environ["PATH"]}
    ran = subprocess.run([sys.executable, "-c", source], env=unmeasured, capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "bot.cli" in loaded
    assert loaded & {"discord", "bot.doctor", "bot.practice", "simcord", "sqlite3", "rich", "typer", "PIL"} == set()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_run_comes_online_and_stops_cleanly(stop: signal.Signals, tmp_path: Path) -> None:
    env = os.environ | {"CAIRN_DISCORD_TOKEN": KNOWN_TOKEN, "CAIRN_DATA": str(tmp_path / "kept")}
    async with StandIn() as discord:
        launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run")
        bot = await asyncio.create_subprocess_exec(sys.executable, *launch, cwd=ROOT, env=env)
        await discord.ready()
        bot.send_signal(stop)
        assert await asyncio.wait_for(bot.wait(), STOPS_WITHIN) == 0
    names = {path.name for path in (tmp_path / "kept").iterdir()}
    assert names - {"backups", "ballast", "lock"} == {"cairn.sqlite3", "heartbeat"}


async def test_run_with_a_token_that_discord_does_not_know_says_so() -> None:
    env = os.environ | {"CAIRN_DISCORD_TOKEN": "unknown", "CAIRN_DATA": os.getcwd()}
    async with StandIn() as discord:
        launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run")
        bot = await asyncio.create_subprocess_exec(
            sys.executable, *launch, cwd=ROOT, env=env, stderr=asyncio.subprocess.PIPE
        )
        _, told = await asyncio.wait_for(bot.communicate(), STOPS_WITHIN)
    assert (bot.returncode, b"Traceback" in told, b"token" in told) == (1, False, True)


# ------------------------------------------------------------------ copies


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The data folder of a bot that has stopped, with one fact in its database."""
    folder = tmp_path / "data"
    facts_of(folder, "INSERT INTO facts VALUES ('before', '1')", fresh=True)
    return folder


def facts_of(folder: Path, *statements: str, fresh: bool = False) -> set[str]:
    """The names of the facts in a data folder's database, after some statements."""
    if fresh:
        asyncio.run(opened_once(folder / "cairn.sqlite3"))
    with closing(sqlite3.connect(folder / "cairn.sqlite3")) as connection, connection:
        for sql in statements:
            connection.execute(sql)
        return {row[0] for row in connection.execute("SELECT name FROM facts")}


async def opened_once(path: Path) -> None:
    await (await open_database(path)).close()


def test_backup_copies_and_restore_puts_back(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup"]) == 0
    (copy,) = backup.listed(kept / "backups")
    assert f"Copied the database to {copy.path}, and checked the copy." in capsys.readouterr().out
    facts_of(kept, "INSERT INTO facts VALUES ('after', '1')")

    assert main(["restore", copy.path.name, "--yes"]) == 0
    told = capsys.readouterr().out
    newest = backup.listed(kept / "backups")[0]
    assert newest.why == "replaced"
    assert f"What it replaced is kept for 30 days: {newest.path}" in told
    assert "Next: `cairn run`." in told
    assert "run /leave once more" in told
    assert facts_of(kept) == {"before", "look_before"}


def test_the_drill_on_the_page_goes_as_the_page_says(
    kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "backups.md").read_text(encoding="utf-8")
    drill = page.split("## Practise it once")[1].split("```")[1]
    *steps, last = [line for line in drill.splitlines() if "cairn " in line]
    for step in (*steps, last):
        before, _, command = step.partition("cairn ")
        for setting in before.split():
            monkeypatch.setenv(*setting.split("="))
        monkeypatch.setenv("CAIRN_DISCORD_TOKEN", TOKEN)
        assert main(shlex.split(command, comments=True)) == 0
    assert last.split('"')[1] in capsys.readouterr().out
    assert facts_of(kept.parent / "drill") == {"before", "look_before"}


def test_backups_are_listed_newest_first(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backups"]) == 0
    assert "No copies in " in capsys.readouterr().out
    assert main(["backup"]) == main(["backup"]) == main(["backups"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()[2:]
    assert [line.split()[-1] for line in lines] == [copy.path.name for copy in backup.listed(kept / "backups")]
    assert "cairn restore NAME" in last


def test_backup_to_a_file_never_overwrites(kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--to", "mine.sqlite3"]) == 0
    before = (tmp_path / "mine.sqlite3").read_bytes()
    assert main(["backup", "--to", "mine.sqlite3"]) == 1
    assert "mine.sqlite3 is there already and stays as it is" in capsys.readouterr().err
    assert (tmp_path / "mine.sqlite3").read_bytes() == before


def test_backup_while_the_bot_writes_is_whole(kept: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept / "cairn.sqlite3")) as running:
        running.execute("BEGIN IMMEDIATE")
        running.execute("INSERT INTO facts VALUES ('not yet', '1')")
        assert main(["backup", "--to", "mine.sqlite3"]) == 0
    with closing(sqlite3.connect(tmp_path / "mine.sqlite3")) as copy:
        assert copy.execute("SELECT name FROM facts").fetchall() == [("before",)]


def test_backup_without_a_database_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup"]) == 1
    assert "There is no database " in capsys.readouterr().err


def test_restore_asks_first(kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", "--to", "mine.sqlite3"])
    facts_of(kept, "INSERT INTO facts VALUES ('after', '1')")
    for answer in ("n\n", ""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert main(["restore", "mine.sqlite3"]) == 1
        assert "Nothing was changed." in capsys.readouterr().err
        assert "after" in facts_of(kept)
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    assert main(["restore", "mine.sqlite3"]) == 0
    assert "after" not in facts_of(kept)


def test_restore_while_a_bot_holds_the_folder_is_refused(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["backup", "--to", "mine.sqlite3"])
    facts_of(kept, "INSERT INTO facts VALUES ('after', '1')")
    with lease.take(kept, datetime.now(UTC)):
        assert main(["restore", "mine.sqlite3", "--yes"]) == 1
        assert main(["backup"]) == 0
    assert "Cairn runs on this data folder already" in capsys.readouterr().err
    assert "after" in facts_of(kept)


def test_restore_of_what_is_not_there_or_no_copy_is_told(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "diary").write_text("Dear diary" * 100, encoding="utf-8")
    assert main(["restore", "absent", "--yes"]) == main(["restore", "diary", "--yes"]) == 1
    told = capsys.readouterr().err
    assert "There is no file absent. `cairn backups` lists the copies. Nothing was changed." in told
    assert "diary is no database. Nothing was changed." in told
    assert facts_of(kept) == {"before"}
