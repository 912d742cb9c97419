"""What is for some friends only: it reaches each of them alone, never the channel, and comes down when it should."""

from __future__ import annotations

import pytest

from bot.core.cheer import Wish
from bot.core.delivery import Cause, State, Unreachable
from bot.core.idea import Given, Sort
from bot.core.journal import Gone, NotYours, Visibility
from bot.core.people import Person
from bot.core.reader import NobodyToSend, NotAFriend
from bot.core.summary import Draft, NothingChosen, Phase, Portion, WeekPost
from bot.store import journal as journal_rows
from bot.store import people as people_rows
from bot.store import summary as summary_rows
from bot.usecases import cheer, circle, consent, hidden, idea, journal, past, people, privacy, reader, summary
from bot.usecases.people import Start
from tests.usecases.conftest import CHANNEL, MAYA, PAPER, ZONE, Desk, in_channel

ANA, BEN = Person(PAPER, "", "ana"), Person(PAPER, "", "ben")
SECRET = "I fear the interview at Acme"
OPEN = "Wrote two applications"


async def number(desk: Desk, who: Person) -> str:
    """The number of somebody known."""
    found = await people_rows.number_of(desk.app.db.reading, who)
    return str(found)


async def written(desk: Desk, *accepting: Person) -> tuple[int, int]:
    """Maya has a check-in and a note in her week's draft; the entries' numbers. Some friends accepted messages."""
    await desk.begin()
    for friend in accepting:
        await consent.accept(desk.app, friend, friend.id.title(), CHANNEL)
    desk.move(2, 18)
    first = await journal.checkin(desk.app, MAYA, {"done": OPEN}, {"hours": 2})
    second = await journal.reflect(desk.app, MAYA, "note", {"note": SECRET})
    await desk.until(4, 18)
    return first.entry.id, second.entry.id


async def known(desk: Desk, friend: Person) -> None:
    """A friend is known in the circle, and has not accepted messages."""
    async with desk.app.db.writing() as tx:
        friend_id = await people_rows.remember(tx, friend, friend.id.title())
        await tx.run("INSERT INTO friends (circle_id, person_id) VALUES (1, ?)", friend_id)


async def name(desk: Desk, entry_id: int, *friends: Person) -> None:
    """Maya names exactly these friends for an answer."""
    naming = await reader.naming(desk.app, MAYA, entry_id)
    chosen = [await number(desk, friend) for friend in friends]
    await reader.name(desk.app, MAYA, entry_id, [str(one.id) for one in naming.known], chosen)


async def posted(desk: Desk, *accepting: Person) -> tuple[int, int]:
    """The check-in is for all, the note for Ana alone, and the week stands."""
    checkin, note = await written(desk, ANA, *accepting)
    await name(desk, note, ANA)
    await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
    await summary.post(desk.app, MAYA, 1)
    return checkin, note


def parts(desk: Desk, who: Person = ANA) -> list[Portion]:
    """What stands in somebody's direct messages of weeks."""
    return [sheet.what for sheet in desk.paper.at(who) if isinstance(sheet.what, Portion)]


def words(portion: Portion) -> list[object]:
    """What is told of the answers in a part."""
    return [value for entry in portion.summary.entries for value in entry.answers.values()]


async def phase(desk: Desk) -> Phase:
    """Where Maya's first week stands."""
    week = await summary_rows.get(desk.app.db.reading, 1)
    assert week
    return week.phase


async def visibility(desk: Desk, entry_id: int) -> Visibility:
    """Who may see an entry."""
    entry = await journal_rows.get(desk.app.db.reading, entry_id)
    assert entry
    return entry.visibility


async def draft(desk: Desk) -> Draft:
    """Maya's first week as she sees it."""
    return await summary.draft_of(desk.app, MAYA, 1)


async def said(desk: Desk) -> str:
    """Everything that ever stood in the channel."""
    return str([sheet.said for sheet in desk.paper.at(CHANNEL)])


# ------------------------------------------------------------------ it goes to them alone


async def test_a_part_reaches_its_friend_alone_and_nothing_of_it_the_channel(desk: Desk) -> None:
    await posted(desk, BEN)

    [part] = parts(desk)
    assert words(part) == [SECRET]
    told = part.summary
    assert (told.words, told.numbers, told.asks, told.opening) == ("", {}, (), "")
    assert parts(desk, BEN) == []
    assert SECRET not in await said(desk)
    assert OPEN in await said(desk)
    assert [(one.reader.name, one.state) for one in (await draft(desk)).handed] == [("Ana", State.SENT)]


async def test_hidden_names_are_masked_in_it_also_once_it_stands(desk: Desk) -> None:
    await posted(desk)

    hiding = await hidden.hide(desk.app, MAYA, "Acme")

    assert hiding.posts == 1
    assert "Acme" not in str(words(parts(desk)[0]))


async def test_who_has_not_accepted_gets_nothing_until_they_do(desk: Desk) -> None:
    _, note = await written(desk)
    await known(desk, ANA)
    await name(desk, note, ANA)
    await summary.edit(desk.app, MAYA, 1, "A line")
    await summary.post(desk.app, MAYA, 1)
    await desk.wait(days=1)
    assert desk.paper.at(ANA) == []
    assert SECRET not in await said(desk)

    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert words(parts(desk)[0]) == [SECRET]
    assert [one.state for one in (await draft(desk)).handed] == [State.LATE]


async def test_who_accepts_too_late_gets_nothing_and_the_draft_says_so(desk: Desk) -> None:
    _, note = await written(desk)
    await known(desk, ANA)
    await name(desk, note, ANA)
    await summary.post(desk.app, MAYA, 1)

    await desk.wait(days=28)
    await consent.accept(desk.app, ANA, "Ana")
    await desk.wait(days=1)

    assert parts(desk) == []
    assert [one.state for one in (await draft(desk)).handed] == [State.EXPIRED]


# ------------------------------------------------------------------ a week for some alone


async def test_a_week_for_some_alone_posts_nothing_to_the_channel(desk: Desk) -> None:
    _, note = await written(desk, ANA)
    await name(desk, note, ANA)
    assert (await draft(desk)).for_some_alone

    await summary.post(desk.app, MAYA, 1)

    assert in_channel(desk, WeekPost) == []
    assert words(parts(desk)[0]) == [SECRET]
    assert (await phase(desk), await desk.states("post")) == (Phase.POSTED, [])


async def test_sharing_with_all_later_posts_it_and_taking_that_back_leaves_the_part(desk: Desk) -> None:
    checkin, note = await written(desk, ANA)
    await name(desk, note, ANA)
    await summary.post(desk.app, MAYA, 1)

    for _ in range(2):
        await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
        assert len(in_channel(desk, WeekPost)) == 1
        await journal.share(desk.app, MAYA, checkin, Visibility.PRIVATE)
        assert in_channel(desk, WeekPost) == []
        assert (await phase(desk), len(parts(desk))) == (Phase.POSTED, 1)

    await journal.share(desk.app, MAYA, note, Visibility.PRIVATE)
    assert (await phase(desk), parts(desk)) == (Phase.TAKEN, [])


async def test_a_week_for_nobody_who_may_be_written_to_is_refused(desk: Desk) -> None:
    _, note = await written(desk, ANA)
    await name(desk, note, ANA)
    await consent.quiet(desk.app, ANA, "Ana")

    with pytest.raises(NobodyToSend, match="only for Ana"):
        await summary.post(desk.app, MAYA, 1)
    assert await phase(desk) is Phase.DRAFTED


async def test_a_week_for_some_alone_posts_by_itself_where_it_may(desk: Desk) -> None:
    await written(desk, ANA)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE seekers SET autopost = 1")
        await tx.run("UPDATE weeks SET posts_at = ?", "2026-01-04T19:00:00.000+00:00")
    await name(desk, 2, ANA)

    await desk.until(4, 20)
    await desk.tick()

    assert (len(parts(desk)), in_channel(desk, WeekPost)) == (1, [])


# ------------------------------------------------------------------ changes


async def test_an_edit_revises_what_the_friend_has(desk: Desk) -> None:
    _, note = await posted(desk)

    await journal.change(desk.app, MAYA, note, {"note": "It went well"})

    assert words(parts(desk)[0]) == ["It went well"]
    assert len(in_channel(desk, WeekPost)) == 1


@pytest.mark.parametrize("done", ["hidden", "shared", "deleted", "another", "taken", "quiet"])
async def test_it_comes_down_when_it_is_for_the_friend_no_more(desk: Desk, done: str) -> None:
    _, note = await posted(desk, BEN)
    does = {
        "hidden": lambda: journal.share(desk.app, MAYA, note, Visibility.PRIVATE),
        "shared": lambda: journal.share(desk.app, MAYA, note, Visibility.FRIENDS),
        "deleted": lambda: journal.forget(desk.app, MAYA, note),
        "another": lambda: name(desk, note, BEN),
        "taken": lambda: summary.take_down(desk.app, MAYA, 1),
        "quiet": lambda: consent.quiet(desk.app, ANA, "Ana"),
    }

    await does[done]()

    assert parts(desk) == []
    assert len(parts(desk, BEN)) == (done == "another")


async def test_whoever_is_named_again_or_accepts_again_gets_it_again(desk: Desk) -> None:
    _, note = await posted(desk, BEN)
    await name(desk, note, BEN)
    await name(desk, note, ANA, BEN)
    assert (len(parts(desk)), len(parts(desk, BEN))) == (1, 1)

    await consent.quiet(desk.app, ANA, "Ana")
    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert len(parts(desk)) == 1


async def test_posting_again_after_taking_down_sends_it_anew(desk: Desk) -> None:
    await posted(desk)
    await summary.take_down(desk.app, MAYA, 1)

    await summary.post(desk.app, MAYA, 1)

    assert len(parts(desk)) == 1


async def test_a_post_that_cannot_arrive_takes_the_parts_along(desk: Desk) -> None:
    checkin, note = await written(desk, ANA)
    await name(desk, note, ANA)
    await journal.share(desk.app, MAYA, checkin, Visibility.FRIENDS)
    desk.paper.refuses[CHANNEL.id] = Unreachable("the channel is gone", gone=True, cause=Cause.LOST)

    with pytest.raises(circle.CouldNotPost):
        await summary.post(desk.app, MAYA, 1)
    await desk.tick()

    assert (await phase(desk), parts(desk)) == (Phase.DRAFTED, [])


async def test_closed_messages_are_said_in_the_draft_and_hold_up_nobody(desk: Desk) -> None:
    _, note = await written(desk, ANA, BEN)
    await name(desk, note, ANA, BEN)
    desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)

    await summary.post(desk.app, MAYA, 1)

    found = [(one.reader.name, one.state) for one in (await draft(desk)).handed]
    assert found == [("Ana", State.UNREACHABLE), ("Ben", State.SENT)]
    del desk.paper.refuses[ANA.id]
    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()
    assert len(parts(desk)) == 1


# ------------------------------------------------------------------ choosing


async def test_choosing_what_goes_in_leaves_it_for_them_unless_it_is_picked_for_all(desk: Desk) -> None:
    checkin, note = await written(desk, ANA)
    await name(desk, note, ANA)

    await summary.choose(desk.app, MAYA, 1, [str(checkin), str(note)], [str(checkin)])
    assert await visibility(desk, note) is Visibility.NAMED

    await summary.choose(desk.app, MAYA, 1, [str(checkin), str(note)], [str(note)])
    assert await visibility(desk, note) is Visibility.FRIENDS
    assert (await reader.naming(desk.app, MAYA, note)).kept.readers == ()


async def test_with_nobody_left_it_is_private_and_who_was_not_offered_stays(desk: Desk) -> None:
    _, note = await written(desk, ANA, BEN)
    await name(desk, note, ANA, BEN)
    ana, ben = await number(desk, ANA), await number(desk, BEN)

    naming = await reader.name(desk.app, MAYA, note, [ana], [])
    assert [one.name for one in naming.kept.readers] == ["Ben"]

    await reader.name(desk.app, MAYA, note, [ana, ben], [])
    assert await visibility(desk, note) is Visibility.PRIVATE


async def test_only_friends_known_in_the_circle_can_be_named(desk: Desk) -> None:
    _, note = await written(desk)
    await circle.set_up(desk.app, CHANNEL._replace(id="elsewhere"), "elsewhere")
    await consent.accept(desk.app, ANA, "Ana", CHANNEL._replace(id="elsewhere"))
    await people.start(desk.app, BEN, "Ben", Start(ZONE), [CHANNEL])

    naming = await reader.naming(desk.app, MAYA, note)
    assert [one.name for one in naming.known] == ["Ben"]
    for stranger in (await number(desk, ANA), await number(desk, MAYA), "99", "x"):
        with pytest.raises(NotAFriend):
            await reader.name(desk.app, MAYA, note, [stranger], [stranger])
    assert await visibility(desk, note) is Visibility.PRIVATE


async def test_nobody_else_can_look_at_who_reads_an_answer_or_change_it(desk: Desk) -> None:
    _, note = await posted(desk)
    await people.start(desk.app, BEN, "Ben", Start(ZONE), [CHANNEL])

    with pytest.raises(NotYours):
        await reader.naming(desk.app, BEN, note)
    with pytest.raises(NotYours):
        await reader.name(desk.app, BEN, note, [], [])
    with pytest.raises(Gone):
        await reader.naming(desk.app, MAYA, 99)


# ------------------------------------------------------------------ what the seeker, and the friend, can do


async def test_the_preview_and_a_past_week_show_who_gets_what(desk: Desk) -> None:
    _, note = await written(desk, ANA, BEN)
    with pytest.raises(NothingChosen):
        await summary.preview(desk.app, MAYA, week_id=1)
    await name(desk, note, ANA, BEN)

    [only] = await summary.preview(desk.app, MAYA, week_id=1)
    await summary.post(desk.app, MAYA, 1)
    shown = (await past.show(desk.app, MAYA, "this week")).posts

    assert isinstance(only, Portion)
    assert ([one.name for one in only.readers], words(only)) == (["Ana", "Ben"], [SECRET])
    assert shown == [only]


async def test_their_buttons_work_for_them_and_for_nobody_else(desk: Desk) -> None:
    await posted(desk)
    key = (await desk.delivery("part", turn=1)).id

    await cheer.give(desk.app, ANA, "Ana", key, Wish("", "You can do it"))
    await idea.give(desk.app, ANA, "Ana", key, Sort.IDEA, Given("Practise with me", ""))
    assert len(await idea.mine(desk.app, ANA)) == 1
    assert [e.answers for e in (await summary.read(desk.app, ANA, key)).entries] == [{"note": SECRET}]

    with pytest.raises(NotYours):
        await cheer.give(desk.app, BEN, "Ben", key, Wish("", "Me too"))
    with pytest.raises(NotYours):
        await idea.give(desk.app, BEN, "Ben", key, Sort.IDEA, Given("Me too", ""))
    with pytest.raises(NotYours):
        await summary.read(desk.app, BEN, key)
    await summary.take_down(desk.app, MAYA, 1)
    with pytest.raises(Gone):
        await summary.read(desk.app, ANA, key)


# ------------------------------------------------------------------ leaving and erasing


async def test_a_seeker_who_is_erased_leaves_nothing_with_the_friend_nor_their_week_to_the_next(desk: Desk) -> None:
    await posted(desk)
    left = await people.leave(desk.app, MAYA)
    assert (left.posted, len(parts(desk))) == (1, 1)

    await privacy.erase(desk.app, MAYA, left.person_id)

    assert (parts(desk), await desk.states("part")) == ([], [])
    await people.start(desk.app, BEN, "Ben", Start(ZONE), [CHANNEL])
    kept = await journal.reflect(desk.app, BEN, "note", {"note": "Another story"})
    await reader.name(desk.app, BEN, kept.entry.id, [], [await number(desk, ANA)])
    draft = await summary.draft(desk.app, BEN, 0)
    await summary.post(desk.app, BEN, draft.week.id)
    assert [words(part) for part in parts(desk)] == [["Another story"]]


async def test_a_seeker_who_leaves_sends_nothing_any_more(desk: Desk) -> None:
    _, note = await written(desk)
    await known(desk, ANA)
    await name(desk, note, ANA)
    await summary.post(desk.app, MAYA, 1)
    await people.leave(desk.app, MAYA)

    await consent.accept(desk.app, ANA, "Ana")
    await desk.tick()

    assert parts(desk) == []


async def test_an_erased_friend_takes_their_part_along_and_the_answer_is_private(desk: Desk) -> None:
    checkin, note = await written(desk, ANA, BEN)
    await name(desk, note, ANA)
    await name(desk, checkin, ANA, BEN)
    await summary.post(desk.app, MAYA, 1)

    await privacy.erase(desk.app, ANA, int(await number(desk, ANA)))

    assert parts(desk) == []
    assert await visibility(desk, note) is Visibility.PRIVATE
    assert await visibility(desk, checkin) is Visibility.NAMED
    assert [words(part) for part in parts(desk, BEN)] == [[OPEN]]
    await privacy.erase(desk.app, BEN, int(await number(desk, BEN)))
    assert await phase(desk) is Phase.TAKEN
    assert await visibility(desk, checkin) is Visibility.PRIVATE


async def test_sent_unheard_it_is_found_again_and_never_sent_twice(desk: Desk) -> None:
    _, note = await written(desk, ANA)
    await name(desk, note, ANA)
    desk.paper.replies.append("it stands there, and the answer is lost")
    await summary.post(desk.app, MAYA, 1)

    await desk.restart()
    await desk.wait(minutes=3)

    assert len(parts(desk)) == 1
    assert [one.state for one in (await draft(desk)).handed] == [State.SENT]
