#!/usr/bin/env python3
"""Measures how fast watchfloor's detectors and rules look through a log, after it was read.

    detect.py --events 1000000        all detectors and rules as the log grows, then the number of rules
    detect.py --check                 exits 1 where a limit is passed

The seconds are those that `detect` prints: from the events in memory to the findings. Writing them is not in it.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from measuring import inputs
from measuring.machine import description
from measuring.processes import Failed, run
from measuring.tables import count, seconds, table

LEAST_RATE = 400_000  # Events a second, all detectors and rules.
MOST_GROWTH = 1.3  # Of the time from 100 rules to 200.
MOST_FOR_BURST = 0.1  # Seconds for 10,000 failures of one user.

FIELDS = {
    "user.session.start": ["outcome.reason", "client.userAgent.rawUserAgent", "securityContext.asOrg"],
    "user.authentication.sso": ["target.displayName", "client.device", "debugContext.debugData.requestUri"],
    "policy.evaluate_sign_on": ["target.displayName", "debugContext.debugData.behaviors", "outcome.reason"],
    "user.authentication.auth_via_mfa": ["debugContext.debugData.factor", "client.device", "outcome.reason"],
    "user.mfa.factor.activate": ["target.displayName", "outcome.reason"],
    "application.user_membership.add": ["target.alternateId", "target.displayName"],
    "group.user_membership.add": ["target.alternateId", "target.displayName"],
    "user.lifecycle.create": ["target.alternateId", "debugContext.debugData.requestUri"],
}


def rule(number: int) -> str:
    """A rule that looks for a text of its own in two fields of one type of event."""
    types = list(FIELDS)
    kind = types[number % len(types)]
    fields = FIELDS[kind]
    first, second = fields[number // len(types) % len(fields)], fields[(number // len(types) + 1) % len(fields)]
    return (
        f"title: Rule {number}\nid: 00000000-0000-4000-8000-{number:012}\nlogsource: {{product: okta, service: okta}}\n"
        f"detection:\n  a: {{eventType: {kind}, '{first}|contains': 'nowhere {number}'}}\n"
        f"  b: {{eventType: {kind}, '{second}|startswith': ['never {number}', 'not {number}']}}\n  condition: a or b\n"
    )


def rules(folder: Path, number: int) -> Path:
    path = folder / f"rules-{number}"
    path.mkdir()
    for index in range(number):
        (path / f"rule_{index}.yml").write_text(rule(index), encoding="utf-8")
    return path


def burst(folder: Path, failures: int) -> Path:
    """Failures of one user, all within ten minutes."""
    path = folder / "burst.ndjson"
    start = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
    with path.open("w", encoding="utf-8") as file:
        for index in range(failures):
            time = start + timedelta(seconds=600 * index / failures)
            event = {
                "uuid": f"00000000-0000-4000-8000-{index:012}",
                "published": time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z",
                "eventType": "user.session.start",
                "actor": {"id": "00uann", "type": "User", "alternateId": "ann@example.com", "displayName": "Ann"},
                "client": {"ipAddress": "203.0.113.7", "geographicalContext": {"country": "Norway", "city": "Oslo"}},
                "outcome": {"result": "FAILURE", "reason": "INVALID_CREDENTIALS"},
            }
            file.write(json.dumps(event) + "\n")
    return path


def detect(program: Path, file: Path, *options: str) -> tuple[float, int]:
    """The seconds that detection took, and how many findings there were."""
    with tempfile.TemporaryDirectory() as folder:
        done = run(
            [str(program), "detect", *options, "--input", str(file), "--data", folder, "--sessions", folder]
            + ["--offline", "--quiet", "--format", "table", "--color", "never"]
        )
    text = done.output.decode()
    time = re.search(r"^  (?:< )?([\d.]+) (ms|s)\b", text.splitlines()[-1])
    found = re.search(r"([\d,]+) findings? from", text)
    if not time or not found:
        raise Failed(f"detect printed something else:\n{text[-500:]}")
    return float(time[1]) / (1000 if time[2] == "ms" else 1), int(found[1].replace(",", ""))


def median(program: Path, file: Path, times: int, *options: str) -> tuple[float, int]:
    inputs.say(f"{file.name} {' '.join(options[-2:])}")
    runs = [detect(program, file, *options) for _ in range(times)]
    return statistics.median(seconds for seconds, _ in runs), runs[0][1]


def report(program: Path, arguments: argparse.Namespace) -> tuple[str, list[str]]:
    rows, missed = [], []
    sizes = [size for size in (10_000, 100_000, 1_000_000, 2_000_000) if size <= arguments.events]
    for size in sizes:
        file = inputs.events(size, arguments.seed)
        inputs.warm(file)
        time, found = median(program, file, arguments.runs)
        rows.append([f"all detectors and rules, {count(size)} events", seconds(time), count(size / time), count(found)])
        if size == sizes[-1] and size / time < LEAST_RATE:
            missed.append(f"{count(size / time)} events a second")
    with tempfile.TemporaryDirectory() as name:
        folder, times = Path(name), {}
        for number in (50, 100, 200):
            options = ("--no-builtin", "--rules", str(rules(folder, number)))
            times[number], found = median(program, file, arguments.runs, *options)
            rows.append(
                [f"{number} rules alone", seconds(times[number]), count(sizes[-1] / times[number]), count(found)]
            )
        if times[200] > times[100] * MOST_GROWTH:
            missed.append(f"200 rules take {times[200] / times[100]:.2f} times as long as 100")
        time, found = median(program, burst(folder, 10_000), arguments.runs)
        rows.append(["10,000 failures of one user in ten minutes", seconds(time), count(10_000 / time), count(found)])
        if time > MOST_FOR_BURST or found != 1:
            missed.append(f"10,000 failures take {time:.2f} s and make {found} findings")
    return table(["", "seconds", "events/s", "findings"], rows, arguments.markdown), missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, help="of the longest log (1,000,000)")
    parser.add_argument("--seed", type=int, default=1, help="which log (1)")
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts (3)")
    parser.add_argument("--watchfloor", type=Path, default=inputs.WATCHFLOOR, help="the program")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--check", action="store_true", help="exit 1 where a limit is passed")
    arguments = parser.parse_args()
    try:
        text, missed = report(arguments.watchfloor.resolve(), arguments)
    except Failed as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 1
    print(f"{description()}; medians of {arguments.runs}\n\n{text}")
    for miss in missed:
        print(f"\nmissed: {miss}")
    return 1 if arguments.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
