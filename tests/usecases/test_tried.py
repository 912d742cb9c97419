"""Which keys a platform was given lately: known while it may know them, and never a growing list."""

from __future__ import annotations

from datetime import timedelta

from bot.usecases.tried import FORGOTTEN_AFTER, MANY, Tried

MINUTE = timedelta(minutes=1)


class Clock:
    """A monotonic clock to move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_key_is_known_from_its_first_time_on_and_no_longer_than_asked() -> None:
    clock = Clock()
    tried = Tried(clock)
    tried.begin("a")
    clock.now += 59
    tried.begin("a")
    assert tried.within("a", MINUTE)
    clock.now += 1
    assert not tried.within("a", MINUTE)
    assert not tried.within("b", MINUTE)


def test_a_key_that_was_given_again_was_given_lately() -> None:
    clock = Clock()
    tried = Tried(clock)
    tried.begin("a")
    clock.now += 59
    tried.begin("a")
    clock.now += 60
    assert tried.lately("a", MINUTE)
    clock.now += 1
    assert not tried.lately("a", MINUTE)
    assert not tried.lately("b", MINUTE)


def test_a_key_whose_outcome_is_known_is_forgotten() -> None:
    tried = Tried(Clock())
    tried.begin("a")
    tried.end("a")
    tried.end("never begun")
    assert not tried.within("a", MINUTE)
    assert not tried.lately("a", MINUTE)


def test_of_very_many_keys_only_those_are_kept_that_a_platform_may_still_know() -> None:
    clock = Clock()
    tried = Tried(clock)
    for number in range(MANY + 1):
        tried.begin(f"old {number}")
    clock.now += FORGOTTEN_AFTER
    tried.begin("new")
    longer = timedelta(seconds=2 * FORGOTTEN_AFTER)
    assert [tried.within(key, longer) for key in ("old 0", f"old {MANY}", "new")] == [False, False, True]
