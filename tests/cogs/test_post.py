"""The weekly post's text: the seeker's words first, whole where it fits, on a second message, shortened at last."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.exercise import CHECKIN, Scale
from bot.core.journal import Entry
from bot.core.summary import WeekPost
from bot.core.week_card import Stone
from cogs import _post, _render
from tests.cogs import _made
from tests.cogs._made import KEY, LIBRARY, MONDAY, buttons_of, check_limits, holds, summary_of, text_of

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PICTURE = b"\x89PNG"


def shared_words(entry: Entry) -> list[str]:
    return [value for value in entry.answers.values() if isinstance(value, str)]


def checkin(number: int = 1, **answers: str | int) -> Entry:
    return _made.worst(LIBRARY[CHECKIN], number)._replace(answers=answers)


weeks = st.integers(0, 5).flatmap(
    lambda count: st.tuples(*(_made.entry(number, shared=True) for number in range(1, count + 1)))
)


@many
@given(weeks, st.one_of(st.just(""), _made.words()), _made.names, st.text(min_size=1, max_size=2000))
def test_any_week_fits_into_one_or_two_messages_whole_or_with_read_all(
    entries: tuple[Entry, ...], said: str, name: str, alt: str
) -> None:
    summary = summary_of(entries, said, name)
    pages = _post.pages(summary)
    views = [_render.week_post(WeekPost(KEY, summary, part, PICTURE, alt)).view for part in range(len(pages))]

    assert 1 <= len(pages) <= 2
    for view in views:
        check_limits(view)
    told = "".join(page.text for page in pages)
    whole = all(holds(told, words) for words in [said, *(w for entry in entries for w in shared_words(entry))])
    assert whole is not any(page.cut for page in pages)
    assert ("readweek" in buttons_of(views[-1])) is not whole
    assert "cheer" in buttons_of(views[-1])


@many
@given(weeks, st.one_of(st.just(""), _made.words()))
def test_read_all_of_a_week_holds_every_word(entries: tuple[Entry, ...], said: str) -> None:
    pages = _render.whole_summary(summary_of(entries, said))

    for page in pages:
        check_limits(_render.say(page))
    for words in [said, *(words for entry in entries for words in shared_words(entry))]:
        assert holds("".join(pages), words)


def test_the_seekers_words_come_first_then_the_days_the_numbers_and_the_mood() -> None:
    week = summary_of((checkin(1, done="Wrote to Ana"),), "Hello friends", numbers={"applications": 1})

    (page,) = _post.pages(week)

    order = ["## Maya, week 3", "Hello friends", "**Tuesday**", "Wrote to Ana", "1 application", "**Mood and energy**"]
    assert [page.text.index(words) for words in order] == sorted(page.text.index(words) for words in order)
    assert not page.cut


def test_a_short_week_is_one_message() -> None:
    assert len(_post.pages(summary_of((checkin(1, done="Rested"),)))) == 1


def test_a_long_week_goes_on_in_a_second_message_that_says_whose_it_is() -> None:
    days = tuple(checkin(n, done="A step. " * 110, next="Another. " * 90) for n in range(1, 4))

    first, second = _post.pages(summary_of(days))

    assert not first.cut
    assert not second.cut
    assert second.text.startswith("-# Maya, week 3, continued")
    assert all(holds(first.text + second.text, words.strip()) for day in days for words in shared_words(day))


def test_one_entry_of_five_long_answers_goes_on_in_the_second_message() -> None:
    entry = _made.worst(LIBRARY["looking-back"], 1, "A word. ")

    pages = _post.pages(summary_of((entry,)))

    assert [page.cut for page in pages] == [False, False]


def test_what_no_two_messages_hold_is_shortened_and_says_so() -> None:
    days = tuple(_made.worst(LIBRARY["looking-back"], n, "A word. ") for n in range(1, 8))

    pages = _post.pages(summary_of(days))

    assert [page.cut for page in pages] == [True, True]
    assert "…" in pages[0].text
    for day in range(1, 8):
        assert any(_post.DAY_NAMES[day % 7] in page.text for page in pages), day


@pytest.mark.parametrize("piece", ["*", "🎉", "word "])
def test_forty_long_entries_still_fit_and_offer_the_rest(piece: str) -> None:
    kinds = list(LIBRARY.values())
    summary = summary_of(tuple(_made.worst(kinds[n % len(kinds)], n, piece) for n in range(1, 41)), piece * 200)
    pages = _post.pages(summary)

    for part in range(len(pages)):
        check_limits(_render.week_post(WeekPost(KEY, summary, part, PICTURE, "A week")).view)
    assert len(pages) == 2
    assert pages[1].cut


def test_a_day_is_never_named_without_words_under_it() -> None:
    (page,) = _post.pages(summary_of((checkin(1, mood=4), checkin(2, done="Rested"))))

    assert "Tuesday" not in page.text
    assert "**Wednesday**\nDone: Rested" in page.text


def test_a_checkins_mood_goes_out_only_as_a_part_of_its_own() -> None:
    entry = checkin(1, mood=1, energy=2, done="Rested")

    hidden = _post.pages(summary_of((entry,), stones=(Stone(MONDAY),)))[0].text
    told = _post.pages(summary_of((entry,), stones=(Stone(MONDAY, mood=1, energy=2),)))[0].text

    assert "heavy" not in hidden
    assert "ood" not in hidden
    assert "Mon heavy, energy 2" in told


def test_other_exercises_tell_their_scales() -> None:
    scale = next(step for step in LIBRARY["good-time"].steps if isinstance(step, Scale))
    (page, *_) = _post.pages(summary_of((_made.worst(LIBRARY["good-time"], 1, "word "),)))

    assert f"{scale.label}: 1 of {scale.high}" in page.text


def test_a_day_of_rest_is_not_told_as_a_mood() -> None:
    (page,) = _post.pages(summary_of((checkin(1, done="Rested"),), stones=(Stone(MONDAY, rest=True),)))

    assert "Mood" not in page.text


def test_the_picture_stands_on_the_first_message_and_the_buttons_under_the_last() -> None:
    days = tuple(checkin(n, done="A step. " * 110, next="Another. " * 90) for n in range(1, 4))
    summary = summary_of(days)

    first = _render.week_post(WeekPost(KEY, summary, 0, PICTURE, "Three days"))
    second = _render.week_post(WeekPost(KEY, summary, 1))

    assert [file.filename for file in first.files] == [f"week-{KEY}.png"]
    assert not buttons_of(first.view)
    assert not second.files
    assert list(buttons_of(second.view)) == ["cheer", "idea", "offer"]


def test_a_preview_has_no_buttons_for_friends() -> None:
    summary = summary_of((checkin(1, done="Rested"),))

    assert not buttons_of(_render.week_post(WeekPost("preview", summary, 0, PICTURE, "A day")).view)


def test_peoples_words_stay_words() -> None:
    summary = summary_of((checkin(1, done="# Big\n- *one*"),), "@everyone **look** <@5> [here](https://x.y)")

    view = _render.week_post(WeekPost(KEY, summary, 0)).view

    assert r"\*\*look\*\*" in text_of(view)
    assert "@everyone" not in text_of(view)
    assert r"\<@5>" in text_of(view)
    assert r"\[here]" in text_of(view)
    assert "Done: \\# Big\n\\- \\*one\\*" in text_of(view)
