"""Every script one after the other: `python -m tests.faults --runs 1000` prints the whole table."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.faults._table import HEAD

HERE = Path(__file__).parent


def scripts() -> list[str]:
    """The names of the scripts in this folder."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith(("_", "test_")))


def main() -> None:
    """Print the rows of every script; exit with 1 if any of them did."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="how often each fault is made")
    parser.add_argument("only", nargs="*", choices=[*scripts(), []], help="these scripts alone")
    asked = parser.parse_args()
    print(HEAD, flush=True)
    failed: list[str] = []
    for name in asked.only or scripts():
        command = [sys.executable, "-m", f"tests.faults.{name}", "--runs", str(asked.runs)]
        ran = subprocess.run(command, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True, check=False)
        rows = [line for line in ran.stdout.splitlines() if line.startswith("|") and line not in HEAD]
        print(*rows, sep="\n", flush=True)
        failed += [name] * (ran.returncode != 0)
    if failed:
        sys.exit(f"not as promised: {', '.join(failed)}")


if __name__ == "__main__":
    main()
