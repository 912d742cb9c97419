"""/search export and /search calendar in the real bot: a file, for one pair of eyes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cogs.conftest import World, said


async def searched(world: World) -> None:
    """Maya applied at Acme, and has an interview."""
    await world.begin()
    await world.maya.slash(world.channel, "log applied", company="Acme", role="Engineer", note="@everyone **hm**")
    await world.maya.slash(world.channel, "log interview", company="Acme", when="7 January 14:00")


async def handed(world: World, command: str, **options: Any) -> tuple[str, bytes, str]:
    """The file that Maya is handed, and what is said of it."""
    result = await world.maya.slash(world.channel, f"search {command}", **options)
    assert result.ephemeral
    assert result.response
    [file] = result.response.message.attachments
    return file.filename, await file.read(), said(result)


@pytest.mark.parametrize(
    ("form", "name", "start"),
    [
        ("csv", "search-2026-01-01.csv", b"\xef\xbb\xbf"),
        ("json", "search-2026-01-01.json", b"{"),
        ("office pdf", "applications-2026-01-01-to-2026-01-01.pdf", b"%PDF"),
        ("office csv", "applications-2026-01-01-to-2026-01-01.csv", b"\xef\xbb\xbf"),
    ],
)
async def test_each_format_is_handed_over_as_a_file(world: World, form: str, name: str, start: bytes) -> None:
    await searched(world)

    found, content, words = await handed(world, "export", format=form)

    assert (found, content[: len(start)]) == (name, start)
    assert "Only you see this message" in words
    assert "everyone" not in words


async def test_the_office_s_options_reach_its_log(world: World) -> None:
    await searched(world)

    _, content, words = await handed(
        world, "export", format="office csv", since="1 January", until="today", language="de", name="Maya L"
    )

    assert "Bewerbung" in content.decode()
    assert "1 January 2026" in words


async def test_the_calendar_is_handed_over(world: World) -> None:
    await searched(world)

    name, content, _ = await handed(world, "calendar")

    assert (name, content[:15]) == ("search.ics", b"BEGIN:VCALENDAR")
    assert b"DTSTART:20260107T130000Z" in content


async def test_a_refusal_says_what_to_do_and_hands_over_nothing(world: World) -> None:
    await world.begin()

    for name, options in (("export", {"format": "csv"}), ("calendar", {})):
        result = await world.maya.slash(world.channel, f"search {name}", **options)
        assert "/log" in said(result)
        assert not result.response or not result.response.message.attachments
