#!/usr/bin/env python3
"""Measures how fast a log is read into columns, by watchfloor and by others, on the same file in the same session.

    ingest.py --events 100000            everyone, medians of five runs
    ingest.py --growth [--two-million]   watchfloor alone, as the log grows

Every contender runs as a process of its own, in turns, so that what else the machine does hits all alike.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path
from typing import NamedTuple

from measuring import contenders, inputs
from measuring.contenders import Contender
from measuring.machine import description
from measuring.processes import Failed, Run, anonymous_peak, run
from measuring.tables import count, megabytes, seconds, table


class Measured(NamedTuple):
    """The medians of a contender's runs; `anonymous` comes from one run more that is not timed."""

    name: str
    counted: float
    fastest: float
    slowest: float
    process: float
    peak: float
    anonymous: int | None
    keeps_columns: bool


def rounds(everyone: list[Contender], file: Path, events: int, times: int) -> list[Measured]:
    """Runs everyone once a round; who begins changes from round to round."""
    runs: dict[str, list[tuple[float, Run]]] = {contender.name: [] for contender in everyone}
    for turn in range(times):
        inputs.say(f"round {turn + 1} of {times}")
        first = turn % len(everyone)
        for contender in everyone[first:] + everyone[:first]:
            # What jq, wc and cat print is not looked at.
            done = run(contender.command(file), keep=contender.counted is not contenders.whole_process)
            runs[contender.name].append((contender.counted(done, events), done))
    inputs.say("memory")
    return [summary(contender, runs[contender.name], file) for contender in everyone]


def summary(contender: Contender, runs: list[tuple[float, Run]], file: Path) -> Measured:
    counted = [seconds for seconds, _ in runs]
    return Measured(
        contender.name,
        statistics.median(counted),
        min(counted),
        max(counted),
        statistics.median(done.seconds for _, done in runs),
        statistics.median(done.peak for _, done in runs),
        anonymous_peak(contender.command(file)),
        contender.keeps_columns,
    )


def compared(measured: list[Measured], events: int, size: int, is_markdown: bool) -> str:
    own = measured[0].counted
    headings = [
        "",
        "s",
        "fastest–slowest",
        "process s",
        "events/s",
        "MB/s",
        "peak MB",
        "anonymous MB",
        "bytes/event",
        "watchfloor is",
    ]
    rows = [
        [
            one.name,
            seconds(one.counted),
            f"{seconds(one.fastest)}–{seconds(one.slowest)}",
            seconds(one.process),
            count(events / one.counted),
            count(size / 1e6 / one.counted),
            megabytes(one.peak),
            megabytes(one.anonymous),
            share(one.anonymous, events) if one.keeps_columns else "–",
            "" if one is measured[0] else f"{one.counted / own:.2f} ×",
        ]
        for one in measured
    ]
    return table(headings, rows, is_markdown)


def verdicts(measured: list[Measured], events: int) -> list[str]:
    """What was promised, and what came of it."""
    own = measured[0]
    lines = [f"{events / measured[1].counted:,.0f} events/s into columns, {events / own.counted:,.0f} with the session's record; the aim is 600,000 at 2.7 KB on 2 cores"]
    for name, mark, wanted in (("DuckDB as it comes", "as it comes", 2.5), ("DuckDB with the columns given", ", ", 2.5), ("orjson", "", 8)):
        others = [
            one.counted for one in measured
            if one.name.startswith(name.split()[0]) and mark in one.name and ("as it comes" in one.name) == (mark == "as it comes")
        ]
        if others:
            alone, whole = (min(others) / one.counted for one in (measured[1], own))
            lines.append(
                f"{name}: reading into columns alone is {alone:.2f} times as fast, with the session's record {whole:.2f}; "
                f"{wanted} are wanted: {yes_or_no(alone >= wanted)}, {yes_or_no(whole >= wanted)}"
            )
    if own.anonymous is not None:
        each = own.anonymous / events
        lines.append(f"{each:,.0f} bytes/event beyond the file; at most 300 are wanted: {yes_or_no(each <= 300)}")
    return lines


def yes_or_no(is_met: bool) -> str:
    return "yes" if is_met else "NO"


def grown(program: Path, sizes: list[int], arguments: argparse.Namespace) -> str:
    """One row a size; the last column compares an event's time with that of the smallest log of 100,000 or more."""
    with contenders.scratch() as folder:
        own = contenders.watchfloor(program, Path(folder))
        fixed = anonymous_peak(own.command(inputs.events(1, arguments.seed)))
        measured = []
        for events in sizes:
            file = inputs.events(events, arguments.seed)
            inputs.warm(file)
            measured.append((events, file.stat().st_size, rounds([own], file, events, arguments.runs)[0]))
    base = next((one.counted / events for events, _, one in measured if events >= 100_000), None)
    rows = [growth_row(events, size, one, fixed, base) for events, size, one in measured]
    headings = [
        "events",
        "file MB",
        "s",
        "fastest–slowest",
        "events/s",
        "MB/s",
        "peak MB",
        "anonymous MB",
        "bytes/event",
        "beyond 1 event",
        "µs/event",
        "of 100 k's",
    ]
    return table(headings, rows, arguments.markdown)


def growth_row(events: int, size: int, one: Measured, fixed: int | None, base: float | None) -> list[str]:
    each = one.counted / events
    return [
        count(events),
        megabytes(size),
        seconds(one.counted),
        f"{seconds(one.fastest)}–{seconds(one.slowest)}",
        count(events / one.counted),
        count(size / 1e6 / one.counted),
        megabytes(one.peak),
        megabytes(one.anonymous),
        share(one.anonymous, events),
        share(one.anonymous and fixed and one.anonymous - fixed, events),
        f"{each * 1e6:.2f}",
        f"{each / base:.2f}" if base else "–",
    ]


def share(bytes: int | None, events: int) -> str:
    return "–" if bytes is None else count(bytes / events)


def comparison(program: Path, arguments: argparse.Namespace) -> str:
    events = arguments.events
    file = inputs.events(events, arguments.seed)
    inputs.warm(file)
    size = file.stat().st_size
    with contenders.scratch() as folder:
        everyone = [
            contenders.watchfloor(program, Path(folder)),
            contenders.columns_alone(program, Path(folder)),
            *contenders.peers(),
        ]
        measured = rounds(everyone, file, events, arguments.runs)
    shown = compared(measured, events, size, arguments.markdown)
    heading = (
        f"{count(events)} events, {size / 1e6:,.0f} MB, {size / events:,.0f} bytes each; medians of {arguments.runs}"
    )
    mark = "- " if arguments.markdown else ""
    return "\n".join([heading, "", shown, "", *(mark + line for line in verdicts(measured, events))])


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000, help="how long the log is (100000)")
    parser.add_argument("--runs", type=int, default=5, help="how often everyone runs (5)")
    parser.add_argument("--seed", type=int, default=1, help="which log (1)")
    parser.add_argument("--growth", action="store_true", help="watchfloor alone, with 10 k, 100 k and 1 M events")
    parser.add_argument("--two-million", action="store_true", help="with --growth: 2 M events too")
    parser.add_argument(
        "--watchfloor", type=Path, default=inputs.WATCHFLOOR, help="the program (.build/release/watchfloor)"
    )
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    return parser.parse_args()


def main() -> int:
    arguments = options()
    program = arguments.watchfloor.resolve()
    try:
        if arguments.growth:
            sizes = [10_000, 100_000, 1_000_000] + [2_000_000] * arguments.two_million
            result = f"medians of {arguments.runs}\n\n{grown(program, sizes, arguments)}"
        else:
            result = comparison(program, arguments)
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    print(f"{description()}; {result}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
