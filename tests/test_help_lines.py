"""The file of help lines: the packaged one can be used, and a bad one is named in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot import bootstrap, doctor, help_lines
from bot.config import Care, Config, load
from bot.core.health import Mark
from bot.core.help_lines import where_to_turn
from bot.help_lines import BadHelpLines, parse

GOOD = """
[[line]]
countries = ["DE", "AT"]
name = "A line"
call = "0800 1"
hours = "day and night"
language = "German"
checked_on = 2026-11-22
"""


def refusal(toml: str) -> str:
    with pytest.raises(BadHelpLines) as caught:
        parse("lines.toml", toml.encode())
    return str(caught.value)


def test_the_packaged_lines_can_be_used_and_do_not_pass_for_checked() -> None:
    packaged = help_lines.load()
    assert {"US", "CA", "GB", "IE", "DE", "AU"} <= set(packaged)
    for lines in packaged.values():
        assert lines[-1].name == "Emergency"
        assert all(line.checked_on is None for line in lines)
    assert doctor.where_to_turn(None, date(2026, 12, 1)).mark is Mark.NOTE


def test_one_line_may_serve_several_countries() -> None:
    found = parse("lines.toml", GOOD.encode())
    assert set(found) == {"DE", "AT"}
    assert found["DE"] == found["AT"]
    assert found["DE"][0].checked_on == date(2026, 11, 22)


def test_an_empty_file_leaves_what_holds_anywhere() -> None:
    assert parse("lines.toml", b"") == {}


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ('["DE", "AT"]', '["DE", "Germany"]', "“Germany” is no country's code"),
        ('["DE", "AT"]', '["ZZ"]', "“ZZ” is no country's code"),
        ('["DE", "AT"]', "[]", "names no country"),
        ('["DE", "AT"]', '"DE"', "countries should be a list"),
        ('call = "0800 1"', "", "neither whom to call, nor whom to text, nor a web address"),
        ('call = "0800 1"', 'call = "a friend"', "call has no number"),
        ('call = "0800 1"', "call = 112", "call should be text in quotes"),
        ('call = "0800 1"', 'web = "http://lines.example"', "begins with https://"),
        ('call = "0800 1"', f'call = "{"1" * 61}"', "call has more than 60 characters"),
        ('call = "0800 1"', 'call = "0800\\n1"', "line breaks"),
        ('name = "A line"', 'name = " "', "name is empty"),
        ('hours = "day and night"', "", "hours is missing"),
        ('language = "German"', "", "language is missing"),
        ("checked_on = 2026-11-22", 'checked_on = "soon"', "checked_on should be a date"),
        ('hours = "day and night"', 'hours = "x"\ncost = "free"', "there is no cost. Known here: countries"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_number(good: str, bad: str, words: str) -> None:
    said = refusal(GOOD + GOOD.replace(good, bad))
    assert said.startswith("lines.toml: line 2")
    assert words in said


def test_a_bad_line_is_named() -> None:
    assert "line 1 (“A line”): hours is missing" in refusal(GOOD.replace('hours = "day and night"', ""))


def test_too_many_lines_of_one_country_are_refused() -> None:
    assert "DE has more than 4 lines" in refusal(GOOD * 5)


@pytest.mark.parametrize("toml", ["[line]\n", "other = 1\n", GOOD + "[more]\n", "line = 3\n"])
def test_anything_but_lines_is_refused(toml: str) -> None:
    assert "each help line begins with [[line]]" in refusal(toml)


def test_a_file_that_is_no_toml_or_no_text_is_named() -> None:
    assert "lines.toml can't be read as TOML" in refusal("[[line]\n")
    with pytest.raises(BadHelpLines, match="not text in UTF-8"):
        parse("lines.toml", b"\xff\xfe")


# ------------------------------------------------------------------ the host's own


def hosted(folder: Path, lines: str) -> Config:
    (folder / "mine.toml").write_text(lines, encoding="utf-8")
    config = folder / "config.toml"
    config.write_text('[care]\nhelp_lines = "mine.toml"\n', encoding="utf-8")
    return load(config, {})


def test_the_hosts_file_replaces_the_packaged_one(tmp_path: Path) -> None:
    settings = bootstrap.settings(hosted(tmp_path, GOOD))
    assert where_to_turn(settings.help_lines, "", "Europe/Berlin").lines[0].name == "A line"
    assert where_to_turn(settings.help_lines, "US", "Europe/Berlin").lines == ()


async def test_a_bad_file_of_the_host_stops_the_start_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadHelpLines, match=r"mine\.toml: line 1 \(“A line”\): language is missing"):
        async with bootstrap.opened(hosted(tmp_path, GOOD.replace('language = "German"', ""))):
            pass


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(BadHelpLines, match=r"absent\.toml can't be read .*\[care\] help_lines"):
        help_lines.load(Care(str(tmp_path / "absent.toml")).file)


def test_the_doctor_reads_the_hosts_file(tmp_path: Path) -> None:
    good = hosted(tmp_path, GOOD).care.file
    assert doctor.where_to_turn(good, date(2026, 12, 1)).mark is Mark.OK
    old = doctor.where_to_turn(good, date(2028, 1, 1))
    assert old.mark is Mark.NOTE
    assert "A line" in old.words
    bad = doctor.where_to_turn(hosted(tmp_path, "[[line]]\n").care.file, date(2026, 12, 1))
    assert bad.mark is Mark.FIX
    assert "line 1" in bad.words


def test_the_doctor_names_a_line_that_nobody_checked_beside_one_of_its_name_that_somebody_did(tmp_path: Path) -> None:
    unchecked = GOOD.replace('["DE", "AT"]', '["US"]').replace("checked_on = 2026-11-22", "")
    found = doctor.where_to_turn(hosted(tmp_path, unchecked + GOOD).care.file, date(2026, 12, 1))
    assert (found.mark, "A line" in found.words) == (Mark.NOTE, True)
