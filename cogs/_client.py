"""The bot on Discord: its client, and the Face that the pump sends through."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.core.conversations import Answer, History
from bot.core.delivery import CannotTell, Later, Outcome, Sent, Unknown
from bot.core.errors import Told
from bot.core.people import Person, Post, Profile, Space
from bot.core.summary import Summary
from bot.usecases import conversations
from bot.usecases.app import App, Thing
from cogs import _forms, _mark, _post, _reach, _render, _reply
from cogs._breaker import Breaker
from cogs._buckets import sweep_seldom
from cogs._doubt import doubts, watch
from cogs._mark import keys
from cogs._outcome import DELETED, NO_CHANNEL, TROUBLE, is_code, outcome_of
from cogs._patience import LONGEST_WAIT, cancellable, held_back
from cogs._press import Press
from cogs._said import by_person, said
from cogs.circle import emoji_key

if TYPE_CHECKING:
    from discord.abc import Messageable

log = logging.getLogger(__name__)
READ = 100  # messages of a channel's history at a time: one request, which takes a turn of its own
NEWEST = 200  # messages that are looked through whatever our clock says
SHORT_REST = 5.0  # seconds
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot does not speak
COGS = (
    "people", "rhythm", "journal", "messages", "summary", "ask", "circle", "council", "cheer",
    "idea", "experiment", "care", "consent", "reader", "reply", "landing", "story", "host",
    "log", "origin", "mention", "search", "follow_up", "interview", "goals",
)  # fmt: skip


class CannotSignIn(Told):
    """Discord does not let the bot in."""


class CannotReach(Told):
    """Discord cannot be reached, or has trouble, at the start."""


class Changed(Told):
    """A command that Discord still shows as it was in another version."""


class Tree(app_commands.CommandTree["Cairn"]):
    """The commands; what they raise becomes words in one place."""

    async def on_error(self, interaction: discord.Interaction[Cairn], error: app_commands.AppCommandError, /) -> None:
        """Tell a refusal; log and tell anything else."""
        match error:
            case app_commands.CommandInvokeError():
                await _reply.refuse(interaction, error.original)
            case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                log.warning("a command came that is not as ours: %s", error)
                await _reply.refuse(
                    interaction, Changed("That command has changed. Restart Discord, then try it again.")
                )
            case _:
                await _reply.refuse(interaction, error)
        if interaction.type is discord.InteractionType.application_command:
            await _reach.after(interaction)


class Cairn(commands.Bot):
    """The bot. Building it has no side effects; it becomes the App's face for Discord."""

    def __init__(self, app: App, *, message_content: bool = False) -> None:
        breaker = Breaker()
        intents = discord.Intents(guilds=True, messages=True, reactions=True, message_content=message_content)
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=intents,
            tree_cls=Tree,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            http_trace=watch(breaker.trace()),
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        sweep_seldom(self)
        self.app, self.breaker = app, breaker
        app.faces[_reply.PLATFORM] = self

    async def setup_hook(self) -> None:
        """Load the cogs, know every button, publish the commands."""
        for name in COGS:
            await import_module(f"cogs.{name}").setup(self)
        self.add_dynamic_items(Press)
        await self.tree.sync()

    async def sign_in(self, token: str) -> None:
        """Log in and publish the commands; raises CannotSignIn or CannotReach with what to do."""
        try:
            await self.login(token)
        except discord.LoginFailure:
            raise CannotSignIn(
                "Discord does not know this token. Make a new one at discord.com/developers "
                "(your application, Bot, Reset Token)."
            ) from None
        except (discord.HTTPException, discord.RateLimited) as error:
            raise CannotReach(f"Discord answered with an error ({error}). Start me again in a while.") from None
        except (aiohttp.ClientError, OSError) as error:
            raise CannotReach(f"I can't reach Discord ({error}). Check the network, then start me again.") from None

    async def stay(self) -> None:
        """Hold the connection until the bot is closed; raises CannotSignIn where Discord refuses it for good."""
        try:
            await self.connect()
        except discord.PrivilegedIntentsRequired:
            raise CannotSignIn(
                "Discord does not let the bot behind this token read messages' text. Turn on Message Content Intent at "
                "discord.com/developers (your application, Bot), or set [discord] message_content = false."
            ) from None
        except discord.ConnectionClosed as closed:  # any other is mended by connecting again
            raise CannotSignIn(
                f"Discord ended the connection for good (code {closed.code}). If the token was reset, put the new one "
                "in its place (cairn doctor checks it), then start me again. Nothing that is owed is lost."
            ) from None

    async def on_ready(self) -> None:
        """A new session replays nothing: read what may have been missed. One that was resumed has missed nothing."""
        await conversations.catch_up(self.app)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms come back by their ids, whichever process opened them."""
        if interaction.type is discord.InteractionType.modal_submit:
            await _forms.take(interaction)
            await _reach.after(interaction)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _: object) -> None:
        """A command was answered."""
        await _reach.after(interaction)
        if interaction.context.dm_channel and interaction.channel_id:
            await conversations.met(self.app, _reply.person(interaction.user), str(interaction.channel_id))

    async def on_message(self, message: discord.Message, /) -> None:
        """Text commands do not exist; the cogs listen for themselves."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """What a listener raised that told nobody: logged under an id."""
        _reply.report(sys.exc_info()[1] or RuntimeError(event_method))

    # -------------------------------------------------------------- the Face

    remembers = timedelta(minutes=1)  # Discord knows a nonce for "the past few minutes"; one is sure

    @property
    def rests_until(self) -> datetime | None:
        """Until when nothing goes out by itself, as Discord refused too much; None where all is well."""
        rest = self.breaker.rest()
        return self.app.now() + timedelta(seconds=rest) if rest else None

    def _rest(self) -> float:
        """For how many seconds nothing is to be asked of Discord."""
        return self.breaker.rest() or (SHORT_REST if held_back(self) else 0.0)

    async def deliver(self, key: str, to: Person | Space, what: Thing, channel: str = "") -> Outcome:
        """Send under `key` as nonce; Discord returns the earlier message for the same one."""
        if rest := self._rest():
            return Later(rest)
        rendered = _render.message(what)
        with doubts() as doubtful:
            try:
                with cancellable(self):
                    place = await self._channel(to, channel)
                    sent = await place.send(view=rendered.view, files=rendered.files, nonce=key)
            except Exception as error:  # everything a send can raise is an outcome
                if is_code(error, DELETED):
                    return Sent(None)  # the earlier message of this nonce
                if is_code(error, NO_CHANNEL) and channel and isinstance(to, Person):
                    return await self.deliver(key, to, what)  # their conversation is another by now
                outcome = outcome_of(error)
                return Unknown(doubtful[0]) if doubtful else outcome
        return Sent(_post_of(to, sent))

    async def written(
        self, to: Person | Space, channel: str, after: str, since: datetime | None = None
    ) -> History | None:
        """What people wrote in a channel, as far as one request goes."""
        if self._rest():
            return None
        begins = [int(after)] if after else []
        begins += [discord.utils.time_snowflake(since)] if since else []
        try:
            with cancellable(self):
                place = await self._channel(to, channel)
                first = discord.Object(min(begins))
                read = [message async for message in place.history(limit=READ, after=first, oldest_first=True)]
        except TROUBLE as error:
            log.warning("what was written in a channel could not be read: %s", error)
            return None
        until = str(read[-1].id) if len(read) == READ else ""
        return History([said(message) for message in read if by_person(message)], until)

    async def answer(self, key: str, to: Person, channel: str, what: Answer) -> Outcome:
        """Send what came of a message, or the question about it."""
        if rest := self._rest():
            return Later(rest)
        try:
            with cancellable(self):
                place = await self._channel(to, channel)
                sent = await place.send(view=_mark.mark(_render.answer(what), key), nonce=key)
        except Exception as error:  # everything a send can raise is an outcome
            return outcome_of(error)
        return Sent(_post_of(to, sent))

    async def find(self, key: str, to: Person | Space, since: datetime, channel: str = "") -> Post | CannotTell | None:
        """The message whose buttons or picture carry `key`."""
        if self._rest():
            return CannotTell("nothing is asked of Discord at present")
        try:
            with cancellable(self):
                return await self._found(key, to, since, await self._channel(to, channel))
        except TROUBLE as error:
            if is_code(error, NO_CHANNEL) and channel and isinstance(to, Person):
                return await self.find(key, to, since)
            return CannotTell(str(error))

    async def _found(self, key: str, to: Person | Space, since: datetime, place: Messageable) -> Post | None:
        seen = 0
        async for message in place.history(limit=None):
            if self._is_me(message.author) and key in _keys(message):
                return _post_of(to, message)
            seen += 1
            if seen >= NEWEST and message.created_at < since:
                break
        return None

    async def revise(self, post: Post, what: Thing) -> Outcome:
        """Edit a standing message."""
        if rest := self._rest():
            return Later(rest)
        rendered = _render.message(what)
        mentions = self.allowed_mentions  # without content discord.py leaves the default ones out of an edit
        try:
            with cancellable(self):
                standing = self._message(post)
                await standing.edit(view=rendered.view, attachments=rendered.files, allowed_mentions=mentions)
        except Exception as error:  # everything an edit can raise is an outcome
            return outcome_of(error)
        return Sent(post)

    async def retract(self, post: Post) -> Outcome:
        """Delete a standing message."""
        if rest := self._rest():
            return Later(rest)
        try:
            with cancellable(self):
                await self._message(post).delete()
        except discord.NotFound:
            return Sent(post)
        except Exception as error:  # everything a deletion can raise is an outcome
            return outcome_of(error)
        return Sent(post)

    async def profile(self, who: Person) -> Profile | None:
        """Discord tells a name, never a zone."""
        try:
            user = await self.fetch_user(int(who.id))
        except TROUBLE:
            return None
        return Profile(user.display_name)

    async def reactions(self, post: Post) -> Sequence[tuple[Person, str, str]] | None:
        """Who reacted to a message."""
        if self._rest():
            return None
        found: list[tuple[Person, str, str]] = []
        try:
            message = await self.get_partial_messageable(int(post.channel)).fetch_message(int(post.id))
            for reaction in message.reactions:
                async for user in reaction.users():
                    if not user.bot:
                        found.append((_reply.person(user), user.display_name, emoji_key(reaction.emoji)))
        except TROUBLE as error:
            log.warning("reactions under %s could not be read: %s", post.id, error)
            return None
        return found

    def messages(self, summary: Summary) -> int:
        """One, or two where the text is long."""
        return len(_post.pages(summary))

    async def _channel(self, to: Person | Space, known: str) -> Messageable:
        if isinstance(to, Person):
            if known:
                return self.get_partial_messageable(int(known))
            return await self.create_dm(discord.Object(int(to.id)))
        return self.get_partial_messageable(int(to.id), guild_id=int(to.workspace))

    def _is_me(self, user: discord.abc.Snowflake) -> bool:
        return self.user is not None and user.id == self.user.id

    def _message(self, post: Post) -> discord.PartialMessage:
        return self.get_partial_messageable(int(post.channel)).get_partial_message(int(post.id))


def _post_of(to: Person | Space, message: discord.Message) -> Post:
    return Post(to.platform, to.workspace, str(message.channel.id), str(message.id))


def _keys(message: discord.Message) -> set[str]:
    """The delivery ids that a message carries in its buttons and file names."""
    view = discord.ui.LayoutView.from_message(message)
    ids = [str(getattr(item, "custom_id", "")) for item in view.walk_children()]
    names = [attachment.filename for attachment in message.attachments]
    return set[str]().union(*map(keys, ids)) | {n.removeprefix("week-").removesuffix(".png") for n in names}
