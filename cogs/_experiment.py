"""How experiments look: what was planned, the question whether it happened, the list, and the trail of ideas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from discord import ButtonStyle, ui

from bot.core.circle import UNNAMED
from bot.core.dates import day
from bot.core.experiment import MOST_ASKED, Experiment, Path, Phase, Trial
from bot.core.idea import Sort, Step
from bot.core.rhythm import local_date
from bot.core.text import count
from cogs import _pages
from cogs._layout import Row, layout, name_of, when
from cogs._pages import Part
from cogs._press import button

SHOWN = 400  # characters of what, question and learning, before "Read all"
LISTED = 150  # characters of each in a list
IN_ONE = 4  # experiments of one message
TOLD = 40  # ways of one trail
GONE = "Something a friend had suggested, and took back."


def trial(what: Trial) -> ui.LayoutView:
    """The message that asks whether it happened, or says what came of it."""
    experiment = what.experiment
    if what.again and not experiment.ended:
        return layout(["I asked again further down."], [button("readtrial", experiment.id, "Read again")])
    if experiment.ended or experiment.try_on > what.on:
        return told(experiment)
    today = experiment.try_on == what.on
    title = "## Today you wanted to try this" if today else "## You wanted to try this"
    aside = _aside(experiment, "" if today else f"For {day(experiment.try_on)}")
    return _view(experiment, title, aside, "When it has happened, tell me what you learned.")


def told(experiment: Experiment) -> ui.LayoutView:
    """An experiment as it stands, with what can be done about it."""
    match experiment.phase:
        case Phase.PLANNED:
            asked = f"I ask how it went {when(experiment.ask_at)}." if experiment.ask_at else ""
            return _view(experiment, f"## To try on {day(experiment.try_on)}", _aside(experiment), asked)
        case Phase.LEARNED:
            return _view(experiment, "## You tried this", _aside(experiment))
        case Phase.LET_GO:
            kept = "The idea stays with you. " if experiment.idea_id else ""
            return _view(
                experiment, "## Let go, and that is fine", _aside(experiment), f"{kept}You can pick another day."
            )
        case Phase.LAPSED:
            left = (
                f"I asked {count(MOST_ASKED, 'time')}, so I leave it here. You can pick another day whenever you like."
            )
            return _view(experiment, "## You wanted to try this", _aside(experiment), left)


def _view(experiment: Experiment, title: str, aside: str, last: str = "") -> ui.LayoutView:
    lines, cut = _pages.shown(_parts(experiment), SHOWN)
    return layout([title, aside, "\n".join(lines), last], _row(experiment, cut=cut))


def _aside(experiment: Experiment, first: str = "") -> str:
    whose = f"From {name_of(experiment.friend)}" if experiment.friend else ""
    words = " · ".join(part for part in (first, whose) if part)
    return f"-# {words}" if words else ""


def _parts(experiment: Experiment) -> list[Part]:
    parts = [Part("", experiment.what or GONE)]
    if experiment.question:
        parts.append(Part("**What would I learn?**", experiment.question))
    if experiment.learned:
        parts.append(Part("**What I learned:**", experiment.learned))
    return parts


def _row(experiment: Experiment, *, cut: bool = False) -> Row:
    read = [button("readtrial", experiment.id, "Read all")] if cut else []
    match experiment.phase:
        case Phase.PLANNED:
            return [
                button("happened", experiment.id, "It happened", ButtonStyle.primary),
                button("notyet", experiment.id, "Not yet"),
                button("dropit", experiment.id, "Let it go"),
                *read,
            ]
        case Phase.LEARNED:
            thanks = [button("thank", experiment.idea_id, "Say thanks")] if experiment.idea_id else []
            return [button("happened", experiment.id, "Change"), *thanks, *read]
        case Phase.LET_GO | Phase.LAPSED:
            return [button("notyet", experiment.id, "Pick a day"), *read]


def whole(experiment: Experiment) -> list[str]:
    """All words of an experiment, in messages."""
    return _pages.whole([Part(f"### For {day(experiment.try_on)}"), *_parts(experiment)])


# ------------------------------------------------------------------ lists


def planned(experiments: Sequence[Experiment]) -> list[ui.LayoutView]:
    """What is planned, by date, each above its buttons; in messages."""
    if not experiments:
        nothing = (
            "Nothing is planned just now. *Try it* under a friend's idea plans it, "
            "and /experiment new plans something of your own."
        )
        return [layout([nothing])]
    some = [experiments[at : at + IN_ONE] for at in range(0, len(experiments), IN_ONE)]
    return [_listed(few, "## What you want to try" if at == 0 else "") for at, few in enumerate(some)]


def _listed(experiments: Iterable[Experiment], head: str) -> ui.LayoutView:
    view = layout([head] if head else [])
    container = view.children[0]
    assert isinstance(container, ui.Container)
    for experiment in experiments:
        lines, _ = _pages.shown(_parts(experiment), LISTED)
        lead = f"**{day(experiment.try_on)}**"
        whose = f" · from {name_of(experiment.friend)}" if experiment.friend else ""
        container.add_item(ui.TextDisplay("\n".join([f"{lead}{whose}", *lines])))
        container.add_item(ui.ActionRow(*_row(experiment)))
    return view


def trail(paths: Sequence[Path], zone: ZoneInfo) -> list[str]:
    """Every way from an idea to what was learned, newest first, in messages."""
    if not paths:
        return [
            "No ideas yet. Friends can give you one under your week or with /idea; /experiment new begins your own."
        ]
    parts = [Part("## The trail of your ideas")]
    for path in paths[:TOLD]:
        parts += _pages.shortened(_way(path, zone), LISTED)
    if len(paths) > TOLD:
        parts.append(Part(f"-# And {len(paths) - TOLD} earlier.", opens=True))
    return _pages.whole(parts)


def _way(path: Path, zone: ZoneInfo) -> Iterator[Part]:
    friend = name_of(path.friend or UNNAMED)
    whose = {Sort.IDEA: f"{friend}'s idea", Sort.OFFER: f"{friend} knows someone", None: "Your own"}[path.sort]
    yield Part(f"**{whose}** · {day(local_date(path.began_at, zone))}", opens=True)
    yield Part("", path.what or GONE)
    for experiment in path.experiments:
        yield _stage(experiment, zone)
    stand = STANDS.get(path.step) if path.step else None
    if stand:
        yield Part(f"→ {stand.format(friend=friend)}")
    if path.thanked_at:
        yield Part(f"→ you thanked {friend} on {day(local_date(path.thanked_at, zone))}")


STANDS = {
    Step.NEW: "waits for your word",
    Step.KEPT: "you keep it",
    Step.ACCEPTED: "you said yes",
    Step.INTRODUCED: "{friend} has introduced you",
    Step.TALKED: "you have talked",
    Step.DECLINED: "not for you just now",
}


def _stage(experiment: Experiment, zone: ZoneInfo) -> Part:
    on = day(experiment.try_on)
    match experiment.phase:
        case Phase.PLANNED:
            return Part(f"→ to try on {on}", experiment.question and f"({experiment.question})")
        case Phase.LEARNED:
            ended = day(local_date(experiment.ended_at, zone)) if experiment.ended_at else on
            return Part(f"→ on {ended} you learned:", experiment.learned)
        case Phase.LET_GO:
            return Part(f"→ planned for {on}, and let go")
        case Phase.LAPSED:
            return Part(f"→ planned for {on}, and left open")
