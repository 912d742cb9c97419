"""How the log answers: what was noted and where it leaves the application, and what is asked first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from discord import ButtonStyle, SelectOption, ui

from bot.core import text as texts
from bot.core.link import host
from bot.core.search import (
    WHOM_LIMIT,
    WORDS_LIMIT,
    Act,
    Application,
    Backwards,
    Event,
    Loss,
    Stage,
    Standing,
    WhichOne,
)
from bot.usecases.log import MOST, Question
from bot.usecases.search import Detail, Logged, Wish
from bot.when import Unclear, in_words
from cogs import _mention, _origin, _pages
from cogs._forms import Fields, Words, choice_label, text_label
from cogs._layout import Row, layout, name_of, say
from cogs._pages import Part
from cogs._press import button, menu
from cogs._text import escape

SHOWN = 300  # characters of a note
LONG = 40  # characters that are not typed again gladly
OPTION_LIMIT = 100
DATE_LIMIT = 60
NO_YEAR = date(1, 1, 1)  # seen from here every date is named with its year
DATE = "Such as yesterday, fri or 3 November"
TIME = "Such as fri 14:00, in 2 weeks 10:00 or 3 November 9am"
LOSSES = {
    Loss.REJECTED: "They said no",
    Loss.GHOSTED: "No answer came",
    Loss.WITHDREW: "You withdrew",
    Loss.DECLINED: "You declined their offer",
    Loss.CLOSED: "The role was closed",
}
STAGES = {
    Stage.WISHLIST: "On the wishlist",
    Stage.APPLIED: "Applied",
    Stage.INTERVIEWING: "Interviewing",
    Stage.OFFER: "An offer",
    Stage.ACCEPTED: "Accepted",
}
ENERGY = {1: "It gave energy", 0: "Neither", -1: "It took energy"}


def answer(found: Logged | Question) -> ui.LayoutView:
    """What came of a line: it is noted, or asked about."""
    return _asked(found) if isinstance(found, Question) else noted(found)


def noted(found: Logged) -> ui.LayoutView:
    """What was noted, always with its full date, and where it stands now."""
    event, of = found.event, found.application
    lines, _ = _pages.shown(_details(event), SHOWN)
    link = host(of.link) if of and event.act in (Act.APPLIED, Act.WISHED) else ""
    stands = [_stands(of) if of else "", _origin.aside(found.origin), f"-# Link kept: {escape(link)}" if link else ""]
    kept_before = found.linked and event.act is not Act.NOTE
    row = [] if kept_before else [button("logmore", event.id, "Add detail"), button("unlog", event.id, "Undo")]
    return layout(
        [_line(found), "\n".join(lines), "\n".join(line for line in stands if line), _origin.thanks(found)],
        [*_origin.thanks_button(found), *row],
        *_origin.asked(found),
    )


def taken_back(found: Logged) -> ui.LayoutView:
    """What no longer counts, and where that leaves the application."""
    left = "The application went with it." if found.gone else ""
    return layout([f"Taken back: {_line(found)}", _stands(found.application) if found.application else left])


def _line(found: Logged) -> str:
    told = (
        "**In your log already**" if found.linked else f"**{title(found.event)}**",
        _named(found.application or found.gone),
        found.when,
    )
    return " · ".join(words for words in told if words)


def _named(of: Application | None) -> str:
    return f"{name_of(of.role)} at {name_of(of.company)}" if of else ""


def _details(event: Event) -> list[Part]:
    parts = [Part("With", event.whom)] if event.whom else []
    if felt := event.energy and ENERGY.get(event.energy):
        parts.append(Part(f"{felt}."))
    return [*parts, Part("", event.words)] if event.words else parts


def _stands(of: Application) -> str:
    if of.standing.stage is Stage.LOST:
        return f"It is *{stage(of.standing)}* now. What came before stays counted."
    return f"It is at *{stage(of.standing)}* now."


def title(event: Event) -> str:
    """What an event is called."""
    match event.act:
        case Act.LOST if event.loss:
            return LOSSES[event.loss]
        case Act.CORRECTED:
            return f"Put right: {event.stage}"
        case Act.WISHED | Act.ACCEPTED:
            return STAGES[Stage.WISHLIST if event.act is Act.WISHED else Stage.ACCEPTED]
        case act:
            return _mention.TITLES.get(act, act.capitalize())


def stage(standing: Standing) -> str:
    """Where an application is, in words: "interviewing, round 2", "lost (rejected)"."""
    match standing.stage:
        case Stage.INTERVIEWING if standing.round > 1:
            return f"interviewing, round {standing.round}"
        case Stage.LOST if standing.loss:
            return f"lost ({standing.loss})"
        case other:
            return str(other)


# ------------------------------------------------------------------ what is asked first


def _asked(asked: Question) -> ui.LayoutView:
    held, why = asked.held_id, asked.why
    leave = button("lognot", held, "Leave it")
    match why:
        case WhichOne():
            return say(escape(str(why)), [_which(held, why)], [leave])
        case Backwards():
            yes = "Yes, it goes on" if why.ended else f"Yes, a mistake: it is at {why.to}"
            return say(escape(str(why)), [button("logback", held, yes, ButtonStyle.primary), leave])
        case Unclear():
            return say(escape(str(why)), _ways(held, why), [button("logday", held, "Another day"), leave])
        case _:
            return say(escape(str(why)), [button("logday", held, "Say when", ButtonStyle.primary), leave])


def _which(held: str, why: WhichOne) -> ui.Item[ui.LayoutView]:
    options = [
        SelectOption(label=texts.shorten(one.name, OPTION_LIMIT), description=stage(one.standing), value=str(one.id))
        for one in why.choices[:MOST]
    ]
    return menu("logwhich", held, options, "Which one?", most=1)


def _ways(held: str, why: Unclear) -> Row:
    return [
        button("logwhen", f"{held}.{way.on}{f'T{way.at:%H%M}' if way.at else ''}", in_words(way, NO_YEAR))
        for way in why.choices
    ]


def long_words(wish: Wish) -> Mapping[str, str]:
    """What of a line nobody wants to type again."""
    typed = wish._asdict()
    return {name: value for name, value in typed.items() if isinstance(value, str) and len(value) > LONG}


# ------------------------------------------------------------------ forms


def day_fields(act: Act, typed: str) -> Fields:
    """The form of a date that could not be taken as it was."""
    return Fields("When", [when_label(typed, hint=_hint(act), required=True)])


def _hint(act: Act) -> str:
    return TIME if act is Act.INTERVIEW else DATE


def detail_fields(detail: Detail, words: Words) -> Fields:
    """The form behind *Add detail*, filled with what is known."""
    event = detail.event
    energy = "" if event.energy is None else str(event.energy)
    return Fields(
        "Add detail",
        [
            text_label("words", "Note", words.get("words", event.words), limit=WORDS_LIMIT),
            text_label("whom", "With whom", words.get("whom", event.whom), long=False, limit=WHOM_LIMIT),
            choice_label(
                "energy", "How was it for you?", [(str(key), said) for key, said in ENERGY.items()],
                words.get("energy", energy),
            ),
            when_label(words.get("when", detail.when), hint=_hint(event.act)),
        ],
    )  # fmt: skip


def when_label(typed: str, *, hint: str = DATE, required: bool = False) -> ui.Label[ui.LayoutView]:
    """The field of a date as people write it."""
    return text_label("when", "When", typed, hint=hint, required=required, long=False, limit=DATE_LIMIT)
