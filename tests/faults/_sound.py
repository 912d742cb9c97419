"""What has to be true of a database whatever happened to it, and what it holds of somebody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.faults._bench import Bench

STANDINGS = "SELECT state, entries.id FROM occurrences LEFT JOIN entries ON occurrence_id = occurrences.id"
ANSWERS = "SELECT answers FROM entries JOIN people ON people.id = person_id WHERE external_id = ? ORDER BY entries.id"


def unsound(bench: Bench) -> Iterator[str]:
    """Each thing that is broken or half-written, as a line for `Bench.wrong`."""
    for told, *_ in bench.look("PRAGMA integrity_check") + bench.look("PRAGMA foreign_key_check"):
        if told != "ok":
            yield f"lost: the database is not whole: {told}"
    for state, entry in bench.look(STANDINGS):
        if (state == "answered") != (entry is not None):
            yield f"lost: a question is {state}, its answer is {entry}"


def answers_of(bench: Bench, user: str) -> list[dict[str, Any]]:
    """Somebody's entries, oldest first."""
    return [json.loads(answers) for (answers,) in bench.look(ANSWERS, user)]
