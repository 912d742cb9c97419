"""How many examples hypothesis tries: some every day, and with `--hypothesis-profile=long` very many."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow]  # a busy machine is no fault of a test, hence no deadline either
settings.register_profile("everyday", max_examples=50, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "long", max_examples=1000, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("everyday")
