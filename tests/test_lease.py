"""One process per data folder: who is refused, what they are told, and who may take over."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.lease import AlreadyRunning, CannotLock, take

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 21, 18, 4, tzinfo=UTC)
HOLD = """
import os, signal, subprocess, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.lease import take

if __name__ == "__main__":
    lock = take(Path(sys.argv[1]), datetime(2026, 11, 21, 18, 4, tzinfo=UTC))
    {also}
    print("held", child, flush=True)
    signal.pause()
"""
CHILDREN = {
    "none": "child = 0",
    "forked": "child = os.fork() or (os.close(1), signal.pause())",
    "started": "child = subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL, close_fds=False).pid",
}


async def holding(folder: Path, child: str = "none") -> tuple[asyncio.subprocess.Process, int]:
    """Another process that holds the folder, and the id of its child."""
    program = HOLD.replace("{also}", CHILDREN[child])
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, folder, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    word, pid = (await other.stdout.readline()).split()
    assert word == b"held"
    return other, int(pid)


def test_a_folder_held_is_refused_with_who_and_since_when(tmp_path: Path) -> None:
    with take(tmp_path, NOW), pytest.raises(AlreadyRunning) as refused:
        take(tmp_path, NOW + timedelta(days=1))
    assert str(refused.value) == (
        f"Cairn runs on this data folder already: process {os.getpid()} on host {platform.node()}, "
        "since 21 November 18:04 UTC. Stop it first."
    )


async def test_another_process_holds_the_folder_until_it_is_killed(tmp_path: Path) -> None:
    other, _ = await holding(tmp_path)
    for _ in range(3):
        with pytest.raises(AlreadyRunning, match=f"process {other.pid} on host .*, since 21 November 18:04 UTC"):
            take(tmp_path, NOW)
    other.kill()
    await other.wait()
    take(tmp_path, NOW).release()


async def test_a_process_that_is_stopped_for_a_while_still_holds_the_folder(tmp_path: Path) -> None:
    other, _ = await holding(tmp_path)
    other.send_signal(signal.SIGSTOP)
    with pytest.raises(AlreadyRunning, match=f"process {other.pid} "):
        take(tmp_path, NOW)
    other.kill()
    await other.wait()


@pytest.mark.parametrize("child", ["forked", "started"])
async def test_a_child_that_outlives_its_parent_does_not_hold_the_folder(child: str, tmp_path: Path) -> None:
    parent, pid = await holding(tmp_path, child)
    parent.kill()
    await parent.wait()
    try:
        take(tmp_path, NOW).release()
    finally:
        os.kill(pid, signal.SIGKILL)  # ProcessLookupError if it had not outlived its parent


def test_a_lock_that_was_left_does_not_speak_for_the_next_one(tmp_path: Path) -> None:
    take(tmp_path, NOW).release()
    assert (tmp_path / "lock").read_bytes() == b""
    (tmp_path / "lock").write_text("{}" * 500, encoding="ascii")  # what a killed process may leave
    with take(tmp_path, NOW.astimezone(timezone(timedelta(hours=5)))), pytest.raises(AlreadyRunning, match="18:04 UTC"):
        take(tmp_path, NOW)


def test_a_lock_that_is_not_yet_signed_is_refused_without_a_name(tmp_path: Path) -> None:
    with take(tmp_path, NOW):
        (tmp_path / "lock").write_text("", encoding="ascii")
        with pytest.raises(AlreadyRunning, match=r"^Cairn runs on this data folder already\. Stop it first\.$"):
            take(tmp_path, NOW)


def test_releasing_twice_leaves_the_next_holder_alone(tmp_path: Path) -> None:
    first = take(tmp_path, NOW)
    first.release()
    with take(tmp_path, NOW):
        first.release()
        with pytest.raises(AlreadyRunning, match="process"):
            take(tmp_path, NOW)


def test_the_folder_is_made_where_it_is_missing_and_told_where_it_cannot_be(tmp_path: Path) -> None:
    take(tmp_path / "a" / "b", NOW).release()
    with pytest.raises(CannotLock, match=r"I can't write into the folder .* \(Not a directory\)\. Give me a folder"):
        take(tmp_path / "a" / "b" / "lock" / "c", NOW)
