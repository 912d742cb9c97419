"""What a check of the bot's health found."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Mark(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"  # worth knowing; the bot works
    FIX = "fix"  # the bot could not work


class Finding(NamedTuple):
    """One thing that was looked at; the words say how it is, or what to do."""

    mark: Mark
    words: str
