"""Seekers of one circle are invited, once a week and quietly, to answer what the others ask for."""

from __future__ import annotations

from bot.core.idea import Given, Sort
from bot.core.people import Person
from bot.usecases import ask, hidden, idea, rhythm, summary
from tests.usecases._council import ALL, ANA, OMAR, draft_of, invitations, post, sitting, whom
from tests.usecases.conftest import MAYA, Desk


async def asking(desk: Desk, **asks: str) -> None:
    """The joint post is out, in which some ask for something."""
    await sitting(desk)
    for name, words in asks.items():
        await ask.add(desk.app, Person("paper", "", name), words)
    for who in ALL:
        await post(desk, who)
    await desk.until(4, 19)


def asked(desk: Desk, who: Person) -> list[dict[str, tuple[str, ...]]]:
    """What each invitation of somebody tells, by who asks."""
    return [{one.name: one.asks for one in invitation.asking} for invitation in invitations(desk, who)]


async def test_each_hears_the_next_morning_what_the_others_ask_for(desk: Desk) -> None:
    await asking(desk, ana="Read my CV", omar="A walk on Friday")
    assert [asked(desk, who) for who in ALL] == [[], [], []]

    await desk.until(5, 9)

    assert asked(desk, MAYA) == [{"Ana": ("Read my CV",), "Omar": ("A walk on Friday",)}]
    assert asked(desk, ANA) == [{"Omar": ("A walk on Friday",)}]
    assert asked(desk, OMAR) == [{"Ana": ("Read my CV",)}]


async def test_an_idea_can_be_given_from_there_and_only_to_who_asks(desk: Desk) -> None:
    await asking(desk, ana="Read my CV")
    await desk.until(5, 9)
    key = invitations(desk, OMAR)[0].delivery_id

    [(week, name)] = await whom(desk, OMAR, key)
    given = await idea.give(desk.app, OMAR, "Omar", key, Sort.IDEA, Given("Ask Lena", ""), week)

    assert (name, given.seeker) == ("Ana", "Ana")
    assert asked(desk, ANA) == []


async def test_nobody_asks_and_nobody_is_invited(desk: Desk) -> None:
    await asking(desk)

    await desk.until(5, 9)

    assert [asked(desk, who) for who in ALL] == [[], [], []]
    assert set(await desk.states("invitation")) == {"dropped"}


async def test_what_a_later_one_asks_for_is_told_in_it_too_and_to_those_who_had_none(desk: Desk) -> None:
    await sitting(desk)
    await ask.add(desk.app, ANA, "Read my CV")
    for who in (MAYA, ANA):
        await post(desk, who)
    await desk.until(4, 19)
    await desk.until(5, 9)
    await ask.add(desk.app, OMAR, "A walk on Friday")

    await post(desk, OMAR)
    await desk.until(6, 9)

    assert asked(desk, MAYA) == [{"Ana": ("Read my CV",), "Omar": ("A walk on Friday",)}]
    assert asked(desk, ANA) == [{"Omar": ("A walk on Friday",)}]
    assert asked(desk, OMAR) == [{"Ana": ("Read my CV",)}]


async def test_it_comes_once_a_week_also_where_the_post_went_down_and_out_again(desk: Desk) -> None:
    await asking(desk, ana="Read my CV")
    await desk.until(5, 9)
    weeks = {who: (await draft_of(desk, who)).week for who in ALL}
    for who, week in weeks.items():
        await summary.take_down(desk.app, who, week.id)
    assert asked(desk, MAYA) == []

    for who, week in weeks.items():
        await summary.post(desk.app, who, week.id)
    await desk.until(6, 9)

    assert len(await desk.states("invitation")) == 3


async def test_who_pauses_or_does_not_want_it_is_not_written_to(desk: Desk) -> None:
    await asking(desk, ana="Read my CV")
    await rhythm.friends(desk.app, MAYA, None, None, invited=False)
    await rhythm.pause(desk.app, OMAR, "")

    await desk.until(5, 9)

    assert (asked(desk, MAYA), asked(desk, OMAR)) == ([], [])


async def test_what_is_closed_hidden_or_taken_down_is_gone_from_it_too(desk: Desk) -> None:
    await asking(desk, ana="Somebody at Acme", omar="A walk")
    await desk.until(5, 9)

    await hidden.hide(desk.app, ANA, "Acme")
    await ask.close(desk.app, OMAR, "A walk")
    [told] = asked(desk, MAYA)
    assert list(told) == ["Ana"]
    assert "Acme" not in told["Ana"][0]

    await summary.take_down(desk.app, ANA, (await draft_of(desk, ANA)).week.id)
    assert asked(desk, MAYA) == []
