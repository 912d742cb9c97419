"""Logging the search: /log, one command for each thing that happens; Undo, Add detail, and what is asked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.core import text as texts
from bot.core.errors import Told
from bot.core.search import Act
from bot.usecases import held, log, origin, search
from bot.usecases.search import Wish
from cogs import _log, _mark, _render, _reply
from cogs._forms import Fields, Words, form
from cogs._layout import say
from cogs._picked import number
from cogs._press import press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

CHOICE_LIMIT = 100  # characters of a choice's name and of its value
WHEN, TIME = (f"{hint}; today where not said" for hint in (_log.DATE, _log.TIME))
NOTE = "Anything to remember"
ACTS = {"rejection": Act.LOST}  # the others are called as they are


async def _companies(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    name = interaction.command.name if interaction.command else ""
    act = ACTS.get(name) or Act(name)
    return choices(await log.companies(interaction.client.app, _reply.person(interaction.user), act, typed))


async def _roles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return choices(await log.roles(interaction.client.app, _reply.person(interaction.user), typed))


def choices(found: list[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """What is offered under an option, of (words, value)."""
    return [
        app_commands.Choice(name=texts.shorten(words, CHOICE_LIMIT), value=value)
        for words, value in found
        if texts.length(value) <= CHOICE_LIMIT
    ]


class Log(commands.GroupCog, name="log", description="Note what happens in your search; one line is enough"):
    """/log applied, outreach, conversation, interview, offer, rejection, note"""

    @app_commands.command(description="You applied for a role")
    @app_commands.describe(
        company="Where", role="For which role", when=WHEN, link="The posting's link", source="Where you found it",
        kind="What kind of role, such as remote or part-time", note=NOTE,
    )  # fmt: skip
    @app_commands.autocomplete(company=_companies, role=_roles)
    async def applied(
        self, interaction: Interaction, company: str, role: str = "", when: str = "", link: str = "",
        source: str = "", kind: str = "", note: str = "",
    ) -> None:  # fmt: skip
        """Begin an application."""
        wish = Wish(Act.APPLIED, company, role, when, words=note, link=link, source=source, kind=kind)
        await _note(interaction, wish)

    @app_commands.command(description="You wrote to or called somebody")
    @app_commands.describe(
        company="Where they are", whom="Whom you reached out to", role="About which role", when=WHEN, note=NOTE
    )
    @app_commands.autocomplete(company=_companies, role=_roles)
    async def outreach(
        self, interaction: Interaction, company: str = "", whom: str = "", role: str = "", when: str = "",
        note: str = "",
    ) -> None:  # fmt: skip
        """Note that somebody was written to."""
        await _note(interaction, Wish(Act.OUTREACH, company, role, when, whom, note))

    @app_commands.command(description="You talked with somebody")
    @app_commands.describe(
        company="Where they are", whom="Whom you talked with", role="About which role", when=WHEN, note=NOTE
    )
    @app_commands.autocomplete(company=_companies, role=_roles)
    async def conversation(
        self, interaction: Interaction, company: str = "", whom: str = "", role: str = "", when: str = "",
        note: str = "",
    ) -> None:  # fmt: skip
        """Note a talk."""
        await _note(interaction, Wish(Act.CONVERSATION, company, role, when, whom, note))

    @app_commands.command(description="You have an interview ahead, or had one")
    @app_commands.describe(
        company="Where", when=TIME, whom="With whom", round="Which round; the next where not said", note=NOTE
    )
    @app_commands.autocomplete(company=_companies)
    async def interview(
        self, interaction: Interaction, company: str, when: str = "", whom: str = "",
        round: app_commands.Range[int, 1, 20] | None = None, note: str = "",
    ) -> None:  # fmt: skip
        """Note an interview that comes, or was."""
        await _note(interaction, Wish(Act.INTERVIEW, company, "", when, whom, note, round=round or 0))

    @app_commands.command(description="You have an offer")
    @app_commands.describe(company="Where", when=WHEN, note=NOTE)
    @app_commands.autocomplete(company=_companies)
    async def offer(self, interaction: Interaction, company: str, when: str = "", note: str = "") -> None:
        """Note an offer."""
        await _note(interaction, Wish(Act.OFFER, company, "", when, words=note))

    @app_commands.command(description="They said no; what came before it stays counted")
    @app_commands.describe(company="Where", when=WHEN, note=NOTE)
    @app_commands.autocomplete(company=_companies)
    async def rejection(self, interaction: Interaction, company: str, when: str = "", note: str = "") -> None:
        """Note a no."""
        await _note(interaction, Wish(Act.LOST, company, "", when, words=note))

    @app_commands.command(description="Anything to remember about an application")
    @app_commands.describe(company="About which", note=NOTE, when=WHEN)
    @app_commands.autocomplete(company=_companies)
    async def note(self, interaction: Interaction, company: str, note: str, when: str = "") -> None:
        """Note something."""
        await _note(interaction, Wish(Act.NOTE, company, "", when, words=note))


async def _note(interaction: Interaction, wish: Wish) -> None:
    """Log it; where it is refused, what was long to type is given back."""
    await _reply.acknowledge(interaction)
    try:
        found = await log.log(interaction.client.app, _reply.person(interaction.user), wish)
    except Told as refusal:
        typed = _log.long_words(wish)
        if not typed:
            raise
        interaction.extras[_reply.REFUSED] = True
        await _reply.tell_all(interaction, _render.given_back(str(refusal), typed))
    else:
        await _reply.show(interaction, _log.answer(found))


# ------------------------------------------------------------------ what was noted


@press("unlog")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    found = await search.undo(interaction.client.app, _reply.person(interaction.user), int(ref))
    await _reply.turn_into(interaction, _log.taken_back(found))


async def _detail_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    detail = await search.form_to_amend(interaction.client.app, _reply.person(interaction.user), int(ref))
    return _log.detail_fields(detail, words)


@form("logtold", _detail_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _reply.noted(interaction)
    app = interaction.client.app
    found = await origin.told(app, await search.amend(app, _reply.person(interaction.user), int(ref), words))
    if _mark.carried(interaction.message):  # of a message that was owed: it tells by itself
        await _reply.show(interaction, _log.noted(found))
    else:
        await _reply.turn_into(interaction, _log.noted(found))


# ------------------------------------------------------------------ what is asked first


@press("logwhen")
async def _(interaction: Interaction, ref: str) -> None:
    held_id, _, day = ref.partition(".")
    on, _, at = day.partition("T")
    await _go_on(interaction, held_id, when=f"{on} {at[:2]}:{at[2:]}" if at else on)


@press("logwhich")
async def _(interaction: Interaction, ref: str) -> None:
    await _go_on(interaction, ref, which=f"#{number(interaction, 'Pick one from the list, and I note it there.')}")


@press("logback")
async def _(interaction: Interaction, ref: str) -> None:
    await _go_on(interaction, ref, right=True)


@press("lognot")
async def _(interaction: Interaction, ref: str) -> None:
    await _reply.noted(interaction)
    await held.let_go(interaction.client.app, _reply.person(interaction.user), ref)
    await _reply.turn_into(interaction, say("All right, nothing was noted."))


async def _day_fields(interaction: Interaction, ref: str, words: Words) -> Fields:
    wish = await log.waiting(interaction.client.app, _reply.person(interaction.user), ref)
    return _log.day_fields(wish.act, words.get("when", wish.when))


@form("logdated", _day_fields)
async def _(interaction: Interaction, ref: str, words: Words) -> None:
    await _go_on(interaction, ref, when=words.get("when", ""))


async def _go_on(
    interaction: Interaction, held_id: str, *, which: str = "", when: str = "", right: bool = False
) -> None:
    await _reply.noted(interaction)
    app, who = interaction.client.app, _reply.person(interaction.user)
    found = await log.go_on(app, who, held_id, which=which, when=when, right=right)
    await _reply.turn_into(interaction, _log.answer(found))


async def setup(bot: Cairn) -> None:
    """Called once for each bot."""
    await bot.add_cog(Log())
