"""How the board looks: applications by stage with their two clocks, and what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, islice

from discord import SelectOption, ui

from bot.core import text as texts
from bot.core.board import OPEN, Agenda, Board, Card, Look, Planned, Step, clocks
from bot.core.search import Application, Stage
from bot.when import When, in_words
from cogs import _log
from cogs._layout import Row, layout, name_of, when
from cogs._press import button, menu

NAME = 40  # characters of a company or role, and of what is next
OPTION_LIMIT = 100
MOST_OFFERED = 25
INTERVIEWS = 4  # that are named
TITLES = {
    Stage.OFFER: "Offers",
    Stage.INTERVIEWING: "Interviewing",
    Stage.APPLIED: "Applied",
    Stage.WISHLIST: "Wishlist",
    Stage.ACCEPTED: "Accepted",
    Stage.LOST: "Ended",
}
NOTHING = "Nothing is logged yet. /log applied begins with one application: a company and a role are enough."
NONE = "Nothing here just now."
FREE = "Nothing is due in the next seven days. Enjoy the quiet, or set a next step under /search show."


def board(found: Board) -> ui.LayoutView:
    """A page of the board: what is furthest comes first."""
    look = found.look
    if not found.counts and not look.text:
        return layout([NOTHING])
    stages = groupby(found.cards, lambda card: card.application.standing.stage)
    blocks = ["\n".join([f"### {TITLES[stage]}", *_lines(cards, found.today)]) for stage, cards in stages]
    openable = [opening([card.application for card in found.cards], "Open one")] if found.cards else []
    return layout([_head(found), *(blocks or [_none(found)])], openable, [*_turning(found), *_other(found)])


def _head(found: Board) -> str:
    counts = " · ".join(f"{number:,} {_counted(stage, number)}" for stage, number in found.counts if stage in OPEN)
    ended = f"{found.ended:,} ended" if found.ended else ""
    sought = f"Looked for: {name_of(found.look.text)}" if found.look.text else ""
    page = f"Page {found.look.page + 1} of {found.pages}" if found.pages > 1 else ""
    asides = [f"-# {aside}" for aside in (sought, " · ".join(filter(None, (counts, ended))), page) if aside]
    return "\n".join(["## Your board", *asides])


def _none(found: Board) -> str:
    """Why nothing is shown."""
    look = found.look
    if not found.counts:
        return "No company or role holds these words."
    if look.stage is None:
        return NONE
    where = "on the wishlist" if look.stage is Stage.WISHLIST else f"at *{look.stage}*"
    return f"Nothing {where} just now."


def _counted(stage: Stage, number: int) -> str:
    return {Stage.OFFER: "offer" if number == 1 else "offers", Stage.WISHLIST: "on the wishlist"}.get(stage, str(stage))


def _lines(cards: Iterator[Card], today: date) -> Iterator[str]:
    for card in cards:
        yield f"{named(card.application)}\n-# {_state(card, today)}"


def named(of: Application) -> str:
    """A company and role on one line, the company first and bold."""
    company, role = (name_of(texts.shorten(words, NAME)) for words in (of.company, of.role))
    return f"**{company}** · {role}"


def _state(card: Card, today: date) -> str:
    standing = card.application.standing
    round_ = f"round {standing.round}" if standing.stage is Stage.INTERVIEWING and standing.round > 1 else ""
    if standing.ended:
        return " · ".join(filter(None, (standing.loss, in_words(When(standing.stage_on), today))))
    step = f"next: {_short(card.step.on, today)}" if card.step else ""
    return " · ".join(filter(None, (round_, clocks(standing, today), step)))


def _short(on: date, today: date) -> str:
    """A date with the month cut to three letters, as a line on a phone is short; what has waited is for today."""
    if on <= today:
        return "today"
    return in_words(When(on), today).replace(f"{on:%B}", f"{on:%b}")


def opening(some: Iterable[Application], placeholder: str) -> ui.Item[ui.LayoutView]:
    """The menu that opens one of some applications, of which the first 25 are offered."""
    options = [
        SelectOption(label=texts.shorten(of.name, OPTION_LIMIT), description=_log.stage(of.standing), value=str(of.id))
        for of in islice(some, MOST_OFFERED)
    ]
    return menu("appopen", 0, options, placeholder, most=1)


def _turning(found: Board) -> Row:
    look, row = found.look, list[ui.Item[ui.LayoutView]]()
    if look.page:
        row.append(_to(look._replace(page=look.page - 1), "Back"))
    if look.page + 1 < found.pages:
        row.append(_to(look._replace(page=look.page + 1), "More"))
    return row


def _other(found: Board) -> Row:
    """The way to what is not shown."""
    if not found.counts:
        return [_to(Look(), "Show open ones")]
    look = found.look._replace(page=0)
    if look.stage or look.ended:
        return [_to(look._replace(stage=None, ended=False), "Show open ones")]
    return [_to(look._replace(ended=True), "Show ended")] if found.ended else []


def _to(look: Look, label: str) -> ui.Item[ui.LayoutView]:
    what = look.stage or ("ended" if look.ended else "open")
    return button("boardpage", f"{what}.{look.page}" + (f".{look.key}" if look.key else ""), label)


# ------------------------------------------------------------------ what is next


def agenda(found: Agenda) -> ui.LayoutView:
    """Interviews to come, what is due, and what follows within a week."""
    if not found.due and not found.interviews:
        return layout(["## What is next", FREE])
    steps = [(card.application, card.step) for card in found.due if card.step]
    due = [f"{named(of)}\n-# {_words(step)}" for of, step in steps if step.on <= found.today]
    later = [f"{named(of)}\n-# {stepped(step, found.today)}" for of, step in steps if step.on > found.today]
    interviews = found.interviews[:INTERVIEWS]
    more = found.more + len(found.interviews) - len(interviews)
    known = {of.id: of for of in (*(one.application for one in interviews), *(of for of, _ in steps))}
    blocks = [
        _block("Interviews", [_planned(one) for one in interviews]),
        _block("Today", due),
        _block("In the next days", later),
        f"-# And {more:,} more, by and by." if more else "",
    ]
    return layout(["## What is next", *blocks], [opening(known.values(), "Open one")] if known else [])


def _block(title: str, lines: list[str]) -> str:
    return "\n".join([f"### {title}", *lines]) if lines else ""


def _planned(one: Planned) -> str:
    whom = f" · with {name_of(texts.shorten(one.whom, NAME))}" if one.whom else ""
    return f"{named(one.application)}\n-# {when(one.starts_at)}{whom}"


def stepped(step: Step, today: date) -> str:
    """What is next, with its date; what has waited is for today."""
    return f"{in_words(When(step.on), today) if step.on > today else 'today'} · {_words(step)}"


def _words(step: Step) -> str:
    return name_of(texts.shorten(step.words, NAME)) if step.words else "Follow up"
