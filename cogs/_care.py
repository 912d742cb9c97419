"""What care looks like: the question to a silent seeker, the message to their friend, and where to turn."""

from __future__ import annotations

from discord import ButtonStyle, ui

from bot.core.care import Became, Confided, Confiding, StillThere, Trust
from bot.core.consent import Consent, stands, why_not
from bot.core.delivery import Outcome, Sent, Unreachable
from bot.core.help_lines import HelpLine, WhereToTurn
from bot.core.text import count
from cogs._layout import layout, name_of, say
from cogs._press import button
from cogs._text import as_said, escape

WHAT_I_AM_NOT = """**What I am not**
- I am a notebook with friends, not counselling.
- Nobody reads along, and I never search your answers for what they mean.
- So I don't notice when things are dark, and cannot call for help. A person can."""
ANYWHERE = "- Anywhere: the local emergency number, <https://findahelpline.com>, a doctor, or somebody you trust."
SAID = {
    Consent.NEVER: "They have not yet accepted that I write to them; until then I send them nothing.",
    Consent.GIVEN: "They have accepted that I write to them.",
    Consent.QUIET: "They want no messages from me, so I send them none.",
    Consent.CLOSED: "Their direct messages are closed to me, or they left, so nothing would reach them.",
}
PAUSES = ((7, "A week"), (14, "Two weeks"), (0, "Until I say so"))


def still_there(what: StillThere) -> ui.LayoutView:
    """The question to a seeker who has gone silent, or what became of it."""
    key, ref, friend = what.delivery_id, what.silence.id, name_of(what.friend)
    row = [button("helpme", key, "Where to turn")]
    told = f"-# {friend} knows, as you wished." if what.knows else ""
    if what.unreached:
        told = f"-# I wrote to {friend}, as you wished, and it did not arrive. Perhaps you write to them yourself."
    if what.silence.became is not Became.OPEN:
        return layout([f"### {name_of(what.name)}\n{_became(what.silence.became)}", told], row)
    row = [
        button("carefine", ref, "I am fine", ButtonStyle.primary),
        button("carepause", ref, "Pause"),
        button("lighten", ref, "Lighten the rhythm"),
        *([button("letknow", ref, "Let a friend know")] if what.friend and what.silence.friend_id is None else []),
        *row,
    ]
    return layout(
        [
            f"### How are you, {name_of(what.name)}?\n"
            "It has been quiet between us, and that is all right: nothing is owed here.",
            "Would a pause help, or fewer questions? One press is enough, and so is one word.",
            told or f"-# {_who_hears(what)}",
        ],
        row,
    )


def _who_hears(what: StillThere) -> str:
    """Whether anybody hears of an open question; a friend who accepts no messages cannot."""
    friend = name_of(what.friend)
    if not (what.friend and what.by_itself):
        return "Nobody else hears that I ask."
    if what.consent is not Consent.GIVEN:
        return f"{stands(what.consent, friend)} So they hear nothing of this from me."
    return f"As you wished, I let {friend} know if this stays unanswered for a while. Any press ends that."


def _became(became: Became) -> str:
    return {
        Became.FINE: "Good to know. I go on as before.",
        Became.PAUSED: "You rest now. /rhythm resume starts again.",
        Became.LIGHTER: "I ask less often now. /rhythm show has it, /rhythm set changes it.",
    }.get(became, "Good to hear from you.")


def pauses(silence_id: int) -> ui.LayoutView:
    """For how long shall nothing be asked?"""
    row = [button("pausefor", f"{silence_id}.{days}", label) for days, label in PAUSES]
    return say("For how long shall I ask nothing? The days count as rest.", row)


def confiding(what: Confiding) -> ui.LayoutView:
    """What would go out to the friend: asked once more before it does."""
    friend = name_of(what.friend)
    if why := why_not(what.consent, friend):
        return say(f"{why} Perhaps you write to them yourself: a single line is enough.")
    ref = what.silence_id
    return layout(
        [f"This would go to **{friend}** alone, by direct message, once:", f"> {as_said(what.read)}"],
        [
            button("letsend", ref, "Send it", ButtonStyle.primary),
            button("letword", ref, "Change the words"),
            button("letbe", ref, "Not now"),
        ],
    )


def let_known(friend: str, outcome: Outcome | None) -> str:
    """What came of telling the friend."""
    match outcome:
        case Sent():
            return f"{name_of(friend)} has it."
        case Unreachable():
            return f"I could not reach {name_of(friend)}, so nothing was sent. Perhaps you write to them yourself."
        case _:
            return f"It is on its way to {name_of(friend)}."


def confided(what: Confided) -> ui.LayoutView:
    """The message to the one friend whom a seeker lets know."""
    name = name_of(what.name)
    why = f"{name} asks me to tell you, and nobody else:"
    if not what.pressed:
        why = f"{name} asked me beforehand to tell you, and nobody else, once they go quiet and don't answer me:"
    return layout(
        [
            f"### From {name}\n{why}",
            f"> {as_said(what.words)}",
            "-# A short word is plenty: that you think of them. If you fear for somebody's life, call your local "
            "emergency number.",
        ],
        [button("helpme", what.delivery_id, "What is this?")],
    )


def silence_set(days: int) -> str:
    """What `/rhythm silence` changed."""
    if not days:
        return "I don't ask when it gets quiet. /rhythm silence turns it on again."
    after = count(days, "day", "days")
    return (
        f"If my questions stay without an answer for {after}, I ask you once how you are. "
        "A pause and days of rest are no part of that. Nobody else hears of it, unless you name a friend and wish it: "
        "/rhythm trusted."
    )


def trust(what: Trust) -> ui.LayoutView:
    """Whom a seeker trusts, and when they hear."""
    watch = what.watch
    if watch.friend is None:
        return say(
            "You have named nobody. With /rhythm trusted friend: you can name one friend, whom I may let know when you "
            "have gone quiet: only when you press it, or if you choose so now. They are not told that you named them."
        )
    friend = name_of(watch.friend.name)
    when = "They hear of it only when you press *Let a friend know*."
    if watch.tell_days:
        after = count(watch.tell_days, "day", "days")
        when = f"They also hear of it by themselves, if you leave my question without an answer for {after} more."
    if not watch.silent_days:
        when += " But /rhythm silence is off, so I would not ask."
    return layout(
        [
            f"**{friend}** is the friend you trust. {when}\n{SAID[what.consent]}",
            f"They would read:\n> {as_said(what.read)}",
        ],
        [button("trustnobody", 0, "Name nobody")],
    )


def where_to_turn(what: WhereToTurn) -> str:
    """The lines of a country, and what holds anywhere."""
    place = f" · {escape(what.country)}" if what.country else ""
    lines = [f"**Where to turn{place}**", *map(_line, what.lines), ANYWHERE]
    if what.guessed:
        lines.append("-# Told from your time zone. Somewhere else? /help country:")
    elif not what.lines:
        lines.append(
            "-# I know no line for there yet." if what.country else "-# /help country: shows the lines of yours."
        )
    return "\n".join(lines)


def _line(line: HelpLine) -> str:
    ways = [f"call {line.call}" if line.call else "", f"text {line.text}" if line.text else "", line.web]
    reached = ", ".join(escape(way) for way in ways if way)
    return f"- **{escape(line.name)}**: {reached} ({escape(line.hours)}; {escape(line.language)})"
