"""The packaged fonts: which characters each one has and how wide they are."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
REGULAR, BOLD = 400, 700

# In the order in which they are tried. A family without a regular file is bold everywhere.
_FILES = {
    "Inter": {REGULAR: "Inter-Regular.ttf", BOLD: "Inter-Bold.ttf"},
    "Noto Sans Hebrew": {REGULAR: "NotoSansHebrew-Regular.ttf", BOLD: "NotoSansHebrew-Bold.ttf"},
    "Noto Sans Arabic": {REGULAR: "NotoSansArabic-Regular.ttf", BOLD: "NotoSansArabic-Bold.ttf"},
    "Noto Sans Devanagari": {REGULAR: "NotoSansDevanagari-Regular.ttf", BOLD: "NotoSansDevanagari-Bold.ttf"},
    "Noto Sans Thai": {REGULAR: "NotoSansThai-Regular.ttf", BOLD: "NotoSansThai-Bold.ttf"},
    "Noto Sans JP": {BOLD: "NotoSansJP-Bold.ttf"},
    "Noto Sans SC": {BOLD: "NotoSansSC-Bold.ttf"},
    "Noto Sans KR": {BOLD: "NotoSansKR-Bold.ttf"},
    "Noto Emoji": {BOLD: "NotoEmoji-Bold.ttf"},
}
FAMILIES = tuple(_FILES)


class Font:
    """One font file, read as far as measuring needs it (tables cmap, head, hhea and hmtx of OpenType)."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        tables = _tables(data)
        self._em: int = struct.unpack_from(">H", data, tables["head"] + 18)[0]
        (count,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
        metrics = _numbers(data, tables["hmtx"], 2 * count)
        self._advances = metrics[::2]
        self._starts, self._ranges = _ranges(data, tables["cmap"])

    def width(self, char: str) -> float | None:
        """The advance of a character in ems, or None when the font does not have it."""
        glyph = self._glyph(ord(char))
        return self._advances[min(glyph, len(self._advances) - 1)] / self._em if glyph else None

    def _glyph(self, code: int) -> int:
        at = bisect_right(self._starts, code) - 1
        if at < 0:
            return 0
        start, end, glyph = self._ranges[at]
        return glyph + code - start if code <= end else 0


def weight_of(family: str, wanted: int) -> int:
    """The wanted weight, or the only one that the family has."""
    return wanted if wanted in _FILES[family] else BOLD


@cache
def font(family: str, weight: int) -> Font:
    """The font of a family, read once."""
    return Font(FOLDER / _FILES[family][weight_of(family, weight)])


def files() -> list[str]:
    """The paths of all packaged font files."""
    return [str(FOLDER / name) for weights in _FILES.values() for name in weights.values()]


def _tables(data: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", data, 4)
    records = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    return struct.unpack_from(f">{count}H", data, at)


def _ranges(data: bytes, cmap: int) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Runs of characters with runs of glyphs, as (first, last, glyph of the first), and their firsts."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    records = struct.iter_unpack(">HHI", data[cmap + 4 : cmap + 4 + 8 * count])
    subtables = {struct.unpack_from(">H", data, cmap + at)[0]: cmap + at for _, _, at in records}
    found = _format_12(data, subtables[12]) if 12 in subtables else _format_4(data, subtables[4])
    return [first for first, _, _ in found], found


def _format_12(data: bytes, at: int) -> list[tuple[int, int, int]]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    return list(struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]))


def _format_4(data: bytes, at: int) -> list[tuple[int, int, int]]:
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = _numbers(data, at + 14, segments)
    starts = _numbers(data, at + 16 + 2 * segments, segments)
    deltas = _numbers(data, at + 16 + 4 * segments, segments)
    offsets_at = at + 16 + 6 * segments
    offsets = _numbers(data, offsets_at, segments)
    found: list[tuple[int, int, int]] = []
    for index, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if offset == 0:
            found.append((start, end, (start + delta) & 0xFFFF))
            continue
        glyphs = _numbers(data, offsets_at + 2 * index + offset, end - start + 1)
        found += [(start + n, start + n, (glyph + delta) & 0xFFFF) for n, glyph in enumerate(glyphs) if glyph]
    return found
