"""What the database does for a tick or a press: it searches by an index and never reads a whole table."""

from __future__ import annotations

import re
from typing import Any

from bot.core.cheer import Wish
from bot.core.idea import Given, Sort, Step
from bot.core.journal import Held
from bot.core.landing import Sort as Ending
from bot.core.people import Comes, Person, Post
from bot.store.db import Database
from bot.usecases import (
    cheer,
    circle,
    closing,
    consent,
    conversations,
    experiment,
    hidden,
    journal,
    landing,
    messages,
    past,
    people,
    reader,
    reply,
    rhythm,
    story,
    summary,
    thanks,
    trail,
)
from bot.usecases import idea as ideas
from bot.usecases.upkeep import upkeep
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, Desk

ANA = Person(PAPER, "", "ana")


async def spoken(database: Database) -> list[str]:
    """A list that every statement is added to from now on, with its values."""
    said: list[str] = []
    for connection in (database._writer, database._reader):
        await connection.set_trace_callback(said.append)
    return said


async def scans(database: Database, said: list[str]) -> set[str]:
    """The statements that read a whole table, or all deliveries of a kind for some, each with what it reads."""
    of_a_kind = re.compile(r"SEARCH \w+ USING .*INDEX sqlite_autoindex_deliveries_2 \(kind=\?\)")
    found: set[str] = set()
    for sql in {sql for sql in said if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE"))}:
        steps: list[Any] = await database.reading.all(f"EXPLAIN QUERY PLAN {sql}")
        for detail in (step["detail"] for step in steps):
            if detail.startswith("SCAN ") or (of_a_kind.match(detail) and re.search(r" JOIN |person_id = ", sql)):
                found.add(f"{detail}: {sql}")
    # the rows of a VALUES list are given; what a subquery itself reads has a step of its own
    given = re.compile(r"SCAN (?:\d+ )?CONSTANT ROW|SCAN \(subquery-")
    return {scan for scan in found if not given.match(scan)}


async def a_week(desk: Desk) -> None:
    """What people do in a week: asked, answered, put off, posted, cheered, told of it, taken down, left."""
    app = desk.app
    await desk.begin()
    await answered(desk)
    post = await shared(desk)
    await desk.until(5, 12)
    assert await desk.states("note") != []
    note = await desk.delivery("note")
    for friend in await reply.cheering(app, MAYA, note.id):
        await reply.thank_for_cheer(app, MAYA, note.id, friend.friend_id, "And for this")
    await put_off(desk)
    await circle.message_deleted(app, post._replace(id="said"))
    await looked_up(desk)
    await summary.take_down(app, MAYA, 1)
    await strayed(desk)
    await conversations.catch_up(app)
    await an_end(desk)
    await consent.quiet(app, ANA, "Ana")
    await people.leave(app, MAYA)
    await circle.remove(app, CHANNEL)
    await desk.tick()
    await upkeep(app)


async def answered(desk: Desk) -> None:
    """A plain message that is changed and deleted, and a check-in."""
    app = desk.app
    await desk.until(1, 20)
    await desk.until(2, 17, 30)
    walk = desk.paper.says(MAYA, "A walk", desk.now)
    await messages.write(app, walk)
    await messages.edited(app, walk._replace(text="A long walk"))
    gone = await messages.deleted(app, walk.post.channel, walk.post.id)
    assert gone
    await messages.asked(app, gone)
    await journal.checkin(app, MAYA, {"mood": "4"}, {"hours": 2})


async def shared(desk: Desk) -> Post:
    """A week that is posted, and what a friend leaves under it; where it stands."""
    app = desk.app
    await desk.until(4, 18)
    note = await for_one(desk)
    await summary.edit(app, MAYA, 1, "A line")
    await summary.post(app, MAYA, 1)
    assert await desk.states("part") == ["sent"]
    await reader.name(app, MAYA, note, [], [])
    standing = await desk.delivery("post", turn=1)
    post = standing.post
    assert post
    await an_idea(desk, standing.id)
    await circle.react(app, post, ANA, "Ana", "\N{PARTY POPPER}", added=True)
    await circle.reply(app, post, ANA, "Ana", post._replace(id="said"), "Well done", "link")
    await circle.reply_edited(app, post._replace(id="said"), "Very well done")
    await cheered(desk)
    another = await ideas.give(app, ANA, "Ana", standing.id, Sort.IDEA, Given("Teach a class", ""))
    await tried(desk, another.id)
    return post


async def put_off(desk: Desk) -> None:
    """A question that is put off and rested through, and a pause."""
    app = desk.app
    await desk.until(5, 17, 30)
    prompt = await desk.delivery("prompt")
    await rhythm.later(app, MAYA, prompt.id, "20m")
    await rhythm.not_today(app, MAYA, prompt.id, rest=True)
    await rhythm.pause(app, MAYA, "")
    await rhythm.resume(app, MAYA)
    await rhythm.show(app, MAYA)


async def looked_up(desk: Desk) -> None:
    """A name that is hidden and shown again, and a week that is looked up."""
    app = desk.app
    await hidden.hide(app, MAYA, "Acme")
    await hidden.unhide(app, MAYA, "acme")
    await hidden.matching(app, MAYA, "a")
    await past.choices(app, MAYA, "")
    await past.show(app, MAYA, "last week")


async def strayed(desk: Desk) -> None:
    """A message that nobody asked for, changed and deleted while it waits."""
    app = desk.app
    stray = desk.paper.says(MAYA, "A stray thought", desk.now)
    held = await messages.write(app, stray)
    assert isinstance(held, Held)
    await messages.asked(app, held)
    await messages.edited(app, stray._replace(text="A better thought"))
    await messages.deleted(app, stray.post.channel, stray.post.id)


async def for_one(desk: Desk) -> int:
    """An answer that is for Ana alone; its number."""
    await consent.accept(desk.app, ANA, "Ana", CHANNEL)
    kept = await journal.reflect(desk.app, MAYA, "note", {"note": "A thought"})
    naming = await reader.naming(desk.app, MAYA, kept.entry.id)
    await reader.name(desk.app, MAYA, kept.entry.id, [], [str(one.id) for one in naming.known])
    return kept.entry.id


async def cheered(desk: Desk) -> None:
    """What a friend does with a cheer, and when its seeker wants to hear of it."""
    app = desk.app
    post = await desk.delivery("post", turn=1)
    given = await cheer.give(app, ANA, "Ana", post.id, Wish("", "Well done"))
    await cheer.change(app, ANA, given.id, Wish("", "Very well done"))
    named = await cheer.named(app, ANA, CHANNEL, [CHANNEL], "Maya")
    await cheer.give_to(app, ANA, "Ana", named.id, CHANNEL, [CHANNEL], Wish("", "And again"))
    assert len(await cheer.mine(app, ANA)) == 2
    await cheer.take_back(app, ANA, given.id)
    await rhythm.friends(app, MAYA, Comes.DAILY, None)


async def tried(desk: Desk, idea_id: int) -> None:
    """What is planned of an idea and of one's own, asked about, moved, let go and learned from."""
    app, wish = desk.app, {"what": "A class at the library", "on": "tomorrow"}
    await experiment.form_for_idea(app, MAYA, idea_id)
    first = await experiment.try_idea(app, MAYA, idea_id, wish)
    await experiment.try_idea(app, MAYA, idea_id, wish)
    own = await experiment.try_own(app, MAYA, wish)
    await desk.until(5, 9)
    assert await desk.states("trial") == ["sent", "sent"]
    await experiment.form_to_move(app, MAYA, own.id)
    await experiment.move(app, MAYA, own.id, "friday")
    await experiment.let_go(app, MAYA, own.id)
    await experiment.planned(app, MAYA)
    await experiment.learn(app, MAYA, first.id, "They are patient too")
    assert await trail.drawn(app, MAYA)


async def an_idea(desk: Desk, post: str) -> None:
    """An idea that is given, arrives, is changed, kept, looked at and taken back; and another that is asked about."""
    app = desk.app
    idea = await ideas.give(app, ANA, "Ana", post, Sort.IDEA, Given("Teach a class", "You are patient"))
    offer = await ideas.give(app, ANA, "Ana", post, Sort.OFFER, Given("Alex", "", through=True))
    await desk.tick()
    await ideas.change(app, ANA, idea.id, Given("Teach two classes", ""))
    await ideas.step(app, MAYA, idea.id, Step.KEPT)
    assert await ideas.listed(app, MAYA)
    assert await ideas.mine(app, ANA)
    async with app.db.writing() as tx:
        await tx.run("UPDATE ideas SET next_at = ? WHERE id = ?", desk.now.isoformat(timespec="milliseconds"), offer.id)
    await desk.tick()
    assert await desk.states("became") == ["sent"]
    await reply.thank(app, MAYA, idea.id, "Thank you")
    await consent.accept(app, ANA, "Ana")
    await desk.tick()
    await reply.thank(app, MAYA, idea.id, "Thank you all", "1")
    await reply.decline(app, MAYA, idea.id, "Not for me")
    await ideas.take_back(app, ANA, idea.id)


async def an_end(desk: Desk) -> None:
    """A turn that is told, thanked for and taken down; and an end that was none."""
    app = desk.app
    turned = (await landing.land(app, MAYA, Ending.CHANGED, "Teaching it is", None)).draft
    number = turned.landing.id
    for line in turned.lines:
        await thanks.reword(app, MAYA, number, line.friend_id, "All of it", unnamed=line.unnamed, mark=line.mark)
    assert turned.lines
    await reply.thank_helper(app, MAYA, number, turned.lines[0].friend_id, "And for more")
    await landing.edit(app, MAYA, number, "Teaching", None)
    await landing.choose(app, MAYA, number, {landing.MOOD})
    await closing.post(app, MAYA, number)
    await closing.read(app, (await desk.delivery("closing", turn=1)).id)
    await story.export(app, MAYA, private=True)
    await closing.take_down(app, MAYA, number)
    ended = (await landing.land(app, MAYA, Ending.LANDED, "", None)).draft
    await landing.over(app, MAYA)
    await landing.go_on(app, MAYA, ended.landing.id)


async def test_no_tick_and_no_press_reads_a_whole_table(desk: Desk) -> None:
    said = await spoken(desk.app.db)
    await a_week(desk)
    assert len(set(said)) > 100
    assert await scans(desk.app.db, list(said)) == set()
