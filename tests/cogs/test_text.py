"""People's words in Discord's messages: they read as written, and do nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import clean
from cogs._layout import name_of
from cogs._text import as_said, escape

# All that an escaped text may consist of, as Discord's client reads it: an escaped sign, a link, a plain character.
READ = re.compile(r"\\([^0-9A-Za-z\s])|<(https?://[^\s<>]+)>|([^\\*_~|`\[<])", re.IGNORECASE)
BLOCK = re.compile(r"^\s*(?:#{1,3}|-#|[-*+>]|>>>|\d+[.)])", re.MULTILINE)
MENTION = re.compile(r"@(?:everyone|here|[!&]?\d{17,20})")

SNIPPETS = [
    "*",
    "**",
    "_",
    "__",
    "~~",
    "||",
    "`",
    "```",
    "\\",
    "[",
    "](",
    ")",
    "<",
    ">",
    "#",
    "-# ",
    "- ",
    "1. ",
    "\n",
    " ",
]
SNIPPETS += [
    "https://a.b",
    "http://c.d/e_f_(g)",
    "HTTPS://x",
    "https://",
    "://",
    "@everyone",
    "<@123456789012345678>",
    "<t:1:R>",
]
SNIPPETS += [
    "</cmd:1>",
    "<#1>",
    "<:a:1>",
    "a",
    "word",
    ".",
    "!",
    "\u202e",
    "\U0001f469\u200d\U0001f680",
    "?q=1&r",
    "@e.f",
]
words = st.one_of(st.lists(st.sampled_from(SNIPPETS), max_size=25).map("".join), st.text(max_size=60))


def shown(escaped: str) -> str:
    """The text as the client shows it; fails where anything in it would do more than be read."""
    pieces = list(READ.finditer(escaped))
    assert "".join(piece[0] for piece in pieces) == escaped
    return "".join(piece[1] or piece[2] or piece[3] for piece in pieces)


def without_links(escaped: str) -> str:
    return READ.sub(lambda piece: "link" if piece[2] else piece[0], escaped)


@given(words)
def test_escaped_words_hold_no_markup_and_read_as_written(text: str):
    read = shown(escape(text)).replace("@\u200b", "@")
    assert re.sub("[<>]", "", read) == re.sub("[<>]", "", clean(text))


@given(words)
def test_no_line_starts_a_heading_a_list_or_a_quote(text: str):
    assert BLOCK.search(without_links(escape(text))) is None


@given(words)
def test_no_escaped_words_mention_anybody(text: str):
    assert MENTION.search(without_links(escape(text))) is None


@given(words)
def test_every_link_left_is_one_that_opens_no_preview(text: str):
    assert re.search(r"(?<!\\)://", without_links(escape(text))) is None


@pytest.mark.parametrize(
    "text",
    [
        "I applied to three places, and one wrote back.",
        "Coffee with Ana (from the old team) at 5: good.",
        "\u00bfQu\u00e9 tal? \u4f60\u597d \U0001f469\u200d\U0001f680",
        "C# and C++ = fun; 50% done & more",
    ],
)
def test_plain_words_stay_as_they_are(text: str):
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("**bold** and snake_case", r"\*\*bold\*\* and snake\_case"),
        ("# Big\n-# small\n- item\n1. one\n> said", "\\# Big\n\\-# small\n\\- item\n1\\. one\n\\> said"),
        ("</cmd:1> <t:1:R> <#1> <:a:1>", r"\</cmd:1> \<t:1:R> \<#1> \<:a:1>"),
        ("@everyone <@123456789012345678>", "@\u200beveryone \\<@\u200b123456789012345678>"),
        ("ends with \\", r"ends with \\"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("[a job](https://evil.example)", r"\[a job](<https://evil.example>\)"),
        ("see https://a.b/c_d_(e), or <https://f.g>.", r"see <https://a.b/c_d_(e)>, or <https://f.g>\."),
        ("https://good.example@evil.example", "<https://good.example>@evil.example"),
        ("https://[x](http://y.z)", r"https\://\[x](<http://y.z>\)"),
    ],
)
def test_what_would_do_something_is_only_read(text: str, safe: str):
    assert escape(text) == safe


# ------------------------------------------------------------------ from right to left

mixed = st.lists(
    st.sampled_from(
        ["שלום", "مرحبا", " ", "!", "(18:00).", "word", "“", "”", "\n", "*", "🎉", "https://a.b/ש ", "\u202e"]
    ),
    max_size=12,
).map("".join)


@given(mixed)
def test_words_from_right_to_left_open_and_close_their_direction_on_each_line(text: str):
    for line in as_said(text).split("\n"):
        turned = re.search("[א-ת؀-ۿ]", line) is not None
        quoted = sum(re.search("[א-ת؀-ۿ]", quote) is not None for quote in re.findall("“([^“”]*)(?=”)", line))
        assert (line.count("\u2068"), line.count("\u2069")) == (turned + quoted, turned + quoted)
        assert not turned or line[0] + line[-1] == "\u2068\u2069"


@given(mixed)
def test_a_direction_of_ones_own_changes_no_letter(text: str):
    assert re.sub("[\u2068\u2069]", "", as_said(text)) == escape(text)


def test_a_quotation_from_right_to_left_keeps_its_last_stop_within_its_marks():
    line = "the idea “שלום (עולם).” and two cheers"

    assert as_said(line) == "\u2068the idea “\u2068שלום (עולם).\u2069” and two cheers\u2069"
    assert as_said("the idea “a lab” and שלום") == "\u2068the idea “a lab” and שלום\u2069"


def test_a_name_from_right_to_left_keeps_what_follows_it_in_place():
    assert f"{name_of('יונתן')} (week 3)" == "\u2068יונתן\u2069 (week 3)"
    assert name_of("Zoë 🌿") == "Zoë 🌿"
