"""Parts of a day as people write them, in English, German, French and Spanish: "this morning", "gestern Abend"."""

from __future__ import annotations

import re

_MORNING = (
    r"(?:this |in the )?morning|vormittags?|früh|(?:ce |le |du )?matin|(?:por la |de la |esta )mañana"
    r"|(?:(?<=heute )|(?<=gestern )|(?<=tag )|(?<=woch )|am )morgen"
)
_AFTER_NOON = (
    r"(?:this |in the )?(?:afternoon|evening)|tonight|(?:am )?(?:nachmittags?|abends?)|(?:cet |l'|de l')?après-midi"
    r"|(?:ce |le )?soir(?:ée)?|(?:por la |de la |esta )?tarde"
)
_NIGHT = r"(?:at )?night|nachts?|(?:cette |la )?nuit|(?:por la |de la |esta )?noche"
_LAST_NIGHT = {"last night": "yesterday night", "letzte nacht": "gestern nacht", "anoche": "ayer noche"}


# The hours of a clock of twelve that are after noon in it.
_LATE = {_MORNING: range(0), _AFTER_NOON: range(1, 12), _NIGHT: range(6, 12)}


def found_in(words: str) -> tuple[str, range | None]:
    """What is left without the part of a day that is named, and the hours that are after noon in it."""
    for name, meant in _LAST_NIGHT.items():
        words = re.sub(rf"\b{name}\b", meant, words)
    for names, late in _LATE.items():
        if found := re.search(rf"\b(?:{names})\b", words):
            return f"{words[: found.start()]} {words[found.end() :]}", late
    return words, None
