"""Text in pictures: measured, shortened, wrapped, and drawn in fonts that have it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.charts import _text, render
from bot.charts._fonts import BOLD, FAMILIES, REGULAR, font
from bot.core.text import graphemes
from tests.charts.pixels import ink

NAMES = {
    "Maya": "Inter",
    "Дмитро Ωμέγα": "Inter",
    "יוסי (Yossi)": "Noto Sans Hebrew",
    "محمد علی-رضا": "Noto Sans Arabic",
    "प्रिया शर्मा": "Noto Sans Devanagari",
    "สมชาย ใจดี": "Noto Sans Thai",
    "山田さん": "Noto Sans JP",
    "们": "Noto Sans SC",
    "김철수": "Noto Sans KR",
    "🎉": "Noto Emoji",
}


def drawn(text: str, weight: int = BOLD) -> tuple[int, int]:
    """The first and last column with ink, of a text set at 20 pixels from the left."""
    body = _text.lay(text, weight).svg(20, 60, 40, "#000000")
    return ink(render(f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90">{body}</svg>'))


def test_each_script_is_one_run_of_its_own_font() -> None:
    assert {name: [run.family for run in _text.lay(name).runs] for name in NAMES} == {
        name: [family] for name, family in NAMES.items()
    }


def test_every_script_leaves_ink_as_wide_as_it_was_measured() -> None:
    for name in NAMES:
        first, last = drawn(name)
        measured = _text.measure(name, 40, BOLD)
        slack = 0.75 if _text.lay(name).runs[0].family in {"Noto Sans Arabic", "Noto Sans Devanagari"} else 0.85
        assert 19 <= first <= 26
        assert measured * slack <= last - 20 <= measured * 1.03 + 1


def test_an_emoji_of_several_characters_is_as_wide_as_one() -> None:
    assert _text.measure("👩‍👩‍👧", 40, BOLD) == _text.measure("🎉", 40, BOLD)
    assert drawn("👩‍👩‍👧")[1] <= 20 + _text.measure("🎉", 40, BOLD)


def test_what_no_font_has_is_left_out_and_never_a_box() -> None:
    assert _text.drawable("ሰላም") == ""
    assert _text.drawable("Maya ሰላም தமிழ் K") == "Maya K"
    assert drawn("ሰላም") == (-1, -1)


def test_fancy_letters_become_plain_ones() -> None:
    assert _text.drawable("𝓜𝓪𝔂𝓪") == "Maya"


def test_stacked_marks_are_taken_off() -> None:
    assert _text.drawable("Z" + "\u0351" * 30 + "oe\u0301") == "Zo\u00e9"


def test_control_and_direction_characters_are_stripped() -> None:
    assert _text.drawable("\u202eMa\x00ya\u2066\n\t K\ud800") == "Maya K"


def test_right_to_left_runs_are_ordered_from_right_to_left() -> None:
    assert [run.text for run in _text.lay("מאיה 🎉").runs] == ["🎉", "מאיה "]


def test_markup_in_a_name_is_escaped() -> None:
    assert "&lt;b&gt;&amp;" in _text.lay("<b>&").svg(0, 0, 24, "#000000")


@given(st.text(max_size=120), st.floats(30, 600))
def test_shortened_text_fits_and_is_the_start_of_the_whole(text: str, width: float) -> None:
    short = _text.shorten(text, 24, REGULAR, width)
    assert _text.measure(short, 24, REGULAR) <= width
    assert _text.drawable(text).startswith(short.removesuffix("…"))


def test_shortening_keeps_whole_characters() -> None:
    text = "👩‍👩‍👧" * 5
    kept = graphemes(_text.shorten(text, 24, BOLD, 100).removesuffix("…"))
    assert kept == ["👩‍👩‍👧"] * len(kept)
    assert 0 < len(kept) < 5


@given(st.text(max_size=120), st.floats(60, 600), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_no_more_than_asked(text: str, width: float, lines: int) -> None:
    wrapped = _text.wrap(text, 24, REGULAR, width, lines)
    assert len(wrapped) <= lines
    assert all(_text.measure(line, 24, REGULAR) <= width for line in wrapped)


def test_lines_break_between_words() -> None:
    assert _text.wrap("Bartholomew Montgomery", 44, BOLD, 400, 2) == ["Bartholomew", "Montgomery"]


def test_a_family_has_the_same_characters_in_both_weights() -> None:
    for family in FAMILIES:
        regular, bold = font(family, REGULAR), font(family, BOLD)
        assert [c for c in map(chr, range(0x3000)) if (regular.width(c) is None) != (bold.width(c) is None)] == []
