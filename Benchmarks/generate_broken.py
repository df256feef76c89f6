#!/usr/bin/env python3
"""Writes a broken log of a given size, and beside it the account a reader must give of it.

    generate_broken.py --megabytes 500 --seed 1 --out broken.ndjson --account broken.json

Every kind of line stands among the first, so that a file of one megabyte has them all. What counts how is said in
damage/__init__.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from damage import broken, whole
from damage.account import Account
from damage.lines import lines
from damage.parts import Part
from damage.supply import Supply


def planned(supply: Supply, account: Account, size: int) -> Iterator[tuple[str, list[Part]]]:
    """Lines up to about a size, with one very long event and one very long stretch of noise on the way."""
    long_lines = [(size * 2 // 3, "long_noise", broken.long_noise), (size // 3, "long", whole.long)]
    for kind, parts in lines(supply):
        yield kind, parts
        if long_lines and account.bytes > long_lines[-1][0]:
            _, kind, line = long_lines.pop()
            yield kind, line(supply)
        if account.bytes >= size and not long_lines:
            return


def write(size: int, seed: int, output: BinaryIO) -> Account:
    """The last line is cut and has no end."""
    supply, account = Supply(seed), Account()
    for kind, parts in planned(supply, account, size):
        output.write(account.add(kind, parts) + account.end_line())
    output.write(account.add("cut", broken.cut(supply)))
    return account


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=500, help="the size to reach, in millions of bytes (500)")
    parser.add_argument("--seed", type=int, default=1, help="which file (1)")
    parser.add_argument("--out", required=True, help="where to write the log")
    parser.add_argument("--account", required=True, help="where to write the account, as JSON")
    arguments = parser.parse_args()
    with open(arguments.out, "wb") as output:
        account = write(int(arguments.megabytes * 1e6), arguments.seed, output)
    with open(arguments.account, "w", encoding="utf-8") as output:
        json.dump(account.record, output, indent=1)
        output.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
