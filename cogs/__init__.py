"""The Discord face: the only place that knows Discord."""

from cogs._client import Cairn

__all__ = ["Cairn"]
