"""The funnel: every application is on one way, nothing is counted twice, and too few are said to be too few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.funnel import (
    ENDS,
    ENOUGH,
    STAGES,
    Felt,
    Flows,
    Node,
    Range,
    energy,
    flows,
    report,
    sentence,
    step,
    through,
    way,
)
from bot.core.search import LADDER, Act, Application, Event, Loss, Stage, Standing, fold
from tests._events import FIRST, NOON, happened


def standing(
    furthest: Stage, rounds: int = 0, loss: Loss | None = None, day: int | None = 0, answer: int = 0
) -> Standing:
    stage = Stage.LOST if loss else furthest
    on = None if day is None else FIRST + timedelta(days=day)
    answered = on + timedelta(days=answer) if on and answer else None
    return Standing(stage, rounds, loss, furthest, FIRST, FIRST, on, answered)


def application(of: Standing, source: str = "", kind: str = "") -> Application:
    return Application(1, 1, "Acme", "Engineer", of, NOON, source=source, kind=kind)


REFUSED = standing(Stage.APPLIED, loss=Loss.REJECTED)
WAITING = standing(Stage.APPLIED)
TALKED = standing(Stage.INTERVIEWING, 1, Loss.GHOSTED)
TWICE = standing(Stage.INTERVIEWING, 2)
ACCEPTED = standing(Stage.ACCEPTED, 2)


def of(*many: tuple[Standing, int]) -> Flows:
    return flows(way(one) or () for one, times in many for _ in range(times))


@pytest.mark.parametrize(
    ("found", "ends"),
    [
        (standing(Stage.WISHLIST), None),
        (standing(Stage.WISHLIST, loss=Loss.CLOSED), None),
        (WAITING, (Node.APPLIED, Node.OPEN)),
        (TALKED, (Node.APPLIED, Node.FIRST, Node.GHOSTED)),
        (TWICE, (Node.APPLIED, Node.FIRST, Node.SECOND, Node.OPEN)),
        (standing(Stage.OFFER, 0, Loss.DECLINED), (Node.APPLIED, Node.OFFER, Node.DECLINED)),
        (ACCEPTED, (Node.APPLIED, Node.FIRST, Node.SECOND, Node.OFFER, Node.ACCEPTED)),
        (standing(Stage.INTERVIEWING, 9, Loss.WITHDREW), (Node.APPLIED, *STAGES[1:5], Node.WITHDREW)),
        (standing(Stage.INTERVIEWING, 0), (Node.APPLIED, Node.FIRST, Node.OPEN)),
    ],
)
def test_a_way_goes_by_the_furthest_ever_reached_and_ends_where_it_is(found: Standing, ends: object) -> None:
    assert way(found) == ends


ACTS = st.sampled_from(Act)
ANYTHING = st.lists(
    st.tuples(ACTS, st.integers(0, 40), st.integers(0, 6), st.sampled_from(LADDER), st.sampled_from(Loss)),
    max_size=12,
)


def noted(what: list[tuple[Act, int, int, Stage, Loss]]) -> list[Event]:
    """Events in any order, some of which undo, amend or correct others."""
    return [
        happened(number, act, day)._replace(
            round=rounds if act is Act.INTERVIEW else 0,
            stage=to if act is Act.CORRECTED else None,
            loss=loss if act is Act.LOST else None,
            about=max(number - 1 - rounds, 1) if act in (Act.UNDONE, Act.AMENDED) else None,
        )
        for number, (act, day, rounds, to, loss) in enumerate(what, 1)
    ]


@given(st.lists(ANYTHING, max_size=8))
def test_flows_add_up_whatever_happened_in_whatever_order(
    searches: list[list[tuple[Act, int, int, Stage, Loss]]],
) -> None:
    standings = [found for one in searches if (found := fold(noted(one)))]
    beyond = [one for one in standings if one.furthest is not Stage.WISHLIST]

    found = flows(one for each in standings if (one := way(each)))

    arrived = {node: sum(n for (_, end), n in found.items() if end is node) for node in Node}
    left = {node: sum(n for (start, _), n in found.items() if start is node) for node in Node}
    assert left[Node.APPLIED] == len(beyond)
    assert sum(arrived[node] for node in ENDS) == len(beyond)
    assert all(arrived[node] == left[node] for node in STAGES[1:])
    assert arrived[Node.APPLIED] == 0
    assert not any(left[node] for node in ENDS)
    assert arrived[Node.ACCEPTED] == sum(one.stage is Stage.ACCEPTED for one in beyond)
    assert arrived[Node.OFFER] == sum(one.furthest in (Stage.OFFER, Stage.ACCEPTED) for one in beyond)
    assert all(step(found, node).came == through(found, node) for node in STAGES)


def test_the_sentence_tells_where_it_thins_out() -> None:
    found = of((REFUSED, 18), (WAITING, 10), (TALKED, 3), (TWICE, 9))

    assert sentence(found) == (
        "It thins out most before the first interview: 12 of 40 applications came to a first interview "
        "(10 still open); after it 9 of 12 went on. Further on there are too few to tell."
    )


def test_steps_that_are_much_alike_are_said_to_be() -> None:
    assert sentence(of((REFUSED, 10), (TALKED, 5), (TWICE, 7))).startswith("It thins out about alike at each step: ")


@pytest.mark.parametrize(
    "found", [of(), of((REFUSED, ENOUGH - 1)), of((WAITING, 300)), of((REFUSED, 5), (WAITING, 90))]
)
def test_of_too_few_nothing_is_told(found: Flows) -> None:
    assert sentence(found).startswith("Too few to tell yet where it thins out: that takes 10 ")


def test_one_step_alone_is_not_said_to_be_the_thinnest() -> None:
    assert sentence(of((REFUSED, 40))) == "None of 40 applications came to a first interview."
    straight = standing(Stage.OFFER, loss=Loss.DECLINED)
    assert "a first interview or an offer" in sentence(of((REFUSED, 40), (straight, 1)))


def test_a_range_goes_by_the_day_of_applying_and_says_what_it_leaves_out() -> None:
    found = [application(standing(Stage.APPLIED, day=day)) for day in (0, 5, 9)]
    found += [application(standing(Stage.INTERVIEWING, 1, day=None)), application(standing(Stage.WISHLIST, day=None))]

    whole = report(found, [], Range(), "Maya")
    some = report(found, [], Range(FIRST + timedelta(days=5), FIRST + timedelta(days=9)), "Maya")

    assert (whole.card.total, whole.undated) == (4, 0)
    assert (some.card.total, some.undated) == (2, 1)
    assert (some.card.first, some.card.last) == (FIRST + timedelta(days=5), FIRST + timedelta(days=9))


def test_sources_are_told_apart_by_their_words_and_kinds_not_at_all_where_nothing_is_said() -> None:
    found = [application(REFUSED, "A fair"), application(TALKED, "a FAIR"), application(WAITING)]

    told = report(found, [], Range(), "Maya")

    assert [(group.label, group.step.came, group.step.went_on) for group in told.sources] == [
        ("A fair", 2, 1),
        ("", 1, 0),
    ]
    assert told.kinds == ()


def test_the_usual_time_to_an_answer_needs_enough_of_them() -> None:
    answered = [application(standing(Stage.INTERVIEWING, 1, answer=days)) for days in range(2, 2 + ENOUGH)]
    before = application(standing(Stage.INTERVIEWING, 1)._replace(answered_on=FIRST - timedelta(days=3)))

    enough = report([*answered, application(WAITING), before], [], Range(), "").answers
    few = report(answered[1:], [], Range(), "").answers

    assert (enough.usual, enough.days[0], enough.days[-1], enough.of) == (6, 2, 11, 12)
    assert (few.usual, len(few.days)) == (None, 9)


def test_an_answer_whose_day_no_table_told_came_after_no_number_of_days() -> None:
    at_once = application(standing(Stage.INTERVIEWING, 1)._replace(answered_on=FIRST))
    undated = at_once._replace(made_at=NOON + timedelta(days=2))

    found = report([at_once, undated], [], Range(), "").answers

    assert (found.days, found.of) == ((0,), 1)


def test_energy_is_counted_by_activity_as_it_was_last_said_and_not_of_what_was_taken_back() -> None:
    noted_ = [
        happened(1, Act.CONVERSATION)._replace(energy=-1),
        happened(2, Act.AMENDED)._replace(about=1, energy=1),
        happened(3, Act.CONVERSATION)._replace(energy=0),
        happened(4, Act.OUTREACH)._replace(energy=-1),
        happened(5, Act.INTERVIEW)._replace(energy=1),
        happened(6, Act.UNDONE)._replace(about=5),
        happened(7, Act.NOTE),
        happened(8, Act.CONVERSATION, 30)._replace(energy=1),
    ]

    told = report([], noted_, Range(until=FIRST), "")

    assert told.energy == (Felt(Act.CONVERSATION, 1, 0, 2), Felt(Act.OUTREACH, 0, 1, 1))
    assert energy([]) == ()
