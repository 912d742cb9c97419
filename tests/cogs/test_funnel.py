"""/search funnel in the real bot: the picture, a sentence, and nothing that rests on too few."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import Picture
from bot.core.funnel import Range, report
from bot.core.search import Act, Application, Event, Loss, Stage, Standing
from bot.usecases.funnel import Drawn
from cogs import _funnel
from tests.cogs._made import check_limits, words
from tests.cogs.conftest import World, said
from tests.cogs.test_trail import alt_of

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
FIRST = date(2026, 1, 5)


async def drawn(world: World, **options: str) -> Any:
    """What /search funnel answers Maya."""
    return await world.maya.slash(world.channel, "search funnel", **options)


async def test_the_picture_comes_with_its_words_to_its_seeker_alone(world: World) -> None:
    await world.begin()
    empty = await drawn(world)
    assert "nothing to draw yet" in said(empty)
    for company in ("Acme", "Globex"):
        await world.maya.slash(world.channel, "log applied", company=company, role="Engineer", source="A *fair*")
    await world.maya.slash(world.channel, "log interview", company="Acme")

    shown = await drawn(world)
    none = await drawn(world, until="1 december 2025")
    between = await drawn(world, since="1 november 2025", until="1 december 2025")
    unclear = await drawn(world, since="03/04/25")

    assert shown.ephemeral
    assert alt_of(shown.response.message) == (
        "Maya's search, 1 January 2026, as a river that parts. Of 2 applications: 1 went on to round 1 and 1 still "
        "open. Of 1 at round 1: 1 still open."
    )
    assert "Too few to tell yet where it thins out" in said(shown)
    assert "Too few to tell: A \\*fair\\* (2)" in said(shown)
    assert "Acme" not in said(shown) + alt_of(shown.response.message)
    assert "You applied for nothing until 1 December 2025." in said(none)
    assert "You applied for nothing from 1 November 2025 to 1 December 2025." in said(between)
    assert "Which do you mean? Write it like that." in said(unclear)


def standing(stage: Stage, day: int, answer: int = 0) -> Standing:
    on = FIRST + timedelta(days=day)
    loss = Loss.REJECTED if stage is Stage.APPLIED else None
    answered = on + timedelta(days=answer) if answer else None
    return Standing(Stage.LOST if loss else stage, int(not loss), loss, stage, on, on, on, answered)


def application(of: Standing, source: str, kind: str = "") -> Application:
    return Application(1, 1, "Acme", "Engineer", of, NOON, source=source, kind=kind)


def felt(act: Act, energy: int, number: int) -> Event:
    return Event(number, 1, None, act, FIRST, NOON, energy=energy)


def told(applications: list[Application], events: list[Event], within: Range) -> ui.LayoutView:
    found = report(applications, events, within, "Maya")
    return _funnel.drawn(Drawn(found, within, Picture(b"png", "A river", "search.png"))).view


def test_what_rests_on_enough_is_told_in_plain_words() -> None:
    found = [application(standing(Stage.APPLIED, n), "LinkedIn") for n in range(28)]
    found += [application(standing(Stage.INTERVIEWING, n, n + 2), "LinkedIn") for n in range(12)]
    found += [application(standing(Stage.INTERVIEWING, 0, 1), "A fair")]
    talks = [felt(Act.CONVERSATION, 1 if n else 0, n) for n in range(9)]
    outreach = [felt(Act.OUTREACH, -1 if n > 10 else 1, n) for n in range(10, 16)]

    view = told(found, [*talks, *outreach, felt(Act.NOTE, 1, 20)], Range())
    shown = "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))

    assert "13 of 41 applications came to a first interview." in shown
    assert "**By where you found them**, to an interview or an offer\nLinkedIn · 12 of 40\n" in shown
    assert "Too few to tell: A fair (1)" in shown
    assert "13 of 41 had one, after 1 to 13 days; half of them within 7 days." in shown
    assert "Conversations gave you energy 8 times of 9." in shown
    assert "Outreach took energy 5 times of 6, and gave it once." in shown
    assert "Too few to tell: notes (1)" in shown
    assert "By kind of role" not in shown


labels = st.just("") | words(100)


@given(
    st.lists(st.tuples(st.sampled_from([Stage.APPLIED, Stage.INTERVIEWING, Stage.OFFER]), labels, labels), max_size=60),
    st.lists(st.tuples(st.sampled_from(Act), st.sampled_from([1, 0, -1])), max_size=60),
)
@settings(max_examples=25, deadline=None)
def test_whatever_sources_are_called_discord_takes_the_message(
    searches: list[tuple[Stage, str, str]], energies: list[tuple[Act, int]]
) -> None:
    found = [application(standing(stage, n, n % 9), *named) for n, (stage, *named) in enumerate(searches)]
    events = [felt(act, energy, n) for n, (act, energy) in enumerate(energies)]

    check_limits(told(found, events, Range(FIRST)))
