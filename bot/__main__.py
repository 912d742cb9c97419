"""`python -m bot` is the command `cairn`."""

import sys

from bot.cli import main

sys.exit(main())
