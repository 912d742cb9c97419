"""What is asked for fits and stays words, whatever people write."""

from __future__ import annotations

from datetime import timedelta

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ask import LIMIT, MOST_OPEN, Request, StillOpen, checked_words
from bot.core.journal import Entry
from bot.core.summary import Draft, Phase, WeekPost
from cogs import _ask, _post, _render
from tests.cogs import _made
from tests.cogs._ask import CV, many
from tests.cogs._made import (
    KEY,
    LIBRARY,
    NOW,
    buttons_of,
    check_limits,
    holds,
    summary_of,
    text_of,
    week_of,
)


@st.composite
def requests(draw: st.DrawFn, least: int = 0) -> tuple[Request, ...]:
    """What may be open or settled at once, as long and as hard to show as it can be."""
    one_line = st.one_of(_made.words(LIMIT), st.sampled_from(["*", "🎉", "<", "https://a.b "]).map(lambda p: p * LIMIT))
    lines = draw(st.lists(one_line.map(lambda w: checked_words(w[:LIMIT])), min_size=least, max_size=MOST_OPEN))
    closed = [draw(st.sampled_from([None, NOW])) for _ in lines]
    return tuple(
        Request(n, 1, words, NOW, NOW, closed_at=at) for n, (words, at) in enumerate(zip(lines, closed, strict=True))
    )


weeks = st.integers(0, 5).flatmap(
    lambda count: st.tuples(*(_made.entry(number, shared=True) for number in range(1, count + 1)))
)


@many
@given(weeks, st.one_of(st.just(""), _made.words()), requests(1))
def test_any_week_with_any_asks_fits_and_no_ask_is_shortened(
    entries: tuple[Entry, ...], words: str, asks: tuple[Request, ...]
) -> None:
    summary = summary_of(entries, words)._replace(asks=asks)
    pages = _post.pages(summary)

    assert 1 <= len(pages) <= 2
    for part in range(len(pages)):
        check_limits(_render.week_post(WeekPost(KEY, summary, part, b"\x89PNG", "A week")).view)
    assert all(holds("".join(page.text for page in pages), request.words) for request in asks)
    whole = _render.whole_summary(summary)
    assert all(holds("".join(whole), request.words) for request in asks)
    for page in whole:
        check_limits(_render.say(page))


@pytest.mark.parametrize("piece", ["*", "🎉", "word "])
def test_beside_forty_long_entries_the_asks_still_stand_whole(piece: str) -> None:
    kinds = list(LIBRARY.values())
    entries = tuple(_made.worst(kinds[n % len(kinds)], n, piece) for n in range(1, 41))
    asks = tuple(Request(n, 1, checked_words((piece * LIMIT)[:LIMIT]), NOW, NOW) for n in range(MOST_OPEN))
    summary = summary_of(entries, piece * 200)._replace(asks=asks)
    pages = _post.pages(summary)

    for part in range(len(pages)):
        check_limits(_render.week_post(WeekPost(KEY, summary, part, b"\x89PNG", "A week")).view)
    assert all(holds(pages[0].text + pages[1].text, request.words) for request in asks)
    draft = with_asks(week_of(entries, said=piece * 200, posts_at=NOW), asks, shared=True)
    check_limits(_render.draft(draft))
    check_limits(_render.chooser(draft))


def with_asks(draft: Draft, asks: tuple[Request, ...], *, shared: bool) -> Draft:
    return draft._replace(
        week=draft.week._replace(share_asks=shared),
        material=draft.material._replace(asks=asks),
        summary=draft.summary._replace(asks=asks if shared else ()),
    )


@many
@given(weeks, requests(), st.sampled_from(list(Phase)), st.booleans())
def test_a_draft_with_any_asks_fits_and_holds_them_whole_or_behind_read_all(
    entries: tuple[Entry, ...], asks: tuple[Request, ...], phase: Phase, shared: bool
) -> None:
    draft = with_asks(week_of(entries, phase=phase, posts_at=NOW), asks, shared=shared)
    view = _render.draft(draft)

    check_limits(view)
    check_limits(_render.chooser(draft))
    assert all(holds(text_of(view), request.words) for request in asks) or "readdraft" in buttons_of(view)
    assert all(holds("".join(_render.whole_draft(draft)), request.words) for request in asks)
    assert ("ask" in buttons_of(view)) is (phase is not Phase.POSTED and len(asks) < MOST_OPEN)


@many
@given(requests(1), st.booleans())
def test_what_is_said_about_an_ask_fits_and_carries_its_delivery(asks: tuple[Request, ...], sure: bool) -> None:
    for request in asks:
        view = _render.message(StillOpen(KEY, request, sure)).view
        check_limits(view)
        assert holds(text_of(view), request.words)
        assert any(KEY in str(item.custom_id) for item in view.walk_children() if isinstance(item, discord.ui.Button))
        for shown in (_ask.kept(request), _ask.closed(request), _ask.listed(asks)):
            check_limits(shown)


def test_words_of_an_ask_stay_words() -> None:
    asks = (Request(1, 1, "@everyone **look** [here](https://x.y) # big", NOW, NOW),)
    text = _post.pages(summary_of()._replace(asks=asks))[0].text

    assert "@everyone" not in text
    assert r"\*\*look\*\*" in text
    assert r"\[here]" in text


def test_an_ask_is_measured_from_when_it_was_set() -> None:
    request = Request(1, 1, CV, NOW - timedelta(days=20), NOW)

    assert f"<t:{int((NOW - timedelta(days=20)).timestamp())}:D>" in text_of(_ask.listed([request]))
