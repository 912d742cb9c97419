"""Power loss, the short form; and that its look at the disk would find what a weaker database loses."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from tests.faults import power_loss
from tests.faults._disk import SECTOR, Disk, Done, Platter, Step
from tests.faults._platform import LINUX
from tests.faults._table import Fault, measure


@LINUX
async def test_what_people_were_told_is_kept_survives_a_power_loss_at_any_moment(tmp_path: Path) -> None:
    found = await measure(power_loss.FAULTS[0], tmp_path / "run", 30, "short")
    assert (found.arrived, found.wrong) == (power_loss.PEOPLE, ())


@LINUX
async def test_commits_that_are_not_synced_are_found_to_be_lost(tmp_path: Path) -> None:
    fault = Fault("not synced", "", partial(power_loss.cut, synchronous="NORMAL"))
    found = await measure(fault, tmp_path / "run", 6, "short")
    assert found.lost


def test_only_what_was_synced_is_sure() -> None:
    platter = Platter({"a": b"old", "b": b"old"})
    for step in (Step(Done.WRITE, "a", 1, b"new"), Step(Done.WRITE, "b", 0, b"new"), Step(Done.SYNC, "a")):
        platter.take(step)
    assert platter.after_power_loss() == {"a": b"onew", "b": b"old"}


def test_of_an_unsynced_write_some_sectors_may_be_there() -> None:
    platter = Platter({"a": bytes(4 * SECTOR)})
    platter.take(Step(Done.WRITE, "a", 100, b"x" * 3 * SECTOR))
    chance = random.Random(1)
    found = {platter.after_power_loss(chance)["a"].count(b"x") for _ in range(50)}
    assert {0, 3 * SECTOR} < found
    assert len(found) > 4


def test_a_deletion_is_sure_once_it_waited_for_the_disk() -> None:
    platter = Platter({"a": b"1", "b": b"2"})
    platter.take(Step(Done.DELETE, "a", 0))
    platter.take(Step(Done.DELETE, "b", 1))
    assert platter.after_power_loss() == {"a": b"1"}


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "disk")
    steps = [Step(Done.WRITE, "a", 4096, b"\x00page"), Step(Done.TRUNCATE, "a", 7), Step(Done.DELETE, "b", 1)]
    disk.journal.write_bytes(b"".join(step.packed() for step in steps))
    assert [step for _, step in disk.steps()] == steps
    assert [moment for moment, _ in disk.steps()][-1] == disk.written
