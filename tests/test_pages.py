"""The numbers that the pages for people name are those that the code goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import lease
from bot.config import Config
from bot.core import delivery, summary
from bot.store import backup, facts, room
from bot.store.health import may_reset_wal
from bot.store.room import Room
from bot.usecases import rounds, upkeep
from cogs import Cairn, _breaker

DOCS = Path(__file__).parents[1] / "docs"
T = datetime(2026, 1, 5, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
BLOCKS_AT = 10_000  # refusals in ten minutes, by Discord's documentation
GIVES_UP_AFTER = sum((delivery.next_try(n, T) - T for n in range(delivery.MOST_ATTEMPTS)), timedelta())
NAMED = {
    "reliability": {
        "more than five minutes after it was due": not delivery.lateness_matters(T, T + 5 * MINUTE)
        and delivery.lateness_matters(T, T + 5 * MINUTE + SECOND),
        "no answer within 20 seconds": delivery.SEND_TIMEOUT == 20 * SECOND,
        "for the first minute the same key is repeated": Cairn.remembers == MINUTE,
        "within twelve hours (`[delivery] late_hours`)": Config().delivery.late_hours == 12,
        "when it closes, three days later": summary.CLOSE_AFTER_DAYS == 3,
        "after 5 s, 20 s, then from a minute up to half an hour": [delivery.next_try(n, T) - T for n in (0, 1, 2, 99)]
        == [5 * SECOND, 20 * SECOND, MINUTE, 30 * MINUTE],
        "at a tenth of what would block the address": _breaker.MOST * 10 == BLOCKS_AT and _breaker.SPAN == 600,
        "tried again for 14 days": delivery.LEFT_AFTER == 14 * DAY,
        "told as unreachable after eight days": GIVES_UP_AFTER // DAY == 8,
        "Ids of messages that were taken go after 60 days": upkeep.TAKEN_KEPT == 60 * DAY,
        "words that nobody decided about go after 7": rounds.HELD_FOR == 7 * DAY,
        "What the host was told goes 30 days after it ended": upkeep.ENDED_KEPT == 30 * DAY,
        "is eight single values": sum(name.isupper() and isinstance(one, str) for name, one in vars(facts).items())
        == 8,
        "within the round (10 s)": Config().delivery.tick_seconds == 10,
        "30 messages a second, of new conversations one a second": Config().delivery.per_second == 30
        and delivery.OPENED_EVERY == SECOND,
    },
    "backups": {
        "The newest seven stay": Config().data.backups == 7,
        "kept for 30 days; also while the bot runs": backup.KEPT == 30 * DAY,
        "is gone within 31 days": backup.forgets_within(Config().data.backups) == 31 * DAY,
        "With less than a tenth of the disk free": Room(99, 1000).low and not Room(100, 1000).low,
        "16 MiB are taken up in advance": Config().data.ballast == 16 * room.MIB,
        "given back in four parts": room.PARTS == 4,
        "never takes the last 16 MiB of the disk": room.ENOUGH == 16 * room.MIB,
    },
    "litestream": {
        "3.51.3 or newer, or 3.50.7, or 3.44.6": [
            may_reset_wal(version)
            for one in ((3, 51, 3), (3, 50, 7), (3, 44, 6))
            for version in (one, (*one[:2], one[2] - 1))
        ]
        == [False, True] * 3,
        "beats it every ten seconds": lease.BEAT_EVERY == 10,
        "watches it for 25 seconds": lease.WATCHED_FOR == 25,
    },
}


@pytest.mark.parametrize(("page", "words"), [(page, words) for page in NAMED for words in NAMED[page]])
def test_what_a_page_says_in_numbers_is_so(page: str, words: str) -> None:
    assert words in " ".join((DOCS / f"{page}.md").read_text(encoding="utf-8").split())
    assert NAMED[page][words]
