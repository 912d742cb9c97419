"""What may have been carried out although its answer says nothing of it.

discord.py 2.7.1 repeats a request by itself after a 500, 502, 504 or 524 and after a connection that was reset; what it
tells at last came of the last try alone, and a limit or a refusal of that one says nothing about the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

_doubts: ContextVar[list[str] | None] = ContextVar("doubts", default=None)


@contextlib.contextmanager
def doubts() -> Iterator[list[str]]:
    """Why requests in here may have been carried out all the same; empty where each was answered for certain."""
    noted: list[str] = []
    token = _doubts.set(noted)
    try:
        yield noted
    finally:
        _doubts.reset(token)


def watch(config: aiohttp.TraceConfig) -> aiohttp.TraceConfig:
    """Let a trace of all requests note those doubts too."""
    config.on_request_end.append(_ended)
    config.on_request_exception.append(_broken)
    return config


async def _ended(_: aiohttp.ClientSession, context: SimpleNamespace, answered: aiohttp.TraceRequestEndParams) -> None:
    if answered.response.status >= 500:
        _note(f"Discord answered {answered.response.status}")


async def _broken(
    _: aiohttp.ClientSession, context: SimpleNamespace, broken: aiohttp.TraceRequestExceptionParams
) -> None:
    _note(type(broken.exception).__name__)


def _note(why: str) -> None:
    noted = _doubts.get()
    if noted is not None:
        noted.append(why)
