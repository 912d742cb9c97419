"""The help reads well on a phone: short lines under bold leads, within what Discord takes."""

from __future__ import annotations

from datetime import date

import pytest

from bot import help_lines
from bot.core.help_lines import HelpLine, WhereToTurn
from bot.help_lines import MOST_LINES
from bot.usecases.people import Role
from cogs import _help
from cogs._care import where_to_turn
from tests.cogs._made import check_limits, text_of

LINE = 110  # characters: three lines on a phone


@pytest.mark.parametrize("role", Role)
def test_each_paragraph_of_the_help_is_a_bold_lead_with_short_lines_under_it(role: Role) -> None:
    told = text_of(_help.help_for([role], WhereToTurn("Austria", help_lines.load()["AT"])))
    lists = [paragraph.splitlines() for paragraph in told.split("\n\n") if "\n- " in paragraph]

    assert len(lists) >= 2
    for lead, *lines in lists:
        assert lead.startswith("**") or lines[0].startswith("**"), lead
        assert all(line.startswith(("- ", "**")) for line in lines)
        assert max(map(len, lines)) <= LINE


def test_the_help_for_who_is_everything_at_once_fits_into_a_message() -> None:
    longest = HelpLine("n" * 60, "1" * 60, "2" * 60, "https://" + "w" * 72, "h" * 40, "l" * 40, date(2026, 11, 22))
    check_limits(_help.help_for(list(Role), WhereToTurn("Germany", (longest,) * MOST_LINES, guessed=True)))


def test_the_help_says_what_cairn_is_not_and_where_to_turn_to_everybody() -> None:
    lines = help_lines.load()["DE"]
    for role in Role:
        told = text_of(_help.help_for([role], WhereToTurn("Germany", lines)))
        assert "not counselling" in told
        assert "findahelpline.com" in told
        assert "0800 111 0 111" in told
        assert "112" in told


def test_every_packaged_help_line_is_short_enough_for_a_phone() -> None:
    for country, lines in help_lines.load().items():
        told = where_to_turn(WhereToTurn(country, lines))
        assert max(map(len, told.splitlines())) <= 150
