"""Commands, buttons, selects and modals as people use them and the real client answers."""

import asyncio
from io import BytesIO

import discord
import pytest

from tests.standin import StandIn
from tests.standin._client import Client, Name, direct, pressed


async def test_a_command_thinks_answers_and_leaves_no_trace_if_ephemeral(bot: Client, there: StandIn):
    used = there.command(there.owner["id"], "think")
    one = await there.until(lambda _: used.original and "better" in used.original["content"] and used)
    assert one.callback["type"] == 5
    assert one.original["flags"] & (1 << 6)
    assert one.followups == []
    assert there.messages() == []


async def test_a_grouped_command_gets_its_options_resolved(bot: Client, there: StandIn):
    options = {"channel": there.channel["id"], "zone": "Europe/Berlin"}
    used = there.command(there.owner["id"], "circle place", options, there.channel["id"])
    await there.answered(used.id)
    assert [one["content"] for one in there.messages(there.channel["id"])] == ["maya-and-friends Europe/Berlin"]
    with pytest.raises(ValueError, match="no option color"):
        there.command(there.owner["id"], "circle place", {"color": "red"}, there.channel["id"])
    with pytest.raises(ValueError, match="/place needs zone"):
        there.command(there.owner["id"], "circle place", {"channel": there.channel["id"]}, there.channel["id"])
    with pytest.raises(ValueError, match="no command /circle unknown"):
        there.command(there.owner["id"], "circle unknown")


async def test_autocomplete_gets_choices(bot: Client, there: StandIn):
    asked = there.command(there.owner["id"], "circle place", {"zone": "Ber"}, focused="zone")
    answered = await there.answered(asked.id)
    assert answered.callback is not None
    assert answered.callback["data"]["choices"] == [{"name": "Europe/Ber", "value": "Europe/Ber"}]


async def test_a_button_changes_its_message(bot: Client, there: StandIn):
    used = await there.answered(there.command(there.owner["id"], "choose").id)
    assert used.original is not None
    place, shown = used.channel_id, used.original["id"]
    await there.answered(there.press(there.owner["id"], place, shown, "done").id)
    assert [(one["content"], one["components"]) for one in there.messages()] == [("It is done.", [])]


async def test_a_modal_opens_and_is_submitted(bot: Client, there: StandIn):
    used = await there.answered(there.command(there.owner["id"], "choose").id)
    assert used.original is not None
    opened = await there.answered(there.press(there.owner["id"], used.channel_id, used.original["id"], "name").id)
    await there.answered(there.submit(opened.id, {"name": "Maya", "mood": ["4"]}).id)
    assert there.messages()[-1]["content"] == "Maya ['4']"
    with pytest.raises(ValueError, match="opened no modal"):
        there.submit(used.id, {})


async def test_a_select_tells_what_was_chosen(bot: Client, there: StandIn):
    view = discord.ui.View()
    options = [discord.SelectOption(label=text, value=text) for text in ("a", "b")]
    view.add_item(discord.ui.Select(custom_id="pick", options=options))
    sent = await (await direct(bot, there)).send("Pick", view=view)
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.press(there.owner["id"], str(sent.channel.id), str(sent.id), "pick", ["b"])
    assert (await heard).data["values"] == ["b"]


async def test_an_interaction_is_answered_once_and_in_time(bot: Client, there: StandIn):
    one = await pressed(bot, there)
    with pytest.raises(discord.NotFound, match="Unknown Webhook"):
        await one.followup.send("too early")
    await one.response.defer()
    one.response._response_type = None
    with pytest.raises(discord.HTTPException) as twice:
        await one.response.send_message("again")
    assert twice.value.code == 40060
    there.interactions.seconds = -1.0
    with pytest.raises(discord.NotFound) as late:
        await (await pressed(bot, there)).response.defer()
    assert late.value.code == 10062


async def test_a_modal_does_not_answer_a_modal(bot: Client, there: StandIn):
    opened = await pressed(bot, there)
    await opened.response.send_modal(discord.ui.Modal(title="Silent", custom_id="silent"))
    heard = asyncio.create_task(bot.until_heard("interaction"))
    there.submit(str(opened.id), {})
    with pytest.raises(discord.HTTPException, match="a modal does not answer this"):
        await (await heard).response.send_modal(Name())


async def test_answers_can_be_found_changed_and_deleted(bot: Client, there: StandIn):
    one = await pressed(bot, there)
    await one.response.send_message("first", file=discord.File(BytesIO(b"1"), "1.txt"))
    extra = await one.followup.send("second", ephemeral=True, wait=True)
    assert (await one.original_response()).attachments[0].filename == "1.txt"
    await extra.edit(content="third")
    assert (await one.followup.fetch_message(extra.id)).content == "third"
    await extra.delete()
    await one.delete_original_response()
    assert [text["content"] for text in there.messages()] == ["Press"]
    with pytest.raises(discord.NotFound, match="Unknown Message"):
        await one.followup.fetch_message(extra.id)
