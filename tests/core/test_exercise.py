"""What an exercise takes as an answer, and what it refuses in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.exercise import (
    ANSWER_LIMIT,
    Blank,
    Choice,
    Exercise,
    Library,
    NotAsked,
    NotOnTheScale,
    Scale,
    Text,
    TooLong,
    check,
    checked_text,
    named,
)

MOOD = Scale("mood", "Mood", "How are you?", 1, 5, ("heavy", "low", "steady", "light", "bright"), required=True)
ENERGY = Scale("energy", "Energy", "How much energy?", 0, 10, ("empty", "full"))
DONE = Text("done", "Done", "One thing you did")
MOVES = Choice("moves", "Moves", "Can it move?", ("yes", "no"))
DAY = Exercise("day", "The day", "why", (MOOD, ENERGY, DONE, MOVES), plain="done")
BLANKS = ["", " ", "\n\t ", "\u200b\u200e", "\u3164", "\u2800"]


def test_answers_are_cleaned_and_scales_become_numbers() -> None:
    given_ = {"mood": "4", "energy": "0", "done": "  Wrote\u202e two\r\nlines ", "moves": "no"}
    assert check(DAY, given_) == {"mood": 4, "energy": 0, "done": "Wrote two\nlines", "moves": "no"}


@pytest.mark.parametrize("blank", BLANKS)
def test_a_blank_text_is_no_answer(blank: str) -> None:
    assert check(DAY, {"mood": "3", "done": blank}) == {"mood": 3}


@pytest.mark.parametrize("blank", BLANKS)
def test_only_blanks_are_refused_in_words(blank: str) -> None:
    with pytest.raises(Blank, match="no words in that"):
        check(DAY, {"done": blank}, whole=False)


def test_a_required_step_left_out_is_named() -> None:
    with pytest.raises(Blank, match="“How are you\\?” needs an answer; everything else can stay empty"):
        check(DAY, {"done": "something", "mood": ""})


def test_a_plain_message_may_lack_a_required_scale() -> None:
    assert check(DAY, {"done": "something"}, whole=False) == {"done": "something"}


def test_what_is_given_takes_the_place_of_what_was_there_and_the_rest_stays() -> None:
    before = {"mood": 2, "done": "old", "moves": "yes"}
    assert check(DAY, {"done": "new", "moves": ""}, before) == {"mood": 2, "done": "new"}
    assert before == {"mood": 2, "done": "old", "moves": "yes"}


def test_answers_to_steps_that_were_removed_are_kept_with_the_rest() -> None:
    assert check(DAY, {"mood": "1"}, {"place": "at the lake"}) == {"place": "at the lake", "mood": 1}


def test_an_answer_to_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(NotAsked, match="“The day” does not ask “Salary”"):
        check(DAY, {"mood": "3", "salary": "much"})


def test_exactly_the_limit_is_taken_and_one_more_is_refused_with_the_count() -> None:
    assert check(DAY, {"done": "x" * ANSWER_LIMIT}, whole=False) == {"done": "x" * ANSWER_LIMIT}
    with pytest.raises(TooLong, match="“Done” has 1,001 characters, and 1,000 is the most") as refusal:
        check(DAY, {"done": "x" * (ANSWER_LIMIT + 1)}, whole=False)
    assert "Nothing was changed" in str(refusal.value)


def test_what_nobody_can_see_does_not_count_towards_the_limit() -> None:
    assert len(checked_text("x" * ANSWER_LIMIT + "\u200b" * 50 + "  ", "Done")) == ANSWER_LIMIT


@pytest.mark.parametrize("value", ["6", "0", "-1", "--1", "²", "٣", "1e0", "3.0", "many", "9" * 5000, "4 5"])
def test_a_value_off_the_scale_is_refused_with_its_ends(value: str) -> None:
    with pytest.raises(NotOnTheScale, match="“How are you\\?” takes a number from 1 to 5"):
        check(DAY, {"mood": value})


def test_an_option_that_is_not_offered_is_refused_with_the_options() -> None:
    with pytest.raises(NotOnTheScale, match="“Can it move\\?” takes one of: yes, no"):
        check(DAY, {"mood": "3", "moves": "perhaps"})


@given(st.dictionaries(st.sampled_from(["mood", "energy", "done", "moves"]), st.text(max_size=30)))
def test_whatever_is_taken_once_is_taken_again_unchanged(raw: dict[str, str]) -> None:
    try:
        kept = check(DAY, raw, whole=False)
    except (Blank, NotOnTheScale):
        return
    assert check(DAY, kept, whole=False) == kept


def test_a_scale_has_a_word_for_every_value_or_for_its_ends() -> None:
    assert [MOOD.word(n) for n in range(1, 6)] == ["heavy", "low", "steady", "light", "bright"]
    assert [ENERGY.word(n) for n in (0, 5, 10)] == ["empty", "", "full"]


def test_a_value_from_before_a_scale_was_shortened_has_no_word() -> None:
    assert [MOOD.word(0), MOOD.word(9)] == ["", ""]


@pytest.mark.parametrize(("scale", "quick"), [(MOOD, (1, 2, 3, 4, 5)), (ENERGY, (0, 2, 5, 7, 10))])
def test_one_row_of_buttons_spans_the_whole_scale(scale: Scale, quick: tuple[int, ...]) -> None:
    assert scale.quick() == quick


def test_a_short_scale_has_a_button_for_each_value() -> None:
    assert Scale("s", "S", "?", 0, 2, ("a", "c")).quick() == (0, 1, 2)


def test_missing_scales_come_in_the_order_they_are_asked() -> None:
    assert [scale.id for scale in DAY.missing_scales({})] == ["mood", "energy"]
    assert [scale.id for scale in DAY.missing_scales({"mood": 3})] == ["energy"]


def test_answers_are_told_in_the_exercise_s_order_and_outlived_ones_last() -> None:
    told = [(step.label, value) for step, value in DAY.told({"old_place": "lake", "done": "words", "mood": 3})]
    assert told == [("Mood", 3), ("Done", "words"), ("Old place", "lake")]


def test_a_removed_exercise_still_has_a_name_and_tells_its_answers() -> None:
    gone = Library({"day": DAY})["deep-dive"]
    assert (gone.title, gone.listed) == ("Deep dive", False)
    assert [(step.label, value) for step, value in gone.told({"seen": "a heron"})] == [("Seen", "a heron")]
    assert "deep-dive" not in Library({"day": DAY})


@pytest.mark.parametrize("typed", ["day", "The day", " the DAY "])
def test_an_exercise_is_found_by_id_or_title_however_it_is_spelled(typed: str) -> None:
    assert Library({"day": DAY}).find(typed) is DAY


def test_an_unknown_exercise_is_not_found() -> None:
    assert Library({"day": DAY}).find("night") is None


def test_an_id_is_named_for_readers() -> None:
    assert named("looking-back") == "Looking back"
