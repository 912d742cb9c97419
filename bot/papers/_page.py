"""Pages of a PDF that hold what people wrote: in the packaged fonts, wrapped, each script in its own direction.

Text that needs no shaping, as most Latin, Greek and Cyrillic does, is set as it is: shaping takes fifty times as long.
Lengths are millimetres, from the upper left corner; sizes of letters are points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from fpdf import FPDF
from fpdf.line_break import Fragment

from bot.core.text import clean, graphemes, is_right_to_left

WIDTH, HEIGHT = 297.0, 210.0  # A4, landscape
_FONTS = Path(__file__).parent.parent / "charts" / "fonts"
_MAIN = "inter"
_OTHERS = (  # in the order in which they are tried
    "NotoSansHebrew-Regular", "NotoSansArabic-Regular", "NotoSansDevanagari-Regular", "NotoSansThai-Regular",
    "NotoSansJP-Bold", "NotoSansSC-Bold", "NotoSansKR-Bold", "NotoEmoji-Bold",
)  # fmt: skip
_FOLLOWING = frozenset(map(chr, (0x200C, 0x200D, 0xFE0E, 0xFE0F, *range(0xE0020, 0xE0080))))
_MOST_MARKS = 3  # on one letter
_POINT = 25.4 / 72


class _Pdf(FPDF):
    """A line is set in parts of one font each; marks, and what joins emoji, stay with what they follow.

    fpdf2 would part words at each of them, and Arabic letters with vowels would not join.
    """

    def _parse_chars(self, text: str, markdown: bool, **_: Any) -> Iterator[Fragment]:
        for name, part in groupby(_with_fonts(text, self._font_for), key=lambda one: one[1]):
            state = self._get_current_graphics_state()
            if name:
                state.font_family, state.font_style, state.current_font = name, "", self.fonts[name]
            yield Fragment([char for char, _ in part], state, self.k)

    def _font_for(self, char: str) -> str:
        """Empty for the one that is set."""
        font: Any = self.current_font
        return "" if ord(char) in font.cmap else self.get_fallback_font(char) or ""


def _with_fonts(text: str, font_for: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    font = ""
    for at, char in enumerate(text):
        if not at or not _follows(char):
            font = font_for(char)
        yield char, font


def _follows(char: str) -> bool:
    return char in _FOLLOWING or unicodedata.category(char)[0] == "M"


class Pages:
    """Pages in the making."""

    def __init__(self, title: str, author: str, language: str, made_at: datetime) -> None:
        self._pdf = _Pdf("landscape", "mm", "A4")
        self._pdf.str_alias_nb_pages = ""  # people may write "{nb}"
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        self._pdf.set_title(title)
        self._pdf.set_author(author)
        self._pdf.set_creator("Cairn")
        self._pdf.set_lang(language)
        self._pdf.set_creation_date(made_at)
        self._pdf.add_font(_MAIN, "", _FONTS / "Inter-Regular.ttf")
        self._pdf.add_font(_MAIN, "B", _FONTS / "Inter-Bold.ttf")
        self._fonts: dict[str, Any] = {_MAIN: self._pdf.fonts[_MAIN]}
        self._widths: dict[str, float] = {}

    def add(self) -> None:
        """Begin a page."""
        self._pdf.add_page()

    def output(self) -> bytes:
        """The whole document."""
        return bytes(self._pdf.output())

    def rule(self, y: float, left: float, right: float) -> None:
        """A fine line."""
        self._pdf.set_draw_color(190)
        self._pdf.set_line_width(0.15)
        self._pdf.line(left, y, right, y)

    def shade(self, x: float, y: float, width: float, height: float) -> None:
        """A light field for a heading to stand on."""
        self._pdf.set_fill_color(238)
        self._pdf.rect(x, y, width, height, style="F")

    def write(self, x: float, y: float, line: str, size: float, width: float, *, bold: bool = False) -> None:
        """A drawable line with its baseline at y; one that reads from right to left begins at the right."""
        self._pdf.set_font(_MAIN, "B" if bold else "", size)
        if self._is_plain(line):
            self._pdf.text(x, y, line)
            return
        self._pdf.text(x, y, "")  # names the font; where cell() does, it is taken back with the rest at its end
        backwards = is_right_to_left(line)
        self._pdf.set_text_shaping(True, direction="rtl" if backwards else "ltr")
        self._pdf.set_xy(x, y - 0.3 * size * _POINT)
        self._pdf.cell(width, 0, line, align="R" if backwards else "L")
        self._pdf.set_text_shaping(False)

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """What can be drawn of a text, on lines of at most a width, broken between words or else between letters."""
        lines, room = [""], 0.0
        for word, gap in self._pieces(self._drawable(text), size, width):
            wide = self.measure(word, size)
            if lines[-1] and room < wide + (self.measure(" ", size) if gap else 0):
                lines.append("")
            if not lines[-1]:
                room = width
            elif gap:
                lines[-1] += " "
                room -= self.measure(" ", size)
            lines[-1] += word
            room -= wide
        return lines

    def _pieces(self, text: str, size: float, width: float) -> Iterator[tuple[str, bool]]:
        """Words, each with whether a space stands before it; one that is wider than a line as its letters."""
        for word in text.split():
            parts = [word] if self.measure(word, size) <= width else graphemes(word)
            yield from ((part, at == 0) for at, part in enumerate(parts))

    def measure(self, text: str, size: float) -> float:
        """How wide a drawable text is at most."""
        return sum(map(self._width, text)) * size * _POINT / 1000

    def _width(self, char: str) -> float:
        """The advance of a character in thousandths of the size; an upper bound for what joins."""
        if char not in self._widths:
            font = None if char in _FOLLOWING else self._font_of(char)
            self._widths[char] = font.cw[ord(char)] if font else 0.0
        return self._widths[char]

    # ------------------------------------------------------------------ what can be drawn

    def _drawable(self, text: str) -> str:
        line = " ".join(clean(text).split())
        if self._is_plain(line):
            return line
        return " ".join("".join(map(self._drawn, graphemes(line))).split())

    def _drawn(self, cluster: str) -> str:
        """The cluster, its plain form (as of mathematical letters) or its base: the first in a font, or nothing."""
        marks = sum(unicodedata.category(char) == "Mn" for char in cluster[1:])
        whole = (cluster, unicodedata.normalize("NFKC", cluster)) if marks <= _MOST_MARKS else ()
        return next((form for form in (*whole, cluster[0]) if self._has(form)), "")

    def _has(self, form: str) -> bool:
        fonts = [self._font_of(char) for char in form if char not in _FOLLOWING]
        return None not in fonts and all(font is fonts[0] for font in fonts)

    def _is_plain(self, text: str) -> bool:
        main = self._fonts[_MAIN].cmap
        return text.isascii() or all(ord(char) in main and unicodedata.category(char)[0] != "M" for char in text)

    def _font_of(self, char: str) -> Any | None:
        if ord(char) not in self._fonts[_MAIN].cmap and len(self._fonts) == 1:
            self._load()
        return next((font for font in self._fonts.values() if ord(char) in font.cmap), None)

    def _load(self) -> None:
        """The other fonts, which most logs do without."""
        for name in _OTHERS:
            self._pdf.add_font(name, "", _FONTS / f"{name}.ttf")
            self._fonts[name] = self._pdf.fonts[name.lower()]
        self._pdf.set_fallback_fonts(list(_OTHERS), exact_match=False)
