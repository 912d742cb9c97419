"""Forms (Discord's modals). A form is found by its id when it comes back, so it survives a restart.

A form cannot be answered by a form: when its words are refused they are kept behind *Try again*.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import discord
from discord import TextStyle, ui

from bot.core import text as texts
from bot.core.errors import Told
from bot.core.exercise import ANSWER_LIMIT, Answers, Choice, Scale, Step, Text
from bot.core.experiment import TakenBack
from bot.core.journal import NUMBERS
from bot.core.thanks import LineChanged
from bot.usecases import held, journal
from cogs import _journal, _reply
from cogs._press import Handler, check_place, parse, press

if TYPE_CHECKING:
    from cogs._client import Cairn

    Interaction = discord.Interaction[Cairn]

Words = Mapping[str, str]
Opener = Callable[["Interaction", str, Words], Awaitable["Fields"]]
Taker = Callable[["Interaction", str, Words], Awaitable[None]]
TITLE_LIMIT = 45
FIELD_LIMIT = 4000  # characters that Discord lets a text field hold
NAME_IN_LABEL = 17  # characters, of the 45 of a label
FORMS: dict[str, Form] = {}
OPENED_BY = {
    "thank": "thanked",
    "decline": "declined",
    "answer": "answered",
    "change": "changed",
    "numbers": "numbered",
    "say": "said",
    "tryidea": "trying",
    "happened": "learned",
    "notyet": "moved",
    "cheer": "said",
    "cheeron": "cheered",
    "recheer": "recheered",
    "idea": "ideagiven",
    "offer": "offergiven",
    "reword": "reworded",
    "edit": "worded",
    "ask": "asked",
    "askchange": "askchanged",
    "letword": "letworded",
    "landas": "landing",
    "landedit": "landworded",
    "linesay": "linesaid",
    "logmore": "logtold",
    "logday": "logdated",
    "appnote": "appnoted",
    "appstep": "appstepped",
    "appedit": "appedited",
    "appplace": "appplaced",
    "applyfrom": "appliedfrom",
    "logit": "loggedit",
}


class Fields(NamedTuple):
    """What a form asks; `verb` and `ref` where it turns out to be about something else than was pressed."""

    title: str
    labels: list[ui.Label[Any]]
    verb: str = ""
    ref: str = ""


class Form(NamedTuple):
    """A kind of form: how it is opened (with words to fill in), and what happens with what comes back."""

    fields: Opener
    take: Taker


def form(verb: str, fields: Opener) -> Callable[[Taker], Taker]:
    """Register what happens when a form of that verb comes back."""

    def register(take: Taker) -> Taker:
        FORMS[verb] = Form(fields, take)
        return take

    return register


async def open_form(interaction: Interaction, verb: str, ref: str | int, words: Words | None = None) -> None:
    """Open a form as the answer to a command or press, filled with `words` where given."""
    await show_form(interaction, verb, ref, await FORMS[verb].fields(interaction, str(ref), words or {}))


async def show_form(interaction: Interaction, verb: str, ref: str | int, fields: Fields) -> None:
    """Open a form whose fields are known, as the answer to a press."""
    custom_id = f"{fields.verb or verb}:{fields.ref or ref}"
    modal = ui.Modal(title=texts.shorten(fields.title, TITLE_LIMIT), custom_id=custom_id)
    for label in fields.labels:
        modal.add_item(label)
    modal.stop()  # it is found by its id when it comes back; nothing is kept in memory
    await interaction.response.send_modal(modal)


def _opening(verb: str) -> Handler:
    async def pressed(interaction: Interaction, ref: str) -> None:
        await open_form(interaction, verb, ref)

    return pressed


for pressed, opened in OPENED_BY.items():
    press(pressed)(_opening(opened))


async def take(interaction: Interaction) -> None:
    """Handle a form that came back; whatever becomes of it, its words wait behind *Try again* until it is taken."""
    data: Any = interaction.data
    words = dict(_values(data["components"]))
    async with _reply.refusals_told(interaction):
        verb, ref = parse(str(data["custom_id"]), FORMS)
        app, who = interaction.client.app, _reply.person(interaction.user)
        try:
            await check_place(interaction, verb, ref)
            await FORMS[verb].take(interaction, ref, words)
        except (TakenBack, LineChanged):  # what waits would hold a friend's words that are no longer given
            raise
        except Exception as error:  # a refusal or an error of ours: no reason to lose what somebody wrote
            interaction.extras[_reply.REFUSED] = True
            await _hold_or_give_back(interaction, f"{verb}:{ref}", words, _reply.explained(error))
        else:
            await held.settled(app, who, f"{verb}:{ref}")


async def _hold_or_give_back(interaction: Interaction, ref: str, words: Words, refusal: str) -> None:
    """A form cannot be scrolled back to: where its words cannot wait in the database, they are shown to be copied."""
    try:
        waiting = await held.hold(interaction.client.app, _reply.person(interaction.user), held.FORM, ref, words)
    except Told:
        await _reply.tell_all(interaction, _journal.given_back(refusal, words))
    else:
        await _reply.show(interaction, _journal.try_again(refusal, waiting))


def _values(components: list[Any]) -> Iterator[tuple[str, str]]:
    for component in components:
        inner = component.get("component") or component
        if "custom_id" in inner:
            chosen = inner.get("values")
            yield inner["custom_id"], str(chosen[0] if chosen else inner.get("value") or "")


# ------------------------------------------------------------------ fields


def exercise_fields(form: journal.Form, words: Words, verb: str = "", ref: str = "") -> Fields:
    """A form of an exercise's steps, filled with words that were refused, or else with the answers so far."""
    answers: Answers = words or form.answers
    exercise = form.exercise
    title = f"{exercise.title} · {form.day}" if form.day else exercise.title
    labels = [_label(step, str(answers.get(step.id, ""))) for step in exercise.steps]
    return Fields(title if len(title) <= TITLE_LIMIT else exercise.title, labels, verb, ref)


def _label(step: Step, value: str) -> ui.Label[Any]:
    match step:
        case Text():
            return text_label(step.id, step.ask, value, hint=step.hint, required=step.required, long=step.long)
        case Scale():
            options = [(str(n), f"{n} {step.word(n)}".strip()) for n in range(step.low, step.high + 1)]
        case Choice():
            options = [(option, option) for option in step.options]
    return choice_label(step.id, step.ask, options, value, required=step.required)


def choice_label(
    name: str, ask: str, options: Iterable[tuple[str, str]], chosen: str, *, required: bool = False
) -> ui.Label[Any]:
    """A menu of which at most one may be picked, of (value, label)."""
    offered = [discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in options]
    select: ui.Select[Any] = ui.Select(
        custom_id=name, options=offered, required=required, min_values=int(required), max_values=1
    )
    return ui.Label(text=ask, component=select)


def text_label(
    name: str,
    ask: str,
    value: str,
    *,
    hint: str = "",
    required: bool = False,
    long: bool = True,
    limit: int = ANSWER_LIMIT,
) -> ui.Label[Any]:
    """One text field of up to `limit` characters; longer words that were refused stay whole in it."""
    value = texts.shorten(value, FIELD_LIMIT)
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=name,
        style=TextStyle.paragraph if long else TextStyle.short,
        default=value or None,
        required=required,
        max_length=max(limit, texts.length(value)),
    )
    return ui.Label(text=ask, description=hint or None, component=field)


def in_label(name: str) -> str:
    """Somebody's name as the label of a field has room for it."""
    line = " ".join(texts.clean(name).split())
    return "them" if texts.is_blank(line) else texts.shorten(line, NAME_IN_LABEL)


def known_label(field: str, seeker: str, yes: str, no: str, chosen: str) -> ui.Label[Any]:
    """Whether the circle may hear who gave something; its seeker always does."""
    options = [(yes, "Yes"), (no, f"No, only {in_label(seeker)}")]
    return choice_label(field, "May the circle know whose it is?", options, chosen, required=True)


def number_fields(numbers: Mapping[str, int], words: Words) -> Fields:
    """The week's counts."""
    return Fields(
        "Numbers of the day",
        [
            text_label(name, name.capitalize(), words.get(name, str(numbers.get(name, ""))), long=False)
            for name in NUMBERS
        ],
    )
