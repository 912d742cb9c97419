"""How ideas and offers look: their forms, the message that brings one, and the lists of friend and seeker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import discord
from discord import ButtonStyle, ui

from bot.core import text as texts
from bot.core.circle import UNNAMED
from bot.core.idea import ENDS, Arrival, Idea, Sort, Step, may_plan, may_step, stands, told
from cogs import _introduction, _origin, _pages, _thanks
from cogs._layout import Row, label_of, layout, name_of, say
from cogs._pages import Part
from cogs._press import button, menu
from cogs._text import as_said, escape

SHOWN = 700  # characters of what and why, before "Read all"
ANSWERED = 500  # characters of what became of the seeker's replies
IN_LIST = 70
ON_PAGE = 8
OPTION_LIMIT = 100
IN_ROW = 5  # buttons that Discord takes in one
TALK_NEXT = "Once you have talked, *We have talked* tells me."
UNDER_WAY = (Step.ACCEPTED, Step.INTRODUCED)
MAY_LEAD = (Step.KEPT, Step.LEARNED, Step.INTRODUCED, Step.TALKED)  # to an application
BEFORE_THEY_MET = (Step.NEW, Step.KEPT, Step.ACCEPTED)
THEIR_WHY = {Sort.IDEA: "Why you:", Sort.OFFER: "How they know each other:"}
OWN_WHY = {Sort.IDEA: "Why:", Sort.OFFER: "How you know each other:"}
TRY = dict.fromkeys(Step, "Try it") | {Step.TRYING: "Change the plan", Step.LEARNED: "Try it again"}
IN_TOUCH = dict.fromkeys(Step, "We are in touch") | {Step.FELL: "In touch after all"}
ORDER = (Step.NEW, Step.ACCEPTED, Step.INTRODUCED, Step.TRYING, Step.KEPT)
HEADS = {
    Step.NEW: "New",
    Step.ACCEPTED: "You said yes",
    Step.INTRODUCED: "You were introduced",
    Step.TRYING: "You are trying",
    Step.KEPT: "You keep",
}


# ------------------------------------------------------------------ what the seeker sees


def arrival(what: Arrival) -> ui.LayoutView:
    """The message that brings an idea or offer, or asks what became of it; it always says where that stands."""
    return given(what.idea, asks=what.asks, key=what.delivery_id, answered=what.answered)


def given(idea: Idea, *, asks: bool = False, key: str = "", answered: Sequence[str] = ()) -> ui.LayoutView:
    """An idea or offer as its seeker sees it, with what they can do about it."""
    friend = name_of(idea.friend or UNNAMED)
    if idea.step is Step.WITHDRAWN:
        gone = f"{friend} took this back. What you made of it stays yours."
        return layout([gone], [button("helpme", idea.id, "How this works", key=key)])
    lines, cut = _pages.shown(_parts(idea, THEIR_WHY), SHOWN)
    head = f"## {_title(idea, friend, asks=asks and not idea.ended)}"
    said = _thanks.lines(answered, ANSWERED) or ("-# You said thanks." if idea.thanked else "")
    stand = TALK_NEXT if asks and idea.step is Step.INTRODUCED else _stand(idea)  # which the title says then
    blocks = [head, "\n".join(lines), f"{_aside(idea, stand)}\n{said}".strip(), _thanks.offered(idea)]
    return layout(blocks, *_rows(idea, key, cut=cut))


def _title(idea: Idea, friend: str, *, asks: bool) -> str:
    if idea.step is Step.FELL:
        return f"{friend}'s introduction fell through"
    if idea.step is Step.INTRODUCED and asks:
        return f"{friend} has introduced you"
    if asks and idea.step is Step.NEW:
        return f"Is {friend}'s {'idea' if idea.sort is Sort.IDEA else 'offer'} something for you?"
    if idea.sort is Sort.IDEA:
        return f"What became of {friend}'s idea?" if asks else f"{friend} has an idea for you"
    return f"What became of {friend}'s offer?" if asks else f"{friend} knows someone for you"


def _parts(idea: Idea, whys: dict[Sort, str]) -> list[Part]:
    why = whys[idea.sort]
    return [Part("", idea.what), *([Part(f"**{why}**", idea.why)] if idea.why else [])]


def _aside(idea: Idea, stand: str) -> str:
    if idea.next_at and idea.step not in (Step.NEW, Step.TRYING):
        stand += f" I ask about it on {_on(idea.next_at)}."
    lines = [stand]
    if idea.through and idea.step in BEFORE_THEY_MET:
        lines.append(f"{name_of(idea.friend or UNNAMED)} will pass on what you write to them.")
    if idea.unnamed:
        lines.append("Not to be named in the circle.")
    return "\n".join(f"-# {line}" for line in lines)


def _stand(idea: Idea) -> str:
    return stands(idea._replace(friend=name_of(idea.friend) if idea.friend else ""))


def _on(moment: datetime) -> str:
    return discord.utils.format_dt(moment, "D")


def _rows(idea: Idea, key: str, *, cut: bool) -> list[Row]:
    """What can be done about it; where it is being tried, its experiment has the buttons."""
    row: list[ui.Item[Any]] = []
    if may_step(idea, Step.ACCEPTED):
        row.append(button("yesplease", idea.id, "Yes, please", ButtonStyle.primary, key=key))
    if may_step(idea, Step.INTRODUCED):
        row.append(button("introduced", idea.id, IN_TOUCH[idea.step], ButtonStyle.primary, key=key))
    if may_plan(idea):
        row.append(_plan_button(idea, key))
    if may_step(idea, Step.TALKED):
        row.append(button("talked", idea.id, "We have talked", key=key))
    if idea.step is not Step.TRYING:
        keeps = may_step(idea, Step.KEPT) and idea.step not in UNDER_WAY
        row += [button("keepidea", idea.id, "Keep", key=key)] if keeps else []
        row += [button("notforme", idea.id, "Not for me", key=key)] if may_step(idea, Step.DECLINED) else []
    row += [button("nothingcame", idea.id, "It fell through", key=key)] if may_step(idea, Step.FELL) else []
    row.append(_thanks.button_for(idea, key))
    row += [_origin.became_button(f"idea.{idea.id}", key)] if idea.step in MAY_LEAD else []
    row += [button("readidea", idea.id, "Read all", key=key)] if cut else []
    return [row[:IN_ROW], row[IN_ROW:]]


def _plan_button(idea: Idea, key: str = "") -> ui.Item[Any]:
    """*Try it*; of an offer that is welcome, *Plan the talk*."""
    offer = idea.sort is Sort.OFFER
    style = ButtonStyle.secondary if idea.step is Step.ACCEPTED else ButtonStyle.primary
    return button("tryidea", idea.id, "Plan the talk" if offer else TRY[idea.step], style, key=key)


def whole(idea: Idea) -> list[str]:
    """All words of an idea or offer, in messages."""
    title = _title(idea, name_of(idea.friend or UNNAMED), asks=False)
    return _pages.whole([Part(f"### {title}"), *_parts(idea, THEIR_WHY)])


def not_for_me(idea: Idea) -> ui.LayoutView:
    """Shall the friend hear that it is not for the seeker?"""
    friend = name_of(idea.friend or UNNAMED)
    row = [button("decline", idea.id, "Tell them kindly"), button("hush", idea.id, "Say nothing")]
    return say(f"That is fine. Shall {friend} hear of it?", row)


def accepted(idea: Idea, heard: str) -> ui.LayoutView:
    """After *Yes, please*: whether the friend has heard it, what they see of it, and a day for the talk."""
    friend = name_of(idea.friend or UNNAMED)
    aside = f"-# {friend} sees how far it is, and nothing that you write for yourself."
    return layout([escape(heard) or _stand(idea), aside], [_plan_button(idea)] if may_plan(idea) else [])


def opened(ideas: Sequence[Idea], page: int) -> ui.LayoutView:
    """What a seeker was given and has not come to an end, by step, a page of it; and the way to what has."""
    ended = [idea for idea in ideas if idea.ended]
    aside = [button("settledpage", 0, f"Settled ({len(ended)})")] if ended else []
    ordered = sorted((idea for idea in ideas if not idea.ended), key=lambda idea: ORDER.index(idea.step))
    if not ordered:
        return say("Nothing is open. When a friend has an idea for you, or knows someone, it stands here.", aside)
    head = f"## Open ideas\n-# {_how_many(ordered)}"
    turns = Turns("ideaspage", "openidea", aside)
    return _listed(head, ordered, page, _of_friend, turns, lambda idea: HEADS[idea.step])


def settled(ideas: Sequence[Idea], page: int) -> ui.LayoutView:
    """What a seeker was given and has come to an end, the newest first, a page of it; and the way back."""
    ended = [idea for idea in ideas if idea.ended]
    aside = [button("ideaspage", 0, "Back to the open ones")]
    if not ended:
        return say("Nothing is settled yet.", aside)
    turns = Turns("settledpage", "openidea", aside)
    return _listed(f"## Settled ideas\n-# {_how_many(ended)}", ended, page, _of_friend_ended, turns)


def _how_many(ideas: Sequence[Idea]) -> str:
    return texts.count(len(ideas), "idea or offer", "ideas and offers").capitalize()


def _of_friend_ended(idea: Idea) -> tuple[str, str]:
    thanked = _thanked(idea)
    return idea.friend or UNNAMED, f"{_stand(idea)} {thanked}{'.' if thanked else ''}".strip()


def _of_friend(idea: Idea) -> tuple[str, str]:
    return idea.friend or UNNAMED, _thanked(idea)


def _thanked(idea: Idea) -> str:
    if idea.thanks_came:
        return "Thanked"
    if idea.thanks_held:
        return f"Your thanks wait until {name_of(idea.friend or UNNAMED)} accepts messages"
    return "Thanks on their way" if idea.thanked else ""


# ------------------------------------------------------------------ what the friend sees


def sent(idea: Idea, words: str = "") -> ui.LayoutView:
    """What a friend has just given, or changed, or opened, with its buttons."""
    thanks = words or f"I carry it to {name_of(idea.seeker)}. Thank you. /circle mine shows what becomes of it."
    lines, _ = _pages.shown(_parts(idea, OWN_WHY), SHOWN)
    where = [f"-# {_told(idea)}."] if idea.known is not Step.NEW or idea.thanked else []
    where += ["-# The circle does not hear whose it is."] if idea.unnamed else []
    how = _introduction.how(idea) if idea.known is Step.ACCEPTED else ""
    row = [*_introduction.row(idea), button("reword", idea.id, "Change"), button("unidea", idea.id, "Take back")]
    return layout([thanks, "\n".join(lines), "\n".join(where), how], row)


def taken_back(idea: Idea) -> ui.LayoutView:
    """An idea or offer is gone."""
    what = "idea" if idea.sort is Sort.IDEA else "offer"
    return say(f"Taken back: {name_of(idea.seeker)} no longer sees your {what}.")


def mine(ideas: Sequence[Idea], page: int) -> ui.LayoutView:
    """What a friend gave, and what became of it, a page of it: first what is on its way, then what has ended."""
    if not ideas:
        return say(
            "You have not given an idea or an introduction yet. /idea does that, and so do the buttons under a post."
        )
    ordered = sorted(ideas, key=_is_over)
    heads = {False: "On the way", True: "Come to an end"} if _is_over(ordered[-1]) else {False: ""}
    turns = Turns("minepage", "openmine")
    return _listed("## What you gave", ordered, page, _of_seeker, turns, lambda idea: heads[_is_over(idea)])


def _is_over(idea: Idea) -> bool:
    """Whether it has ended as far as its friend may know."""
    return idea.known in ENDS


def _of_seeker(idea: Idea) -> tuple[str, str]:
    return f"For {idea.seeker}", _told(idea)


def _told(idea: Idea) -> str:
    words = told(idea._replace(seeker=name_of(idea.seeker)))
    return words[:1].upper() + words[1:]


# ------------------------------------------------------------------ lists


class Turns(NamedTuple):
    """The verbs that turn the pages of a list and open one of it, and what else it leads to."""

    pages: str
    opens: str
    aside: Row = ()


def _listed(
    head: str,
    ideas: Sequence[Idea],
    page: int,
    named: Callable[[Idea], tuple[str, str]],
    turns: Turns,
    headed: Callable[[Idea], str] = lambda _: "",
) -> ui.LayoutView:
    """A page of ideas, whom each concerns and where it stands, with a menu that opens one."""
    last = (len(ideas) - 1) // ON_PAGE
    page = min(page, last)
    here = ideas[page * ON_PAGE : (page + 1) * ON_PAGE]
    lines: list[str] = []
    before = ""
    for idea in here:
        above, before = (headed(idea) if headed(idea) != before else ""), headed(idea)
        lines.append((f"\n**{above}**\n" if above else "") + _line(idea, *named(idea)))
    row: list[ui.Item[Any]] = [button(turns.pages, page - 1, "Newer")] if page else []
    row += [button(turns.pages, page + 1, "More")] if page < last else []
    picks = [menu(turns.opens, page, [_option(idea, named(idea)[0]) for idea in here], "Open one", most=1)]
    return layout([head, "\n".join(lines).strip("\n")], picks, [*row, *turns.aside])


def _line(idea: Idea, name: str, state: str) -> str:
    sort = "" if idea.sort is Sort.IDEA else "an introduction: "
    what = as_said(texts.shorten(" ".join(idea.what.split()), IN_LIST))
    return f"- **{name_of(name)}** {sort}{what}" + (f"\n-# {state}" if state else "")


def _option(idea: Idea, name: str) -> discord.SelectOption:
    label = texts.shorten(" ".join(f"{label_of(name)}: {idea.what}".split()), OPTION_LIMIT)
    return discord.SelectOption(label=label, value=str(idea.id))
