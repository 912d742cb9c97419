"""Buttons and menus as `verb:ref`: found by their ids after any restart, each handler checks who is pressing.

A button may carry the id of the delivery that it came with besides, as `verb:ref~key`.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Container, Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ButtonStyle, ui

from bot.core.exercise import CHECKIN
from bot.core.journal import Gone
from bot.core.mention import ACTS
from bot.core.people import Person
from bot.core.search import Stage
from bot.usecases import sight
from cogs import _reach, _reply

if TYPE_CHECKING:
    from cogs._client import Cairn

Handler = Callable[["discord.Interaction[Cairn]", str], Awaitable[None]]
PRESSES: dict[str, Handler] = {}

_KEY = r"[\w-]{1,40}"  # of a delivery, of words that wait, or of an exercise
_NUMBER = r"[0-9]{1,18}"  # of an entry, a week or a person
_MARK = "[0-9a-f]{16}"  # of words that may change meanwhile
# What follows each verb, in buttons and in forms. Messages keep these ids for years: old ones have to go on working.
REFS = {
    **dict.fromkeys(("answer", "later", "nottoday", "rest", "skip", "answered"), _KEY),
    **dict.fromkeys(("keepnote", "keepcheckin", "letgo", "tryagain", "reflected"), _KEY),
    **dict.fromkeys(("helpme", "status", "say", "cheer", "readweek", "readnote"), _KEY),
    **dict.fromkeys(("change", "changed", "numbers", "numbered", "share", "hide", "readall", "spare"), _NUMBER),
    **dict.fromkeys(("post", "edit", "worded", "choose", "chosen", "look", "readdraft"), _NUMBER),
    **dict.fromkeys(("skipweek", "stop", "takedown", "erase"), _NUMBER),
    **dict.fromkeys(("ask", "asked", "askreworded", "editpart", "editwhich"), _NUMBER),
    **dict.fromkeys(("onlysome", "onlywhich", "onlyfor"), _NUMBER),
    "onlyto": rf"{_NUMBER}\.[0-9]",
    **dict.fromkeys(("askopen", "askclose", "askchange", "askchanged"), _KEY),
    **dict.fromkeys(("keepidea", "yesplease", "notforme", "hush", "readidea", "openidea", "ideaspage"), _NUMBER),
    **dict.fromkeys(("introduced", "talked", "nothingcame", "intouch", "fellthrough"), _NUMBER),
    **dict.fromkeys(("ideafor", "offerfor", "reword", "reworded", "unidea", "openmine", "minepage"), _NUMBER),
    **dict.fromkeys(("idea", "offer"), _KEY),
    **dict.fromkeys(("said", "ideagiven", "offergiven"), rf"{_KEY}(?:\.{_NUMBER})?"),  # of a joint post also the week
    **dict.fromkeys(("cheerwhom", "ideawhom", "offerwhom", "readwhom"), _KEY),
    **dict.fromkeys(("cheerto", "ideato", "offerto", "readof"), _KEY),
    "uninvite": "me",
    "helpon": "[a-z]{1,20}",
    **dict.fromkeys(("cheeron", "cheered", "recheer", "recheered", "uncheer"), _NUMBER),
    **dict.fromkeys(("tryidea", "happened", "learned", "notyet", "moved", "dropit", "readtrial"), _NUMBER),
    **dict.fromkeys(("trailpage", "trailtext", "settledpage", "mystory"), _NUMBER),
    "trying": rf"{_NUMBER}(?:\.{_MARK})?",
    "planned": "new",
    **dict.fromkeys(("landas", "landing"), "landed|stopped|changed"),
    **dict.fromkeys(("landpost", "landtake", "landkeep", "landgoon", "landlook", "landedit", "landworded"), _NUMBER),
    **dict.fromkeys(("landchoose", "landchosen", "landthank", "landthankwhom"), _NUMBER),
    **dict.fromkeys(("landlines", "helperthanked"), rf"{_NUMBER}\.{_NUMBER}"),
    **dict.fromkeys(("lineok", "lineout"), rf"{_NUMBER}\.{_NUMBER}\.[01]\.{_MARK}"),
    "linesay": rf"{_NUMBER}\.{_NUMBER}\.[01]",
    "linesaid": rf"{_NUMBER}\.{_NUMBER}\.[01]\.{_MARK}",
    "linesok": rf"{_NUMBER}\.{_NUMBER}\.{_MARK}",
    "readend": _KEY,
    **dict.fromkeys(("writeme", "quiet"), "me"),
    **dict.fromkeys(("thank", "thanked", "decline", "declined"), _NUMBER),
    **dict.fromkeys(("thankcheer", "thankwhom"), _KEY),
    "cheerthanked": rf"{_KEY}\.{_NUMBER}",
    **dict.fromkeys(("carefine", "carepause", "lighten"), _NUMBER),
    **dict.fromkeys(("letknow", "letsend", "letword", "letworded", "letbe"), _NUMBER),
    "trustnobody": "0",
    **dict.fromkeys(("unlog", "logmore", "logtold"), _NUMBER),
    **dict.fromkeys(("logwhich", "logback", "logday", "logdated", "lognot"), _KEY),
    **dict.fromkeys(("logfrom", "logown"), _NUMBER),
    **dict.fromkeys(("applyfrom", "appliedfrom"), rf"(?:idea|trial)\.{_NUMBER}"),
    **dict.fromkeys(("importlook", "importdo", "importnot", "importquiet", "importopen"), _NUMBER),
    **dict.fromkeys(("importcolumns", "importstages", "importholds", "importmeans"), rf"{_NUMBER}\.[0-9]{{1,4}}"),
    "importdays": rf"{_NUMBER}\.[dm]",
    **dict.fromkeys(("logit", "loggedit"), rf"{_NUMBER}\.(?:{'|'.join(ACTS)})\.[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"),
    "logwhen": rf"{_KEY}\.[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:T[0-9]{{4}})?",
    "boardpage": rf"(?:open|ended|{'|'.join(Stage)})\.{_NUMBER}(?:\.{_KEY})?",
    **dict.fromkeys(("appopen", "appmove", "appundo", "appevent"), _NUMBER),
    **dict.fromkeys(("appnote", "appnoted", "appstep", "appstepped"), _NUMBER),
    **dict.fromkeys(("appedit", "appedited", "appplace", "appplaced"), _NUMBER),
    **dict.fromkeys(("apppage", "appread"), rf"{_NUMBER}\.{_NUMBER}"),
    "applost": rf"{_NUMBER}\.(?:rejected|withdrew)",
    **dict.fromkeys(("followdone", "followlater", "followstop", "followon", "followlost", "follownot"), _NUMBER),
    "followin": rf"{_NUMBER}\.(?:1|3|7)",
    "follownext": "me",
    "felt": rf"{_NUMBER}\.(?:1|0|-1)",
    "pausefor": rf"{_NUMBER}\.(?:0|7|14)",
    "checkedin": CHECKIN,
    "snooze": rf"{_KEY}\.(?:20m|1h|3h|tomorrow)",
    "rate": rf"{_NUMBER}\.\w{{1,40}}\.-?[0-9]{{1,4}}",
    "forget": rf"{_NUMBER}\.{_NUMBER}[0-9]{{0,4}}/{_NUMBER}[0-9]{{0,4}}",
}
# These stand under a message that others see as well, and work only where it stands. What opens a form there is not
# among them: its opener looks, in the one read that it takes.
UNDER_POSTS = frozenset({"readweek", "readend", "readwhom", "readof", "said", "ideagiven", "offergiven"})
_ID = re.compile(r"(?P<verb>[a-z]+):(?P<ref>[\w.\-/]+)(?:~\w+)?", re.ASCII)


def parse(custom_id: str, known: Container[str]) -> tuple[str, str]:
    """The verb, one of those `known`, and the ref of a button or form; raises Gone for any other."""
    found = _ID.fullmatch(custom_id)
    verb, ref = (found["verb"], found["ref"]) if found else ("", "")
    if verb not in known or verb not in REFS or not re.fullmatch(REFS[verb], ref, re.ASCII):
        raise Gone("This is from another version of me, and I no longer know what it means. /help tells what works.")
    return verb, ref


def under(ref: str) -> tuple[str, int | None]:
    """The post that something was pressed under and, of a joint post, the week that was chosen."""
    key, _, week = ref.partition(".")
    return key, int(week) if week else None


def who_here(interaction: discord.Interaction[Cairn]) -> tuple[Person, str]:
    """Who pressed something, and in which channel."""
    return _reply.person(interaction.user), str(interaction.channel_id or "")


async def check_place(interaction: discord.Interaction[Cairn], verb: str, ref: str) -> None:
    """Raises NotYours where a message was for somebody else, or stands in another channel than what was pressed."""
    if verb in UNDER_POSTS:
        await sight.here(interaction.client.app, *who_here(interaction), *under(ref))


def press(verb: str) -> Callable[[Handler], Handler]:
    """Register what happens when a button or menu of that verb is pressed; it gets the ref."""

    def register(handler: Handler) -> Handler:
        PRESSES[verb] = handler
        return handler

    return register


class Press(ui.DynamicItem[ui.Item[Any]], template=r"[\s\S]*"):
    """Any button or menu that the bot ever sent."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], _match: re.Match[str], /) -> Self:
        """The item as Discord hands it back."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over to the verb's handler; a refusal is told, anything else is logged."""
        async with _reply.refusals_told(interaction):
            verb, ref = parse(self.custom_id, PRESSES)
            await check_place(interaction, verb, ref)
            await PRESSES[verb](interaction, ref)
        await _reach.after(interaction)


def button(
    verb: str, ref: str | int, label: str, style: ButtonStyle = ButtonStyle.secondary, *, key: str = ""
) -> ui.Item[Any]:
    """A button; `ref` is what its handler gets, `key` the delivery by which its message can be found again."""
    custom_id = f"{verb}:{ref}~{key}" if key else f"{verb}:{ref}"
    return ui.Button(label=label, style=style, custom_id=custom_id)


def menu(
    verb: str,
    ref: str | int,
    options: Sequence[discord.SelectOption],
    placeholder: str,
    *,
    most: int = 25,
    key: str = "",
) -> ui.Item[Any]:
    """A menu of which any number up to `most` may be picked; with a `key` it stands beside others of its verb."""
    return ui.Select(
        custom_id=f"{verb}:{ref}~{key}" if key else f"{verb}:{ref}",
        options=list(options),
        placeholder=placeholder,
        min_values=0,
        max_values=min(most, len(options)),
    )
