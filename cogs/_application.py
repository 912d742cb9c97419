"""How one application looks: where it stands, all that happened, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from discord import ButtonStyle, SelectOption, ui

from bot.core import text as texts
from bot.core.board import STEP_LIMIT, Card, clocks, moves, time_and_words
from bot.core.link import host
from bot.core.search import NAME_LIMIT, WORDS_LIMIT, Application, Loss, Stage, Standing
from bot.usecases.application import LIMITS, History, Line
from bot.usecases.search import Logged
from bot.when import When, in_words
from cogs import _board, _log, _origin, _pages
from cogs._forms import Fields, Words, text_label
from cogs._layout import Row, layout, name_of, say
from cogs._pages import Part
from cogs._press import button, menu
from cogs._text import escape

SHOWN = 300  # characters of a note
PAGE = 1600  # of the history on one page; the head takes up to 2,000
ROW = 5  # buttons
MOST = 25  # lines on a page
OPTION = 100  # characters of a choice's words
CONTACTS = 4  # that are named
SHORT = 40  # characters of a contact
STEP_HINT = "Such as tomorrow or fri; leave both empty, and I say what is usual"
NO_STEP = "-# No next step is set."


def shown(found: History, page: int = -1, moved: Logged | None = None) -> ui.LayoutView:
    """An application and a page of its history, the last where not said; and what was just noted of it."""
    pages = _paged(found.lines, found.today)
    page = len(pages) - 1 if page < 0 else min(page, len(pages) - 1)
    of = found.card.application
    noted = f"-# Noted: {_log.title(moved.event)} · {moved.when}" if moved else ""
    undo = [button("appundo", moved.event.id, "Undo")] if moved else []
    buttons = [*_acting(of), button("appplace", of.id, "Address"), *undo, *_turning(of, page, pages)]
    rows = [_changing(of, pages[page], found.today) if pages else [], [_moving(of)], buttons[:ROW], buttons[ROW:]]
    rows.append(_origin.thanks_button(moved))
    history = [line for entry in pages[page] for line in _told(entry, found.today)] if pages else []
    return layout([_head(found), noted, "\n".join(history)], *rows, divided=True)


def _head(found: History) -> str:
    of, step = found.card.application, found.card.step
    stands = f"*{_log.stage(of.standing)}*"
    stands += "" if of.standing.ended else f" · {clocks(of.standing, found.today)}"
    kept = [host(of.link), of.source and f"found: {of.source}", of.kind, of.place, of.reach]
    asides = [name_of(words) for words in kept if words]
    lines = [f"## {name_of(of.role)} at {name_of(of.company)}", stands]
    lines += [f"-# {' · '.join(asides)}"] if asides else []
    lines += [_origin.aside(found.origin)] if found.origin else []
    lines += [f"-# With {texts.listing(_contacts(found.contacts))}"] if found.contacts else []
    if not of.standing.ended:
        lines.append(f"Next: {_board.stepped(step, found.today)}" if step else NO_STEP)
    return "\n".join(lines)


def _contacts(whom: Sequence[str]) -> list[str]:
    named = [name_of(texts.shorten(one, SHORT)) for one in whom[:CONTACTS]]
    more = len(whom) - len(named)
    return [*named, f"{more} more"] if more else named


# ------------------------------------------------------------------ the history


def _paged(lines: Sequence[Line], today: date) -> list[list[Line]]:
    """The lines by page: as many on each as find room, and as a menu offers."""
    pages: list[list[Line]] = []
    room = 0
    for line in lines:
        size = sum(texts.length(told) + 1 for told in _told(line, today))
        if pages and size <= room and len(pages[-1]) < MOST:
            pages[-1].append(line)
            room -= size
        else:
            pages.append([line])
            room = PAGE - size
    return pages


def _told(line: Line, today: date) -> Iterator[str]:
    lead, *words = _pages.shortened(_parts(line, today), SHOWN)
    yield _pages.line(lead)
    yield from (f"> {said}" for part in words for said in _pages.line(part).split("\n"))


def _parts(line: Line, today: date) -> Iterator[Part]:
    event = line.event
    round_, ahead = f", round {line.round}" if line.round else "", ", to come" if line.when.on > today else ""
    whom = f" · with {name_of(event.whom)}" if event.whom else ""
    energy = f" · {_log.ENERGY[event.energy].lower()}" if event.energy in (1, -1) else ""
    yield Part(f"**{in_words(line.when, today)}** · {_log.title(event)}{round_}{ahead}{whom}{energy}")
    if event.words:
        yield Part("", event.words)


def whole(found: History, page: int) -> list[str]:
    """All words of a page of the history, in messages."""
    pages = _paged(found.lines, found.today) or [[]]
    return _pages.whole(part for line in pages[min(page, len(pages) - 1)] for part in _parts(line, found.today))


def _turning(of: Application, page: int, pages: Sequence[Sequence[Line]]) -> Row:
    row = [button("apppage", f"{of.id}.{page - 1}", "Earlier")] if page > 0 else []
    row += [button("apppage", f"{of.id}.{page + 1}", "Newer")] if page + 1 < len(pages) else []
    cut = bool(pages) and any(texts.length(line.event.words) > SHOWN for line in pages[page])
    return [*row, button("appread", f"{of.id}.{page}", "Read all")] if cut else row


# ------------------------------------------------------------------ what can be done


def _changing(of: Application, lines: Sequence[Line], today: date) -> Row:
    """What happened can be worded anew or taken back, one thing at a time."""
    options = [
        SelectOption(
            label=f"{in_words(line.when, today)} · {_log.title(line.event)}",
            description=texts.shorten(" ".join(line.event.words.split()), OPTION) or None,
            value=str(line.event.id),
        )
        for line in lines
    ]
    return [menu("appevent", of.id, options, "Change or take back one of these", most=1)]


def _moving(of: Application) -> ui.Item[ui.LayoutView]:
    options = [SelectOption(label=_way(way, of.standing), value=way) for way in moves(of.standing)]
    return menu("appmove", of.id, options, "Move", most=1)


def _way(way: str, standing: Standing) -> str:
    if way in tuple(Loss):
        return _log.LOSSES[Loss(way)]
    again = way == Stage.INTERVIEWING and standing.round
    return f"Interviewing, round {standing.round + 1}" if again else _log.STAGES[Stage(way)]


def _acting(of: Application) -> Row:
    note, edit = button("appnote", of.id, "Note", ButtonStyle.primary), button("appedit", of.id, "Edit")
    if of.standing.ended:
        return [note, edit]
    losses = ((Loss.REJECTED, "Reject"), (Loss.WITHDREW, "Withdraw"))
    ending = [button("applost", f"{of.id}.{loss}", label) for loss, label in losses]
    return [note, button("appstep", of.id, "Next step"), edit, *ending]


def which(why: str, choices: Sequence[Application]) -> ui.LayoutView:
    """Of several at a company, one is to be picked."""
    return say(escape(why), [_board.opening(choices, "Which one?")])


# ------------------------------------------------------------------ forms


def note_fields(words: Words) -> Fields:
    """The form behind *Note*."""
    return Fields(
        "Note",
        [
            text_label("words", "Note", words.get("words", ""), required=True, limit=WORDS_LIMIT),
            text_label("whom", "With whom", words.get("whom", ""), long=False, limit=NAME_LIMIT),
            _log.when_label(words.get("when", ""), hint=f"{_log.DATE}; empty: today"),
        ],
    )


def step_fields(card: Card, today: date, words: Words) -> Fields:
    """The form behind *Next step*; emptied, what is usual is next."""
    at, what = time_and_words(card.step.words) if card.step else (None, "")
    on = in_words(When(card.step.on, at), today) if card.step else ""
    return Fields(
        "Next step",
        [
            text_label("words", "What", words.get("words", what), long=False, limit=STEP_LIMIT),
            _log.when_label(words.get("when", on), hint=STEP_HINT),
        ],
    )


def edit_fields(of: Application, words: Words) -> Fields:
    """The form behind *Edit*."""
    labels = {"company": "Company", "role": "Role", "link": "Link", "source": "Where found", "kind": "Kind of role"}
    return Fields("Edit", [_field(name, label, of, words) for name, label in labels.items()])


def place_fields(of: Application, words: Words) -> Fields:
    """The form behind *Address*."""
    labels = {"place": "Place", "reach": "Address or phone"}
    return Fields("Address", [_field(name, label, of, words) for name, label in labels.items()])


def _field(name: str, label: str, of: Application, words: Words) -> ui.Label[ui.LayoutView]:
    value = words.get(name, getattr(of, name))
    return text_label(name, label, value, required=name in ("company", "role"), long=False, limit=LIMITS[name])
