"""The streak: days in a row with a word from the seeker. Rest is a pause in it, and when it ends nothing is said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

TOLD_FROM = 3  # days


def streak(answered: Collection[date], rests: Collection[date], today: date) -> int:
    """How many days in a row have an answer, up to today, which may still bring one; a day of rest is no gap."""
    on = today if today in answered else today - timedelta(days=1)
    days = 0
    while on in answered or on in rests:
        days += on in answered
        on -= timedelta(days=1)
    return days
