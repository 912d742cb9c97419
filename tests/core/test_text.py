"""What people write: safe to show, measured, shortened and split without harm."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import clean, count, graphemes, is_blank, is_right_to_left, length, listing, shorten, split

ASTRONAUT = "\U0001f469\U0001f3fd\u200d\U0001f680"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
GERMANY = "\U0001f1e9\U0001f1ea"
HEART = "\u2764\ufe0f"
KEYCAP = "1\ufe0f\u20e3"
FARSI = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
CONJUNCT = "\u0915\u094d\u0937\u093f"
HANGUL = "\u1112\u1161\u11ab"

PIECES = [ASTRONAUT, FAMILY, ENGLAND, GERMANY, HEART, KEYCAP, FARSI, CONJUNCT, HANGUL]
HALF = "\u0915\u094d"
LETTERS = list("ab1#. ,!\n\r\t\u00e9\u0301\u0308\u200b\u200c\u200d\u202e\u2066\ufe0e\ufe0f\u00ad\u00a0\u3000\u2028\x00")
LETTERS += list("\u0600\u0627\u0915\u0937\u093c\u0903\u0e33\u1100\u1161\u11a8\uac00\uac01\u4e2d\u3002\ud800\U000e0067")
LETTERS += list("\u00df\u02b0\u2013\u2019\u2026\u4e00\u9fff\x1c\x85")
LETTERS += [*"\u2640\u00a9\U0001f469\U0001f3fd\U0001f680\U0001f1e9\U0001f1ea\U0001f3f4", HALF]
WORDS = ["hello ", "wonderful ", "world. ", "\n\n", "\n", "supercalifragilistic "]

mixed = st.lists(st.sampled_from(LETTERS + PIECES + WORDS), max_size=60).map("".join)
anything = st.one_of(mixed, st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80))


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str):
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_clean_text_has_no_controls_no_bidi_marks_and_can_be_stored(text: str):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    forbidden = set("\u061c\u200b\u200e\u200f\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not forbidden & set(cleaned)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cs") for char in cleaned)


@given(anything)
def test_clean_text_is_composed_and_trimmed_with_at_most_one_empty_line(text: str):
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "\n\n\n" not in cleaned
    assert " \n" not in cleaned


@given(st.lists(st.sampled_from([*PIECES, "a", "\u00e9", "\u4e2d", ".", " b", "\nc"]), max_size=20).map("".join))
def test_cleaning_leaves_honest_text_as_it_is(text: str):
    assert clean(text) == unicodedata.normalize("NFC", text.strip())


@pytest.mark.parametrize("piece", PIECES)
def test_emoji_sequences_and_joined_letters_survive_cleaning(piece: str):
    assert clean(f"a {piece}, b {piece}") == unicodedata.normalize("NFC", f"a {piece}, b {piece}")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a b"),
        ("a\n \n\t\n\nb", "a\n\nb"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("pay\u200bpal \u2066x\u2069", "paypal x"),
        ("e\u0301", "\u00e9"),
        ("lone \ud83d half", "lone  half"),
        ("a\u200db \u200c c\ufe0f", "ab  c"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("\U0001f3f4\U000e0068", "\U0001f3f4"),
        ("\u0d28\u0d4d\u200d", "\u0d28\u0d4d\u200d"),
        ("\u845b\U000e0100", "\u845b\U000e0100"),
    ],
)
def test_what_hides_or_misleads_is_gone(text: str, cleaned: str):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "text", ["", "  \n\t", "\u200b\u200b", "\u3164", "\u2800 \u2800", "\ufe0f", "\u202e", "\u115f", "\u00a0"]
)
def test_what_nobody_can_see_is_blank(text: str):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "0", *PIECES])
def test_what_can_be_seen_is_not_blank(text: str):
    assert not is_blank(text)


@given(anything)
def test_length_is_what_utf_16_takes(text: str):
    assert length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(anything)
def test_graphemes_join_to_the_text(text: str):
    assert "".join(graphemes(text)) == text


@given(mixed)
def test_graphemes_agree_with_the_unicode_annex(text: str):
    assert graphemes(text) == regex.findall(r"\X", text)


@pytest.mark.parametrize(
    "piece", [*(p for p in PIECES if p != FARSI), "e\u0301", "\u0e01\u0e33", "\r\n", "\u0600\u0661"]
)
def test_what_looks_like_one_character_is_one_grapheme(piece: str):
    assert graphemes(f"a{piece}b") == ["a", piece, "b"]


def test_a_virama_without_its_consonant_joins_nothing():
    assert graphemes("\u094d\u0915") == ["\u094d", "\u0915"]


@pytest.mark.parametrize("beside", ["\r\n", "\u0301", "\u0600", ASTRONAUT, CONJUNCT])
@pytest.mark.parametrize("plain", ["Stra\u00dfe", "\u201cso\u201d\u2026", "\u4f60\u597d\u3002", "a\u00ad\x85"])
def test_plain_letters_are_measured_alike_alone_and_beside_what_joins(plain: str, beside: str):
    assert graphemes(plain) == regex.findall(r"\X", plain)
    assert graphemes(plain + beside) == regex.findall(r"\X", plain + beside)


def test_two_flags_are_two_graphemes():
    assert graphemes(GERMANY * 2) == [GERMANY, GERMANY]


@given(anything, st.integers(1, 60))
def test_a_shortened_text_never_exceeds_its_limit(text: str, limit: int):
    assert length(shorten(text, limit)) <= limit


@given(anything)
def test_a_text_that_fits_is_not_shortened(text: str):
    assert shorten(text, max(1, length(text))) == text


@given(mixed, st.integers(1, 60))
def test_shortening_keeps_whole_graphemes_from_the_start(text: str, limit: int):
    short = shorten(text, limit)
    if short != text:
        kept = graphemes(short.removesuffix("\u2026"))
        assert kept == graphemes(text)[: len(kept)]


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("hello wonderful world", 16, "hello wonderful\u2026"),
        ("hello wonderful world", 15, "hello wonderfu\u2026"),
        ("hello big wonderful world", 15, "hello big\u2026"),
        ("incomprehensibilities", 8, "incompr\u2026"),
        ("so much to tell, and more", 20, "so much to tell\u2026"),
        ("so much to tell. And more", 20, "so much to tell\u2026"),
        ("at last \u2013 (a job) for me", 11, "at last\u2026"),
        ("well, \u2026 what now", 9, "well\u2026"),
        ("did it! And more", 10, "did it!\u2026"),
        ("......................", 8, ".......\u2026"),
        ("\u0623\u0646\u0627\u060c \u0647\u0646\u0627", 6, "\u0623\u0646\u0627\u2026"),
        (f"ab {FAMILY}", 7, "ab\u2026"),
        (f"ab{GERMANY}", 5, "ab\u2026"),
        ("ab", 1, "\u2026"),
    ],
)
def test_shortening_ends_with_a_whole_word_where_it_can(text: str, limit: int, short: str):
    assert shorten(text, limit) == short


@given(mixed, st.integers(1, 60))
def test_a_shortened_text_ends_with_no_mark_that_leads_on_unless_it_is_all_marks(text: str, limit: int):
    short = shorten(text, limit)
    if short != text and any(char.isalnum() for char in short):
        assert not graphemes(short)[-2].isspace()
        assert graphemes(short)[-2] not in set(",;:.-([{")


@pytest.mark.parametrize(("cut", "limit"), [(shorten, 0), (split, 1)])
def test_a_limit_without_room_is_refused(cut, limit: int):
    with pytest.raises(ValueError, match="limit must be at least"):
        cut("some words", limit)


@given(anything, st.integers(2, 60))
def test_every_piece_of_a_split_fits_and_says_something(text: str, limit: int):
    pieces = split(text, limit)
    assert all(piece.strip() and length(piece) <= limit for piece in pieces)


@given(anything, st.integers(2, 60))
def test_a_split_loses_nothing_but_whitespace(text: str, limit: int):
    assert "".join("".join(split(text, limit)).split()) == "".join(text.split())


@given(mixed, st.integers(40, 80))
def test_a_split_cuts_no_grapheme_that_fits(text: str, limit: int):
    whole = [unit for unit in graphemes(text) if not unit.isspace()]
    if all(length(unit) <= limit for unit in whole):
        pieces = [unit for piece in split(text, limit) for unit in graphemes(piece) if not unit.isspace()]
        assert pieces == whole


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        (" \n ", 10, []),
        ("short", 10, ["short"]),
        ("one two. three\n\nfour five", 20, ["one two. three", "four five"]),
        ("one two. three\nfour five", 20, ["one two. three", "four five"]),
        ("One two three. Four five", 20, ["One two three.", "Four five"]),
        ("one two three four five", 20, ["one two three four", "five"]),
        ("a\n\nincomprehensibilities here", 12, ["a", "incomprehens", "ibilities", "here"]),
        ("exactly ten", 7, ["exactly", "ten"]),
        (f"{FAMILY}{FAMILY}", 9, [FAMILY, FAMILY]),
        ("a" + "\u0301" * 3, 2, ["a\u0301", "\u0301\u0301"]),
    ],
)
def test_a_split_cuts_where_a_reader_would_pause(text: str, limit: int, pieces: list[str]):
    assert split(text, limit) == pieces


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "no applications"),
        (1, "one application"),
        (5, "five applications"),
        (12, "twelve applications"),
        (13, "13 applications"),
        (1200, "1,200 applications"),
    ],
)
def test_counts_are_words_up_to_twelve(n: int, words: str):
    assert count(n, "application") == words


def test_a_count_takes_the_plural_it_is_given():
    assert (count(1, "reply", "replies"), count(3, "reply", "replies")) == ("one reply", "three replies")


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_listing_reads_like_a_sentence(items: list[str], words: str):
    assert listing(items) == words


@pytest.mark.parametrize(
    ("text", "backwards"),
    [("", False), ("12 !", False), ("Acme שלום", False), ("שלום Acme", True), ("(12) مُحَمَّد", True), ("🎉 x", False)],
)
def test_a_text_runs_as_its_first_letter_does(text: str, backwards: bool) -> None:
    assert is_right_to_left(text) is backwards
