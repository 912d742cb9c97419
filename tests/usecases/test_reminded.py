"""Reminders, whatever a person does in whatever order; `--hypothesis-profile=long` tries a thousand lives.

None comes of what has ended, none twice, none in quiet hours, none of follow-ups in a pause or on a day of rest, and
at most one message of follow-ups on a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bot.core.delivery import Later
from bot.core.follow_up import FollowUps
from bot.core.interview import Turn, Upcoming
from bot.core.people import Seeker
from bot.core.search import Act, Loss, Stage
from bot.store import people as people_rows
from bot.usecases import _trials, follow_up, interview, rhythm, search
from bot.usecases.rhythm import Change
from tests.usecases._machine import OnDesk
from tests.usecases._search import applied, logged
from tests.usecases.conftest import MAYA

ACTS = [Act.OUTREACH, Act.CONVERSATION, Act.OFFER, Act.ACCEPTED, Act.LOST, Act.NOTE, Act.APPLIED]
NUMBER = st.integers(1, 6)
COMPANIES = ("Acme", "Zephyr", "Nord", "Süd", "West", "Ost", "Mitte")


class Reminded(OnDesk):
    """Maya's search, with a clock that only goes on."""

    @initialize()
    def begins(self) -> None:
        self.open()
        self.seen, self.mornings, self.turns = 0, set[str](), set[tuple[int, int]]()
        self.named: dict[int, datetime] = {}
        self.do(self.desk.begin())
        for company in COMPANIES[:6]:
            self.do(applied(self.desk, company))

    @rule(company=st.sampled_from(COMPANIES), days_ago=st.integers(0, 30))
    def maya_applies(self, company: str, days_ago: int) -> None:
        self.do(applied(self.desk, company, when=f"{days_ago} days ago" if days_ago else ""))

    @rule(act=st.sampled_from(ACTS), number=NUMBER, right=st.booleans())
    def something_happens(self, act: Act, number: int, right: bool) -> None:
        self.do(logged(self.desk, act, f"#{number}", loss=Loss.REJECTED if act is Act.LOST else None, right=right))

    @rule(number=NUMBER, hours=st.integers(1, 60))
    def an_interview_is_planned(self, number: int, hours: int) -> None:
        when = (self.desk.now + timedelta(hours=hours)).astimezone(ZoneInfo("Europe/Berlin"))
        self.do(logged(self.desk, Act.INTERVIEW, f"#{number}", when=f"{when:%Y-%m-%d %H:%M}"))

    @rule(number=NUMBER, hours=st.integers(1, 60))
    def an_event_is_moved(self, number: int, hours: int) -> None:
        when = self.desk.now + timedelta(hours=hours)
        self.do(search.amend(self.desk.app, MAYA, number, {"when": f"{when:%Y-%m-%d %H:%M}"}))

    @rule(number=NUMBER)
    def an_event_is_undone(self, number: int) -> None:
        self.do(search.undo(self.desk.app, MAYA, number))

    @rule(number=NUMBER, press=st.sampled_from(["done", "stop", "go_on", "ended", "not_yet", "later"]))
    def a_reminder_is_answered(self, number: int, press: str) -> None:
        more = (3,) if press == "later" else ()
        self.do(getattr(follow_up, press)(self.desk.app, MAYA, number, *more))

    @rule(number=NUMBER)
    def an_interview_is_felt(self, number: int) -> None:
        self.do(interview.felt(self.desk.app, MAYA, number, 1))

    @rule(until=st.sampled_from(["", "tomorrow", "friday"]))
    def maya_pauses(self, until: str) -> None:
        self.do(rhythm.pause(self.desk.app, MAYA, until))

    @rule()
    def maya_goes_on(self) -> None:
        self.do(rhythm.resume(self.desk.app, MAYA))

    @rule(quiet=st.sampled_from(["22:00-08:00", "12:00-16:00", "20:00-11:00"]))
    def maya_changes_her_hours(self, quiet: str) -> None:
        self.do(rhythm.change(self.desk.app, MAYA, Change(quiet=quiet)))

    @rule(zone=st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York"]))
    def maya_travels(self, zone: str) -> None:
        self.do(rhythm.change(self.desk.app, MAYA, Change(zone=zone)))

    @rule()
    def the_platform_asks_to_wait(self) -> None:
        self.desk.paper.replies.append(Later(1800))

    @rule(hours=st.sampled_from([1, 6, 24, 24, 100]))
    def time_passes_with_the_bot_down(self, hours: int) -> None:
        self.desk.now += timedelta(hours=hours)
        self.a_round()

    @rule(days=st.sampled_from([1, 3, 8]))
    def time_passes(self, days: int) -> None:
        for _ in range(days * 8):
            self.desk.now += timedelta(hours=3)
            self.a_round()

    def a_round(self) -> None:
        self.runner.run(self.desk.tick())
        for sheet in list(self.desk.paper.sheets.values()):
            first = sheet.said[0]
            if isinstance(first, FollowUps) and sheet.key not in self.mornings:
                self.mornings.add(sheet.key)
                self.check_morning(first)
            if isinstance(first, Upcoming) and sheet.key not in self.mornings:
                self.mornings.add(sheet.key)
                self.check_interview(first)

    def maya(self) -> Seeker:
        seeker = self.runner.run(people_rows.seeker_by_id(self.desk.app.db.reading, 1))
        assert seeker
        assert not seeker.quiet.covers(self.desk.now.astimezone(ZoneInfo(seeker.zone)).time())
        return seeker

    def check_morning(self, what: FollowUps) -> None:
        seeker = self.maya()
        assert not self.runner.run(_trials.rests(self.desk.app.db.reading, seeker, self.desk.now))
        assert 1 <= len(what.lines) <= 5
        for line in what.lines:
            number, standing = line.application.id, line.application.standing
            assert line.reminder.reply != "open" or (not standing.ended and standing.stage is not Stage.WISHLIST)
            last = self.named.get(number, datetime.min.replace(tzinfo=UTC))
            assert self.desk.now - last >= timedelta(hours=12)
            self.named[number] = self.desk.now

    def check_interview(self, what: Upcoming) -> None:
        seeker = self.maya()
        assert not what.application.standing.ended
        turn = what.interview.id, what.interview.turn(what.turn)
        assert turn not in self.turns
        self.turns.add(turn)
        if what.turn is Turn.AFTER:
            assert not self.runner.run(_trials.rests(self.desk.app.db.reading, seeker, self.desk.now))
            assert self.desk.now > what.interview.starts_at
        else:
            assert self.desk.now < what.interview.starts_at


TestReminded = Reminded.TestCase
QUICK = settings(deadline=None, max_examples=25, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow])
TestReminded.settings = settings.get_profile("long") if settings.get_current_profile_name() == "long" else QUICK
