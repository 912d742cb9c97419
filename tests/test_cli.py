"""The command `cairn`, as a person types it."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest

from bot import heartbeat
from bot.cli import main
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
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {"cairn.sqlite3", "heartbeat"}


async def test_run_with_a_token_that_discord_does_not_know_says_so() -> None:
    env = os.environ | {"CAIRN_DISCORD_TOKEN": "unknown", "CAIRN_DATA": os.getcwd()}
    async with StandIn() as discord:
        launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run")
        bot = await asyncio.create_subprocess_exec(
            sys.executable, *launch, cwd=ROOT, env=env, stderr=asyncio.subprocess.PIPE
        )
        _, told = await asyncio.wait_for(bot.communicate(), STOPS_WITHIN)
    assert (bot.returncode, b"Traceback" in told, b"token" in told) == (1, False, True)
