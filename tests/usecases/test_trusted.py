"""The one friend whom a seeker trusts: they hear what the seeker chose, once, and nothing without their own yes."""

from __future__ import annotations

import pytest

from bot.core.care import DEFAULT_WORDS, Confided, NoFriend, OutOfRange, TooManyWords
from bot.core.consent import Consent
from bot.core.delivery import Cause, Later, Unreachable
from bot.store import care as rows
from bot.store import people as people_rows
from bot.usecases import care, consent, hidden, messages, people, privacy
from bot.usecases.people import NotSeeking
from tests.usecases._search import applied
from tests.usecases._silence import ANA, BEN, asked, go_by, silent, told, trusts
from tests.usecases.conftest import CHANNEL, MAYA, Desk
from tests.usecases.test_plans import scans, spoken


async def test_naming_a_friend_tells_them_nothing(desk: Desk) -> None:
    await desk.begin()
    trust = await care.trust(desk.app, MAYA, (ANA, "Ana"), None, None)
    await go_by(desk, 30)
    assert (trust.watch.friend and trust.watch.friend.name, trust.consent) == ("Ana", Consent.NEVER)
    assert desk.paper.at(ANA) == []


async def test_without_a_named_friend_nobody_can_be_told(desk: Desk) -> None:
    silence_id = await silent(desk)
    with pytest.raises(NoFriend, match="named no friend"):
        await care.let_know(desk.app, MAYA, silence_id)


async def test_a_friend_who_has_not_accepted_is_not_told_and_nothing_falls_back_to_the_channel(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk, accepts=False)
    before = len(desk.paper.sheets)

    assert (await care.confiding(desk.app, MAYA, silence_id)).consent is Consent.NEVER
    with pytest.raises(NoFriend, match="not yet accepted"):
        await care.let_know(desk.app, MAYA, silence_id)
    await go_by(desk, 3)

    assert desk.paper.at(ANA) == []
    assert not [sheet for sheet in desk.paper.at(CHANNEL) if isinstance(sheet.what, Confided)]
    assert len(desk.paper.sheets) >= before


async def test_a_friend_reads_the_seekers_words_once(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    assert (await care.confiding(desk.app, MAYA, silence_id)).words == DEFAULT_WORDS
    shown = await care.reword(desk.app, MAYA, silence_id, "Could you ring me?\n")
    assert shown.words == "Could you ring me?"
    assert told(desk) == []

    await care.let_know(desk.app, MAYA, silence_id)

    assert [(one.name, one.words, one.pressed) for one in told(desk)] == [("Maya", "Could you ring me?", True)]
    assert asked(desk)[0].knows
    with pytest.raises(NoFriend, match="already"):
        await care.let_know(desk.app, MAYA, silence_id)
    assert len(told(desk)) == 1


async def test_the_words_for_a_friend_are_there_to_be_changed_after_one_indexed_read(desk: Desk) -> None:
    silence_id = await silent(desk)
    with pytest.raises(NoFriend, match="You have named no friend"):
        await care.words_of(desk.app, MAYA, silence_id)
    await trusts(desk)
    said = await spoken(desk.app.db)
    assert await care.words_of(desk.app, MAYA, silence_id) == ("Ana", DEFAULT_WORDS)
    assert len(said) == 1
    assert await scans(desk.app.db, list(said)) == set()

    await care.trust(desk.app, MAYA, None, "Ring me", None)
    assert await care.words_of(desk.app, MAYA, silence_id) == ("Ana", "Ring me")
    await care.reword(desk.app, MAYA, silence_id, "Ring me today")
    assert await care.words_of(desk.app, MAYA, silence_id) == ("Ana", "Ring me today")


@pytest.mark.parametrize(
    ("arrives", "told"), [(True, "I have written to Ana already"), (False, "I tried to write to Ana")]
)
async def test_the_words_of_what_a_friend_was_told_cannot_be_changed(desk: Desk, arrives: bool, told: str) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    if not arrives:
        desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await care.let_know(desk.app, MAYA, silence_id)
    await care.trust(desk.app, MAYA, (BEN, "Ben"), None, None)

    with pytest.raises(NoFriend, match=told):
        await care.words_of(desk.app, MAYA, silence_id)
    await people.leave(desk.app, MAYA)
    with pytest.raises(NotSeeking, match="You have left"):
        await care.words_of(desk.app, MAYA, silence_id)


async def test_a_friend_who_cannot_be_reached_is_said_so(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)

    friend, outcome = await care.let_know(desk.app, MAYA, silence_id)

    assert friend == "Ana"
    assert isinstance(outcome, Unreachable)
    assert not asked(desk)[0].knows


async def test_by_default_a_friend_never_hears_by_itself(desk: Desk) -> None:
    await silent(desk)
    await trusts(desk)
    await go_by(desk, 60)
    assert told(desk) == []


async def test_a_friend_hears_by_itself_after_so_many_days_if_the_seeker_wished_that_before(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    assert asked(desk)[0].by_itself
    await desk.until(15, 8, 59)
    assert told(desk) == []

    await desk.until(15, 9)
    await desk.tick()
    await go_by(desk, 30)

    assert [(one.name, one.words, one.pressed) for one in told(desk)] == [("Maya", DEFAULT_WORDS, False)]
    assert asked(desk)[0].knows


@pytest.mark.parametrize("sign", ["message", "press", "pause", "leave", "nobody", "off"])
async def test_any_sign_or_change_of_mind_keeps_it_from_the_friend(desk: Desk, sign: str) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    match sign:
        case "message":
            await messages.write(desk.app, desk.paper.says(MAYA, "I am here", desk.now))
        case "press":
            await care.heard(desk.app, MAYA)
        case "pause":
            await care.pause(desk.app, MAYA, asked(desk)[0].silence.id, 0)
        case "leave":
            await people.leave(desk.app, MAYA)
        case "nobody":
            await care.trust_nobody(desk.app, MAYA)
        case _:
            await care.trust(desk.app, MAYA, None, None, 0)
    for day in range(12, 20):
        await desk.until(day, 18)
    assert told(desk) == []


async def about_to_be_told(desk: Desk) -> None:
    """Maya has gone quiet, and a line to the friend whom she named is owed."""
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    desk.move(15, 9)
    await care.look(desk.app)


async def test_who_answers_while_it_is_owed_keeps_it_from_the_friend(desk: Desk) -> None:
    await about_to_be_told(desk)
    await messages.write(desk.app, desk.paper.says(MAYA, "I am here", desk.now))
    await desk.tick()
    assert told(desk) == []
    assert await desk.states("confided") == ["dropped"]


async def test_a_friend_who_has_not_accepted_hears_nothing_by_itself_until_they_have(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3, accepts=False)
    await go_by(desk, 20)
    assert desk.paper.at(ANA) == []

    await consent.accept(desk.app, ANA, "Ana")
    await go_by(desk, 4)
    assert len(told(desk)) == 1


async def test_a_friend_who_wants_quiet_hears_nothing(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await consent.quiet(desk.app, ANA, "Ana")
    await go_by(desk, 30)
    assert told(desk) == []


async def test_a_friend_who_ends_messages_while_one_is_owed_to_them_hears_nothing(desk: Desk) -> None:
    await about_to_be_told(desk)
    assert await desk.states("confided") == ["owed"]

    await consent.quiet(desk.app, ANA, "Ana")
    await go_by(desk, 5)

    assert told(desk) == []
    assert await desk.states("confided") == ["dropped"]


async def test_a_question_that_never_arrived_tells_the_friend_nothing(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    for day in range(3, 12):
        await desk.until(day, 17, 40)
    desk.paper.refuses[MAYA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await go_by(desk, 30)
    assert asked(desk) == []
    assert told(desk) == []


@pytest.mark.parametrize("erased", [False, True])
async def test_what_was_set_for_one_friend_is_not_for_another(desk: Desk, erased: bool) -> None:
    await desk.begin()
    await care.trust(desk.app, MAYA, (ANA, "Ana"), "Ana, ring me", 3)
    if erased:
        await privacy.erase(desk.app, ANA, await people_rows.number_of(desk.app.db.reading, ANA) or 0)

    trust = await care.trust(desk.app, MAYA, (BEN, "Ben"), None, None)
    assert trust.watch.friend
    assert (trust.watch.friend.name, trust.watch.tell_days, trust.watch.sentence) == ("Ben", 0, DEFAULT_WORDS)

    trust = await care.trust(desk.app, MAYA, (BEN, "Ben"), "Ben, ring me", 2)
    assert (trust.watch.tell_days, trust.watch.sentence) == (2, "Ben, ring me")


@pytest.mark.parametrize("logged", [False, True], ids=["by hand", "in the log"])
async def test_the_preview_is_what_the_friend_reads_without_the_names_that_are_hidden(desk: Desk, logged: bool) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    await (applied(desk) if logged else hidden.hide(desk.app, MAYA, "Acme"))
    trust = await care.trust(desk.app, MAYA, None, "Acme said no", None)
    shown = await care.confiding(desk.app, MAYA, silence_id)

    await care.let_know(desk.app, MAYA, silence_id)

    assert [one.words for one in told(desk)] == [shown.read] == [trust.read] == ["(a name) said no"]
    assert shown.words == "Acme said no"


async def test_after_downtime_the_friend_does_not_hear_in_the_quiet_hours(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, 3)
    await desk.until(2, 17, 30)
    await desk.until(12, 9)
    await desk.until(15, 23, 30)
    await desk.until(16, 7, 59)
    assert told(desk) == []

    await desk.until(16, 8)
    assert len(told(desk)) == 1


@pytest.mark.parametrize("arrives", [True, False])
async def test_the_seeker_reads_whether_it_arrived_however_long_that_took(desk: Desk, arrives: bool) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    desk.paper.replies.append(Later(3600))
    await care.let_know(desk.app, MAYA, silence_id)
    assert (asked(desk)[0].knows, asked(desk)[0].unreached) == (False, False)

    if not arrives:
        desk.paper.refuses[ANA.id] = Unreachable("closed", cause=Cause.CLOSED)
    await desk.wait(hours=2)
    await desk.tick()

    assert (asked(desk)[0].knows, asked(desk)[0].unreached) == (arrives, not arrives)


async def test_what_cannot_be_set_is_refused_and_nothing_changed(desk: Desk) -> None:
    await desk.begin()
    for named, words, days, refusal in (
        (None, "Words", None, NoFriend),
        ((MAYA, "Maya"), None, None, NoFriend),
        ((ANA, "Ana"), "x" * 301, None, TooManyWords),
        ((ANA, "Ana"), None, 31, OutOfRange),
    ):
        with pytest.raises(refusal):
            await care.trust(desk.app, MAYA, named, words, days)
    assert (await care.trust(desk.app, MAYA, None, None, None)).watch.friend is None


async def test_only_who_has_started_can_set_anything(desk: Desk) -> None:
    with pytest.raises(NotSeeking):
        await care.set_silence(desk.app, ANA, 5)
    with pytest.raises(NotSeeking):
        await care.trust(desk.app, ANA, (BEN, "Ben"), None, None)


# ------------------------------------------------------------------ erasure


async def test_erasing_the_seeker_takes_down_what_the_friend_was_told(desk: Desk) -> None:
    silence_id = await silent(desk)
    await trusts(desk)
    await care.let_know(desk.app, MAYA, silence_id)

    number = await people_rows.number_of(desk.app.db.reading, MAYA)
    assert number
    await privacy.erase(desk.app, MAYA, number)
    await go_by(desk, 30)

    assert told(desk) == []
    assert await desk.app.db.reading.all("SELECT * FROM silences") == []


async def test_erasing_the_friend_leaves_the_seeker_with_nobody_named(desk: Desk) -> None:
    await silent(desk)
    await trusts(desk, 3)

    number = await people_rows.number_of(desk.app.db.reading, ANA)
    assert number
    await privacy.erase(desk.app, ANA, number)

    assert (await care.trust(desk.app, MAYA, None, None, None)).watch.friend is None
    await go_by(desk, 10)


async def test_a_friend_known_for_being_trusted_alone_is_kept_when_somebody_else_is_erased(desk: Desk) -> None:
    await desk.begin()
    await trusts(desk, accepts=False)
    await people.start(desk.app, BEN, "Ben", people.Start("Europe/Berlin"), [CHANNEL])
    number = await people_rows.number_of(desk.app.db.reading, BEN)
    assert number
    await privacy.erase(desk.app, BEN, number)

    watch = await rows.watch(desk.app.db.reading, 1)
    assert watch
    assert watch.friend
    assert watch.friend.person == ANA
