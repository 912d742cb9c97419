"""*Log it* under a check-in: offered for what it mentions, and nothing is noted before the form is sent."""

from __future__ import annotations

from typing import Any

from tests.cogs.conftest import World, ids_of, labels_of, said, words_of
from tests.cogs.test_log import line


async def events(world: World) -> list[tuple[str, str, str]]:
    """What stands in the log: what happened, the day, and at which company."""
    found = await world.app.db.reading.all(
        "SELECT act, happened_on, company FROM events JOIN applications ON applications.id = application_id"
        " ORDER BY events.id"
    )
    return [(row["act"], row["happened_on"], row["company"]) for row in found]


APPLIED = ("applied", "2026-01-01", "Acme")


async def begun(world: World) -> None:
    """Maya applied at Acme on Thursday, and is asked on Friday."""
    await world.begin()
    await line(world, "applied", company="Acme", role="Engineer")
    await world.until(2, 17, 30)


async def test_an_answer_offers_to_log_what_it_mentions_and_notes_nothing_by_itself(world: World) -> None:
    await begun(world)
    shown = await world.answer(mood="4", done="First interview at Acme", next="Apply at Globex", stuck="")
    [offered] = shown.followups
    assert offered.ephemeral
    assert labels_of(offered.message) == ["Log it: interview · Acme"]

    form = await world.press(offered.message, "logit")
    fields = {one["component"]["custom_id"]: one["component"] for one in form.modal["components"]}
    assert fields["company"]["value"] == "Acme"
    assert fields["when"]["value"] == "Fri 2 January 2026"
    assert await events(world) == [APPLIED]

    sent = await world.submit(form, {"words": "They were kind"})
    assert "**Interview** · Engineer at Acme · Fri 2 January" in said(sent)
    assert await events(world) == [APPLIED, ("interview", "2026-01-02", "Acme")]


async def test_a_plain_message_and_a_command_offer_it_too(world: World) -> None:
    await begun(world)
    await world.maya.user.send_dm("Heute eine Absage")
    assert "Log it: a no" in labels_of(world.dm)
    await world.press(world.dm, "rate")
    assert "Log it: a no" in labels_of(world.dm)

    told: Any = await world.maya.slash(world.channel, "checkin", mood=4, stuck="Acme is silent")
    assert {"Log it: a no", "Log it: Acme"} <= set(labels_of(told.response.message))
    assert await events(world) == [APPLIED]


async def test_an_answer_that_mentions_nothing_offers_nothing(world: World) -> None:
    await begun(world)
    shown = await world.answer(mood="4", done="Wrote a letter, and went for a walk", next="Interview at Acme", stuck="")
    assert shown.followups == []
    assert "logit" not in ids_of(world.prompt("change"))


async def test_the_form_is_refused_in_words_and_keeps_what_was_typed(world: World) -> None:
    await begun(world)
    shown = await world.answer(mood="4", done="Rejected, by mail", next="", stuck="")
    form = await world.press(shown.followups[0].message, "logit")
    sent = await world.submit(form, {"company": "Acem", "words": "It hurts"})
    assert "Did you mean Acme?" in said(sent)

    again = await world.press(last(sent), "tryagain")
    assert "It hurts" in str(again.modal)
    sent = await world.submit(again, {"company": "Acme"})
    assert "lost (rejected)" in said(sent)
    assert words_of(world.prompt("change"))


def last(result: Any) -> Any:
    return result.followups[-1].message
