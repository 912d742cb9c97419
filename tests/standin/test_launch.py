"""Real processes: bots that are launched, killed and started again, and a stand-in of its own."""

import asyncio
import os
import platform
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.standin import TOKEN, StandIn

ROOT = Path(__file__).parents[2]
BARE = ROOT / "tests" / "benchmarks" / "_bare.py"


async def line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()


async def started(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
    )


async def test_a_process_of_a_bot_works_with_a_stand_in_that_is_a_process():
    standin = await started("tests.standin", "--port", "0", "--nonce-seconds", "5")
    url = await line(standin)
    bare = await started("tests.standin.launch", "--api", url, "--", str(BARE), CAIRN_DISCORD_TOKEN=TOKEN)
    async with aiohttp.ClientSession(url) as session:

        async def control(verb: str, **arguments: Any) -> Any:
            async with session.post(f"/_control/{verb}", json=arguments) as answer:
                return await answer.json()

        places = await (await session.get("/_control/places")).json()
        await control("ready", seconds=30)
        used = await control("command", user=places["owner"]["id"], name="add", options={"one": 2, "two": 3})
        answered = await control("answered", interaction=used["id"])
        assert answered["original"]["content"] == "5"
        assert [one["content"] for one in await control("messages")] == ["5"]
        assert await control("break_with", latency=0.0) is None
        assert "error" in await control("say", user="nobody", text="Hello")
    for process in (bare, standin):
        process.terminate()
        await process.wait()
    assert standin.returncode == 0


async def test_a_bot_that_is_killed_comes_back_and_is_told_nothing_twice(there: StandIn):
    launch = ("tests.standin.launch", "--api", there.url, "--", str(BARE))
    killed = await started(*launch, CAIRN_DISCORD_TOKEN=TOKEN)
    await there.ready(seconds=30)
    killed.kill()
    await killed.wait()
    unheard = there.command(there.owner["id"], "hello")
    bare = await started(*launch, CAIRN_DISCORD_TOKEN=TOKEN)
    await there.ready(times=2, seconds=30)
    await there.answered(there.command(there.owner["id"], "hello").id)
    assert not unheard.answered
    bare.terminate()
    await bare.wait()


@pytest.mark.parametrize(
    ("program", "says"), [(("cairn", "--version"), "cairn "), (("-m", "platform"), platform.platform())]
)
async def test_console_scripts_and_modules_can_be_launched(program: tuple[str, ...], says: str):
    process = await started("tests.standin.launch", "--api", "http://127.0.0.1:1", "--", *program)
    assert (await line(process)).startswith(says)
    assert await process.wait() == 0


async def test_a_launch_without_a_program_says_how():
    command = [sys.executable, "-m", "tests.standin.launch", "--api"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=asyncio.subprocess.PIPE)
    _, said = await process.communicate()
    assert said.startswith(b"usage: python -m tests.standin.launch --api URL -- PROGRAM")
    assert process.returncode == 1
