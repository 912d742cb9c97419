"""Links that people paste: read, and shown by where they lead."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.core.errors import Told
from bot.core.text import shorten

LINK_LIMIT = 500  # characters, with https://


class BadLink(Told):
    """A link that leads nowhere, or is too long."""


def read(typed: str) -> str:
    """A link as it is kept, empty where none was typed; raises BadLink."""
    words = typed.strip().strip("<>")
    if not words:
        return ""
    whole = words if "://" in words else f"https://{words}"
    web = whole.partition("://")[0].casefold() in ("http", "https")
    if not web or "." not in host(whole).strip(".") or len(whole.split()) > 1:
        raise BadLink(f"“{shorten(words, 40)}” is no link that I can read. Copy it whole, from https:// on.")
    if len(whole) > LINK_LIMIT:
        raise BadLink(
            f"That link has {len(whole):,} characters, and {LINK_LIMIT} is the most. Often all after ? can go."
        )
    return whole


def host(link: str) -> str:
    """Where a link leads, without what it carries: "jobs.example.com"; empty where nobody can tell."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
