from __future__ import annotations

import re

import aiohttp
import pytest

from bot.practice._simcord import World
from tests.practice.browser import Page
from tests.practice.small_bot import SmallBot

CONTROLS = ("/do/ask", "/do/go-on", "/do/react")


@pytest.mark.parametrize("path", CONTROLS)
@pytest.mark.parametrize(
    "forged",
    [
        {"X-Cairn-Practice": ""},
        {"X-Cairn-Practice": "guessed"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Host": "elsewhere.example"},
    ],
    ids=["no secret", "wrong secret", "other origin", "opaque origin", "other host"],
)
async def test_a_forged_press_is_refused_and_does_nothing(
    world: World, bot: SmallBot, page: Page, path: str, forged: dict[str, str]
):
    await bot.post()
    before = world.now()
    status, _ = await page.press(path, {"as": "Jonas", "emoji": "🎉"}, **forged)
    assert status == 403
    assert world.seeker.dm_channel.history() == []
    assert (world.now(), bot.reactions) == (before, [])


async def test_the_page_s_own_press_from_its_own_origin_is_done(world: World, page: Page):
    origin = f"http://{page.http._base_url_origin.authority}" if page.http._base_url_origin else ""
    status, told = await page.press("/do/ask", Origin=origin)
    assert (status, told["line"]) == (200, "Asked.")
    assert len(world.seeker.dm_channel.history()) == 1


async def test_the_time_goes_on_when_its_button_is_pressed_and_a_new_window_knows(page: Page):
    assert (page.setup["clock"], page.setup["line"]) == ("16:20", "Welcome.")
    _, told = await page.press("/do/go-on")
    assert told == {"line": "An hour later.", "clock": "17:20", "next": "End the week"}
    assert (await Page.load(page.http)).setup["line"] == "An hour later."


@pytest.mark.parametrize("path", ["/", "/page/script.js", "/app.js", "/pane/dm/", "/pane/dm/api/state"])
async def test_under_another_host_s_name_nothing_is_served(page: Page, path: str):
    async with page.http.get(path, headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("forged", [{"X-Simcord-Capability": "guessed"}, {"Origin": "https://elsewhere.example"}])
async def test_a_pane_is_closed_to_others(page: Page, forged: dict[str, str]):
    headers = {"X-Simcord-Capability": page.capabilities["dm"], **forged}
    async with page.http.post("/pane/dm/api/pages", json={}, headers=headers) as answer:
        assert answer.status == 401


async def test_no_page_elsewhere_may_frame_this_one_and_only_this_one_its_panes(http: aiohttp.ClientSession):
    policies: list[str] = []
    for path in ("/", "/pane/dm/", "/pane/channel/"):
        async with http.get(path) as answer:
            policies.append(answer.headers["Content-Security-Policy"].rpartition("; ")[2])
            assert "Access-Control-Allow-Origin" not in answer.headers
    assert policies == ["frame-ancestors 'none'", "frame-ancestors 'self'", "frame-ancestors 'self'"]


async def test_every_file_the_page_asks_for_is_served_from_here(http: aiohttp.ClientSession, page: Page):
    async with http.get("/pane/dm/") as answer:
        frame = await answer.text()
    asked = set(re.findall(r'(?:src|href)="(/[^"#]+)', page.text + frame))
    assert {"/page/style.css", "/page/script.js", "/page/frame.css", "/app.js"} <= asked
    for name in ("style", "frame"):
        async with http.get(f"/page/{name}.css") as answer:
            asked |= set(re.findall(r'url\("(.*?)"\)', await answer.text()))
    for path in asked:
        async with http.get(path) as answer:
            assert answer.status == 200, path
    assert not [path for path in asked if not path.startswith("/") or path.startswith("//")]


@pytest.mark.parametrize("file", ["app.js", "transport.js", "assets.js"])
async def test_a_pane_s_script_asks_its_own_pane(http: aiohttp.ClientSession, file: str):
    async with http.get(f"/{file}") as answer:
        script = await answer.text()
    assert "api/" in script
    assert "/api/" not in script


async def test_what_is_not_part_of_the_page_is_not_served(http: aiohttp.ClientSession):
    for path in ("/page/index.html", "/page/..%2f_site.py", "/page/faces", "/elsewhere"):
        async with http.get(path) as answer:
            assert answer.status == 404


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"as": "Jonas", "emoji": "🎉"}, "There is nothing to react to yet."),
        ({"as": "Jonas", "emoji": "🦖"}, "That emoji is not on the bar."),
        ({"as": "Nobody", "emoji": "🎉"}, "Choose who reacts first."),
        (["Jonas", "🎉"], "That emoji is not on the bar."),
    ],
)
async def test_a_reaction_that_cannot_be_is_refused_in_words(page: Page, bot: SmallBot, wish: object, words: str):
    status, told = await page.press("/do/react", wish)
    assert (status, told["line"]) == (409, words)
    assert bot.reactions == []


async def test_the_emoji_bar_reacts_as_the_chosen_friend(world: World, bot: SmallBot, page: Page):
    channel = await page.frame("channel")
    await bot.post()
    status, _ = await page.press("/do/react", {"as": "Aisha", "emoji": "💪"})
    assert status == 200
    assert bot.reactions == [(world.members["Aisha"].id, "💪")]
    await channel.until("💪 1")
