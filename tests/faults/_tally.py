"""What became of everything that was owed: arrived once, told as expired or unreachable, lost, or twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NamedTuple

from tests.faults._bench import POST, Bench, Owed

KEY = re.compile(r"\b[0-9a-f]{20}\b")
WAITS = "told when it posts by itself"  # two hours later, as it was five minutes late
TOLD = ("expired", "unreachable", "dropped")
STATES = (  # a joint post whose last section is taken out comes down; no other message does
    "SELECT id, iif(kind = 'council' AND state IN ('sent', 'late') AND post_id IS NULL, 'taken down', state)"
    " FROM deliveries"
)
ENDINGS = (
    "SELECT external_id, local_on, occurrences.state, deliveries.id, deliveries.state FROM occurrences"
    " JOIN people ON people.id = occurrences.person_id"
    " LEFT JOIN deliveries ON kind = 'prompt' AND subject = occurrences.id AND turn = 0"
    f" UNION ALL SELECT external_id, '{POST}', iif(posts_at IS NULL, phase, '{WAITS}'), deliveries.id, state FROM weeks"
    " JOIN people ON people.id = weeks.person_id"
    " LEFT JOIN deliveries ON kind = 'post' AND subject = weeks.id AND part = 0"
)


class Tally(NamedTuple):
    """Counts of questions and other messages; `wrong` says of each that was lost or came twice which it was."""

    arrived: int = 0
    told: int = 0  # expired or unreachable, and the database says so
    lost: int = 0
    twice: int = 0
    wrong: tuple[str, ...] = ()

    def with_(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.arrived + other.arrived,
            self.told + other.told,
            self.lost + other.lost,
            self.twice + other.twice,
            self.wrong + other.wrong,
        )


def tally(bench: Bench) -> Tally:
    """Compare what was owed with what stands at the stand-in, and with how it ended in the database."""
    standing = standing_keys(bench)
    endings = {Owed(user, on): ending for user, on, *ending in bench.look(ENDINGS)}
    states = dict(bench.look(STATES))
    verdicts = [_of_owed(owed, endings.get(owed, ["not planned", None, ""]), standing) for owed in bench.owed]
    asked = {ending[1] for ending in endings.values()}
    others = (states.keys() | standing.keys()) - asked
    verdicts += [_of_delivery(key, states.get(key, "unknown to the database"), standing[key]) for key in others]
    verdicts += [(word, what) for word, _, what in (one.partition(": ") for one in bench.wrong)]
    counts = Counter(word for word, _ in verdicts)
    wrong = tuple(f"{word}: {what}" for word, what in verdicts if word in ("lost", "twice"))
    return Tally(counts["arrived"], counts["told"], counts["lost"], counts["twice"], wrong)


def standing_keys(bench: Bench) -> Counter[str]:
    """How many of the bot's messages carry each delivery's id."""
    found = Counter[str]()
    for message in bench.discord.messages():
        if message["author"]["id"] == bench.discord.world.bot["id"]:
            found.update(keys_of(message))
    return found


def keys_of(message: dict[str, Any]) -> set[str]:
    """What may be a delivery's id in a message's buttons and in the names of its files."""
    names = [one["filename"] for one in message["attachments"]]
    return set(KEY.findall(json.dumps([message["components"], names])))


def _of_owed(owed: Owed, ending: list[str | None], standing: Counter[str]) -> tuple[str, str]:
    occurrence, key, state = ending
    times = standing[key or ""]
    if times:
        return ("arrived" if times == 1 else "twice"), f"{owed} {key} {state} stands {times} times"
    told = occurrence in ("expired", WAITS) or state in TOLD
    return ("told" if told else "lost"), f"{owed} {key} is {occurrence}, its delivery is {state}"


def _of_delivery(key: str, state: str, times: int) -> tuple[str, str]:
    if times > 1 or (times and state not in ("sent", "late")):
        return "twice", f"{key} is {state} and stands {times} times"
    arrives = times or state not in ("sent", "late")
    return ("arrived" if times else "told") if arrives else "lost", f"{key} is {state} and stands {times} times"
