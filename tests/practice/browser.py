"""What a browser does with the practice page, over HTTP."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import aiohttp

PATIENCE = 20.0  # seconds until a page that never shows what is awaited fails the test


class Page:
    """The practice page as it was loaded: its setup and its two frames."""

    def __init__(self, http: aiohttp.ClientSession, text: str) -> None:
        self.http = http
        self.text = text
        self.setup: dict[str, Any] = json.loads(html.unescape(re.findall(r'data-setup="(.*?)"', text)[0]))
        self.capabilities = dict(re.findall(r'src="/pane/(\w+)/#([\w-]+)"', text))

    @classmethod
    async def load(cls, http: aiohttp.ClientSession) -> Page:
        """Open the page at its root."""
        async with http.get("/") as answer:
            assert answer.status == 200
            return cls(http, await answer.text())

    async def frame(self, name: str) -> Frame:
        """Open one of its frames: "dm" or "channel"."""
        frame = Frame(self.http, name, self.capabilities[name])
        await frame.open()
        return frame

    async def press(self, path: str, wish: object = None, **headers: str) -> tuple[int, dict[str, Any]]:
        """Press one of the practice's own buttons; status and answer."""
        sent = {self.setup["header"]: self.setup["secret"], **headers}
        async with self.http.post(path, json=wish or {}, headers=sent) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else {}


class Frame:
    """One pane, driven as its script does it."""

    def __init__(self, http: aiohttp.ClientSession, name: str, capability: str) -> None:
        self.http = http
        self.root = f"/pane/{name}/"
        self.headers = {"X-Simcord-Capability": capability}
        self.sequence = 0
        self.shown: dict[str, Any] = {}

    async def open(self) -> None:
        """Register as a page, as the script does when it is loaded."""
        async with self.http.post(self.root + "api/pages", json={}, headers=self.headers) as answer:
            assert answer.status == 200
            self.shown = await answer.json()
        self.headers["X-Simcord-Context"] = self.shown["context"]["id"]

    async def close(self) -> None:
        """Leave, as the script does when its window is closed."""
        path = f"{self.root}api/pages/{self.shown['context']['id']}"
        async with self.http.delete(path, headers=self.headers) as answer:
            assert answer.status == 200

    async def look(self) -> dict[str, Any]:
        """Fetch what is shown now."""
        async with self.http.get(self.root + "api/state", headers=self.headers) as answer:
            assert answer.status == 200
            self.shown = await answer.json()
        return self.shown

    def read(self) -> str:
        """Every word that is shown, in order."""
        return "\n".join(_words(self.shown["messages"][identity]) for identity in self.shown["timeline"])

    async def until(self, words: str) -> None:
        """Look until `words` are shown."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.read():
                await self.look()

    def button(self, label: str) -> dict[str, Any]:
        """The newest button with a label that is shown."""
        for identity in reversed(self.shown["timeline"]):
            for part in _parts(self.shown["messages"][identity]["components"]):
                if part.get("label") == label and "control_key" in part:
                    return {"control_key": part["control_key"], "target_id": identity}
        raise AssertionError(f"no button “{label}” in:\n{self.read()}")

    async def act(self, kind: str, *, view: dict[str, Any] | None = None, **body: Any) -> dict[str, Any]:
        """Send one action, as seen in `view` (else in what is shown); returns its receipt."""
        seen = view or self.shown
        envelope = {
            "protocol_version": 3,
            "sequence": self.sequence + 1,
            "request_id": f"{self.root}{self.sequence + 1}",
            "generation": seen["context"]["generation"],
            "bot_generation": seen["botGeneration"],
            "published_revision": seen["publishedRevision"],
            "kind": kind,
            **body,
        }
        async with self.http.post(self.root + "api/action", json=envelope, headers=self.headers) as answer:
            assert answer.status == 200
            receipt = await answer.json()
        self.sequence = receipt["expectedSequence"]
        return receipt

    async def click(self, label: str) -> dict[str, Any]:
        """Press the newest button with a label, then look."""
        receipt = await self.act("click", **self.button(label))
        await self.look()
        return receipt

    async def submit(self, **values: Any) -> dict[str, Any]:
        """Fill and submit the form that is open, then look."""
        handle = self.shown["modal"]["handle"]
        receipt = await self.act("modal_submit", modal_handle=handle, values=values)
        await self.look()
        return receipt

    async def say(self, words: str) -> dict[str, Any]:
        """Send a plain message, then look."""
        receipt = await self.act("send_message", content=words, target_id=None, reply_to_id=None)
        await self.look()
        return receipt

    async def command(self, name: str, **options: Any) -> dict[str, Any]:
        """Run a slash command from the composer, then look."""
        async with self.http.get(self.root + "api/commands", headers=self.headers) as answer:
            entries = (await answer.json())["entries"]
        entry = next(entry for entry in entries if " ".join(entry["path"]) == name)
        identity = {"command_id": entry["commandId"], "path": entry["path"]}
        receipt = await self.act(
            "run_command", **identity, schema_fingerprint=entry["schemaFingerprint"], options=options
        )
        await self.look()
        return receipt

    async def view_as(self, viewer_id: str) -> dict[str, Any]:
        """Switch to somebody else's eyes, then look."""
        receipt = await self.act("viewer", viewer_id=viewer_id)
        await self.look()
        return receipt


def _parts(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _parts(part.get("components") or [])


def _words(message: dict[str, Any]) -> str:
    told = [message["content"]]
    told += [part.get("content") or part.get("label") or "" for part in _parts(message["components"])]
    told += [f"{reaction['emoji']['name']} {reaction['count']}" for reaction in message["reactions"]]
    return "\n".join(words for words in told if words)
