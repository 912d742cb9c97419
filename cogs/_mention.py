"""How it looks when a check-in mentions something of the search: buttons that open the log's form, nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ui

from bot.core import text as texts
from bot.core.mention import MOST, Mention
from bot.core.search import Act
from cogs._layout import Row, say
from cogs._press import button

LABEL_LIMIT = 80
TITLES = {
    Act.APPLIED: "Applied",
    Act.OUTREACH: "Reached out",
    Act.CONVERSATION: "Talked",
    Act.INTERVIEW: "Interview",
    Act.OFFER: "An offer",
    Act.LOST: "A no",
    Act.NOTE: "A note",
}


def row(found: Sequence[Mention]) -> Row:
    """A button for each thing that was mentioned."""
    return [button("logit", one.key, _label(one)) for one in found[:MOST]]


def _label(one: Mention) -> str:
    company = " ".join(one.company.split())
    title = TITLES.get(one.act, str(one.act))
    what = "" if one.act is Act.NOTE else title[:1].lower() + title[1:]
    told = " · ".join(part for part in (what, company) if part)
    return texts.shorten(f"Log it: {told}", LABEL_LIMIT)


def offered(found: Sequence[Mention]) -> ui.LayoutView:
    """The offer to log what was mentioned."""
    return say("Does this belong into your log? Nothing is noted by itself.", row(found))
