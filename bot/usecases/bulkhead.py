"""Bulkheads: the trouble of one is never another's."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from logging import Logger
from types import TracebackType


class Bulkhead:
    """What fails inside is logged with these words and its traceback, and what follows goes on.

    Errors of the types in `but` pass; so does what is no Exception: a cancellation, the process's end.
    """

    def __init__(self, log: Logger, words: str, *values: object, but: tuple[type[Exception], ...] = ()) -> None:
        self._log, self._words, self._values, self._but = log, words, values, but

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        if not isinstance(error, Exception) or isinstance(error, self._but):
            return False
        self._log.error(self._words, *self._values, exc_info=error, stacklevel=2)
        return True


@contextmanager
def gathered(errors: list[Exception]) -> Generator[None]:
    """What fails inside stands in nobody else's way; it is added to `errors`, to be raised when all is done."""
    try:
        yield
    except Exception as error:
        errors.append(error)
