"""The parts of a week in its seeker's own view: what each is called, how it begins, who sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.ask import Request
from bot.core.dates import DAY_NAMES
from bot.core.exercise import CHECKIN, Choice, Step
from bot.core.goals import in_words
from bot.core.journal import Entry, counted
from bot.core.reader import Reader
from bot.core.summary import Draft, day_in, tells
from bot.core.week_card import MOODS
from cogs import _pages, _reader
from cogs._text import escape


class Item(NamedTuple):
    """One part of the week: its name, how it begins, and whether friends see it."""

    name: str
    words: str
    shared: bool
    readers: tuple[Reader, ...] = ()  # whom alone it is for
    whole: bool = False  # our own words, few of them: never shortened


def items(what: Draft) -> list[Item]:
    """All parts of the week, in the order in which friends read them."""
    week, entries = what.week, as_seen(what)
    found = [Item("An opening line", what.opening, week.share_opening, whole=True)] if what.opening else []
    found += [Item("Your words", what.summary.words, True)] if week.words else []
    found += [Item(asking(request), request.words, week.share_asks) for request in asks(what)]
    named = what.material.readers
    found += [Item(escape(name(e, what)), gist(e, what), e.shared, named.get(e.id, ())) for e in entries]
    if told := numbers(what):
        found.append(Item("The numbers of the week", told, week.share_numbers, whole=True))
    if noes := rejections(what):
        found.append(Item("Rejections", noes, week.share_rejections))
    if aimed := goals(what):
        found.append(Item("Your goals", aimed, week.share_goals))
    if what.has_mood:
        found.append(Item("Mood and energy, and days of rest", moods(what), week.share_mood, whole=True))
    return found


def as_seen(what: Draft) -> list[Entry]:
    """The answers of the week: as friends see them where they do, and whole where only the seeker does."""
    told = [what.summary, *what.portions.values()]
    seen = {entry.id: entry for summary in told for entry in summary.entries}
    return [seen.get(e.id, e)._replace(visibility=e.visibility) for e in what.material.entries]


def asks(what: Draft) -> Sequence[Request]:
    """What is asked for: as friends read it where they do."""
    return what.summary.asks or what.material.asks


def asking(request: Request) -> str:
    """What an ask is called, open or settled."""
    return "You asked for, and it is settled" if request.closed_at else "You ask for"


def name(entry: Entry, what: Draft) -> str:
    """The day of an answer and what it answers, not yet escaped."""
    on = day_in(what.week.monday, entry.on)
    title = "check-in" if entry.exercise == CHECKIN else what.summary.exercises[entry.exercise].title.lower()
    short = on[:3] if on in DAY_NAMES else on
    return f"{short} {title}"


def gist(entry: Entry, what: Draft) -> str:
    """How an answer begins, all of its words in one line."""
    if not tells(entry):
        return "without words; mood and energy have a part of their own"
    told = what.summary.exercises[entry.exercise].told(entry.answers)
    return " · ".join(_chosen(step, value) for step, value in told if isinstance(value, str))


def _chosen(step: Step, value: str) -> str:
    """Somebody's own words, or what they picked with the name of the question."""
    return f"{step.label.lower()}: {value}" if isinstance(step, Choice) else value


def numbers(what: Draft) -> str:
    """What the week counts; empty where it counts nothing."""
    return _pages.counts(what.material.numbers(what.week.monday).items())


def rejections(what: Draft) -> str:
    """How often somebody said no; empty where nobody did."""
    count = what.material.rejections(what.week.monday)
    return counted("rejections", count) if count else ""


def goals(what: Draft) -> str:
    """How the week stands to what its seeker aims for, as friends would read it."""
    return " · ".join(in_words(goal) for goal in what.material.goals if goal.done)


def moods(what: Draft) -> str:
    """The mood of each day that has one."""
    rated = [entry for entry in what.material.entries if "mood" in entry.answers]
    return " · ".join(f"{DAY_NAMES[e.on.weekday()][:3]} {MOODS[int(e.answers['mood']) - 1]}" for e in rated)


def seen(entry: Entry, what: Draft) -> str:
    """Who sees an answer."""
    if entry.for_some:
        return _reader.only(what.material.readers.get(entry.id, ()))
    return "shared with friends" if entry.shared else "private, only you"
