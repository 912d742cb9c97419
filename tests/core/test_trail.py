"""The trail: the stops of each way, in order, and the pages of many."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.experiment import Experiment, Phase
from bot.core.idea import Sort, Step
from bot.core.trail import GONE, MOST_STOPS, ON_PAGE, Path, Standing, Stop, card, stops

BERLIN = ZoneInfo("Europe/Berlin")
GIVEN_AT = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)  # the third in Berlin
TODAY = date(2026, 11, 22)


def path(
    sort: Sort | None = Sort.IDEA, step: Step | None = Step.NEW, *phases: Phase, thanked_at: datetime | None = None
) -> Path:
    return Path(sort, "Jonas", "A walk", step, GIVEN_AT, thanked_at, tuple(map(tried, phases)))


def tried(phase: Phase) -> Experiment:
    ended_at = None if phase is Phase.PLANNED else GIVEN_AT + timedelta(days=14)
    return Experiment(1, 1, 1, "Jonas", "A walk", "", date(2026, 11, 16), phase, "Much", ended_at, None, 0)


def words(one: Path) -> list[str]:
    return [stop.words for stop in stops(one, BERLIN)]


def test_days_are_those_of_the_seekers_zone() -> None:
    thanked = path(Sort.IDEA, Step.LEARNED, Phase.LEARNED, thanked_at=GIVEN_AT + timedelta(days=20))
    assert stops(thanked, BERLIN) == (
        Stop("given", date(2026, 11, 3)),
        Stop("learned", date(2026, 11, 17)),
        Stop("thanked", date(2026, 11, 23)),
    )


def test_every_try_is_a_stop_of_its_own() -> None:
    several = path(Sort.IDEA, Step.TRYING, Phase.LET_GO, Phase.LAPSED, Phase.LEARNED, Phase.PLANNED)
    assert words(several) == ["given", "let go", "left open", "learned", "to try"]
    assert [stop.standing for stop in stops(several, BERLIN)][1:] == [
        *[Standing.RESTS] * 2,
        Standing.DONE,
        Standing.AHEAD,
    ]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Step.NEW, ["waits for your word"]),
        (Step.KEPT, ["kept"]),
        (Step.ACCEPTED, ["you said yes"]),
        (Step.INTRODUCED, ["you said yes", "in touch"]),
        (Step.TALKED, ["you said yes", "talked"]),
        (Step.DECLINED, ["not for now"]),
    ],
)
def test_an_offer_tells_each_step_it_must_have_taken(step: Step, told: list[str]) -> None:
    assert words(path(Sort.OFFER, step)) == ["offered", *told]


def test_what_it_led_to_ends_the_way() -> None:
    landed = Stop("landed", date(2026, 12, 20))
    assert stops(path()._replace(further=(landed,)), BERLIN)[-1] == landed


def test_a_way_with_many_stops_keeps_its_first_and_its_last() -> None:
    [way] = card([path(Sort.IDEA, Step.TRYING, *[Phase.LET_GO] * 9, Phase.PLANNED)], 0, TODAY, BERLIN).ways
    assert [stop.words for stop in way.stops] == ["given", "7 more", "let go", "let go", "to try"]
    assert len(way.stops) == MOST_STOPS


def test_what_a_friend_took_back_is_told_without_its_words() -> None:
    [way] = card([Path(None, "", "", None, GIVEN_AT, None, (tried(Phase.PLANNED),))], 0, TODAY, BERLIN).ways
    assert (way.whose, way.what) == ("You", GONE)


@pytest.mark.parametrize(
    ("many", "page", "shown", "place", "last"),
    [
        (1, 0, 1, "", True),
        (ON_PAGE, 0, ON_PAGE, "", True),
        (12, 0, ON_PAGE, "the newest 5 of 12", False),
        (12, 1, ON_PAGE, "6 to 10 of 12", False),
        (12, 2, 2, "11 to 12 of 12", True),
        (80, 15, ON_PAGE, "76 to 80 of 80", True),
        (11, 2, 1, "11 of 11", True),
        (3, 10**17, 3, "", True),
    ],
)
def test_a_page_says_where_in_the_trail_it_is(many: int, page: int, shown: int, place: str, last: bool) -> None:
    made = card([path()] * many, page, TODAY, BERLIN)
    assert (len(made.ways), made.place, made.last) == (shown, place, last)


def test_the_head_counts_what_there_is_and_never_what_there_is_not() -> None:
    learned = path(Sort.IDEA, Step.LEARNED, Phase.LEARNED, thanked_at=GIVEN_AT)
    own = path(None, None, Phase.PLANNED)
    many = card([learned, path(), path(Sort.OFFER), own], 0, TODAY, BERLIN)
    assert (many.given, many.led) == (
        "Two ideas, one offer and one of your own",
        "you learned from one and thanked for one",
    )
    assert (card([own], 0, TODAY, BERLIN).given, card([path()], 0, TODAY, BERLIN).led) == ("One of your own", "")
