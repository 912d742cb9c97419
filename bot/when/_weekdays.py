"""Weekdays as people write them, in English, German, French and Spanish, and which days they can be."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

_WEEKDAYS = (
    "mon monday mondays mo montag lun lundi lunes",
    "tue tues tuesday di dienstag mardi mar martes",
    "wed weds wednesday mi mittwoch mer mercredi mie miercoles",
    "thu thur thurs thursday do donnerstag jeu jeudi jue jueves",
    "fri friday fr freitag ven vendredi vie viernes",
    "sat saturday sa samstag sonnabend sam samedi sab sabado",
    "sun sunday so sonntag dim dimanche dom domingo",
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ALSO_MONTHS = {"mar"}  # March, and Tuesday in French and Spanish
_LAST = frozenset(
    ("last", "past", "letzten", "letzter", "letzte", "letztes", "vorigen", "voriger", "vorige", "vergangenen",
     "vergangener", "vergangene", "dernier", "derniere", "pasado", "pasada")
)  # fmt: skip
_NEXT = frozenset(
    ("next", "nachsten", "nachster", "nachste", "nachstes", "kommenden", "kommender", "kommende", "prochain",
     "prochaine", "proximo", "proxima", "viene")
)  # fmt: skip
_THIS = {"this", "coming", "on", "the", "diesen", "dieser", "am", "le", "ce", "el", "este", "que"}
_WEEK = {"week", "woche", "semaine", "semana", "la", "der", "in"}
_SPAN = frozenset(
    ("week", "weekend", "month", "year", "woche", "wochenende", "monat", "jahr", "semaine", "mois", "annee",
     "semana", "mes", "ano")
)  # fmt: skip
_OF_A_SPAN = {"diese", "dieses", "das", "dem", "cette", "cet", "l'annee", "esta"}


def days(weekday: int, others: set[str], today: date, ahead: bool) -> list[date] | None:
    """The days that a weekday can be among `others`, words such as "next"; None where they say something else."""
    turns = others & (_LAST | _NEXT)
    if turns and others & _WEEK and others <= _LAST | _NEXT | _THIS | _WEEK:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=1 if others & _NEXT else -1)
        return [monday + timedelta(days=weekday)]
    return _turn(weekday, others, today, ahead) if others <= _LAST | _NEXT | _THIS else None


def _turn(weekday: int, turns: set[str], today: date, ahead: bool) -> list[date]:
    """The days that a weekday can be: of today's name, or with a "next" or "last" that falls in this week, two."""
    week = timedelta(weeks=1)
    coming = today + timedelta(days=(weekday - today.weekday()) % 7)
    if turns & _NEXT:
        coming = coming if coming > today else coming + week
        return [coming, coming + week] if coming.weekday() > today.weekday() else [coming]
    past = coming - week
    if turns & _LAST:
        return [past, past - week] if past.weekday() < today.weekday() else [past]
    if coming == today:
        return [today, today + week if ahead else past]
    return [coming if ahead or "coming" in turns else past]


def is_span(words: str) -> bool:
    """Whether it is a whole week, month or year: "last week"."""
    tokens = set(tokens_in(words))
    return bool(tokens & _SPAN) and tokens <= _SPAN | _LAST | _NEXT | _THIS | _WEEK | _OF_A_SPAN


def named_in(words: str) -> list[tuple[str, int]]:
    """The weekdays that are named; "mar" is one where it cannot be the month."""
    tokens = tokens_in(words)
    named = [token for token in tokens if token in _WEEKDAY]
    for token in _ALSO_MONTHS & set(named):
        others = [other for other in tokens if other != token]
        month = any(other.isdecimal() for other in others) and not any(
            other.isalpha() and other not in _THIS for other in others
        )
        if month:
            named.remove(token)
    return [(token, _WEEKDAY[token]) for token in named]


def tokens_in(words: str) -> list[str]:
    """Each word, plain."""
    return [token for word in words.split() if (token := plain(word))]


def plain(word: str) -> str:
    """A word without accents and what stands around it."""
    letters = unicodedata.normalize("NFKD", word)
    return "".join(char for char in letters if not unicodedata.combining(char)).strip(".,;")
