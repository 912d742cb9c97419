"""The process dies by SIGKILL at a named step of the pump, which is known by its SQL and by its requests.

planned: what is owed is committed. claimed: the claim is committed. asking: before the request of a message leaves.
accepted: the platform has answered it, and nothing of the answer was read. settling: the outcome is written and not
committed. settled: the outcome is committed. revising, revised: the same as asking and accepted, of a change.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from collections.abc import Callable
from typing import Any

import aiohttp
import yarl

STEPS = ("planned", "claimed", "asking", "accepted", "settling", "settled")
REVISIONS = ("revising", "revised")
NAMES = ", ".join((*STEPS, *REVISIONS))
WRITES = {
    "planned": re.compile(r"INSERT\b.*\bINTO deliveries\b", re.DOTALL),
    "claimed": re.compile(r"UPDATE deliveries SET (?:(?!WHERE).)*'sending'", re.DOTALL),
    "settled": re.compile(r"UPDATE deliveries SET (?:(?!WHERE).)*'(?:sent|late)'", re.DOTALL),
}
REQUESTS = {  # by the method and the path: the steps before it leaves and once it is answered
    ("POST", re.compile(r"/channels/\d+/messages$")): ("asking", "accepted"),
    ("PATCH", re.compile(r"/channels/\d+/messages/\d+$")): REVISIONS,
}


class _Death:
    """Counts how often its step is reached."""

    def __init__(self, step: str, times: int) -> None:
        self.step = step
        self.left = times

    def at(self, step: str) -> None:
        """Die here, if this is the step and this the time."""
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def arrange(step: str, times: int) -> None:
    """Let this process die when it reaches the step for the n-th time."""
    if step not in (*STEPS, *REVISIONS):
        raise ValueError(f"{step} is none of {NAMES}")
    death = _Death(step, times)
    _watch_the_database(death)
    _watch_the_requests(death)


def _watch_the_requests(death: _Death) -> None:
    request: Callable[..., Any] = aiohttp.ClientSession._request

    async def requesting(self: Any, method: str, str_or_url: Any, **rest: Any) -> aiohttp.ClientResponse:
        path = yarl.URL(str_or_url).path
        steps = [steps for (by, at), steps in REQUESTS.items() if by == method and at.search(path)]
        for before, _ in steps:
            death.at(before)
        response = await request(self, method, str_or_url, **rest)
        for _, after in steps:
            death.at(after)
        return response

    aiohttp.ClientSession._request = requesting


def _watch_the_database(death: _Death) -> None:
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    class Watched(sqlite3.Connection):
        written: set[str]

        def commit(self) -> None:
            self._committing(super().commit)

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql.strip().upper().startswith("COMMIT"):
                return self._committing(lambda: super(Watched, self).execute(sql, *values))
            return super().execute(sql, *values)

        def _committing(self, commit: Callable[[], Any]) -> Any:
            written, self.written = self.written, set()
            if "settled" in written:
                death.at("settling")
            done = commit()
            for step in written:
                death.at(step)
            return done

        def noticed(self, statement: str) -> None:
            self.written |= {step for step, pattern in WRITES.items() if pattern.search(statement)}
            if statement.startswith("ROLLBACK"):
                self.written = set()

    def connecting(*arguments: Any, **rest: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **{"factory": Watched, **rest})
        if isinstance(connection, Watched):
            connection.written = set()
            connection.set_trace_callback(connection.noticed)
        return connection

    sqlite3.connect = connecting
