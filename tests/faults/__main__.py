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
    parser.add_argument("--jobs", type=int, default=1, help="how many benches work side by side")
    parser.add_argument("only", nargs="*", help=f"these scripts alone, of {', '.join(scripts())}")
    asked = parser.parse_args()
    if unknown := set(asked.only) - set(scripts()):
        parser.error(f"there is no script {', '.join(sorted(unknown))}")
    print(HEAD, flush=True)
    failed = [name for name in asked.only or scripts() if not _held(name, asked.runs, asked.jobs)]
    if failed:
        sys.exit(f"not as promised: {', '.join(failed)}")


def _held(name: str, runs: int, jobs: int) -> bool:
    """Print the rows of one script as they come; whether nothing was lost or came twice."""
    command = [sys.executable, "-m", f"tests.faults.{name}", "--runs", str(runs), "--jobs", str(jobs)]
    with subprocess.Popen(command, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True) as script:
        assert script.stdout is not None
        for line in script.stdout:
            if line.startswith("|") and line.strip() not in HEAD:
                print(line, end="", flush=True)
    return script.returncode == 0


if __name__ == "__main__":
    main()
