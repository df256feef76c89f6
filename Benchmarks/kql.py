#!/usr/bin/env python3
"""Measures twelve hunting queries on a million sign-ins, beside DuckDB with the same rows in memory.

    kql.py                      the table
    kql.py --check              exits 1 where a limit is passed
    kql.py --start              the time from start to the result of `print 1`, alone

Both have their columns in memory before the first query, and one thread. Each query runs several times in turn; what
counts is the median. The answers must agree, or the run is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import logins
from measuring import inputs
from measuring.machine import description
from measuring.processes import Failed, run
from measuring.tables import table

MEDIAN_LIMIT, WORST_LIMIT = 1.5, 4.0  # Of Watchfloor's time to DuckDB's.
START_LIMIT = 40  # Milliseconds from start to the result of `print 1`.

# What is asked, in KQL, and in SQL. Each answer is small, so that printing it costs nothing, and needs all that the
# query works out.
QUERIES = [
    (
        "filter and count",
        "Logins | where Result == 'FAILURE' and Country == 'RU' and DurationMs > 1000 | count",
        "SELECT count(*) FROM logins WHERE Result = 'FAILURE' AND Country = 'RU' AND DurationMs > 1000",
    ),
    (
        "summarize by two keys",
        "Logins | summarize n = count(), s = sum(DurationMs) by Country, App | sort by Country asc, App asc",
        "SELECT Country, App, count(*), sum(DurationMs) FROM logins GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    (
        "dcount in bins of 10 minutes",
        "Logins | summarize u = count_distinct(User) by bin(Time, 10m) | summarize sum(u), max(u), count()",
        "SELECT sum(u), max(u), count(*) FROM (SELECT time_bucket(INTERVAL 10 minute, Time), count(DISTINCT User) u"
        " FROM logins GROUP BY 1)",
    ),
    (
        "top 10",
        "Logins | summarize n = count() by User | sort by n desc, User asc | take 10",
        "SELECT User, count(*) n FROM logins GROUP BY 1 ORDER BY n DESC, User LIMIT 10",
    ),
    (
        "has a term",
        "Logins | where Agent has 'chrome' | summarize n = count() by Result | sort by Result asc",
        r"SELECT Result, count(*) FROM logins WHERE regexp_matches(Agent, '(?i)\bchrome\b') GROUP BY 1 ORDER BY 1",
    ),
    (
        "failures, then a success: join",
        "Logins | where Result == 'FAILURE' | project User, Country, FailedAt = Time"
        " | join kind=inner (Logins | where Result == 'SUCCESS' | project User, Country, Time) on User, Country"
        " | where Time between (FailedAt .. 10m) | count",
        "SELECT count(*) FROM logins a JOIN logins b ON a.User = b.User AND a.Country = b.Country"
        " WHERE a.Result = 'FAILURE' AND b.Result = 'SUCCESS'"
        " AND b.Time BETWEEN a.Time AND a.Time + INTERVAL 10 minute",
    ),
    (
        "make_set",
        "Logins | summarize c = make_set(Country) by User | summarize sum(array_length(c)), count()",
        "SELECT sum(len(c)), count(*) FROM (SELECT User, list(DISTINCT Country) c FROM logins GROUP BY 1)",
    ),
    (
        "arg_max",
        "Logins | summarize arg_max(Time, Address, App) by User | summarize count(), count_distinct(Address),"
        " count_distinct(App), max(Time)",
        "SELECT count(*), count(DISTINCT a), count(DISTINCT p), max(t) FROM (SELECT User, max(Time) t,"
        " arg_max(Address, Time) a, arg_max(App, Time) p FROM logins GROUP BY 1)",
    ),
    (
        "percentile",
        "Logins | summarize p = percentile(DurationMs, 95) by App | sort by App asc",
        "SELECT App, quantile_disc(DurationMs, 0.95) FROM logins GROUP BY 1 ORDER BY 1",
    ),
    (
        "sort by two keys",
        "Logins | sort by DurationMs desc, Time asc | serialize n = row_number() | where n % 100000 == 1"
        " | project Id, User",
        "SELECT Id, User FROM (SELECT *, row_number() OVER (ORDER BY DurationMs DESC, Time) n FROM logins)"
        " WHERE n % 100000 = 1 ORDER BY n",
    ),
    (
        "mv-expand",
        "Logins | mv-expand f = Factors to typeof(string) | where isnotempty(f) | summarize n = count() by f"
        " | sort by f asc",
        "SELECT f, count(*) FROM (SELECT unnest(Factors) f FROM logins) GROUP BY 1 ORDER BY 1",
    ),
    (
        "distinct",
        "Logins | distinct User, Country | count",
        "SELECT count(*) FROM (SELECT DISTINCT User, Country FROM logins)",
    ),
]


def plain(value: object) -> object:
    """An answer's value in a form that both give: numbers as they are, times without what follows the second."""
    text = str(value)
    return text.replace("T", " ")[:19] if text[:2] == "20" and len(text) > 18 else value


def watchfloor(program: Path, file: Path, rounds: int) -> dict[str, tuple[list[float], list]]:
    """The seconds of each run of each query and its answer, as the lines of one batch come."""
    warm = "Logins | summarize " + ", ".join(f"count_distinct(tostring({name}))" for name in logins.COLUMNS)
    batch = [("warm", warm)] + [(name, query) for _ in range(rounds) for name, query, _ in QUERIES]
    results: dict[str, tuple[list[float], list]] = {}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "batch.ndjson"
        script.write_text("".join(json.dumps({"id": name, "query": query}) + "\n" for name, query in batch), "utf-8")
        command = [str(program), "kql", "--offline", "--table", f"Logins={file}", "--batch", str(script)]
        environment = {**os.environ, "XDG_CONFIG_HOME": folder, "WATCHFLOOR_DATA": folder, "WATCHFLOOR_SESSIONS": folder}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            last = time.perf_counter()
            for line in process.stdout:
                now = time.perf_counter()
                row = json.loads(line)
                if "error" in row:
                    raise Failed(f"{row['id']}: {row['error']}")
                times, _ = results.get(row["id"], ([], []))
                results[row["id"]] = (times + [now - last], [[plain(v) for v in r] for r in row["rows"]])
                last = time.perf_counter()
    results.pop("warm", None)
    return results


def duckdb(file: Path, rounds: int) -> dict[str, tuple[list[float], list]]:
    import duckdb as peer

    connection = peer.connect()
    connection.execute("SET threads = 1")
    columns = ", ".join(f"'{name}': '{kind}'" for name, (_, kind) in logins.COLUMNS.items())
    connection.execute(f"CREATE TABLE logins AS SELECT * FROM read_json('{file}', columns = {{{columns}}})")
    results: dict[str, tuple[list[float], list]] = {}
    for _ in range(rounds):
        for name, _, query in QUERIES:
            start = time.perf_counter()
            rows = connection.execute(query).fetchall()
            times, _ = results.get(name, ([], []))
            results[name] = (times + [time.perf_counter() - start], [[plain(v) for v in r] for r in rows])
    return results


def compare(own: dict, others: dict) -> tuple[list[list[str]], list[float]]:
    rows, ratios = [], []
    for name, _, _ in QUERIES:
        (times, answer), (other_times, other_answer) = own[name], others[name]
        if [[str(v) for v in row] for row in answer] != [[str(v) for v in row] for row in other_answer]:
            raise Failed(f"{name}: the answers differ: {answer[:3]} and {other_answer[:3]}")
        mine, theirs = statistics.median(times) * 1e3, statistics.median(other_times) * 1e3
        ratios.append(mine / theirs)
        rows.append([name, f"{mine:.1f}", f"{theirs:.1f}", f"{mine / theirs:.2f}"])
    return rows, ratios


def started(program: Path) -> float:
    """Milliseconds from start to the result of `print 1`: the median of twenty."""
    run([str(program), "kql", "--offline", "print 1"])
    return statistics.median(run([str(program), "kql", "--offline", "print 1"]).seconds for _ in range(20)) * 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--watchfloor", type=Path, default=inputs.WATCHFLOOR)
    parser.add_argument("--start", action="store_true", help="only the time from start to the first result")
    parser.add_argument("--check", action="store_true", help="exit 1 where a limit is passed")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    milliseconds = started(options.watchfloor)
    if not options.start:
        file = inputs.CACHE / f"logins-{options.rows}-{options.seed}.ndjson"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            logins.write(file, options.rows, options.seed)
        rows, ratios = compare(watchfloor(options.watchfloor, file, options.rounds), duckdb(file, options.rounds))
        print(description())
        print(table(["query", "watchfloor ms", "DuckDB ms", "ratio"], rows, options.markdown))
        median, worst = statistics.median(ratios), max(ratios)
        print(f"median ratio {median:.2f} (at most {MEDIAN_LIMIT}), worst {worst:.2f} (at most {WORST_LIMIT})")
    print(f"start to result of `print 1`: {milliseconds:.1f} ms (under {START_LIMIT})")
    missed = milliseconds >= START_LIMIT or not options.start and (median > MEDIAN_LIMIT or worst > WORST_LIMIT)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failure:
        sys.exit(f"kql.py: {failure}")
