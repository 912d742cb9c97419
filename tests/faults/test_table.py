"""The page about reliability names every fault as its script makes it."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.faults.__main__ import scripts

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


@pytest.mark.parametrize("script", scripts())
def test_the_page_has_a_row_for_every_fault_and_says_how_it_is_made(script: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    faults = importlib.import_module(f"tests.faults.{script}").FAULTS
    assert faults
    assert [fault.name for fault in faults if f"| {fault.name} | {fault.how} |" not in page] == []


def test_the_page_names_every_script() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [script for script in scripts() if f"`{script}`" not in page] == []
