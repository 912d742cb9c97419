"""Words: what people write made safe to show, measured, shortened and split; words for numbers and lists.

Graphemes follow UAX #29 (extended grapheme clusters), by `unicodedata` and short tables of what it lacks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import dropwhile

_ZWNJ = "\u200c"
_ZWJ = "\u200d"

# Extended_Pictographic, in whole blocks where single gaps do no harm: it is only asked about beside a joiner.
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u2328\u2388\u23cf-\u23f3\u23f8-\u23fa\u24c2\u25aa-\u25fe"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff\U0001fc00-\U0001fffd"
)
_TONES = "\U0001f3fb-\U0001f3ff"
_TAGS = "\U000e0020-\U000e007f"
# Scripts in which a joiner or non-joiner changes the shape of a word: Arabic to Sinhala, Myanmar, Khmer, ...
_SHAPED = (
    "\u0600-\u0dff\u1000-\u109f\u1780-\u18af\u1a20-\u1aff\u1b00-\u1bff\ua800-\uabff"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f"
)

# Patterns stay text: `re` compiles each at its first use and keeps it, which spares the start of the program.
_LINE_END = "[\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?"
_NEVER = (
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_STRAY_TAG = f"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{2,6}}\U000e007f)|[{_TAGS}]"
_STRAY_SELECTOR = (
    f"(?<![{_PICTURES}])[\ufe0e\ufe0f](?!\u20e3)|(?<![0-9#*{_PICTURES}])[\ufe0e\ufe0f]"
    "|(?<![^\\W\\d_])[\ufe00-\ufe0d\U000e0100-\U000e01ef]"
)
_STRAY_JOINER = (
    f"(?<![{_SHAPED}]){_ZWNJ}|(?<![{_SHAPED}{_PICTURES}{_TONES}\ufe0f]){_ZWJ}|(?<![{_SHAPED}]){_ZWJ}(?![{_PICTURES}])"
)
_SELDOM = f"[{_ZWNJ}{_ZWJ}{_TAGS}\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # what may be stray, looked for first: it is dear
_LINE_TAIL = r"[^\S\n]+(?=\n)"
_MANY_LINES = r"\n{3,}"
_LOOKS_EMPTY = "[\\s\u115f\u1160\u2800\u3164\uffa0\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*"

# All but Latin letters, punctuation and Han, none of which is more than itself where nothing else is beside it.
_MAY_JOIN = "[^\x00-\x0c\x0e-\u02ff\u2010-\u2027\u3001\u3002\u4e00-\u9fff]"
_PICTURE = f"[{_PICTURES}]"
_EXTEND = f"[{_TONES}{_TAGS}{_ZWNJ}{_ZWJ}\uff9e\uff9f]"
_PREPEND = "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3]"
_FLAG_HALF = "[\U0001f1e6-\U0001f1ff]"
_VIRAMA = "[\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d]"
_CONSONANT = (
    "[\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09b9\u09dc-\u09df\u09f0\u09f1\u0a95-\u0ab9\u0af9"
    "\u0b15-\u0b39\u0b5c-\u0b5f\u0b71\u0c15-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a]"
)
_HANGUL = {
    ("L", "L"),
    ("L", "V"),
    ("L", "LV"),
    ("L", "LVT"),
    ("LV", "V"),
    ("LV", "T"),
    ("V", "V"),
    ("V", "T"),
} | {
    ("LVT", "T"),
    ("T", "T"),
}
_MARKS = {"extend", "spacing"}
_CONTROLS = {"Cc", "Cf", "Zl", "Zp"}

_LEADS_ON = frozenset(",;:.\u2026-\u2013\u2014([{\u060c\u061b\u3001\u3002\uff0c\uff1a\uff1b")
_ENDS_SENTENCE = "[.!?\u2026\u3002\uff01\uff1f][\"')\\]\u00bb\u201d\u2019]*$"

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def clean(text: str) -> str:
    """The text in NFC without what hides or misleads: controls, bidi marks, lone surrogates, stray joiners.

    Joiners and selectors stay inside emoji and where a script needs them. At most two LF in a row.
    """
    text = unicodedata.normalize("NFC", re.sub(_LINE_END, "\n", text).replace("\t", " "))
    text = re.sub(_NEVER, "", text)
    if re.search(_SELDOM, text):
        text = re.sub(_STRAY_TAG, r"\1", text)
        text = re.sub(_STRAY_SELECTOR, "", text)
        text = re.sub(_STRAY_JOINER, "", text)
    text = unicodedata.normalize("NFC", text)
    return re.sub(_MANY_LINES, "\n\n", re.sub(_LINE_TAIL, "", text)).strip()


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing at all."""
    return re.fullmatch(_LOOKS_EMPTY, clean(text)) is not None


def length(text: str) -> int:
    """UTF-16 code units: never less than what a platform counts, as some count code points and some these."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> list[str]:
    """What a reader takes for single characters: an emoji sequence, a flag, a letter with its marks."""
    return list(_clusters(text)) if re.search(_MAY_JOIN, text) else list(text)


def shorten(text: str, limit: int) -> str:
    """The text if its `length` is at most `limit` (1 or more); else its start and an ellipsis.

    It ends with a whole word, unless that loses more than half, and never within a grapheme, a comma or the like.
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    if length(text) <= limit:
        return text
    units = graphemes(text[: limit + 1])  # of what is cut off, not even the first grapheme can fit
    fitting = _fitting(units, limit - 1)
    cut = next((at for at in range(fitting, fitting // 2, -1) if units[at].isspace()), fitting)
    return ("".join(_without_tail(units[:cut])) or _joined(units[:cut])) + "\u2026"


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of `length` at most `limit` (2 or more); only whitespace at cuts is dropped.

    Cuts at the end of a paragraph, else of a line, a sentence or a word, where a piece is half full.
    """
    if limit < 2:
        raise ValueError("limit must be at least 2")
    units = _trimmed(_breakable(graphemes(text), limit))
    pieces: list[str] = []
    while units:
        cut = _cut(units, limit)
        pieces.append(_joined(units[:cut]))
        units = _trimmed(units[cut:])
    return pieces


def count(n: int, singular: str, plural: str | None = None) -> str:
    """`one application`, `five applications`, `13 applications`; without `plural` an s is added."""
    number = _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"
    return f"{number} {singular if n == 1 else plural or singular + 's'}"


def listing(items: Sequence[str]) -> str:
    """`a, b and c`; an empty text for nothing."""
    *first, last = items or [""]
    return f"{', '.join(first)} and {last}" if first else last


def mark(words: str) -> str:
    """What tells whether words are the same by now, without keeping them: 16 hexadecimal digits."""
    return blake2b(words.encode(), digest_size=8).hexdigest()


def is_right_to_left(text: str) -> bool:
    """Whether a text runs from right to left, by its first letter that has a direction (UAX #9, rules P2 and P3)."""
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "L") != "L"


def _clusters(text: str) -> Iterator[str]:
    cluster = text[:1]
    for char in text[1:]:
        if _joins(cluster, char):
            cluster += char
        else:
            yield cluster
            cluster = char
    yield cluster


def _joins(cluster: str, char: str) -> bool:
    last, kind = _kind(cluster[-1]), _kind(char)
    if kind == "other":
        return last == "prepend"
    if "control" in (last, kind):
        return cluster == "\r" and char == "\n"
    if kind in _MARKS or last == "prepend" or (last, kind) in _HANGUL:
        return True
    if kind == "flag":
        return last == "flag" and (len(cluster) < 2 or _kind(cluster[-2]) != "flag")
    if kind == "picture":
        return cluster[-1] == _ZWJ and _is_picture(cluster[:-1])
    return kind == "consonant" and _awaits_consonant(cluster)


def _is_picture(cluster: str) -> bool:
    base = next((char for char in reversed(cluster) if _kind(char) != "extend" or char == _ZWJ), "")
    return re.match(_PICTURE, base) is not None


def _awaits_consonant(cluster: str) -> bool:
    """A virama after the consonant makes a conjunct with the next one (UAX #29, rule GB9c)."""
    virama = False
    for char in reversed(cluster):
        if _kind(char) != "extend" or char == _ZWNJ:
            return virama and _kind(char) == "consonant"
        virama = virama or re.match(_VIRAMA, char) is not None
    return False


@lru_cache(maxsize=4096)
def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me") or re.match(_EXTEND, char):
        return "extend"
    if category == "Mc" or char in "\u0e33\u0eb3":
        return "spacing"
    if re.match(_PREPEND, char):
        return "prepend"
    if category in _CONTROLS:
        return "control"
    for kind, pattern in (("flag", _FLAG_HALF), ("picture", _PICTURE), ("consonant", _CONSONANT)):
        if re.match(pattern, char):
            return kind
    return _hangul_kind(ord(char))


def _hangul_kind(point: int) -> str:
    if 0xAC00 <= point <= 0xD7A3:
        return "LVT" if (point - 0xAC00) % 28 else "LV"
    if 0x1100 <= point <= 0x115F or 0xA960 <= point <= 0xA97C:
        return "L"
    if 0x1160 <= point <= 0x11A7 or 0xD7B0 <= point <= 0xD7C6:
        return "V"
    if 0x11A8 <= point <= 0x11FF or 0xD7CB <= point <= 0xD7FB:
        return "T"
    return "other"


def _fitting(units: Sequence[str], limit: int) -> int:
    """How many units from the start fit into the limit."""
    room = limit
    for at, unit in enumerate(units):
        room -= length(unit)
        if room < 0:
            return at
    return len(units)


def _breakable(units: Iterable[str], limit: int) -> list[str]:
    """The units, and one that is longer than any piece may be as its single characters."""
    return [part for unit in units for part in ([unit] if length(unit) <= limit else unit)]


def _joined(units: Sequence[str]) -> str:
    """The text of the units without the whitespace at its end; a space that carries a mark is none."""
    return "".join(reversed(_trimmed(reversed(units))))


def _without_tail(units: Sequence[str]) -> list[str]:
    """The units without what hangs at their end: blanks, and marks that lead on to what was cut off."""
    return list(dropwhile(lambda unit: unit.isspace() or unit in _LEADS_ON, reversed(units)))[::-1]


def _trimmed(units: Iterable[str]) -> list[str]:
    return list(dropwhile(str.isspace, units))


def _cut(units: Sequence[str], limit: int) -> int:
    fitting = _fitting(units, limit)
    if fitting == len(units) or "".join(units[fitting:]).isspace():
        return fitting
    gaps = [at for at in range(1, fitting + 1) if units[at].isspace()]
    roomy = [at for at in gaps if at >= fitting // 2]
    return max(roomy, key=lambda at: (_strength(units, at), at)) if roomy else max(gaps, default=fitting)


def _strength(units: Sequence[str], at: int) -> int:
    """How good a place the whitespace at `at` is for a cut: a paragraph's end is best."""
    if units[at] == "\n":
        return 3 if units[at + 1 : at + 2] == ["\n"] else 2
    return 1 if re.search(_ENDS_SENTENCE, "".join(units[max(0, at - 4) : at])) else 0
