"""docs/privacy.md, written from the table of roles: `python -m tests.cogs._privacy_page`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tests.cogs._privacy_table import CELLS, Line, lines
from tests.cogs._privacy_world import ROLES, SECRETS

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"
COLUMNS = ("The seeker", "A chosen friend", "Any other friend", "Somebody of another server", "A stranger")
SHOWN: Mapping[str, str] = dict(zip(CELLS, ("yes", "own", "no", "–"), strict=True))
SORTS = {"press": "button", "form": "form", "message": "message"}
INTRODUCTION = """# Who may see and do what

This page is about one seeker, somebody who looks for work and tells Cairn of it, and about five kinds of people:

- **The seeker**.
- **A chosen friend** of the circle: the seeker gave them a part of a week for themselves and trusts them with a
  silence, and they offered an introduction.
- **Any other friend** of the circle: they cheered, and had an idea.
- **Somebody of another server** who uses Cairn there, with a circle of their own.
- **A stranger** who shares no server with the seeker and writes to Cairn directly.

| | |
|---|---|
| yes | may do it, or reads it |
| own | for themselves alone, with what is their own |
| no | is told no in words, and nothing is changed |
| – | is never shown it; who tries all the same is refused, and nothing is changed |

Friends stand for all in the circle who do not look for work themselves; who does has a column of their own, the first.
Whoever looks after the machine that Cairn runs on can read its database; choose a host whom you trust.

This page is made of the table that Cairn's tests try line by line, so it is true of the Cairn it comes with: every
command, button and form is pressed as each of the five, and everything that any of them is shown is searched for words
that are not theirs to read.
"""


def page() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION, _table("Which words reach whom", [(s.what, _reads(s.readers)) for s in SECRETS.values()])]
    for section, found in groupby(lines(), key=lambda line: line.section):
        parts.append(_table(section, [(_named(line), [SHOWN[line.cells[role]] for role in ROLES]) for line in found]))
    return "\n".join(parts)


def _reads(readers: set[str]) -> list[str]:
    return [SHOWN["yes" if role in readers else "-"] for role in ROLES]


def _named(line: Line) -> str:
    first = line.name.partition(" (")[0]
    sort = SORTS.get(first.partition(" ")[0])
    return f"{line.words} ({sort})" if sort else f"{line.words} `{first}`"


def _table(title: str, rows: list[tuple[str, list[str]]]) -> str:
    head = ["| | " + " | ".join(COLUMNS) + " |", "|---|" + ":-:|" * len(COLUMNS)]
    return "\n".join([f"## {title}\n", *head, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows), ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
