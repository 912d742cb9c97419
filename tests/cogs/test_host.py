"""What the host reads stays within Discord's limits, tells what to do, and says it again when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.alert import Alert, Topic, Unreached
from bot.core.host import Counts, Disk, Line, Rush, Status, Trouble
from cogs import _host, _render
from tests.cogs._made import KEY, NOW, check_limits, names, text_of

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WELL = Status(
    NOW, Counts(sent=40, late=2), (), (), NOW - timedelta(hours=5), Disk(12 * 10**9, 10**11, 4 * 10**6), 2,
    (("Cairn", "0.1.0"), ("Python", "3.13")),
)  # fmt: skip
LINE = Line(NOW - timedelta(days=3), 0.087)


def shown(status: Status = WELL, line: Line = LINE) -> str:
    view = _host.status(status, line, "2.7.1")
    check_limits(view)
    return text_of(view)


@pytest.mark.parametrize("topic", Topic)
def test_every_alert_says_what_is_wrong_and_that_it_is_over(topic: Topic) -> None:
    lasting, over = (text_of(_host.alert(Alert(KEY, topic, "", NOW, over=over))) for over in (False, True))

    assert lasting != over
    assert "Since" in lasting
    assert "It began" in over
    for words in (lasting, over):
        assert "!" not in words
        assert ".." not in words


@many
@given(names, st.sampled_from(Topic), st.booleans())
def test_an_alert_takes_any_name_of_a_channel(name: str, topic: Topic, over: bool) -> None:
    check_limits(_render.message(Alert(KEY, topic, name, NOW, over)).view)


@many
@given(names)
def test_the_line_in_a_circle_takes_any_name(name: str) -> None:
    check_limits(_render.message(Unreached(KEY, name)).view)


def test_a_detail_stands_as_a_sentence_of_its_own() -> None:
    assert "1,234 MiB are free. Please" in text_of(_host.alert(Alert(KEY, Topic.DISK_LOW, "1,234 MiB are free", NOW)))


# ------------------------------------------------------------------ how all is


def test_all_is_well_in_one_glance() -> None:
    told = shown()

    assert told.startswith("## All is well\n")
    assert "42 sent, 2 of them late" in told
    assert "12.0 GB free of 100 GB · my data 4.0 MB" in told
    assert "answers in 87 ms" in told
    assert f"**Copy of the data** {_host.ago(NOW - timedelta(hours=5))}" in told
    assert "**Copy of the data** none yet" in shown(WELL._replace(backed_up_at=None))


@many
@given(st.lists(names, max_size=40), st.lists(st.sampled_from(Topic), max_size=40))
def test_any_number_of_channels_and_troubles_fits(lost: list[str], topics: list[Topic]) -> None:
    troubles = tuple(Trouble(topic, "#" * 60, NOW) for topic in topics)

    shown(WELL._replace(lost=tuple(lost), troubles=troubles))


def test_a_server_full_of_lost_channels_fits_and_their_number_is_told() -> None:
    named = "_" * 60
    troubles = tuple(Trouble(Topic.LOST, named, NOW - timedelta(days=day)) for day in range(40))

    told = shown(WELL._replace(lost=(named,) * 40, troubles=troubles), Line(None))

    assert told.splitlines()[1] == "- **I am not connected to Discord**"
    assert "- and 35 more" in told


def test_what_asks_for_the_host_stands_first() -> None:
    behind = Counts(due=300, oldest=NOW - timedelta(minutes=12), unknown=4, expired=2, unreachable=1, closed=3)

    told = shown(WELL._replace(counts=behind), Line(None, rests_until=NOW))

    first, *others = told.splitlines()
    assert first == "## Something needs you"
    assert others[0] == "- **I am not connected to Discord**"
    assert others[2] == "- **I am twelve minutes behind**"
    assert "**Due now** 300, the oldest for twelve minutes · 4 in doubt, looked up next" in told
    assert "0 sent · 2 too late to send · 1 could not arrive" in told
    assert "three people with closed direct messages" in told


def test_a_disk_that_errs_is_not_said_to_be_full_for_certain() -> None:
    told = text_of(_host.alert(Alert(KEY, Topic.DISK_FULL, "12,000 MiB are free", NOW)))

    assert "It is full, or out of order: 12,000 MiB are free. I can't keep what people write" in told


def test_messages_that_could_not_be_changed_are_counted_where_there_are_any() -> None:
    assert "**Left as they stand** two messages that I could not change" in shown(WELL._replace(counts=Counts(left=2)))
    assert "Left as they stand" not in shown()


def test_the_busiest_minute_is_told_where_there_is_a_crowd() -> None:
    crowd = Rush(NOW + timedelta(hours=1), 900, timedelta(seconds=30))

    assert "900 due, the last one 30 seconds later" in shown(WELL._replace(rush=crowd))
    assert "Busiest" not in shown(WELL._replace(rush=crowd._replace(many=1)))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (315_000, "315 kB"),
        (4_100_000, "4.1 MB"),
        (271e9, "271 GB"),
        (4e12, "4.0 TB"),
    ],
)
def test_sizes_read_well(amount: float, words: str) -> None:
    assert _host.size(amount) == words
