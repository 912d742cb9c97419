"""Whether a week may be posted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.consent import ENDED
from bot.core.errors import Told
from bot.core.reader import NobodyToSend, Reader, names
from bot.core.summary import Phase, Summary, Week


class NothingChosen(Told):
    """A week was to be posted with nothing in it."""


class AlreadyPosted(Told):
    """The week stands in the channel already."""


def check_postable(week: Week, summary: Summary, readers: Iterable[Reader] = ()) -> None:
    """Raises AlreadyPosted, or NothingChosen or NobodyToSend where nothing would go out."""
    if week.phase is Phase.POSTED:
        raise AlreadyPosted("This week is posted already. You can edit it or take it down.")
    named_alone = list(readers)
    if summary.empty and named_alone:
        _check_somebody(named_alone)
    elif summary.empty:
        raise NothingChosen(
            "Nothing is chosen yet, so there would be nothing to read. "
            "Press “Choose what goes in”, or “Write a line”, or skip this week."
        )


def _check_somebody(readers: Sequence[Reader]) -> None:
    if all(reader.consent in ENDED for reader in readers):
        raise NobodyToSend(
            f"This week is only for {names(readers)}, and I don't write to them, so there is nothing to send. "
            "“Only for some” chooses others, “Choose what goes in” shares it with all."
        )
