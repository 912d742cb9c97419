"""The help reads well on a phone: short lines under bold leads, within what Discord takes."""

from __future__ import annotations

import pytest

from bot.usecases.people import Role
from cogs import _help
from tests.cogs._made import check_limits, text_of

LINE = 110  # characters: three lines on a phone


@pytest.mark.parametrize("role", Role)
def test_each_paragraph_of_the_help_is_a_bold_lead_with_short_lines_under_it(role: Role) -> None:
    told = text_of(_help.help_for([role])).replace(_help.NOT_A_DOCTOR, "")
    lists = [paragraph.splitlines() for paragraph in told.split("\n\n") if "\n- " in paragraph]

    assert len(lists) >= 2
    for lead, *lines in lists:
        assert lead.startswith("**") or lines[0].startswith("**"), lead
        assert all(line.startswith(("- ", "**")) for line in lines)
        assert max(map(len, lines)) <= LINE


def test_the_help_for_who_is_everything_at_once_fits_into_a_message() -> None:
    check_limits(_help.help_for(list(Role)))
