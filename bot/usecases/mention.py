"""Logging what a check-in mentions: the form that is filled beforehand, and what it holds when it is sent."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.journal import Gone
from bot.core.mention import ACTS
from bot.core.people import Person
from bot.core.search import Act
from bot.usecases import _applications, log
from bot.usecases._applications import BEGIN
from bot.usecases.app import App
from bot.usecases.log import Question
from bot.usecases.search import Logged, Wish


async def company(app: App, who: Person, application_id: int) -> str:
    """The company of one's own application, empty for 0; raises Gone or NotYours."""
    if not application_id:
        return ""
    _, card = await _applications.pressed(app.db.reading, who, application_id)
    return card.application.company


async def keep(app: App, who: Person, application_id: int, raw: Mapping[str, str]) -> Logged | Question:
    """Note `act` of `company` and `role` on `when`, with `words`; raises as `log.log` does, Gone or NotYours."""
    meant = await company(app, who, application_id)
    act, typed = raw.get("act", ""), raw.get("company", "")
    if act not in ACTS:
        raise Gone("I know nothing of that name to log. /log offers all that there is.")
    same = bool(meant) and typed.strip() == meant and not raw.get("role", "").strip() and act not in BEGIN
    which = f"#{application_id}" if same else typed
    return await log.log(
        app, who, Wish(Act(act), which, raw.get("role", ""), raw.get("when", ""), words=raw.get("words", ""))
    )
