"""Which of somebody's applications is meant: by its number, by the names that they type, by what they press."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from bot.core import text as texts
from bot.core.board import Card
from bot.core.journal import owned
from bot.core.people import Person, Seeker
from bot.core.search import Act, Application, NotKnown, Stage, WhichOne, is_known
from bot.store import board as board_rows
from bot.store import search as rows
from bot.store.db import Tx

GONE = "That application is no longer here. /search board shows those that are."
NOT_YOURS = "That is somebody else's search, so only they can change it."
BEGIN = (Act.WISHED, Act.APPLIED)  # what begins an application
ALONE = (Act.OUTREACH, Act.CONVERSATION)  # what may be about none
COMPARED = 300  # companies, the most active ones, with a name that is not known
_NUMBER = "#([0-9]{1,18})"


async def find(tx: Tx, seeker: Seeker, act: Act, which: str, role: str = "") -> Application | None:
    """The application of a "#number", or of a company and role; None where one is to begin, or none is needed.

    Raises Gone, NotYours, NotKnown or WhichOne.
    """
    if number := re.fullmatch(_NUMBER, which):
        return await own(tx, seeker, int(number[1]))
    known = await rows.of_person(tx, seeker.id)
    found = _of_those(known, act, which, role)
    if len(found) > 1:
        raise WhichOne(f"There are {len(found)} at {found[0].company}. Which one?", found)
    if not found and act not in (*BEGIN, *ALONE):
        raise NotKnown(_unknown(which, [one.company for one in known]))
    return found[0] if found else None


async def applied_for(tx: Tx, seeker: Seeker, company: str, role: str, on: date) -> Application | None:
    """The application that is in the log already of whoever applied on a day; one that is open goes first."""
    found = _called(await rows.of_person(tx, seeker.id), company, role)
    return min((one for one in found if is_known(one.standing, on)), key=lambda one: one.standing.ended, default=None)


def _called(known: list[Application], company: str, role: str) -> list[Application]:
    company, role = texts.clean(company).casefold(), texts.clean(role).casefold()
    return [one for one in known if company == one.company.casefold() and role in ("", one.role.casefold())]


def _of_those(known: list[Application], act: Act, company: str, role: str) -> list[Application]:
    found = _called(known, company, role)
    still = [one for one in found if not one.standing.ended]
    if act not in BEGIN:
        return still or found
    # what ended may be begun anew; without a role there is nothing to begin
    return still if role else [one for one in still if one.standing.stage is Stage.WISHLIST]


def _unknown(typed: str, companies: list[str]) -> str:
    shown = texts.clean(typed)
    named = {one.casefold(): one for one in reversed([*dict.fromkeys(companies)][:COMPARED])}
    near = get_close_matches(shown.casefold(), named, n=1, cutoff=0.6)
    hint = f"Did you mean {named[near[0]]}? " if near else ""
    return f"I know of no application at “{texts.shorten(shown, 40)}”. {hint}/log applied begins one."


async def own(tx: Tx, seeker: Seeker, application_id: int) -> Application:
    """One's own application; raises Gone or NotYours."""
    return owned(await rows.get(tx, application_id), lambda one: one.person_id == seeker.id, GONE, NOT_YOURS)


async def pressed(tx: Tx, who: Person, application_id: int) -> tuple[str, Card]:
    """The zone of whoever pressed, and their own application, by one read; raises Gone or NotYours."""
    found = await board_rows.owned(tx, application_id)
    _, zone, card = owned(found, lambda one: one[0] == who, GONE, NOT_YOURS)
    return zone, card
