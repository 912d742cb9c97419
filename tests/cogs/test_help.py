"""The help reads well on a phone: short lines under bold leads, within what Discord takes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from discord import ui

from bot import help_lines
from bot.core.help_lines import HelpLine, WhereToTurn
from bot.core.journal import Gone
from bot.help_lines import MOST_LINES
from bot.usecases.people import Role
from cogs import _help
from cogs._care import where_to_turn
from cogs._topics import TOPICS, matching
from tests.cogs._made import FROM_A_FRIEND, check_limits, text_of
from tests.cogs.test_commands import NAMES

LINE = 110  # characters: three lines on a phone
ROOM = 1000  # characters that whoever is everything at once has left, of the 4,000 that a message takes


@pytest.mark.parametrize("role", Role)
def test_each_paragraph_of_the_help_is_a_bold_lead_with_short_lines_under_it(role: Role) -> None:
    told = text_of(_help.help_for([role], WhereToTurn("Austria", help_lines.load()["AT"])))
    lists = [paragraph.splitlines() for paragraph in told.split("\n\n") if "\n- " in paragraph]

    assert lists
    for lead, *lines in lists:
        assert lead.startswith("**") or lines[0].startswith("**"), lead
        assert all(line.startswith(("- ", "**")) for line in lines)
        assert max(map(len, lines)) <= LINE


@pytest.mark.parametrize("key", TOPICS)
def test_a_topic_is_a_few_short_lines(key: str) -> None:
    lines = TOPICS[key].words.splitlines()
    assert 3 <= len(lines) <= 6
    assert all(line.startswith("- ") and len(line) <= LINE for line in lines)


@pytest.mark.parametrize("role", Role)
def test_each_page_leads_to_all_topics_of_the_role_but_itself(role: Role) -> None:
    keys = {key for key, one in TOPICS.items() if role in one.roles}
    for key in keys:
        view = _help.topic([role], key)
        check_limits(view)
        assert _leads_to(view) == {"short", *keys} - {key}
    assert keys
    assert _leads_to(_help.help_for([role], WhereToTurn("", ()))) == keys


def _leads_to(view: ui.LayoutView) -> set[str]:
    ids = [item.custom_id for item in view.walk_children() if isinstance(item, ui.Button)]
    assert all(one and one.startswith("helpon:") for one in ids)
    return {str(one).removeprefix("helpon:") for one in ids}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "help"])
def test_every_command_stands_under_a_topic(name: str) -> None:
    assert re.search(rf"/{name}\b", "\n".join(one.words for one in TOPICS.values()))


@pytest.mark.parametrize(
    ("said", "key"), [("pause", "rhythm"), ("/checkin", "days"), ("For a friend", "giving"), ("Week", "week")]
)
def test_a_topic_is_found_by_a_word(said: str, key: str) -> None:
    assert matching(said)[0] == key
    assert len(matching("")) == len(TOPICS)


def test_an_unknown_topic_is_told() -> None:
    assert matching("a horse") == []
    with pytest.raises(Gone, match="/help shows"):
        _help.topic(list(Role), "horse")


def test_the_help_for_who_is_everything_at_once_fits_into_a_message() -> None:
    longest = HelpLine("n" * 60, "1" * 60, "2" * 60, "https://" + "w" * 72, "h" * 40, "l" * 40, date(2026, 11, 22))
    view = _help.help_for(list(Role), WhereToTurn("Germany", (longest,) * MOST_LINES, guessed=True))
    check_limits(view)
    assert len(text_of(view)) <= FROM_A_FRIEND - ROOM


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
