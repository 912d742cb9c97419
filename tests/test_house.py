"""The house's rules: who may import whom, what the core may use, how files are named."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = sorted((ROOT / "bot" / "core").glob("*.py"))
SOURCES = sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")])
VAGUE = {"utils", "helpers", "manager", "service", "base", "common"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
READS_ITS_TABLES = "_places"  # the core's one exception: packaged tables, read at their first use
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime"}


def imported(source: str) -> Iterator[str]:
    """The full name of everything that a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers_in_core(source: str) -> list[str]:
    """What a source of the core imports beside the core and the standard library."""
    known = sys.stdlib_module_names - {"asyncio", "sqlite3", "socket", "subprocess", "threading"}
    return [name for name in imported(source) if not name.startswith("bot.core.") and name.split(".")[0] not in known]


def impure_in_core(source: str) -> list[str]:
    """The lines of a source that are async, read or write something, or ask a clock."""
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if _is_impure(node)]


def _is_impure(node: ast.AST) -> bool:
    if isinstance(node, ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await):
        return True
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in {"open", "print", "input"}
    called = node.func
    if not isinstance(called, ast.Attribute):
        return False
    clocks = {"datetime", "date", "time", "datetime.datetime", "datetime.date"}
    return called.attr in FILES or (called.attr in CLOCKS and ast.unparse(called.value) in clocks)


def trespasses(source: str, package: str) -> list[str]:
    """The private modules of other packages that a source in `package` imports."""
    found: list[str] = []
    for name in imported(source):
        parts = name.split(".")
        private = [i for i, part in enumerate(parts) if part.startswith("_") and not part.startswith("__")]
        if parts[0] in {"bot", "cogs"} and private and ".".join(parts[: private[0]]) != package:
            found.append(name)
    return found


def package_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_core_uses_the_standard_library_alone(path: Path) -> None:
    assert strangers_in_core(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_core_is_told_the_time_and_does_nothing_but_think(path: Path) -> None:
    found = impure_in_core(path.read_text(encoding="utf-8"))

    if path.stem == READS_ITS_TABLES:
        assert found
        found = [line for line in found if not (line.startswith("files('tzdata')") and ".read_text(" in line)]
    assert found == []


@pytest.mark.parametrize("source", ["import msgspec", "from bot.store import db", "import asyncio", "import bot.store"])
def test_a_stranger_in_the_core_is_noticed(source: str) -> None:
    assert strangers_in_core(source) != []


@pytest.mark.parametrize(
    "source",
    [
        *["datetime.now(UTC)", "date.today()", "time.time()", "async def f(): ..."],
        *["open('x')", "path.open()", "path.read_text()", "files('tzdata').joinpath('zones').read_bytes()"],
    ],
)
def test_a_core_that_looks_at_the_clock_or_the_disk_is_noticed(source: str) -> None:
    assert impure_in_core(source) != []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: ".".join(path.relative_to(ROOT).parts))
def test_private_files_are_used_by_their_own_folder_alone(path: Path) -> None:
    assert trespasses(path.read_text(encoding="utf-8"), package_of(path)) == []


def test_a_trespass_into_a_private_file_is_noticed() -> None:
    assert trespasses("from cogs._permissions import missing", "bot") == ["cogs._permissions.missing"]
    assert trespasses("from bot.store import _values", "bot.usecases") == ["bot.store._values"]
    assert trespasses("from bot.store import _values", "bot.store") == []


def test_every_name_says_what_is_inside() -> None:
    assert SOURCES
    assert [path for path in SOURCES if VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_every_file_says_what_lives_in_it() -> None:
    assert [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def lint(folder: Path, files: dict[str, str]) -> str:
    """What the project's own contracts say of a tree of these files; empty where all hold."""
    for name, source in files.items():
        for package in list(Path(name).parents)[:-1]:
            (folder / package).mkdir(parents=True, exist_ok=True)
            (folder / package / "__init__.py").touch()
        (folder / name).write_text(source, encoding="utf-8")
    command = [
        Path(sys.executable).parent / "lint-imports",
        "--no-cache",
        "--config",
        ROOT / "pyproject.toml",
    ]
    alone = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder)}
    ran = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr if ran.returncode else ""


ONE_WAY = "Imports run one way and neighbours never meet"
SOUND = {
    "bot/cli.py": "from bot import bootstrap, config, doctor, practice",
    "bot/doctor.py": "from bot import config",
    "bot/practice/__init__.py": "import simcord\nfrom bot import bootstrap",
    "bot/bootstrap.py": "from bot import clock, config\nimport cogs",
    "bot/clock.py": "from bot import heartbeat\nfrom bot.usecases import rounds",
    "bot/heartbeat.py": "",
    "bot/help_lines.py": "from bot.core import errors",
    "bot/lease.py": "from bot.store import db",
    "bot/status.py": "from bot import lease",
    "bot/config.py": "from bot.core import errors",
    "bot/when.py": "from bot.core import errors",
    "bot/papers/__init__.py": "from bot.core import errors",
    "bot/usecases/rounds.py": "from bot import charts, exercises, papers, when\nfrom bot.store import db",
    "bot/store/db.py": "import aiosqlite\nfrom bot.core import errors",
    "bot/charts/__init__.py": "from bot.core import errors",
    "bot/exercises/__init__.py": "from bot.core import errors",
    "bot/core/errors.py": "",
    "cogs/_client.py": "import discord\nfrom bot.usecases import rounds",
}


@pytest.mark.parametrize(
    ("name", "exempt"),
    [("Only the Discord face knows Discord", {"bot.practice"}), ("Only the store speaks SQL", {"bot.store"})],
)
def test_every_part_of_the_house_is_under_contract(name: str, exempt: set[str]) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in told if one["name"] == name]
    parts = {f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    assert set(contract["source_modules"]) - {"cogs"} == parts - exempt - {"bot.__init__", "bot.__main__"}


FACES_OWN = {"health"}  # of the connection itself


def test_every_noun_of_a_face_has_its_use_cases_under_the_same_name() -> None:
    nouns = {path.stem for path in (ROOT / "cogs").glob("[!_]*.py")}
    assert nouns
    assert nouns - FACES_OWN <= {path.stem for path in (ROOT / "bot" / "usecases").glob("*.py")}


def test_contracts_hold_for_a_sound_tree(tmp_path: Path) -> None:
    assert lint(tmp_path, SOUND) == ""


@pytest.mark.parametrize(
    ("name", "source", "broken"),
    [
        ("bot/core/errors.py", "from bot.store import db", ONE_WAY),
        ("bot/charts/__init__.py", "from bot.store import db", ONE_WAY),
        ("bot/usecases/rounds.py", "import cogs", ONE_WAY),
        ("bot/clock.py", "import cogs", ONE_WAY),
        ("bot/usecases/rounds.py", "from bot.config import load", "Only the composition reads the config"),
        ("cogs/_client.py", "from bot import config", "Only the composition reads the config"),
        ("bot/usecases/rounds.py", "import discord", "Only the Discord face knows Discord"),
        ("bot/bootstrap.py", "import simcord", "Only the Discord face knows Discord"),
        ("bot/heartbeat.py", "import sqlite3", "Only the store speaks SQL"),
        ("cogs/_client.py", "import aiosqlite", "Only the store speaks SQL"),
    ],
)
def test_contracts_break_where_an_import_goes_astray(tmp_path: Path, name: str, source: str, broken: str) -> None:
    assert f"{broken} BROKEN" in lint(tmp_path, SOUND | {name: source})


LOG_WRITES = {"add", "note", "reword", "stand", "drop"}


def writes_to_the_log(source: str) -> list[str]:
    """The lines of a source that write to the log's rows themselves."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "bot.store"
        for alias in node.names
        if alias.name == "search"
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    found = [ast.unparse(call.func) for call in calls]
    return [name for name in found if name.split(".")[0] in names and name.split(".")[-1] in LOG_WRITES]


def test_a_log_is_changed_in_one_place_so_that_nothing_is_forgotten_that_follows() -> None:
    usecases = ROOT / "bot" / "usecases"
    writers = {path.name for path in usecases.glob("*.py") if writes_to_the_log(path.read_text(encoding="utf-8"))}
    assert writers == {"_changes.py"}
