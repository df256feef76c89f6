#!/usr/bin/env python3
"""Measures how soon watchfloor is there: `--version`, and the first prompt in a terminal.

Exits 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from measuring import contenders, inputs
from measuring.machine import description
from measuring.processes import Failed, run
from measuring.tables import table
from measuring.terminals import seconds_to

PROMPT = "›"
VERSION_LIMIT, PROMPT_LIMIT = 30, 60  # Milliseconds.


def environment(folder: str) -> dict[str, str]:
    """Nothing of the user's: no history, no configuration, no model."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": folder,
        "XDG_DATA_HOME": folder,
        "XDG_STATE_HOME": folder,
        "WATCHFLOOR_DATA": folder,
        "WATCHFLOOR_SESSIONS": folder,
    }


def row(name: str, seconds: list[float], limit: int) -> list[str]:
    median = statistics.median(seconds) * 1e3
    return [
        name,
        str(len(seconds)),
        f"{median:.1f}",
        f"{min(seconds) * 1e3:.1f}",
        f"{max(seconds) * 1e3:.1f}",
        str(limit),
        "yes" if median < limit else "NO",
    ]


def measured(program: str) -> list[list[str]]:
    with contenders.scratch() as folder:
        run([program, "--version"])  # Once for the disk.
        version = [run([program, "--version"]).seconds for _ in range(20)]
        prompt = [seconds_to(PROMPT, [program], environment(folder)) for _ in range(10)]
    return [row("watchfloor --version", version, VERSION_LIMIT), row("first prompt", prompt, PROMPT_LIMIT)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--watchfloor", type=Path, default=inputs.WATCHFLOOR, help="the program (.build/release/watchfloor)"
    )
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    arguments = parser.parse_args()
    try:
        rows = measured(str(arguments.watchfloor.resolve()))
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    headings = ["", "runs", "median ms", "fastest", "slowest", "limit", "met"]
    print(f"{description()}\n\n{table(headings, rows, arguments.markdown)}")
    return 0 if all(cells[-1] == "yes" for cells in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
