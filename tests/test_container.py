"""The container without an engine: the Dockerfile's own steps in an empty folder, then the real process."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.standin.server import TOKEN, StandIn

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FOLDERS = ("build", "app", "src", "wheel", "data")
STOPS_WITHIN = 10.0  # seconds


def steps(stage: int) -> list[tuple[str, str]]:
    """The instructions of one stage, as (NAME, rest)."""
    lines = [line for line in TEXT.splitlines() if line and not line.startswith("#")]
    pairs = [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]
    starts = [i for i, (name, _) in enumerate(pairs) if name == "FROM"]
    return pairs[starts[stage] : [*starts, len(pairs)][stage + 1]]


def only(name: str) -> str:
    """The one instruction of that name in the final stage."""
    (found,) = [rest for known, rest in steps(1) if known == name]
    return found


@dataclass(frozen=True)
class Image:
    """What the build leaves behind, below one folder in place of /."""

    root: Path

    def here(self, text: str) -> str:
        """A text of the Dockerfile with its folders moved below the root."""
        return re.sub(rf"(?<![\w./-])/({'|'.join(FOLDERS)})\b", rf"{self.root}/\1", text)

    def env(self) -> dict[str, str]:
        """The environment of the final stage, and nothing of this one."""
        given = dict(pair.split("=", 1) for pair in shlex.split(self.here(only("ENV"))))
        return given | {"PATH": f"{self.root}/app/bin:/usr/bin:/bin", "HOME": f"{self.root}/data"}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """One command in the finished image."""
        where = self.root / "data"
        return subprocess.run(command, cwd=where, env=self.env(), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    built = Image(tmp_path_factory.mktemp("image"))
    for folder in ("src", "data", "bin"):
        (built.root / folder).mkdir()
    (built.root / "bin" / "python").symlink_to(Path(sys.executable).resolve())
    installer = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_"))}
    env = installer | {"PATH": f"{built.root}/bin:/usr/bin:/bin", "HOME": os.environ["HOME"]}
    for name, rest in steps(0):
        if name == "COPY":
            copy(rest.split(), built.root / "src")
        elif name == "RUN":
            ran = subprocess.run(
                ["sh", "-c", built.here(rest)],
                cwd=built.root / "src",
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, f"{rest}\n{ran.stderr}"
    yield built
    shutil.rmtree(built.root)


def copy(names: list[str], into: Path) -> None:
    *sources, target = names
    for name in sources:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, into / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, into / target)


def test_the_image_holds_the_bot_and_the_locked_packages_alone(image: Image) -> None:
    source = (
        "import importlib.metadata as m; print(*sorted(d.name.lower().replace('.', '-') for d in m.distributions()))"
    )
    found = set(image.run("python", "-c", source).stdout.replace("_", "-").split())
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==", lock, flags=re.M))
    assert {"cairn-bot", "discord-py"} <= found <= locked | {"cairn-bot"}


def test_the_image_holds_every_file_of_the_bot(image: Image) -> None:
    (installed,) = (image.root / "app").glob("lib/python3*/site-packages")
    for package in ("bot", "cogs"):
        ours = {path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if is_kept(path)}
        there = {path.relative_to(installed) for path in (installed / package).rglob("*") if is_kept(path)}
        assert ours == there


def is_kept(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def test_what_is_copied_is_let_through_and_nothing_else() -> None:
    shown = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert shown[0] == "*"
    copied = {name for known, rest in steps(0) if known == "COPY" for name in rest.split()[:-1]}
    assert {line.removeprefix("!") for line in shown if line.startswith("!")} == copied


def test_the_image_runs_as_nobody_special_with_its_data_in_a_volume() -> None:
    assert only("USER") == "cairn"
    assert "useradd --uid 10001" in only("RUN")
    assert only("VOLUME") == "/data"
    assert "CAIRN_DATA=/data" in only("ENV")
    assert only("STOPSIGNAL") == "SIGTERM"


def test_signals_reach_the_bot_since_no_shell_stands_between() -> None:
    assert [*json.loads(only("ENTRYPOINT")), *json.loads(only("CMD"))] == ["cairn", "run"]


def test_the_health_check_of_an_idle_image_fails_in_words(image: Image) -> None:
    told = image.run(*json.loads(only("HEALTHCHECK").partition("CMD ")[2]))
    assert (told.returncode, told.stdout) == (1, "fix  No sign of life yet: the bot has not run here.\n")


def test_the_image_without_a_token_says_what_to_do(image: Image) -> None:
    told = image.run(*json.loads(only("ENTRYPOINT")), *json.loads(only("CMD")))
    assert (told.returncode, "CAIRN_DISCORD_TOKEN" in told.stderr) == (1, True)


def test_practice_in_the_image_says_what_it_lacks(image: Image) -> None:
    told = image.run("cairn", "practice", "--no-browser", "--port", "0")
    assert (told.returncode, "pip install 'cairn-bot[practice]'" in told.stderr) == (1, True)


async def test_the_bot_runs_is_alive_and_stops_cleanly_on_sigterm(image: Image) -> None:
    outside = image.root / "outside"
    outside.mkdir()
    (outside / "tests").symlink_to(ROOT / "tests")
    async with StandIn() as discord:
        launch = ("-m", "tests.standin.launch", "--api", discord.url, "--", "cairn", "run")
        env = image.env() | {"CAIRN_DISCORD_TOKEN": TOKEN}
        bot = await asyncio.create_subprocess_exec(
            f"{image.root}/app/bin/python", *launch, cwd=outside, env=env, stderr=asyncio.subprocess.PIPE
        )
        await discord.ready()
        bot.send_signal(signal.SIGTERM)
        _, told = await asyncio.wait_for(bot.communicate(), STOPS_WITHIN)
    assert (bot.returncode, "Traceback" in told.decode()) == (0, False), told.decode()
    assert sorted(path.name for path in (image.root / "data").iterdir()) == ["cairn.sqlite3", "heartbeat", "lock"]
    assert image.run("cairn", "doctor", "--alive").returncode == 0
    with sqlite3.connect(image.root / "data" / "cairn.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
