"""Whatever people write, every message stays within Discord's limits, and nothing is cut in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.cheer import Cheered
from bot.core.circle import Cheer, Note, Welcome
from bot.core.conversations import Deleted
from bot.core.exercise import CHECKIN, Exercise, Scale, Text
from bot.core.journal import Entry, Held, Kept, Prompt, Visibility
from bot.core.reader import Reader
from bot.core.rhythm import Ask, Hello, Occurrence, Standing
from bot.core.summary import Phase
from bot.usecases.reader import Naming
from cogs import _cheer, _council, _pages, _reader, _render, _thanks
from cogs._forms import in_label
from cogs._layout import name_of
from cogs._text import escape
from tests.cogs import _made
from tests.cogs._made import KEY, LIBRARY, MONDAY, NOW, bare, buttons_of, check_limits, holds, read, text_of

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def occurrence(state: Standing, exercise: str = CHECKIN) -> Occurrence:
    return Occurrence(1, 1, Ask.CHECKIN, exercise, MONDAY, NOW, state)


def told_words(entry: Entry) -> list[str]:
    return [value for value in entry.answers.values() if isinstance(value, str)]


def check_pages(pages: list[str]) -> None:
    for page in pages:
        check_limits(_render.say(page))


# ------------------------------------------------------------------ first words


@many
@given(_made.names)
def test_hello_takes_any_name(name: str) -> None:
    view = _render.hello(Hello(KEY, name, tuple((ask, NOW) for ask in Ask)))

    check_limits(view)
    assert text_of(view).startswith("## Hello ")


@many
@given(st.text(max_size=100))
def test_a_name_stays_on_its_line_and_is_never_empty(name: str) -> None:
    shown = name_of(name)

    assert shown.strip()
    assert "\n" not in shown


def test_a_name_of_nothing_visible_is_somebody() -> None:
    assert name_of("\u200b \u2060") == "Somebody"


KEPT = Kept(Entry(1, 1, CHECKIN, MONDAY, MONDAY, {}, {}, Visibility.PRIVATE), LIBRARY[CHECKIN])
LABELS: dict[str, Callable[[str], ui.LayoutView]] = {
    "whom to thank": lambda name: _thanks.whom("Whom?", "thankwhom", KEY, [(1, name, "")]),
    "whom to cheer on": lambda name: _cheer.overview([], [Cheered(1, name)]),
    "whose week": lambda name: _council.whom("readof", KEY, [(1, name)], "Whose?"),
    "who reads it": lambda name: _reader.naming(Naming(KEPT, (Reader(1, name),), ())),
}


@pytest.mark.parametrize(("name", "shown"), [("\u202eAna\u202c", "Ana"), ("\u3164", "Somebody"), ("Ana\nB", "Ana B")])
@pytest.mark.parametrize("where", LABELS)
def test_a_name_where_there_is_no_markup_turns_nothing_round_and_is_never_blank(
    where: str, name: str, shown: str
) -> None:
    items = list(LABELS[where](name).walk_children())
    labels = [str(item.label) for item in items if isinstance(item, ui.Button)]
    labels += [option.label for item in items if isinstance(item, ui.Select) for option in item.options]

    assert shown in labels


def test_a_name_in_a_question_turns_nothing_round_and_is_never_blank() -> None:
    assert [in_label(name) for name in ("\u202eAna\u202c", "\u3164", "Ana\nB")] == ["Ana", "them", "Ana B"]


def test_the_welcome_tells_the_rules_and_how_to_take_part() -> None:
    view = _render.welcome(Welcome(KEY))

    check_limits(view)
    assert "stays here" in text_of(view)
    assert "press *Cheer*" in text_of(view)


# ------------------------------------------------------------------ asking and answering


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("state", Standing)
def test_a_prompt_of_every_exercise_fits_in_every_state(exercise: Exercise, state: Standing) -> None:
    for late in (False, True):
        what = Prompt(KEY, occurrence(state, exercise.id), exercise, late=late)
        view = _render.prompt(what)

        check_limits(view)
        assert "answer" in buttons_of(view)
        assert ("A little late" in text_of(view)) is (late and state in (Standing.OPEN, Standing.ANSWERED))


def test_a_prompt_that_was_put_off_says_until_when() -> None:
    again = NOW + timedelta(hours=1)
    view = _render.prompt(Prompt(KEY, occurrence(Standing.OPEN), LIBRARY[CHECKIN], again_at=again))

    assert _render.when(again) in text_of(view)


def test_a_prompt_that_was_asked_again_points_to_the_newer_one() -> None:
    view = _render.prompt(Prompt(KEY, occurrence(Standing.OPEN), LIBRARY[CHECKIN], moved=True))

    assert "further down" in text_of(view)


@many
@given(_made.entry())
def test_an_answer_is_shown_whole_or_with_read_all(entry: Entry) -> None:
    exercise = LIBRARY[entry.exercise]
    view = _render.kept(Kept(entry, exercise))

    check_limits(view)
    whole = all(holds(text_of(view), words) for words in told_words(entry))
    assert whole or buttons_of(view)["readall"] == "Read all"
    assert ("share" if not entry.shared else "hide") in buttons_of(view)


@many
@given(_made.entry())
def test_read_all_of_an_answer_holds_every_word_of_it(entry: Entry) -> None:
    pages = _render.whole_entry(Kept(entry, LIBRARY[entry.exercise]))

    check_pages(pages)
    for words in told_words(entry):
        assert holds("".join(pages), words)


@pytest.mark.parametrize("piece", ["*", "\\", "🎉", "@everyone", "https://a.b/c ", "\n#", "<", "شلومٍ", "e\u0301"])
@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda exercise: exercise.id)
def test_the_longest_answers_are_told_whole_page_by_page(exercise: Exercise, piece: str) -> None:
    entry = _made.worst(exercise, 1, piece)

    check_limits(_render.kept(Kept(entry, exercise)))
    pages = _render.whole_entry(Kept(entry, exercise))
    check_pages(pages)
    for words in told_words(entry):
        assert holds("".join(pages), words.strip())


def test_pages_never_part_an_escape_from_what_it_escapes() -> None:
    for page in _pages.whole([_pages.Part("**Done**", "*" * 4000)]):
        stars = page.removeprefix("**Done** ")
        assert stars == escape("*" * (len(stars) // 2))


@pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda exercise: exercise.id)
def test_a_scale_that_is_asked_later_fits_on_one_row(exercise: Exercise) -> None:
    entry = _made.worst(exercise, 1)
    for step in exercise.steps:
        if isinstance(step, Scale):
            view = _render.answered(Kept(entry, exercise, ask=step.id, files=True))
            check_limits(view)
            assert step.ask in text_of(view)


def test_a_stray_message_and_a_deleted_one_ask_what_shall_become_of_them() -> None:
    place = "12345678901234567890/12345678901234567890"
    entry = _made.worst(LIBRARY[CHECKIN], 123456789012345678)

    check_limits(_render.stray(Held(KEY, 1, "stray", place, {"text": "Hello"})))
    for whole in (False, True):
        channel, message = place.split("/")
        check_limits(_render.deleted(Deleted(entry, channel, message, whole)))


@many
@given(_made.words())
def test_a_refusal_keeps_the_words_behind_try_again(words: str) -> None:
    view = _render.try_again(f"“{words[:40]}” is not a time that I can read.", Held(KEY, 1, "form", "x", {}))

    check_limits(view)
    assert "tryagain" in buttons_of(view)


# ------------------------------------------------------------------ the week


weeks = st.lists(st.integers(0, 5), max_size=5).flatmap(
    lambda shape: st.tuples(*(_made.entry(number) for number in range(1, len(shape) + 1)))
)


@many
@given(weeks, st.one_of(st.just(""), _made.words()), _made.names, st.sampled_from(list(Phase)), st.booleans())
def test_a_draft_fits_and_marks_each_part(
    entries: tuple[Entry, ...], said: str, name: str, phase: Phase, by_itself: bool
) -> None:
    what = _made.week_of(entries, said=said, name=name, phase=phase, posts_at=NOW if by_itself else None)
    view = _render.draft(what)

    check_limits(view)
    if entries:
        assert ("Private, only you" in text_of(view)) is any(not entry.shared for entry in entries)
        assert "Shared with friends" in text_of(view)
    told = [words for entry in entries for words in told_words(entry)]
    whole = all(holds(text_of(view), words) for words in [said, *told])
    assert whole or buttons_of(view)["readdraft"] == "Read all"


@many
@given(weeks, st.one_of(st.just(""), _made.words()))
def test_read_all_of_a_draft_holds_every_word(entries: tuple[Entry, ...], said: str) -> None:
    pages = _render.whole_draft(_made.week_of(entries, said=said))

    check_pages(pages)
    for words in [said, *(words for entry in entries for words in told_words(entry))]:
        assert holds("".join(pages), words)


def forty(piece: str = "*") -> tuple[Entry, ...]:
    kinds = list(LIBRARY.values())
    return tuple(_made.worst(kinds[number % len(kinds)], number, piece) for number in range(1, 41))


@pytest.mark.parametrize("piece", ["*", "🎉", "word "])
@pytest.mark.parametrize("phase", Phase)
def test_forty_long_entries_fit_into_a_draft_and_say_how_many_more(piece: str, phase: Phase) -> None:
    view = _render.draft(_made.week_of(forty(piece), said=piece * 900, phase=phase))

    check_limits(view)
    assert "more" in text_of(view)
    assert "readdraft" in buttons_of(view)


def test_what_is_shared_and_what_stays_stand_under_their_own_headings() -> None:
    shared = _made.worst(LIBRARY[CHECKIN], 1, "seen ")
    kept = _made.worst(LIBRARY["note"], 2, "kept ")
    kept = kept._replace(visibility=Visibility.PRIVATE)

    text = text_of(_render.draft(_made.week_of((shared, kept), share_mood=False)))

    out, _, stays = text.partition("**Private, only you**")
    assert "**Shared with friends**" in out
    assert "seen" in out
    assert "The numbers of the week" in out
    assert "kept" in stays
    assert "Mood and energy" in stays


def test_a_week_with_nothing_shared_says_so() -> None:
    entry = _made.worst(LIBRARY["note"], 1, "word ")
    entry = entry._replace(visibility=Visibility.PRIVATE)

    text = text_of(_render.draft(_made.week_of((entry,), share_numbers=False)))

    assert "Nothing yet. Choose what goes in." in text


@pytest.mark.parametrize("piece", ["*", "🎉", "word ", "\n"])
def test_forty_entries_fit_into_the_menu_and_the_rest_are_named(piece: str) -> None:
    view = _render.chooser(_made.week_of(forty(piece)))

    check_limits(view)
    assert "oldest 19" in text_of(view)


@many
@given(weeks)
def test_the_menu_shows_what_is_shared_as_picked(entries: tuple[Entry, ...]) -> None:
    view = _render.chooser(_made.week_of(entries, share_mood=False))

    check_limits(view)
    for item in view.walk_children():
        if isinstance(item, ui.Select):
            picked = {option.value for option in item.options if option.default} - {"numbers", "opening"}
            assert picked == {str(entry.id) for entry in entries if entry.shared}


# ------------------------------------------------------------------ back to the seeker


@many
@given(_made.notes)
def test_a_note_is_whole_or_has_read_all_which_is(note: Note) -> None:
    view = _render.note(note)

    check_limits(view)
    words = [words for cheer in note.cheers for words in cheer.words]
    assert all(holds(text_of(view), each) for each in words) or buttons_of(view)["readnote"] == "Read all"
    pages = _render.whole_note(note)
    check_pages(pages)
    for each in words:
        assert holds("".join(pages), each)


@pytest.mark.parametrize("piece", ["*", "🎉", "word ", "\\", "\n> a"])
def test_twenty_friends_with_the_longest_words_reach_the_seeker(piece: str) -> None:
    long = (piece * 4000)[:4000].strip()
    note = Note(KEY, tuple(Cheer(f"Friend {n}", ("🎉",), (long, long)) for n in range(20)), MONDAY)
    view = _render.note(note)

    check_limits(view)
    assert "Friend 0" in text_of(view)
    assert buttons_of(view)["readnote"] == "Read all"
    pages = _render.whole_note(note)
    check_pages(pages)
    told = "".join(pages)
    assert read(told).count(bare(f"wrote: {long}")) == 40


def test_a_full_note_has_room_for_what_became_of_ten_replies_and_counts_more() -> None:
    cheers = tuple(Cheer(f"Friend {n}", ("🎉",), ("Many words. " * 100,)) for n in range(20))

    for many, told in ((10, ["You thanked friend 0."]), (90, ["You thanked friend 89.", "more before."])):
        answered = tuple(f"You thanked friend {n}. It is on its way." for n in range(many))
        view = _render.note(Note(KEY, cheers, MONDAY, answered))
        check_limits(view)
        assert all(words in text_of(view) for words in told)


def test_a_short_note_is_told_whole() -> None:
    view = _render.note(Note(KEY, (Cheer("Jonas", ("🎉",), ("So good to read.",)),), MONDAY))

    assert "**Jonas** wrote: So good to read." in text_of(view)
    assert "There is more" not in text_of(view)


# ------------------------------------------------------------------ everything


def all_views() -> dict[str, ui.LayoutView]:
    entry = _made.worst(LIBRARY[CHECKIN], 1, "Sent an application. ")
    prompt: dict[str, Any] = {"occurrence": occurrence(Standing.OPEN), "exercise": LIBRARY[CHECKIN]}
    return {
        "hello": _render.hello(Hello(KEY, "Maya", ((Ask.CHECKIN, NOW),))),
        "welcome": _render.welcome(Welcome(KEY)),
        "prompt": _render.prompt(Prompt(KEY, **prompt)),
        "kept": _render.kept(Kept(entry, LIBRARY[CHECKIN])),
        "draft": _render.draft(_made.week_of((entry,), said="Hello friends")),
        "chooser": _render.chooser(_made.week_of((entry,))),
        "note": _render.note(Note(KEY, (Cheer("Jonas", ("🎉",)),), MONDAY)),
        "later": _render.later(KEY),
        "not today": _render.not_today(KEY),
    }


@pytest.mark.parametrize("name", all_views())
def test_every_message_is_one_container_in_the_one_accent_with_few_blocks(name: str) -> None:
    view = all_views()[name]
    (container,), (plain,) = view.children, _render.layout(["x"]).children

    assert isinstance(container, ui.Container)
    assert isinstance(plain, ui.Container)
    assert container.accent_colour == plain.accent_colour
    blocks = [item for item in view.walk_children() if isinstance(item, ui.TextDisplay)]
    rows = [item for item in view.walk_children() if isinstance(item, ui.ActionRow)]
    assert 1 <= len(blocks) <= 5
    assert len(rows) <= 2
    assert "!" not in text_of(view)


def test_a_text_of_a_step_that_is_gone_is_still_told() -> None:
    entry = _made.worst(LIBRARY["note"], 1, "kept ")
    gone = Exercise("gone", "Gone", "", (Text("other", "Other", "Other?"),), "other", listed=False)

    assert "kept" in text_of(_render.kept(Kept(entry, gone)))
