"""Every message and every answer, made of anything: Discord takes it, and each picture is told in words."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_args

import pytest
from discord import ui
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import cogs
from bot.core import text as texts
from bot.usecases.app import Thing
from cogs import _render
from cogs._layout import ALT_LIMIT, Message
from tests.cogs._anything import anything, arguments
from tests.cogs._made import check_limits

VIEWS = ("ui.LayoutView", "Message", "list[ui.LayoutView]")
OF_WIDGETS = {"_layout.layout", "_layout.say", "_mark.mark", "_reader.which"}  # they take what the others make
# What these take is bounded by more than its type: their own tests make it.
BOUNDED = {
    "_council.whom",
    "_landing.lines",
    "_reader.naming",
    "_rhythm.rhythm",
    "_story.told",
    "_host.status",
    "_thanks.whom",
}
BOUNDED |= {f"_help.{name}" for name in ("help_for", "topic", "started")}
BOUNDED |= {f"_journal.{name}" for name in ("answer", "deleted", "stray", "try_again")}

few = settings(
    max_examples=5,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _views() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in (import_module(f"cogs.{found.name}") for found in pkgutil.iter_modules(cogs.__path__)):
        for name, act in inspect.getmembers(module, inspect.isfunction):
            where = f"{module.__name__.removeprefix('cogs.')}.{name}"
            own = act.__module__ == module.__name__ and not name.startswith("_")
            if own and where not in OF_WIDGETS | BOUNDED and act.__annotations__.get("return") in VIEWS:
                yield where, act


ACTS = dict(_views())


def check(made: Any) -> None:
    """Discord takes it, and all its pictures are told in words."""
    for message in made if isinstance(made, list) else [made]:
        view, files = message if isinstance(message, Message) else (message, ())
        check_limits(view)
        galleries = [item for item in view.walk_children() if isinstance(item, ui.MediaGallery)]
        shown = {item.media.url: item.description for gallery in galleries for item in gallery.items}
        handed = {item.media.url for item in view.walk_children() if isinstance(item, ui.File)}
        pictures = {f"attachment://{file.filename}": file.description for file in files}
        assert shown == {place: words for place, words in pictures.items() if place not in handed}
        assert all(words and not texts.is_blank(words) and texts.length(words) <= ALT_LIMIT for words in shown.values())
        assert len(shown) <= 10


@pytest.mark.parametrize("name", ACTS)
def test_every_view_of_anything_is_taken_by_discord(name: str) -> None:
    @few
    @given(st.fixed_dictionaries(arguments(ACTS[name])))
    def holds(values: dict[str, Any]) -> None:
        check(ACTS[name](**values))

    holds()


@pytest.mark.parametrize("kind", get_args(Thing), ids=lambda kind: kind.__name__)
def test_everything_that_is_owed_is_taken_by_discord(kind: Any) -> None:
    @few
    @given(anything(kind))
    def holds(what: Any) -> None:
        check(_render.message(what))

    holds()
