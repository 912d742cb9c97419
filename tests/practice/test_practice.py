from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.practice import FolderTakenError, NoFolderError, PortTakenError, serve

PATIENCE = 30.0


@pytest.fixture
async def started() -> AsyncIterator[list[Process]]:
    processes: list[Process] = []
    yield processes
    for process in processes:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def start(started: list[Process], *arguments: str, **environment: str) -> tuple[Process, str]:
    """Start the real command; returns it with its first line."""
    surroundings = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "practice", *arguments, stdout=PIPE, stderr=PIPE, env=surroundings | environment
    )
    started.append(process)
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        return process, (await process.stdout.readline()).decode().strip()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
async def test_it_says_when_it_is_ready_answers_and_ends_cleanly(
    started: list[Process], tmp_path: Path, stop: signal.Signals
):
    process, line = await start(started, "--no-browser", "--port", "0", TMPDIR=str(tmp_path))
    url = line.removeprefix("Ready: ")
    assert url.startswith("http://127.0.0.1:")
    [folder] = os.listdir(tmp_path)
    assert "cairn.sqlite3" in os.listdir(tmp_path / folder)
    async with aiohttp.ClientSession() as http:
        async with http.get(url) as answer:
            assert "Cairn" in await answer.text()
        process.send_signal(stop)
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")
    assert os.listdir(tmp_path) == []


async def test_a_browser_is_opened_where_there_is_a_screen(started: list[Process], tmp_path: Path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o755)
    process, line = await start(started, "--port", "0", "--empty", DISPLAY=":0", BROWSER=f"{browser} %s")
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await process.communicate()
    assert opened.read_text() == line.removeprefix("Ready: ")


async def test_without_a_screen_no_browser_is_opened(started: list[Process], tmp_path: Path):
    opened = tmp_path / "opened"
    process, _ = await start(started, "--port", "0", "--empty", BROWSER=f"touch {opened} %s")
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await process.communicate()
    assert not opened.exists()


async def test_a_port_in_use_is_told_in_words(started: list[Process]):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process, line = await start(started, "--no-browser", "--port", str(port))
        _, err = await process.communicate()
    assert (process.returncode, line) == (1, "")
    words = f"Port {port} is in use already. Give another with --port; --port 0 takes a free one."
    assert err.decode().strip() == words


@pytest.mark.parametrize("port", [70000, -1])
async def test_a_port_that_is_none_is_told_in_words(port: int):
    with pytest.raises(PortTakenError, match=f"Port {port} is not one that there is"):
        await serve(port, False, True, None)


async def test_a_folder_given_keeps_the_data_and_is_not_used_twice(started: list[Process], tmp_path: Path):
    process, _ = await start(started, "--no-browser", "--empty", "--port", "0", "--data", str(tmp_path))
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    kept = (tmp_path / "cairn.sqlite3").read_bytes()
    with pytest.raises(FolderTakenError, match="Give it an empty folder"):
        await serve(0, False, True, tmp_path)
    assert (tmp_path / "cairn.sqlite3").read_bytes() == kept


async def test_a_folder_that_cannot_be_one_is_told_in_words(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(NoFolderError, match="Give another folder with --data"):
        await serve(0, False, True, tmp_path / "file")
