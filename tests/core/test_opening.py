"""The line that opens a post: specific and true, made of what is shared alone, and kind."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import DAY_NAMES
from bot.core.exercise import CHECKIN, NOTE
from bot.core.journal import Entry, Visibility
from bot.core.summary import Material, Phase, Summary, Week, summarise
from bot.core.text import count
from bot.core.week_card import MOODS

MONDAY = date(2026, 1, 5)
MON, TUE, WED, THU, FRI, SAT, SUN = DAYS = [MONDAY + timedelta(days=n) for n in range(7)]
UNRATED = 0


def day(on: date, mood: int = UNRATED, *, shared: bool = True, words: str = "Wrote", **numbers: int) -> Entry:
    answers: dict[str, str | int] = {"mood": mood, "energy": 3} if mood else {}
    answers |= {"done": words} if words else {}
    seen = Visibility.FRIENDS if shared else Visibility.PRIVATE
    return Entry(on.toordinal(), 1, CHECKIN, on, MONDAY, answers, numbers, seen)


def told(
    *entries: Entry, numbers: bool = True, mood: bool = True, rests: frozenset[date] = frozenset(), opening: bool = True
) -> Summary:
    week = Week(1, 1, MONDAY, Phase.DRAFTED, "Hello", numbers, mood, share_opening=opening)
    return summarise(week, Material("Maya", 3, entries, rests), {})


@pytest.mark.parametrize(
    ("entries", "line"),
    [
        ([day(TUE, conversations=2), day(WED, applications=3)], "Two conversations held and three applications sent."),
        ([day(THU, interviews=1)], "An interview on Thursday."),
        ([day(FRI, applications=1)], "An application sent on Friday."),
        ([day(THU, interviews=1), day(FRI, interviews=1)], "Two interviews, on Thursday and Friday."),
        ([day(THU, interviews=1), day(FRI, interviews=1, shared=False)], "Two interviews."),
        ([day(on, applications=1) for on in DAYS], "Seven applications sent."),
        ([day(MON, interviews=1, conversations=1, applications=13)], "One interview, one conversation held and 13 app"),
        ([day(MON, hours=6)], "Six hours given to the search."),
        ([day(MON, hours=6, applications=0, conversations=1)], "A conversation held on Monday."),
        ([day(MON, 3, hours=1), day(TUE, 5)], "One hour given to the search, and a bright Tuesday."),
        ([day(THU, 5, interviews=1)], "An interview on Thursday."),
        ([day(MON, 1, conversations=2), day(TUE, 1)], "Heavy days, and two conversations held on Monday."),
        ([day(MON, 1, applications=1), day(TUE, 2)], "Heavy and low days, and an application sent on Monday."),
        ([day(MON, 1), day(TUE, 1), day(FRI, applications=1, shared=False)], "Heavy days, and an application sent."),
    ],
)
def test_what_was_done_comes_first(entries: list[Entry], line: str) -> None:
    assert told(*entries).opening.startswith(line)


@pytest.mark.parametrize(
    ("moods", "line"),
    [
        ({FRI: 5}, "A bright Friday."),
        ({MON: 3, FRI: 4}, "A light Friday."),
        ({TUE: 5, WED: 4, FRI: 5}, "Bright on Tuesday and Friday."),
        (dict.fromkeys(DAYS[:5], 4), "Five light days."),
        (dict.fromkeys(DAYS[:4], 3), "Four steady days."),
        ({MON: 2, THU: 3}, "A low Monday and a steady Thursday."),
        ({MON: 1, WED: 4, FRI: 4}, "A heavy Monday and a light Friday."),
        ({MON: 5, FRI: 1}, "A bright Monday and a heavy Friday."),
        ({MON: 1, TUE: 1, THU: 2}, "Heavy days, and a slightly easier Thursday."),
        ({MON: 1, THU: 2}, "A heavy Monday, and a slightly easier Thursday."),
        ({MON: 1, TUE: 1}, ""),
        ({MON: 1, TUE: 2, THU: 2}, ""),
        ({FRI: 2}, ""),
    ],
)
def test_moods_are_told_in_their_own_words_and_hard_days_without_a_count(moods: dict[date, int], line: str) -> None:
    assert told(*(day(on, mood, words="") for on, mood in moods.items())).opening == line


def test_words_from_every_day_of_a_row_are_told_and_a_gap_is_not() -> None:
    row = [day(on) for on in (TUE, WED, THU)]

    assert told(*row).opening == "A few words from every day, Tuesday to Thursday."
    assert told(*row, day(SAT)).opening == ""
    assert told(*row[:2]).opening == ""
    assert told(*(day(on, 1) for on in (TUE, WED, THU))).opening == "A few words from every day, Tuesday to Thursday."


def test_a_day_of_rest_is_a_pause_in_the_row_and_does_not_end_it() -> None:
    row = [day(on) for on in (MON, TUE, THU)]

    assert (
        told(*row, rests=frozenset({WED, FRI})).opening == "A few words from Monday to Thursday, and rest on Wednesday."
    )
    assert told(*row, rests=frozenset({WED}), mood=False).opening == ""
    assert told(*row, day(SUN), rests=frozenset({WED, FRI})).opening == ""


def test_an_empty_week_has_no_line_and_neither_has_one_in_which_nothing_was_asked() -> None:
    assert told().opening == ""
    assert told(rests=frozenset(DAYS)).opening == ""
    assert told(day(MON, words="")).opening == ""


def test_the_line_can_be_left_out() -> None:
    assert told(day(THU, interviews=1), opening=False).opening == ""


def test_what_is_private_is_not_in_it() -> None:
    kept = [day(MON, 5, shared=False, interviews=1), day(TUE, 1, shared=False), day(WED, 4, shared=False)]

    assert told(*kept, numbers=False, mood=False).opening == ""
    assert told(*kept, numbers=False).opening == "A bright Monday and a heavy Tuesday."
    assert told(*kept, mood=False).opening == "An interview."


def test_an_answer_from_the_week_before_names_no_day() -> None:
    late = day(MONDAY - timedelta(days=1), 5, interviews=1)

    assert told(late).opening == "An interview."
    assert told(late, numbers=False).opening == ""


entries = st.lists(
    st.builds(
        day,
        st.sampled_from([MONDAY - timedelta(days=3), *DAYS]),
        st.sampled_from([UNRATED, 1, 2, 3, 4, 5]),
        shared=st.booleans(),
        words=st.sampled_from(["", "Wrote"]),
        interviews=st.integers(0, 2),
        conversations=st.integers(0, 14),
        applications=st.sampled_from([0, 1, 999]),
        hours=st.integers(0, 40),
    ),
    max_size=8,
    unique_by=lambda entry: entry.on,
)
COUNTS = {count(n, "x").split()[0]: n for n in range(1, 8000)}


@given(entries, st.booleans(), st.booleans(), st.frozensets(st.sampled_from(DAYS)))
def test_every_number_day_and_mood_in_the_line_is_in_what_is_shared(
    held: list[Entry], numbers: bool, mood: bool, rests: frozenset[date]
) -> None:
    summary = told(*held, numbers=numbers, mood=mood, rests=rests)
    moods = {stone.on: MOODS[stone.mood - 1] for stone in summary.card.stones if stone.mood}
    words = re.findall(r"[\w,]+", summary.opening.casefold())
    days = {name for name in DAY_NAMES if name.casefold() in words}

    amounts = {COUNTS[word.strip(",")] for word in words if word.strip(",") in COUNTS}
    alike = {sum(other == word for other in moods.values()) for word in moods.values()}
    assert amounts <= {*summary.numbers.values(), *alike}
    assert days <= {DAY_NAMES[on.weekday()] for on in [*moods, *(entry.on for entry in summary.entries)]}
    assert {word for word in MOODS if word in words} <= set(moods.values())
    assert len(summary.opening) <= 100
    assert "no " not in summary.opening


@given(entries, st.booleans(), st.booleans())
def test_what_is_kept_private_changes_nothing_in_it(held: list[Entry], numbers: bool, mood: bool) -> None:
    shared = told(*held, numbers=numbers, mood=mood)
    kept = [entry._replace(answers={**entry.answers, "done": "Secret"}) for entry in held if not entry.shared]
    others = [entry for entry in held if entry.shared]

    assert told(*others, *kept, numbers=numbers, mood=mood).opening == shared.opening
    if not (numbers or mood):
        assert told(*others, numbers=False, mood=False).opening == shared.opening


def test_a_note_counts_as_words() -> None:
    notes = [day(on)._replace(exercise=NOTE, answers={"note": "Thought"}) for on in DAYS[:3]]

    assert told(*notes).opening == "A few words from every day, Monday to Wednesday."
