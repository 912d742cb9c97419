"""Waiting for the stand-in's state without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes those who wait whenever anything has happened."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Let every waiter look again."""
        waiting, self._waiting = self._waiting, set()
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, condition: Callable[[], T], seconds: float = 10.0) -> T:
        """The first true value of the condition; TimeoutError after so many seconds."""
        async with asyncio.timeout(seconds):
            while not (value := condition()):
                turn = asyncio.get_running_loop().create_future()
                self._waiting.add(turn)
                await turn
        return value
