#!/usr/bin/env python3
"""Writes a seeded Okta System Log of any length, one event a line.

    generate.py --events 100000 --seed 1 > events.ndjson

The same seed gives the same bytes; a longer log begins with the shorter one.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from typing import BinaryIO

from organisation.traffic import Traffic

EVENTS_AT_ONCE = 2_000


def write(count: int, seed: int, output: BinaryIO) -> None:
    events = itertools.islice(Traffic(seed).events(), count)
    while block := list(itertools.islice(events, EVENTS_AT_ONCE)):
        block.append("")
        output.write("\n".join(block).encode())
    output.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, required=True, help="how many")
    parser.add_argument("--seed", type=int, default=1, help="which log (1)")
    arguments = parser.parse_args()
    try:
        write(arguments.events, arguments.seed, sys.stdout.buffer)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
