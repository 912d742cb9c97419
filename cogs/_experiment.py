"""How experiments look: what was planned, the question whether it happened, and the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord import ButtonStyle, ui

from bot.core.circle import UNNAMED
from bot.core.dates import day
from bot.core.experiment import MOST_ASKED, Experiment, Phase, Trial
from bot.core.text import count
from bot.core.trail import GONE
from cogs import _origin, _pages, _thanks
from cogs._layout import Row, layout, name_of, when
from cogs._pages import Part
from cogs._press import button

SHOWN = 400  # characters of what, question and learning, before "Read all"
LISTED = 150  # characters of each in a list
IN_ONE = 4  # experiments of one message


def trial(what: Trial) -> ui.LayoutView:
    """The message that asks whether it happened, or says what came of it."""
    experiment = what.experiment
    if what.again and not experiment.ended:
        return layout(["I asked again further down."], [button("readtrial", experiment.id, "Read again")])
    if experiment.ended or experiment.try_on > what.on:
        return told(experiment)
    today = experiment.try_on == what.on
    did = "have this talk" if experiment.talk else "try this"
    title = f"## Today you wanted to {did}" if today else f"## You wanted to {did}"
    aside = _aside(experiment, "" if today else f"For {day(experiment.try_on)}")
    return _view(experiment, title, aside, "When it has happened, tell me what you learned.")


def told(experiment: Experiment) -> ui.LayoutView:
    """An experiment as it stands, with what can be done about it."""
    match experiment.phase:
        case Phase.PLANNED:
            asked = f"I ask how it went {when(experiment.ask_at)}." if experiment.ask_at else ""
            head = f"## {'A talk' if experiment.talk else 'To try'} on {day(experiment.try_on)}"
            return _view(experiment, head, _aside(experiment), asked)
        case Phase.LEARNED:
            head = "## You had this talk" if experiment.talk else "## You tried this"
            return _view(experiment, head, _aside(experiment), _offered(experiment))
        case Phase.LET_GO:
            kept = "The idea stays with you. " if _is_theirs(experiment) and not experiment.talk else ""
            return _view(
                experiment, "## Let go, and that is fine", _aside(experiment), f"{kept}You can pick another day."
            )
        case Phase.LAPSED:
            asked = f"I asked {count(MOST_ASKED, 'time')}, so I" if experiment.asked >= MOST_ASKED else "I"
            left = f"{asked} leave it here. You can pick another day whenever you like."
            head = f"## You wanted to {'have this talk' if experiment.talk else 'try this'}"
            return _view(experiment, head, _aside(experiment), left)


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
            became = _origin.became_button(f"trial.{experiment.id}")
            return [button("happened", experiment.id, "Change"), *_thanks_button(experiment), became, *read]
        case Phase.LET_GO | Phase.LAPSED:
            return [button("notyet", experiment.id, "Pick a day"), *read]


def _thanks_button(experiment: Experiment) -> Row:
    """*Say thanks* to whose idea it was, unless they took that back."""
    style = ButtonStyle.secondary if experiment.thanked else ButtonStyle.primary
    return [button("thank", experiment.idea_id or 0, "Say thanks", style)] if _is_theirs(experiment) else []


def _offered(experiment: Experiment) -> str:
    """The offer to thank whose idea it was; whether that is done."""
    if experiment.thanked:
        return "-# You said thanks."
    return _thanks.would_you(name_of(experiment.friend or UNNAMED)) if _is_theirs(experiment) else ""


def _is_theirs(experiment: Experiment) -> bool:
    """Whether it comes from a friend, who did not take it back."""
    return experiment.idea_id is not None and not experiment.taken_back


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
