"""The Discord face: the only place that knows Discord."""

from cogs._client import Cairn
from cogs._reply import PLATFORM

__all__ = ["PLATFORM", "Cairn"]
