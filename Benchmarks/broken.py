#!/usr/bin/env python3
"""Lets watchfloor read a broken log and compares its account with the exact one. Exits 1 when they differ.

broken.py                  500 MB
broken.py --megabytes 5    a small one; every kind of damage is in it
broken.py --model          asks the slow reader of damage/model.py instead: checks the exact account itself
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NamedTuple

from damage.model import Reading, instant
from measuring import contenders, inputs
from measuring.contenders import ingest_command
from measuring.processes import Failed, run
from measuring.tables import table

COUNTS = ["read", "accepted", "duplicates", "rejected"]
SHOWN = 20


class Compared(NamedTuple):
    name: str
    expected: str
    found: str
    is_same: bool


def counts(expected: dict, found: dict) -> list[Compared]:
    """The figures, `read` as the sum of its parts too."""
    wanted = {name: expected[name] for name in COUNTS} | {"outside_window": 0}
    wanted["more_problems"] = max(0, expected["rejected"] - len(expected["first_problems"]))
    rows = [
        Compared(name, f"{value:,}", f"{found.get(name, 0):,}", value == found.get(name, 0))
        for name, value in wanted.items()
    ]
    parts = sum(found.get(name, 0) for name in ("accepted", "duplicates", "rejected", "outside_window"))
    return rows + [Compared("sum of parts", f"{found['read']:,}", f"{parts:,}", found["read"] == parts)]


def times(expected: dict, found: dict) -> list[Compared]:
    """Instants are compared, not how they are written."""
    return [
        Compared(
            name,
            expected[name],
            str(found.get(name)),
            bool(found.get(name)) and instant(expected[name]) == instant(found[name]),
        )
        for name in ("first", "last")
    ]


def differing_places(expected: list[dict], found: list[dict]) -> list[str]:
    """Walks along both lists of first problems, which are in the order of the file.

    Where one list is full, the other's problems beyond its end are not known to differ.
    """
    lines, expected, found = [], expected[:], found[:]
    while expected and found:
        wanted, problem = expected[0], found[0]
        if is_at(wanted, problem):
            del expected[0], found[0]
        elif wanted["line"] <= problem["line"]:
            lines.append(f"not reported: {place(expected.pop(0))}")
        else:
            lines.append(f"reported where nothing is wrong: {place(found.pop(0))}")
    return lines


def is_at(wanted: dict, problem: dict) -> bool:
    """A problem's byte may lie anywhere in what is rejected, or just behind it."""
    if wanted["line"] != problem["line"]:
        return False
    # The slow reader knows lines only.
    return "byte" not in problem or wanted["byte"] <= problem["byte"] <= wanted["end"]


def place(problem: dict) -> str:
    what = problem.get("kind") or problem.get("message") or ""
    return f"line {problem['line']} byte {problem.get('byte', '?')} ({what})"


def reading(file: Path, arguments: argparse.Namespace) -> dict:
    if arguments.model:
        return Reading(str(file)).record
    with contenders.scratch() as folder:
        done = run(ingest_command(arguments.watchfloor.resolve(), file, Path(folder)))
    print(f"{done.seconds:.2f} s, {done.peak / 1e6:,.0f} MB at most, mapped pages included")
    return json.loads(done.output)


def report(expected: dict, found: dict) -> bool:
    """Prints the comparison; whether all is as it should be."""
    compared = counts(expected, found) + times(expected, found)
    rows = [[one.name, one.expected, one.found, "" if one.is_same else "DIFFERS"] for one in compared]
    print(table(["", "expected", "found", ""], rows, is_markdown=False))
    places = differing_places(expected["first_problems"], found["problems"])
    print(f"places of the first {len(expected['first_problems'])} problems: {len(places)} differ")
    print("".join(f"  {line}\n" for line in places[:SHOWN]), end="")
    return not places and all(one.is_same for one in compared)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=500, help="how large the log is (500)")
    parser.add_argument("--seed", type=int, default=1, help="which log (1)")
    parser.add_argument(
        "--watchfloor", type=Path, default=inputs.WATCHFLOOR, help="the program (.build/release/watchfloor)"
    )
    parser.add_argument("--model", action="store_true", help="ask the slow reader instead")
    arguments = parser.parse_args()
    file, account = inputs.broken(arguments.megabytes, arguments.seed)
    expected = json.loads(account.read_text(encoding="utf-8"))
    print(f"{expected['lines']:,} lines, {expected['bytes'] / 1e6:,.0f} MB: {file}")
    try:
        is_exact = report(expected, reading(file, arguments))
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    print("the account is exact" if is_exact else "THE ACCOUNT IS NOT EXACT")
    return 0 if is_exact else 1


if __name__ == "__main__":
    sys.exit(main())
