"""What every play of chance stands on: a desk of its own, and steps that a refusal does not end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from bot.core.errors import Told
from tests._database import quick_folder
from tests.usecases.conftest import Desk


class OnDesk(RuleBasedStateMachine):
    """A desk that is opened with `open` and closed at the end."""

    def open(self) -> None:
        self.runner = asyncio.Runner()
        self.folder = quick_folder()
        self.desk = Desk(Path(self.folder.name) / "cairn.sqlite3")
        self.do(self.desk.open())

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            with suppress(ValueError):  # a step that failed may have left it closed
                self.do(self.desk.close())
            self.runner.close()
            self.folder.cleanup()

    def do(self, what: Coroutine[Any, Any, object]) -> Any:
        """Run a step to its end; a refusal is one."""
        with suppress(Told):
            return self.runner.run(what)
