"""How hypothesis tries (`--hypothesis-profile=long`: very many examples), and what the garbage collector leaves out."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a test, hence no deadline either
settings.register_profile("everyday", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "long", max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("everyday")


def pytest_collection_finish() -> None:
    """Leave what stays until the end out of every later search for garbage."""
    gc.freeze()
