"""Refusals: what a person reads when something cannot be done."""

from __future__ import annotations


class Told(Exception):
    """A refusal in words; str() is what the person reads."""
