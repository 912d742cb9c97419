"""Searches as tests write them into files: believable ones, and all that people may have typed."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from bot.core.archive import Archive, CameFrom
from bot.core.board import Step
from bot.core.search import Act, Application, Event, Loss, Stage, begun, fold
from bot.core.text import clean
from tests._events import FIRST, NOON, happened

ODD = (
    "=1+1", "'=1+1", "''", "+49 30 123", "-5", "@SUM(A1)", "@everyone", "<@1234>", "**bold** `code`", "{nb}", '"',
    ";,\n,;", "שלום (Ltd.) 12", "مُحَمَّد علي", "👩‍👩‍👧 🇩🇪 1️⃣", "株式会社", "a\n\n=b", "＝1", "\u200e=1", "x" * 4000,
)  # fmt: skip
texts = st.one_of(st.sampled_from(ODD), st.text(max_size=40)).map(clean)
names = texts.filter(bool).map(lambda words: words[:100].strip() or "Acme")
days = st.integers(0, 400).map(lambda days: FIRST + timedelta(days=days))
moments = st.integers(0, 400 * 86_400_000).map(lambda ms: NOON + timedelta(milliseconds=ms))


def archive(applications: list[Application], events: list[Event]) -> Archive:
    """Applications that stand where their events leave them."""
    at = [(one, fold(event for event in events if event.application_id == one.id)) for one in applications]
    return Archive(tuple(one._replace(standing=found) for one, found in at if found), tuple(events))


def application(number: int = 1, company: str = "Acme", role: str = "Engineer") -> Application:
    """An application whose standing is still to be told."""
    return Application(number, 0, company, role, begun(FIRST), NOON)


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """Any search that can be logged."""
    applications = [
        application(number, draw(names), draw(names))._replace(
            made_at=draw(moments), reach=draw(texts), source=draw(texts), link=draw(texts), kind=draw(texts),
            place=draw(texts),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]  # fmt: skip
    events: list[Event] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        events.append(_event(draw, number, applications, events))
    found = archive(applications, events)
    kept = st.sampled_from([one.id for one in found.applications] or [0])
    steps = draw(st.dictionaries(kept, st.builds(Step, days, texts), max_size=2)) if found.applications else {}
    hushed = draw(st.frozensets(kept, max_size=2)) if found.applications else frozenset[int]()
    made = st.builds(CameFrom, moments, st.none() | moments)
    came_from = draw(st.dictionaries(kept, made, max_size=2)) if found.applications else {}
    return found._replace(steps=tuple(sorted(steps.items())), hushed=hushed, came_from=tuple(sorted(came_from.items())))


def _event(draw: st.DrawFn, number: int, applications: list[Application], before: list[Event]) -> Event:
    act = draw(st.sampled_from([act for act in Act if before or act not in (Act.UNDONE, Act.AMENDED)]))
    alone = act in (Act.OUTREACH, Act.CONVERSATION) and draw(st.booleans())
    of = None if alone else draw(st.sampled_from(applications)).id
    found = happened(number, act, of=of)._replace(
        on=draw(days), noted_at=draw(moments), whom=draw(texts), words=draw(texts),
        energy=draw(st.sampled_from([None, -1, 0, 1])),
    )  # fmt: skip
    if act is Act.INTERVIEW:
        return found._replace(round=draw(st.integers(0, 20)), starts_at=draw(st.none() | moments))
    if act is Act.LOST:
        return found._replace(loss=draw(st.sampled_from(Loss)))
    if act is Act.CORRECTED:
        return found._replace(stage=draw(st.sampled_from([stage for stage in Stage if stage is not Stage.LOST])))
    if act in (Act.UNDONE, Act.AMENDED):
        about = draw(st.sampled_from(before))
        return found._replace(about=about.id, application_id=about.application_id, on=about.on)
    return found
