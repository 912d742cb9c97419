"""The search as JSON: all of it, and the very same when it is read again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from bot.core.archive import Archive, BadFile
from bot.core.search import Act
from bot.papers import search_json
from tests._events import happened
from tests.papers._archives import application, archive, archives


@given(archives())
@settings(max_examples=150, deadline=None)
def test_the_whole_search_comes_back_as_it_was(found: Archive) -> None:
    assert search_json.read(search_json.write(found)) == found


def test_what_was_undone_is_in_it() -> None:
    found = archive(
        [application()], [happened(1, Act.APPLIED), happened(2, Act.OFFER), happened(3, Act.UNDONE)._replace(about=2)]
    )

    stored = json.loads(search_json.write(found))["cairn_search"]

    assert stored["version"] == search_json.VERSION
    assert [one["act"] for one in stored["events"]] == ["applied", "offer", "undone"]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"cairn_search": 1}', b"\xff\xfe",
        b'{"cairn_search": {"version": 1, "applications": [{}]}}',
        b'{"cairn_search": {"version": 2, "applications": [], "events": []}}', b"[" * 100_000,
        b'{"cairn_search": {"version": 1, "applications": [], "events": [{"id": 1, "application_id": null,'
        b' "act": "note", "on": "2026-01-01", "noted_at": "0001-01-01T00:00:00+14:00"}]}}',
    ],
)  # fmt: skip
def test_another_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadFile, match=r"file"):
        search_json.read(content)
