"""How hypothesis tries (`--hypothesis-profile=long`: very many examples), what the garbage collector leaves out, and
when a test is given up."""

from __future__ import annotations

import gc
import signal
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

NEVER_ENDS = 1800  # seconds; the longest takes a fraction of it, however busy the machine
AND_AGAIN = 5  # seconds, where something took the first for an error of its own
SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a test, hence no deadline either
settings.register_profile("everyday", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "long", max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("everyday")


def pytest_collection_finish() -> None:
    """Leave what stays until the end out of every later search for garbage."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    """A test that never ends has failed: whoever waits for a round that does not come is told so."""
    if not hasattr(signal, "setitimer"):  # on Windows
        return (yield)
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it never ends"))
    signal.setitimer(signal.ITIMER_REAL, NEVER_ENDS, AND_AGAIN)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
