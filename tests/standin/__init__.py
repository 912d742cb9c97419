"""A loopback stand-in of Discord's HTTP API v10 and gateway v10, for real clients in real processes."""

from .faults import Faults
from .interactions import Interaction
from .limits import Limits
from .server import TOKEN, StandIn
from .world import World

__all__ = ["TOKEN", "Faults", "Interaction", "Limits", "StandIn", "World"]
