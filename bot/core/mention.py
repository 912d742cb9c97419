"""What a check-in mentions of the search: companies in the log, and what happened. It is only ever offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.core.hidden import named
from bot.core.journal import Gone
from bot.core.search import Act, Known

MOST = 3  # that are offered
ACTS = (Act.APPLIED, Act.OUTREACH, Act.CONVERSATION, Act.INTERVIEW, Act.OFFER, Act.LOST, Act.NOTE)  # that can be logged
_SENTENCE = r"[.!?;\n]+(?:\s|$)"
_SAID = {  # English and German; in a sentence with several, the first of these
    Act.LOST: r"reject(?:ed|ions?)|turned (?:me )?down|absagen?|abgesagt|abgelehnt",
    Act.OFFER: r"job offers?|offered me (?:\w+ ){1,3}(?:job|role|position)|jobangebote?|zusagen?",
    Act.INTERVIEW: r"interview(?:s|ed)?|(?:vorstellungs|bewerbungs)gespräche?s?",
    Act.APPLIED: r"applied|sent (?:\w+ ){0,2}applications?|beworben|bewerbung(?:en)? (?:raus|abgeschickt|verschickt)",
}
_NEAR = 40  # characters
_NOT = r"(?:\b(?:no|not|never|without|kein\w*|nicht|nie)|n['’]t)\s+(?:\w+\s+)?$"  # right before it: it did not happen


class Mention(NamedTuple):
    """Something that may belong into the log."""

    act: Act
    application_id: int  # 0: of none that is known
    company: str
    on: date

    @property
    def key(self) -> str:
        """How a button refers to it."""
        return f"{self.application_id}.{self.act}.{self.on}"


def mentions(texts: Iterable[str], known: Sequence[Known], on: date) -> tuple[Mention, ...]:
    """What the words of a day mention: known companies, of several applications the first; else only what happened."""
    found = dict.fromkeys(one for text in texts for said in re.split(_SENTENCE, text) for one in _in(said, known, on))
    placed = {one.act for one in found if one.application_id}
    kept = [one for one in found if one.application_id or one.act not in placed]
    return tuple(kept[:MOST])


def _in(said: str, known: Sequence[Known], on: date) -> Iterator[Mention]:
    act = next((act for act, words in _SAID.items() if _happened(words, said)), None)
    of = {one.company: one.id for one in reversed(known)}
    companies = named([said], (), tuple(dict.fromkeys(one.company for one in known)))
    for company in companies:
        yield Mention(act or Act.NOTE, of[company], company, on)
    if act and not companies:
        yield Mention(act, 0, "", on)


def _happened(words: str, said: str) -> bool:
    found = re.finditer(rf"\b(?:{words})\b", said, re.IGNORECASE)
    return any(not re.search(_NOT, said[max(0, one.start() - _NEAR) : one.start()], re.IGNORECASE) for one in found)


def parse(key: str) -> tuple[int, Act, date]:
    """What a button refers to: the number of an application or 0, what happened, and the day; raises Gone."""
    try:
        number, act, on = key.split(".")
        return int(number), Act(act), date.fromisoformat(on)
    except ValueError:
        raise Gone("I no longer know what that is about. /log works at any time.") from None
