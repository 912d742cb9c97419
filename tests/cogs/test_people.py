"""Starting, leaving and help, through the real bot."""

from __future__ import annotations

import discord

from bot.core.people import Person, Space
from bot.core.rhythm import Ask
from bot.store import circle as circle_rows
from bot.store import people as rows
from bot.store import rhythm as rhythm_rows
from tests.cogs._week import DONE, draft_of, everything, posted, written
from tests.cogs.conftest import ZONE, World, ids_of, said, words_of

MESSAGES = "/channels/*/messages"


async def refused(world: World, words: str, **options: str) -> None:
    """/start with these options is refused in these words, and changes nothing."""
    before = await everything(world)

    result = await world.maya.slash(world.channel, "start", **{"zone": ZONE, **options})

    assert words in said(result)
    assert result.ephemeral
    assert await everything(world) == before
    assert world.dms == []


async def circle(world: World) -> None:
    await world.sam.slash(world.channel, "circle setup", channel=world.channel)


# ------------------------------------------------------------------ /start


async def test_start_makes_a_seeker_and_sends_a_test_message(world: World) -> None:
    await circle(world)

    result = await world.maya.slash(world.channel, "start", zone=ZONE)

    assert result.ephemeral
    assert "You are set up" in said(result)
    assert "In the zone Europe/Berlin" in said(result)
    assert f"Your week will go to #{world.channel.name}" in said(result)
    assert "I have just sent you a direct message" in said(result)
    assert "Hello Maya" in words_of(world.dm)


async def test_start_tells_when_the_first_questions_come_as_each_reader_reads_time(world: World) -> None:
    await circle(world)

    result = await world.maya.slash(world.channel, "start", zone=ZONE)

    for name, on in (("Check-in", "<t:1767285000:F>"), ("Reflection", "<t:1767808800:F>")):
        assert f"{name}: {on}" in said(result)
        assert f"{name}: {on}" in words_of(world.dm)


async def test_the_way_to_the_first_question_is_three_interactions_and_the_rest_has_defaults(world: World) -> None:
    await circle(world)
    [first, *_] = await world.maya.autocomplete(world.channel, "start", "zone", "berl")

    await world.maya.slash(world.channel, "start", zone=first["value"])
    await world.until(1, 17, 30)

    assert "answer" in ids_of(world.dm)


async def test_each_zone_on_offer_shows_its_time_now(world: World) -> None:
    offered = await world.maya.autocomplete(world.channel, "start", "zone", "new york")

    assert offered[0]["value"] == "America/New_York"
    assert "now Wed 19:00" in offered[0]["name"]


async def test_circles_on_offer_go_by_what_their_channel_is_called_now(world: World) -> None:
    await circle(world)
    world.env.backend.edit_channel(world.channel.id, {"name": "the-long-road"})
    await world.env.settle()

    offered = await world.maya.autocomplete(world.channel, "start", "circle", "road")

    assert [choice["name"] for choice in offered] == ["#the-long-road"]


async def test_times_on_offer_begin_with_what_is_typed(world: World) -> None:
    offered = await world.maya.autocomplete(world.channel, "start", "checkin", "18")

    assert [choice["value"] for choice in offered] == ["18:00", "18:30"]


async def test_the_chosen_time_is_when_the_check_in_comes(world: World) -> None:
    await world.begin(checkin="18:30")

    await world.until(1, 18, 29)
    assert "answer" not in ids_of(world.dm)
    await world.until(1, 18, 30)
    assert "answer" in ids_of(world.dm)


async def test_an_unknown_zone_is_refused(world: World) -> None:
    await circle(world)

    await refused(world, "Atlantis", zone="Atlantis")


async def test_a_time_that_cannot_be_read_is_refused(world: World) -> None:
    await circle(world)

    await refused(world, "I can't read “half past” as a time", checkin="half past")


async def test_a_time_in_the_quiet_hours_is_refused(world: World) -> None:
    await circle(world)

    await refused(world, "23:00 is inside your quiet hours", checkin="23:00")


async def test_without_a_circle_nobody_can_start(world: World) -> None:
    await refused(world, "There is no circle yet. Somebody who may manage the server makes one with /circle setup")


async def test_with_several_circles_one_has_to_be_chosen(world: World) -> None:
    await circle(world)
    other = world.guild.create_text_channel("other-friends")
    await world.sam.slash(world.channel, "circle setup", channel=other)

    await refused(world, "There is more than one circle")

    result = await world.maya.slash(world.channel, "start", zone=ZONE, circle="#other-friends")
    assert f"Your week will go to #{other.name}" in said(result)


async def test_a_circle_of_a_server_that_one_is_not_in_stays_closed(world: World) -> None:
    await circle(world)
    owner = world.env.create_user("stranger")
    elsewhere = world.env.create_guild("Elsewhere", owner=owner)
    theirs = elsewhere.create_text_channel("their-friends")
    managing = elsewhere.create_role("Host", permissions=discord.Permissions(manage_guild=True))
    host = elsewhere.add_member(world.env.create_user("their-host"), roles=[managing])
    await host.slash(theirs, "circle setup", channel=theirs)
    [known, foreign] = await circle_rows.everywhere(world.app.db.reading)

    await refused(world, "I don't know that circle", circle=str(foreign.id))
    await refused(world, "I don't know that circle", circle="their-friends")
    offered = await world.maya.autocomplete(world.channel, "start", "circle", "")
    assert [choice["value"] for choice in offered] == [str(known.id)]

    result = await world.maya.user.slash("start", zone=ZONE)
    assert f"Your week will go to #{world.channel.name}" in said(result)


async def hidden_circle(world: World) -> int:
    """A circle in a channel that Maya may not view; its number."""
    await circle(world)
    closed = discord.PermissionOverwrite(view_channel=False)
    theirs = world.guild.create_text_channel("their-own", overwrites={world.guild.default_role: closed})
    async with world.app.db.writing() as tx:
        return (await circle_rows.make(tx, _space(world, theirs.id), "their-own", world.now))[0]


def _space(world: World, channel: int) -> Space:
    return Space("discord", str(world.guild.id), str(channel))


async def test_a_circle_in_a_channel_that_one_may_not_view_is_neither_offered_nor_taken(world: World) -> None:
    hidden = await hidden_circle(world)

    offered = await world.maya.autocomplete(world.channel, "start", "circle", "")
    assert [choice["name"] for choice in offered] == [f"#{world.channel.name}"]
    await refused(world, "I don't know that circle", circle=str(hidden))
    await refused(world, "I don't know that circle", circle="their-own")
    result = await world.maya.user.slash("start", zone=ZONE, circle=str(hidden))
    assert "I don't know that circle" in said(result)


async def test_who_types_in_a_direct_message_is_looked_up_once_a_minute(world: World) -> None:
    await circle(world)

    for typed in ("m", "ma", "may"):
        offered = await world.maya.user.autocomplete("start", "circle", typed)
        assert [choice["name"] for choice in offered] == [f"#{world.channel.name}"]
        world.env.inject_error("GET", "/guilds/*/members/*", status=404, code=10007, times=None)
    await world.wait(minutes=2)

    assert await world.maya.user.autocomplete("start", "circle", "may") == []
    world.env.backend.faults.clear()


async def test_closed_direct_messages_are_told_at_once_with_what_to_change(world: World) -> None:
    await circle(world)
    world.env.inject_error("POST", MESSAGES, status=403, code=50007)

    result = await world.maya.slash(world.channel, "start", zone=ZONE)

    assert "I could not write to you" in said(result)
    assert "Privacy Settings" in said(result)
    assert world.dms == []
    again = await world.maya.slash(world.channel, "start", zone=ZONE)
    assert "I have just sent you a direct message" in said(again)
    assert "Hello Maya" in words_of(world.dm)


async def test_a_test_message_that_is_only_late_is_not_called_closed(world: World) -> None:
    await circle(world)
    world.env.inject_error("POST", MESSAGES, status=503)

    result = await world.maya.slash(world.channel, "start", zone=ZONE)

    assert "A direct message is on its way to you" in said(result)
    await world.wait(minutes=5)
    assert "Hello Maya" in words_of(world.dm)


async def test_starting_twice_keeps_the_rhythm_as_it_was_set(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "rhythm set", what="checkin", days="Mon, Thu", time="16:00")

    await world.maya.slash(world.channel, "start", zone="Europe/Lisbon", checkin="15:00")

    seeker = await rows.seeker_by_id(world.app.db.reading, 1)
    assert seeker
    assert seeker.zone == "Europe/Lisbon"
    [checkin, _, _] = await rhythm_rows.schedules(world.app.db.reading, seeker.id)
    assert (checkin.ask, checkin.days, f"{checkin.at:%H:%M}") == (Ask.CHECKIN, frozenset({0, 3}), "15:00")


# ------------------------------------------------------------------ /leave


async def test_leaving_ends_the_asking_and_says_what_stays(world: World) -> None:
    await posted(world)
    asked = len(world.dms)

    result = await world.maya.slash(world.channel, "leave")

    assert result.ephemeral
    assert "Your answers stay here, for you alone, and one of your weeks still stands in the channel" in said(result)
    assert "Or I erase everything, your posts as well. That cannot be undone." in said(result)
    await world.until(5, 17, 30)
    await world.until(11, 18)
    assert len(world.dms) == asked
    assert len(world.posts()) == 1


async def test_leaving_withdraws_the_draft(world: World) -> None:
    await written(world)
    draft = draft_of(world)

    await world.maya.slash(world.channel, "leave")

    assert draft.id not in [message.id for message in world.dms]
    await world.until(5, 9)
    assert draft.id not in [message.id for message in world.dms]


async def test_what_was_posted_can_be_taken_down_after_leaving(world: World) -> None:
    await posted(world)
    draft = draft_of(world)
    await world.maya.slash(world.channel, "leave")
    await world.restart()

    await world.press(draft, "takedown")

    assert world.posts() == []


async def test_after_leaving_commands_say_so(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")

    result = await world.maya.slash(world.channel, "rhythm show")

    assert "You have left, and your answers are still here. /start picks up where you were." in said(result)


async def test_who_comes_back_is_asked_again_with_all_answers_still_there(world: World) -> None:
    await written(world)
    await world.maya.slash(world.channel, "rhythm pause")
    await world.maya.slash(world.channel, "leave")
    await world.until(5, 12)

    result = await world.maya.slash(world.channel, "start", zone=ZONE)

    assert "You are set up" in said(result)
    await world.until(5, 17, 30)
    assert "answer" in ids_of(world.dm)
    draft = await world.maya.slash(world.channel, "week draft")
    assert DONE in said(draft)


async def test_leaving_again_offers_again_to_erase(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")

    result = await world.maya.slash(world.channel, "leave")

    await world.press(result.response, "erase", by=world.maya)
    assert await rows.number_of(world.app.db.reading, Person("discord", "", str(world.maya.id))) is None


async def test_somebody_unknown_has_nothing_to_leave(world: World) -> None:
    await world.begin()

    result = await world.jonas.slash(world.channel, "leave")

    assert "I keep nothing about you" in said(result)


# ------------------------------------------------------------------ /help


async def test_help_is_another_for_a_friend_a_seeker_and_a_host(world: World) -> None:
    await world.begin()

    friend = await world.jonas.slash(world.channel, "help")
    seeker = await world.maya.slash(world.channel, "help")
    host = await world.sam.slash(world.channel, "help")

    assert (friend.ephemeral, seeker.ephemeral, host.ephemeral) == (True, True, True)
    assert "A cheer is always enough" in said(friend)
    assert "Once a week comes a draft" in said(seeker)
    assert "/circle setup makes a circle of a channel" in said(host)
    assert len({said(friend), said(seeker), said(host)}) == 3


async def test_a_seeker_who_is_the_host_too_reads_both(world: World) -> None:
    await world.begin()
    await world.sam.slash(world.channel, "start", zone=ZONE)

    result = await world.sam.slash(world.channel, "help")

    assert "Once a week comes a draft" in said(result)
    assert "/circle setup makes a circle of a channel" in said(result)


async def test_after_leaving_help_is_a_friends(world: World) -> None:
    await world.begin()
    await world.maya.slash(world.channel, "leave")

    result = await world.maya.slash(world.channel, "help")

    assert "A cheer is always enough" in said(result)


async def test_a_topic_turns_the_help_into_its_page_and_back(world: World) -> None:
    await world.begin()
    shown = await world.maya.user.slash("help")

    page = await world.maya.user.click(shown.response, custom_id="helpon:rhythm")
    turned = words_of(world.dm)
    await world.maya.user.click(world.dm, custom_id="helpon:short")

    assert page.acknowledged
    assert "/rhythm pause: I ask nothing for a while" in turned
    assert "Where to turn" not in turned
    assert "Where to turn" in words_of(world.dm)


async def test_help_goes_to_the_topic_that_speaks_of_a_word(world: World) -> None:
    await world.begin()

    found = await world.maya.slash(world.channel, "help", topic="pause")
    unknown = await world.maya.slash(world.channel, "help", topic="horses")

    assert "/rhythm resume" in said(found)
    assert "I know no such topic. /help shows those there are." in said(unknown)


async def test_the_test_message_explains_after_a_restart(world: World) -> None:
    await world.begin()
    await world.restart()

    result = await world.press(world.dm, "helpme")

    assert "Once a week comes a draft" in said(result)
