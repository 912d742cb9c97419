"""The trouble of one is never another's."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.core.errors import Told
from bot.usecases.bulkhead import Bulkhead, gathered

log = logging.getLogger("bot.usecases.circle")


def test_what_fails_is_logged_with_its_traceback_and_what_follows_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []
    for number in range(3):
        with Bulkhead(log, "number %d could not be divided by", number):
            done.append(6 // number)
    (record,) = caplog.records
    assert (record.name, record.funcName, record.levelname) == (
        "bot.usecases.circle",
        "test_what_fails_is_logged_with_its_traceback_and_what_follows_goes_on",
        "ERROR",
    )
    assert record.getMessage() == "number 0 could not be divided by"
    assert "ZeroDivisionError" in caplog.text
    assert done == [6, 3]


def test_what_everybody_has_to_know_passes_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Told, match="full"), Bulkhead(log, "one failed", but=(Told,)):
        raise Told("The disk is full.")
    assert caplog.records == []


async def test_who_is_cancelled_inside_ends() -> None:
    async def waiting() -> None:
        with Bulkhead(log, "one failed"):
            await asyncio.Event().wait()

    task = asyncio.create_task(waiting())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_what_is_gathered_is_there_when_all_is_done() -> None:
    errors, done = list[Exception](), list[int]()
    for number in (0, 1, 0, 2):
        with gathered(errors):
            done.append(6 // number)
    assert done == [6, 3]
    assert [type(error) for error in errors] == [ZeroDivisionError, ZeroDivisionError]
