"""kill -9 around a joint post, the short form; and that a wrong joint post is noticed."""

from __future__ import annotations

from pathlib import Path

from tests.faults import joint
from tests.faults._bench import Bench
from tests.faults._table import Fault, measure


async def test_a_joint_post_stands_once_and_whole_and_what_does_not_is_noticed(tmp_path: Path) -> None:
    sound: list[str] = []
    spoilt: list[list[str]] = []

    async def make(bench: Bench) -> None:
        circles = joint.Circles(bench)
        await joint.once(bench, circles, joint.once_with_faulty_answers)
        await joint.settle(bench, circles)
        sound.extend(bench.wrong)
        [circle] = circles.all
        [post] = bench.discord.messages(circle.channel)
        stays = next(one for one in circle.seekers if not one.takes_down)
        stays.versions.append("w0.")
        spoilt.append(joint.wrong(bench, circles.all))
        stays.versions.pop()
        bench.discord.world.keep({**post, "id": bench.discord.world.new_id()})
        spoilt.append(joint.wrong(bench, circles.all))

    found = await measure(Fault("", "", make), tmp_path / "run", 1, "short")
    assert (found.arrived >= joint.SEEKERS, sound) == (True, [])
    assert [[one.partition(":")[0] for one in lines] for lines in spoilt] == [["lost"], ["twice"] * 3]
