"""The joint post for any words: within Discord's limits, fair to each, and whole behind *Read all*."""

from __future__ import annotations

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import text as texts
from bot.core.ask import Request
from bot.core.circle import Circle
from bot.core.council import Asking, Hour, Invitation, JointPost, Section
from bot.core.people import Space
from bot.usecases.membership import Belonging
from cogs import _council
from tests.cogs import _made
from tests.cogs._made import KEY, MONDAY, NOW, buttons_of, check_limits, entry, names, summary_of, text_of, words


@st.composite
def joint_posts(draw: st.DrawFn) -> JointPost:
    """A joint post of up to thirty seekers with anything in it."""
    count = draw(st.sampled_from([1, 2, 3, 10, 30]))
    told = draw(st.lists(entry(shared=True), max_size=3))
    summaries = [
        summary_of(tuple(told), draw(words()) if draw(st.booleans()) else "", draw(names)) for _ in range(min(count, 3))
    ]
    sections = tuple(Section(n, n, summaries[n % len(summaries)]) for n in range(count))
    return JointPost(KEY, MONDAY, sections, tuple((b"png", draw(words())) for _ in sections[:2]) * 5)


@settings(max_examples=25, deadline=None)
@given(joint_posts())
def test_a_joint_post_of_anything_is_taken_by_discord(what: JointPost) -> None:
    rendered = _council.joint_post(what)

    check_limits(rendered.view)
    assert len(rendered.files) == len(what.pictures) <= 10
    assert {"cheerwhom", "ideawhom", "offerwhom"} <= set(buttons_of(rendered.view))


@settings(max_examples=15, deadline=None)
@given(st.lists(words(), min_size=10, max_size=10))
def test_ten_seekers_all_stand_by_name_whatever_they_write(said: list[str]) -> None:
    sections = tuple(Section(n, n, summary_of((), one, f"Seeker{n}")) for n, one in enumerate(said))

    rendered = _council.joint_post(JointPost(KEY, MONDAY, sections))

    assert [f"Seeker{n}" in text_of(rendered.view) for n in range(10)] == [True] * 10


def test_short_weeks_stand_whole_beside_a_long_one_that_is_shortened() -> None:
    short = [Section(n, n, summary_of((), f"One line of number {n}.", f"Seeker{n}")) for n in range(9)]
    long = Section(9, 9, summary_of((), "Many words and more. " * 400, "Ana"))

    told = text_of(_council.joint_post(JointPost(KEY, MONDAY, (*short, long))).view)

    assert all(f"One line of number {n}." in told for n in range(9))
    assert texts.length(told) > 2000
    assert "Shortened, so that all fit; press Read all." in told


@settings(max_examples=25, deadline=None)
@given(joint_posts(), st.data())
def test_a_preview_shows_ones_own_section_alone_as_it_will_stand(what: JointPost, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(what.sections) - 1))
    rendered = _council.joint_post(what._replace(own=what.sections[place].week_id))

    check_limits(rendered.view)
    assert buttons_of(rendered.view) == {}
    _, own, aside = _blocks(rendered.view)
    assert aside.startswith("-# Your part of the joint post")
    if place < _council.MOST:
        assert own == _blocks(_council.joint_post(what).view)[1 + place]


def _blocks(view: ui.LayoutView) -> list[str]:
    return [item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)]


def test_where_all_fits_nothing_offers_to_read_all() -> None:
    sections = tuple(Section(n, n, summary_of((), "One line.", f"Seeker{n}")) for n in range(3))

    rendered = _council.joint_post(JointPost(KEY, MONDAY, sections))

    assert list(buttons_of(rendered.view).values()) == ["Cheer", "I have an idea", "I know someone"]
    assert "Read all" not in text_of(rendered.view)


def test_what_is_asked_for_stands_in_a_crowded_post_too() -> None:
    asked = Request(1, 1, "An introduction to somebody at a robotics start-up", NOW, NOW)
    busy = summary_of(tuple(_made.worst(_made.LIBRARY["checkin"], n) for n in range(5)), "A line", "Ana")
    sections = tuple(Section(n, n, busy._replace(asks=(asked,))) for n in range(10))

    told = text_of(_council.joint_post(JointPost(KEY, MONDAY, sections)).view)

    assert told.count("An introduction to somebody at a robotics start-up") == 10


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(Asking, names, st.lists(words(200), min_size=1, max_size=3).map(tuple)), min_size=1))
def test_an_invitation_of_anything_is_taken_by_discord(asking: list[Asking]) -> None:
    check_limits(_council.invitation(Invitation(KEY, tuple(asking))))


@settings(max_examples=15, deadline=None)
@given(st.lists(names, min_size=2, max_size=30))
def test_whom_to_choose_from_is_taken_by_discord(some: list[str]) -> None:
    check_limits(_council.whom("cheerto", KEY, list(enumerate(some)), "Whom would you like to cheer on?"))


@settings(max_examples=15, deadline=None)
@given(st.lists(names, max_size=30))
def test_where_ones_week_goes_is_taken_by_discord(some: list[str]) -> None:
    circles = tuple(Circle(n, name, Space("discord", "1", str(n))) for n, name in enumerate(some))
    hours = tuple((circle, Hour(6, NOW.time(), "Europe/Berlin")) for circle in circles[:5])

    check_limits(_council.belonging(Belonging(circles, circles, hours)))
