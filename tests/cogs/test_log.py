"""/log in the real bot: one line in, one line out, and what is unclear settled with one press."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cogs.conftest import World, ids_of, labels_of, said, words_of


async def line(world: World, name: str, **options: Any) -> Any:
    """Maya types a /log command."""
    return await world.maya.slash(world.channel, f"log {name}", **options)


async def begun(world: World) -> None:
    """Maya applied at Acme, on Thursday the first of January."""
    await world.begin()
    await line(world, "applied", company="Acme", role="Engineer")


def now_says(world: World, result: Any) -> str:
    """What the message of an interaction says by now."""
    return words_of(answer_of(result))


def answer_of(result: Any) -> Any:
    return result.response.message


async def test_one_line_is_answered_with_the_date_and_the_stage_and_taken_back(world: World) -> None:
    await world.begin()
    link = "https://www.jobs.example.com/roles/7?token=secret"
    shown = await line(world, "applied", company="Acme", role="Engineer", when="yesterday", link=link)

    assert shown.ephemeral
    assert "**Applied** · Engineer at Acme · Wed 31 December 2025" in said(shown)
    assert "*applied*" in said(shown)
    assert "jobs.example.com" in said(shown)
    assert "secret" not in said(shown)
    assert labels_of(answer_of(shown)) == ["Add detail", "Undo"]

    await world.restart()
    await world.press(answer_of(shown), "unlog", by=world.maya)
    assert "Taken back: **Applied** · Engineer at Acme · Wed 31 December 2025" in now_says(world, shown)
    assert "went with it" in now_says(world, shown)


async def test_detail_is_added_in_a_form_that_shows_what_is_known(world: World) -> None:
    await begun(world)
    shown = await line(world, "interview", company="Acme", when="mon 14:00", whom="Anna")
    form = await world.press(answer_of(shown), "logmore", by=world.maya)
    fields = {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}
    assert fields["whom"]["value"] == "Anna"
    assert fields["when"]["value"] == "Mon 5 January, 14:00"

    await world.submit(form, {"words": "Bring *the* portfolio", "energy": "1"}, by=world.maya)
    assert "Mon 5 January, 14:00" in now_says(world, shown)
    assert "It gave energy" in now_says(world, shown)
    assert r"Bring \*the\* portfolio" in now_says(world, shown)


async def test_a_form_hints_at_days_to_come_for_an_interview_alone(world: World) -> None:
    await world.begin()
    done = await line(world, "applied", company="Acme", role="Engineer")
    planned = await line(world, "interview", company="Acme", when="mon 14:00")
    asked = await line(world, "note", company="Acme", note="Met", when="tomorrow")
    for shown, verb, ahead in ((done, "logmore", False), (planned, "logmore", True), (asked, "logday", False)):
        form = await world.press(answer_of(shown), verb, by=world.maya)
        hint = next(one["description"] for one in form.modal["components"] if one["component"]["custom_id"] == "when")
        assert ("in 2 weeks" in hint) is ahead


async def test_an_unclear_date_is_settled_with_a_press_and_nothing_is_lost(world: World) -> None:
    await begun(world)
    shown = await line(world, "note", company="Acme", note="Met at the fair", when="03/04/25")
    assert labels_of(answer_of(shown)) == ["Thu 3 April 2025", "Tue 4 March 2025", "Another day", "Leave it"]

    await world.restart()
    await world.maya.click(answer_of(shown), label="Thu 3 April 2025")
    assert "Thu 3 April 2025" in now_says(world, shown)
    assert "Met at the fair" in now_says(world, shown)


async def test_a_date_and_an_hour_that_are_both_unclear_are_settled_with_one_press(world: World) -> None:
    await begun(world)
    shown = await line(world, "note", company="Acme", note="Met at the fair", when="03/04/25 at 3")
    assert len(labels_of(answer_of(shown))) == 6

    await world.maya.click(answer_of(shown), label="Tue 4 March 2025, 15:00")
    assert "Tue 4 March 2025" in now_says(world, shown)


async def test_an_interview_without_a_time_is_given_one(world: World) -> None:
    await begun(world)
    shown = await line(world, "interview", company="Acme", when="tomorrow")
    form = await world.press(answer_of(shown), "logday", by=world.maya)
    await world.submit(form, {"when": "soon"}, by=world.maya)
    assert "I can't read “soon”" in now_says(world, shown)

    form = await world.press(answer_of(shown), "logday", by=world.maya)
    await world.submit(form, {"when": "tomorrow 2pm"}, by=world.maya)
    assert "**Interview** · Engineer at Acme · Fri 2 January, 14:00" in now_says(world, shown)


async def test_of_several_at_a_company_one_is_picked(world: World) -> None:
    await begun(world)
    await line(world, "applied", company="Acme", role="Designer")
    shown = await line(world, "rejection", company="acme")
    await world.maya.select(answer_of(shown), ["1"], custom_id=ids_of(answer_of(shown))["logwhich"])

    assert "Engineer at Acme" in now_says(world, shown)
    assert "It is *lost (rejected)* now. What came before stays counted." in now_says(world, shown)


async def test_a_step_back_is_asked_and_can_be_left(world: World) -> None:
    await begun(world)
    await line(world, "offer", company="Acme")
    shown = await line(world, "applied", company="Acme", role="Engineer")
    assert labels_of(answer_of(shown)) == ["Yes, a mistake: it is at applied", "Leave it"]
    await world.press(answer_of(shown), "lognot", by=world.maya)
    assert "nothing was noted" in now_says(world, shown)

    shown = await line(world, "applied", company="Acme", role="Engineer")
    await world.press(answer_of(shown), "logback", by=world.maya)
    assert "*applied*" in now_says(world, shown)


async def test_a_line_that_is_refused_gives_back_what_was_long_to_type(world: World) -> None:
    await begun(world)
    note = "They asked for three references, and I have two of them. " * 2
    result = await line(world, "note", company="acem", note=note)

    assert "Did you mean Acme?" in said(result)
    assert note.strip() in said(result)
    assert "Did you mean Acme?" in said(await line(world, "offer", company="Acem"))


async def test_ones_own_applications_are_offered_open_ones_first(world: World) -> None:
    await begun(world)
    await line(world, "applied", company="Globex", role="Designer")
    await line(world, "rejection", company="Globex")
    await line(world, "outreach", company="Initech", role="Baker")

    async def offered(name: str, typed: str = "", option: str = "company", by: Any = world.maya) -> list[str]:
        found = await by.autocomplete(world.channel, f"log {name}", option, typed)
        return [f"{one['name']} = {one['value']}" for one in found]

    assert await offered("note") == [
        "Initech · Baker (wishlist) = #3",
        "Acme · Engineer (applied) = #1",
        "Globex · Designer (lost) = #2",
    ]
    assert await offered("note", "desi") == ["Globex · Designer (lost) = #2"]
    assert await offered("applied") == [
        "Initech · Baker (wishlist) = #3", "Initech = Initech", "Acme = Acme", "Globex = Globex",
    ]  # fmt: skip
    assert await offered("applied", "e", "role") == ["Baker = Baker", "Engineer = Engineer", "Designer = Designer"]
    assert await offered("note", by=world.aisha) == []


@pytest.mark.parametrize("name", ["@everyone **Bold** <@1>", "\u202eemcA", "שלום", "\N{PARTY POPPER}" * 40])
async def test_names_are_shown_as_they_are_and_do_nothing(world: World, name: str) -> None:
    await world.begin()
    shown = await line(world, "applied", company=name, role="[Engineer](https://example.com)")

    sent = next(r for r in reversed(world.env.http_requests) if r.json and "**Applied**" in str(r.json))
    assert sent.json
    assert sent.json["allowed_mentions"]["parse"] == []
    assert "**Bold**" not in said(shown)
    assert "\u202e" not in said(shown)
    assert "@everyone" not in said(shown)
    assert r"\[Engineer](" in said(shown)
    assert len(await world.maya.autocomplete(world.channel, "log note", "company", "")) == 1
