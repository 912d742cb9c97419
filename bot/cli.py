"""The command `cairn`. Each command imports what it needs, so that `cairn run` starts lean."""

from __future__ import annotations

import argparse
import asyncio
import base64
import gc
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import DEFAULT_PATH, ConfigError, load, token
from bot.core.errors import Told

if TYPE_CHECKING:
    from bot.core.health import Finding
    from bot.store.backup import Restored

LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
COLOURS = {"ok": "32", "note": "33", "fix": "31"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, or 1 after words on what to do."""
    asked = _parser().parse_args(argv)
    try:
        return asked.act(asked)
    except Told as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cairn", description="A job search, shared with friends.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version")
    commands = parser.add_subparsers(required=True, metavar="command")

    practice = commands.add_parser("practice", help="try the bot in your browser, without Discord")
    practice.add_argument("--port", type=int, default=8765, help="where to serve the page (0: any free port)")
    practice.add_argument("--no-browser", action="store_true", help="open no browser")
    practice.add_argument("--empty", action="store_true", help="begin without the example week")
    practice.add_argument("--data", type=Path, help="keep the practice data in this folder")
    practice.set_defaults(act=_practice)

    run = commands.add_parser("run", help="run the bot")
    run.set_defaults(act=_run)

    init = commands.add_parser("init", help="write a config.toml and show the link that invites the bot")
    init.add_argument("--client-id", type=int, help="the application's id (else read from the token)")
    init.set_defaults(act=_init)

    doctor = commands.add_parser("doctor", help="check whether the bot could work here")
    doctor.add_argument("--offline", action="store_true", help="without asking Discord")
    doctor.add_argument("--alive", action="store_true", help="only whether the bot runs now")
    doctor.set_defaults(act=_doctor)

    backup = commands.add_parser("backup", help="copy the database, also while the bot runs")
    backup.add_argument("--to", type=Path, metavar="FILE", help="the copy (default: a new one in the data folder)")
    backup.set_defaults(act=_backup)

    backups = commands.add_parser("backups", help="list the copies of the database")
    backups.set_defaults(act=_backups)

    restore = commands.add_parser("restore", help="put a copy in the database's place")
    restore.add_argument("file", type=Path, help="the copy: a path, or a name that `cairn backups` lists")
    restore.add_argument("--yes", action="store_true", help="do not ask first")
    restore.set_defaults(act=_restore)

    for command in (run, init, doctor, backup, backups, restore):
        command.add_argument("--config", type=Path, help="the settings (default: config.toml)")
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata

        print(f"cairn {metadata.version('cairn-bot')}")
        parser.exit()


def _run(asked: argparse.Namespace) -> int:
    config = load(asked.config, os.environ)
    secret = token(config, os.environ)
    logging.basicConfig(level=config.log.level, format=LOG_LINE)
    gc.disable()  # nothing that the start makes is garbage: to look for it takes a sixth of the start (measured)
    try:
        from bot import bootstrap

        asyncio.run(bootstrap.run(config, secret))
    finally:
        gc.enable()
    return 0


def _practice(asked: argparse.Namespace) -> int:
    try:
        from bot import practice

        asyncio.run(practice.serve(asked.port, not asked.no_browser, asked.empty, asked.data))
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith(("bot", "cogs")):
            raise
        raise Told(
            f"Practice mode needs more packages ({missing.name} is not there): use scripts/practice, "
            "or pip install 'cairn-bot[practice]'."
        ) from None
    return 0


def _init(asked: argparse.Namespace) -> int:
    path = asked.config or DEFAULT_PATH
    example = resources.files("bot").joinpath("config.example.toml").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(example)
        print(f"Wrote {path}: every setting is in it with its default.")
    except FileExistsError:
        if path.is_dir():
            raise Told(f"{path} is a folder: name the file to write with --config.") from None
        print(f"{path} is there already and stays as it is.")
    except OSError as error:
        raise Told(f"{path} can't be written: {error.strerror}.") from None
    _print_invitation(asked.client_id or _id_in_token(path))
    return 0


def _print_invitation(client_id: int | None) -> None:
    if client_id is None:
        print("To see the link that invites the bot: cairn init --client-id N")
        print("N is the Application ID at discord.com/developers (your application, General Information).")
        return
    from cogs.health import invitation

    print(f"Invite the bot to your server: {invitation(client_id)}")


def _id_in_token(path: Path) -> int | None:
    """The bot's id, which a token's first part holds in base64; None without a token that can be read."""
    try:
        first = token(load(path, os.environ), os.environ).split(".")[0]
        return int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ConfigError, ValueError):
        return None


def _backup(asked: argparse.Namespace) -> int:
    from bot.store import backup

    data = load(asked.config, os.environ).data
    if not data.database.exists():
        raise Told(f"There is no database {data.database} yet, so there is nothing to copy.")
    if asked.to is None:
        made = asyncio.run(backup.copy_now(data.database, data.copies, datetime.now(UTC)))
    elif asked.to.exists():
        raise Told(f"{asked.to} is there already and stays as it is: name a new file.")
    else:
        made = asked.to
        asyncio.run(backup.copy_to(data.database, made))
    print(f"Copied the database to {made}, and checked the copy. Keep it private: it holds what people said.")
    return 0


def _backups(asked: argparse.Namespace) -> int:
    from bot.store import backup

    folder = load(asked.config, os.environ).data.copies
    found = backup.listed(folder)
    for copy in found:
        print(f"{copy.made_at:%Y-%m-%d %H:%M} UTC  {copy.path.stat().st_size / 2**20:7.1f} MiB  {copy.path.name}")
    print(f"To put one back: cairn restore NAME. They are in {folder}." if found else f"No copies in {folder} yet.")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from bot import lease
    from bot.store import backup

    data = load(asked.config, os.environ).data
    copy = _found(asked.file, data.copies)
    now = datetime.now(UTC)
    with lease.take(data.folder, now):
        if not (asked.yes or _agreed(f"Put {copy} in the place of {data.database}?")):
            raise Told("Nothing was changed.")
        done = asyncio.run(backup.restore(copy, data.database, now))
    _print_restored(copy, done)
    return 0


def _found(copy: Path, folder: Path) -> Path:
    for path in (copy, folder / copy.name):
        if path.is_file():
            return path
    raise Told(f"There is no file {copy}. `cairn backups` lists the copies. Nothing was changed.")


def _agreed(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _print_restored(copy: Path, done: Restored) -> None:
    print(f"Put {copy} in place: it is whole.")
    if done.aside:
        print(f"What it replaced is kept for 30 days: {done.aside}")
    print(
        "Next: `cairn run`. It looks for what was sent since, so that nothing comes twice, and reads the chats again: "
        "plain messages come back. Answers given in forms since then do not. Whoever had everything erased since the "
        "copy was made is in it again: ask them to run /leave once more."
    )


def _doctor(asked: argparse.Namespace) -> int:
    from bot import doctor

    if asked.alive:
        return _tell([doctor.alive(load(asked.config, os.environ).data.folder, datetime.now(UTC))])
    return _tell(doctor.examine(asked.config, os.environ, online=not asked.offline))


def _tell(findings: Iterable[Finding]) -> int:
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    marks = []
    for finding in findings:
        mark = f"{finding.mark:<4}"
        print(f"\x1b[{COLOURS[finding.mark]}m{mark}\x1b[0m" if coloured else mark, finding.words)
        marks.append(finding.mark)
    return int("fix" in marks)
