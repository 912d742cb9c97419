"""Which weeks may be posted."""

from __future__ import annotations

import pytest

from bot.core.postable import AlreadyPosted, NothingChosen, check_postable
from bot.core.summary import Phase, summarise
from tests.core.test_summary import DAYS, entry, material, week


def test_each_part_alone_is_enough_to_post() -> None:
    held = material(entry(1, DAYS[0], shared=False, hours=2))

    check_postable(week(mood=True), summarise(week(mood=True), held, {}))
    check_postable(week(numbers=True), summarise(week(numbers=True), held, {}))
    with pytest.raises(NothingChosen, match="Nothing is chosen yet"):
        check_postable(week(), summarise(week(), held, {}))


def test_a_posted_week_is_not_posted_again() -> None:
    posted = week(Phase.POSTED, words="A line")

    with pytest.raises(AlreadyPosted, match="This week is posted already"):
        check_postable(posted, summarise(posted, material(), {}))
