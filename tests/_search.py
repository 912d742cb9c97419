"""A search of six months, as one might be lived: the same for the same seed. Names and words are made up.

About 120 applications and 400 events: six of ten are never answered, most of the others end with a no, a few come to
interviews, one to a job. Some lines are mistakes that are taken back, others are worded anew later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from bot.core.people import Person
from bot.core.search import Act, Loss
from bot.usecases import search
from bot.usecases.app import App
from bot.usecases.search import Wish

APPLICATIONS = 120
DAYS = 182
NEVER_ANSWERED, NO_AT_ONCE = 0.6, 0.26  # of all; the others come to an interview
LONGEST = ("Every word of it counts, שלום, =1+1, **so**, 🎉\n" * 100)[:4000].strip()
HARD = (  # what every view and file has to bear
    "=SUM(A1:A9)", "+49 Labs", "-Minus", "@everyone Inc", "**Bold** & _Söhne_", "שלום תעשיות", "شركة الأمل",
    "🎉 Party GmbH 👩‍👩‍👧", "株式会社アクメ", "'=quoted", 'O\'Hare; "Quoted", Inc', "<@1> ||spoiler||", "`code` [a](b)",
    "Ｆｕｌｌ width", "Ärzte | Team", "'", "0012", "N/A", "# Heading", "> quote", "-# small",
    "\\backslash\\", "~~gone~~",
)  # fmt: skip
FIRST = ("North", "Silver", "Harbour", "Maple", "Granite", "Lumen", "Cobalt", "Fern", "Orbit", "Willow", "Brass")
SECOND = ("Robotics", "Clinic", "Studio", "Systems", "Bakery", "Press", "Energy", "Transit", "Garden")
ROLES = ("Designer", "Design Lead", "UX Researcher", "Produktdesignerin", "Illustrator 🎨", "Head of =Design")
SOURCES = ("a job board", "a friend", "their website", "a fair", "a newsletter", "")
KINDS = ("remote", "part-time", "in an office", "")
PEOPLE = ("Anna", "Ms Okafor", "Jürgen", "דנה", "*Rita*", "Tom 🎸")
NOTES = (
    "They asked about robots", "Salary: 50-55k, they said", "=1+1 is what the form wanted",
    "A long lunch\n\nand a walk",
    "Ask @here again in May", "**Bring** the portfolio", "מחר ב-9", "-# quietly", "'tis fine", "Notes;with;semicolons",
)  # fmt: skip


Steps = list[tuple[int, Wish]]  # (days after it began, what is typed)
LANDS, DECLINED = 96, 60  # the applications that come to an offer


class Line(NamedTuple):
    """One line that is typed into the log."""

    at: datetime
    of: int | None  # the application, by a number of its own from 0 on; None: of none
    wish: Wish  # which names no application where that has begun
    undone: bool = False  # a mistake, taken back at once
    detail: tuple[tuple[str, str], ...] = ()  # added afterwards


def lines(begins: datetime, seed: int = 2026) -> list[Line]:
    """All lines in the order in which they are typed, from an instant on; the last within six months."""
    chance = Random(seed)
    found: list[Line] = []
    for of, day in enumerate(sorted(chance.randrange(DAYS - 12) for _ in range(APPLICATIONS))):
        began = _moment(chance, begins, day)
        found += [_line(chance, of, began + timedelta(days=after), wish) for after, wish in _steps(chance, of)]
        if chance.random() < 0.08:
            found.append(Line(began + timedelta(hours=1), of, Wish(Act.OFFER, words="Wrong one"), undone=True))
    found += [_line(chance, None, _moment(chance, begins, chance.randrange(DAYS)), _talk(chance)) for _ in range(30)]
    return sorted((one for one in found if one.at < begins + timedelta(days=DAYS)), key=lambda one: one.at)


def _moment(chance: Random, begins: datetime, day: int) -> datetime:
    return begins + timedelta(days=day, minutes=chance.randrange(8 * 60))


def _line(chance: Random, of: int | None, at: datetime, wish: Wish) -> Line:
    detail: dict[str, str] = {}
    if wish.act in (Act.INTERVIEW, Act.CONVERSATION) and chance.random() < 0.5:
        detail["energy"] = chance.choice(("1", "1", "0", "-1"))
    if wish.act is Act.INTERVIEW:
        wish = wish._replace(when=f"{(at + timedelta(days=chance.randint(1, 6))).date()} {chance.randint(8, 17)}:30")
    if chance.random() < 0.05:
        detail |= {"words": chance.choice(NOTES), "whom": chance.choice(PEOPLE)}
    return Line(at, of, wish, detail=tuple(detail.items()))


# ------------------------------------------------------------------ one application


def _steps(chance: Random, of: int) -> Steps:
    """All that happens with an application, each at least a day after what came before it."""
    found, day = _beginning(chance, of), 0
    for gap, wish in _fate(chance, of):
        day += gap
        found.append((day, wish))
    noted = [(chance.randint(1, 40), Wish(Act.NOTE, words=chance.choice(NOTES))) for _ in range(chance.choice((0, 1)))]
    return [*found, *noted, *([(3, Wish(Act.NOTE, words=LONGEST))] if of == 7 else [])]


def _beginning(chance: Random, of: int) -> Steps:
    company = HARD[of // 2 % len(HARD)] if of % 4 == 1 else f"{chance.choice(FIRST)} {chance.choice(SECOND)}"
    link = f"https://jobs.example.com/{of}?from=mail&id=%F0%9F%8E%89" if chance.random() < 0.7 else ""
    applied = Wish(
        Act.APPLIED, company, f"{chance.choice(ROLES)} {of}", chance.choice(("", "", "", "yesterday")),
        words=chance.choice(NOTES) if chance.random() < 0.3 else "", link=link,
        source=chance.choice(SOURCES), kind=chance.choice(KINDS),
    )  # fmt: skip
    if of % 12 == 5:  # somebody was written to first
        return [(0, Wish(Act.OUTREACH, company, applied.role, whom=chance.choice(PEOPLE))), (1, applied)]
    return [(0, applied)]


def _fate(chance: Random, of: int) -> Steps:
    """What comes of it, each so many days after what came before."""
    rounds = [(chance.randint(8, 14), Wish(Act.INTERVIEW, whom=chance.choice(PEOPLE))) for _ in range(3)]
    if of == LANDS:
        return [*rounds[:2], (9, Wish(Act.OFFER, words="In March")), (2, Wish(Act.ACCEPTED))]
    if of == DECLINED:
        return [*rounds, (9, Wish(Act.OFFER)), (3, Wish(Act.LOST, loss=Loss.DECLINED, words="Too far away"))]
    rolled = chance.random()
    if rolled < NEVER_ANSWERED:
        return [(chance.randint(22, 35), Wish(Act.LOST, loss=Loss.GHOSTED))] if chance.random() < 0.5 else []
    if rolled < NEVER_ANSWERED + NO_AT_ONCE:
        return [(chance.randint(2, 30), Wish(Act.LOST, words=chance.choice(("", "A form letter"))))]
    end = chance.choice((Loss.REJECTED, Loss.REJECTED, Loss.REJECTED, Loss.GHOSTED, Loss.WITHDREW, Loss.CLOSED))
    return [*rounds[: chance.choice((1, 1, 2, 3))], (chance.randint(9, 20), Wish(Act.LOST, loss=end))]


def _talk(chance: Random) -> Wish:
    act = chance.choice((Act.OUTREACH, Act.CONVERSATION, Act.CONVERSATION))
    return Wish(
        act,
        chance.choice(("", *(f"{name} fair" for name in HARD))),
        whom=chance.choice(PEOPLE),
        words=chance.choice(("", *NOTES)),
    )


# ------------------------------------------------------------------ typing it


def placed(line: Line, numbers: Mapping[int, int]) -> Wish:
    """What is typed, with the number of an application that has begun."""
    known = None if line.of is None else numbers.get(line.of)
    return line.wish._replace(which=f"#{known}") if known else line.wish


async def typed(app: App, who: Person, line: Line, numbers: dict[int, int]) -> None:
    """Log a line by the use cases; `numbers` has what each application is known by."""
    found = await search.log(app, who, placed(line, numbers))
    if line.of is not None and found.application:
        numbers[line.of] = found.application.id
    if line.undone:
        await search.undo(app, who, found.event.id)
    elif line.detail:
        await search.amend(app, who, found.event.id, dict(line.detail))
