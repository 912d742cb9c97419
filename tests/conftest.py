"""How hypothesis tries (`--hypothesis-profile=long`: very many examples), and whose lines coverage counts."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import resource_tracker
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a test, hence no deadline either
settings.register_profile("everyday", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "long", max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("everyday")

# Tests that go where others go, for the sake of something else: to count their lines again takes as long as they do.
WALKS = (
    "cogs/test_any_ask.py",
    "cogs/test_authority.py",
    "cogs/test_commands.py",
    "cogs/test_council_looks.py",
    "cogs/test_eight_weeks.py",
    "cogs/test_erasure.py",
    "cogs/test_idea_lists.py",
    "cogs/test_late.py",
    "cogs/test_loop_goes_on.py",
    "cogs/test_mark.py",
    "cogs/test_posted.py",
    "cogs/test_render.py",
    "cogs/test_reply.py",
    "faults/",
    "test_container.py",
    "test_house.py",
    "usecases/test_left_standing.py",
    "usecases/test_silence.py",
)
IN_NEW_PROCESSES = "COVERAGE_PROCESS_CONFIG"  # by it coverage.py begins there


def pytest_collection_finish() -> None:
    """Leave what stays until the end out of every later search for garbage."""
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Count no lines of walks, nor of what hypothesis tries over and over."""
    with _uncounted() if _is_walk(item) else nullcontext():
        return (yield)


def _is_walk(item: pytest.Item) -> bool:
    path = item.path.relative_to(Path(__file__).parent).as_posix()
    return path.startswith(WALKS) or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart() -> None:
    """Begin the one process that outlives the tests, hence would leave lines that nobody collects."""
    with _uncounted():
        resource_tracker.ensure_running()


@contextmanager
def _uncounted() -> Iterator[None]:
    begins = os.environ.pop(IN_NEW_PROCESSES, None)
    stopped: list[Coverage] = []
    while counting := Coverage.current():  # a worker of xdist has one of its process and one of pytest-cov
        counting.stop()
        stopped.append(counting)
    try:
        yield
    finally:
        for counting in reversed(stopped):
            counting.start()
        if begins:
            os.environ[IN_NEW_PROCESSES] = begins
