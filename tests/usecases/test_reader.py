"""What is for some friends only: who is named for it, and how it reaches each of them alone."""

from __future__ import annotations

import pytest

from bot.core.cheer import Wish
from bot.core.delivery import State
from bot.core.idea import Given, Sort
from bot.core.journal import Gone, NotYours, Visibility
from bot.core.postable import NothingChosen
from bot.core.reader import NobodyToSend, NotAFriend
from bot.core.summary import Phase, Portion, WeekPost
from bot.usecases import cheer, circle, consent, hidden, idea, journal, past, people, reader, summary
from bot.usecases.people import Start
from tests.usecases._reader import (
    ANA,
    BEN,
    OPEN,
    SECRET,
    draft,
    known,
    name,
    number,
    parts,
    phase,
    posted,
    said,
    visibility,
    words,
    written,
)
from tests.usecases.conftest import CHANNEL, MAYA, ZONE, Desk, in_channel

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


async def by_itself(desk: Desk) -> None:
    """Maya's week, of which a note is for Ana alone, posts by itself at eight."""
    await written(desk, ANA)
    async with desk.app.db.writing() as tx:
        await tx.run("UPDATE seekers SET autopost = 1")
        await tx.run("UPDATE weeks SET posts_at = ?", "2026-01-04T19:00:00.000+00:00")
    await name(desk, 2, ANA)


async def test_a_week_for_some_alone_posts_by_itself_where_it_may(desk: Desk) -> None:
    await by_itself(desk)

    await desk.until(4, 20)
    await desk.tick()

    assert (len(parts(desk)), in_channel(desk, WeekPost)) == (1, [])


async def test_where_nobody_may_be_written_to_a_week_for_some_alone_waits_for_its_seeker(desk: Desk) -> None:
    await by_itself(desk)
    await consent.quiet(desk.app, ANA, "Ana")

    await desk.until(4, 20)

    assert ((await draft(desk)).week.posts_at, await phase(desk), parts(desk)) == (None, Phase.DRAFTED, [])


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
        await summary.previewed(desk.app, MAYA, week_id=1)
    await name(desk, note, ANA, BEN)

    _, [only] = await summary.previewed(desk.app, MAYA, week_id=1)
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


async def test_sent_unheard_it_is_found_again_and_never_sent_twice(desk: Desk) -> None:
    _, note = await written(desk, ANA)
    await name(desk, note, ANA)
    desk.paper.replies.append("it stands there, and the answer is lost")
    await summary.post(desk.app, MAYA, 1)

    await desk.restart()
    await desk.wait(minutes=3)

    assert len(parts(desk)) == 1
    assert [one.state for one in (await draft(desk)).handed] == [State.SENT]
