"""Who is measured at reading a log, and how to tell that each has read all of it."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from peers.fields import FIELDS

from .inputs import BENCHMARKS, say
from .machine import package, printed_version
from .processes import Failed, Run


class Contender(NamedTuple):
    """`counted` gives the seconds that count for a run, after checking that so many events were read."""

    name: str
    command: Callable[[Path], list[str]]
    counted: Callable[[Run, int], float]
    keeps_columns: bool = True


def check_count(name: str, found: object, events: int) -> None:
    if found != events:
        raise Failed(f"{name} read {found} events of {events}")


def whole_process(run: Run, events: int) -> float:
    return run.seconds


# MARK: Watchfloor


def watchfloor(program: Path, folder: Path) -> Contender:
    """Counted from the start of the process to its end, with the session it writes."""

    def command(file: Path) -> list[str]:
        return ingest_command(program, file, folder)

    def counted(run: Run, events: int) -> float:
        check_count("watchfloor", json.loads(run.output)["accepted"], events)
        return run.seconds

    return Contender("watchfloor", command, counted)


def columns_alone(program: Path, folder: Path) -> Contender:
    """The same reading without a session: `doctor --input` looks at the events and keeps no record of the file."""

    def command(file: Path) -> list[str]:
        return [str(program), "doctor", "--input", str(file), *ingest_command(program, file, folder)[3:]]

    def counted(run: Run, events: int) -> float:
        (found,) = [check["found"] for check in json.loads(run.output) if check["check"] == "input"]
        check_count("watchfloor doctor", int(found.split()[0].replace(",", "")), events)
        return run.seconds

    return Contender("watchfloor, columns alone", command, counted)


def ingest_command(program: Path, file: Path, folder: Path) -> list[str]:
    return [
        str(program),
        "ingest",
        str(file),
        "--data",
        str(folder),
        "--sessions",
        str(folder),
        "--offline",
        "--quiet",
        "--format",
        "json",
    ]


# MARK: Peers


def python_peer(name: str, script: str, *arguments: str) -> Contender:
    """Counted by itself, without the start of Python and the import of the library."""

    def command(file: Path) -> list[str]:
        return [sys.executable, str(BENCHMARKS / "peers" / script), str(file), *arguments]

    def counted(run: Run, events: int) -> float:
        answer = json.loads(run.output)
        check_count(name, answer["rows"], events)
        return answer["seconds"]

    return Contender(name, command, counted)


def jq() -> Contender:
    query = "[" + ",".join(f".{path}" for path in FIELDS) + "]"
    return Contender("jq", lambda file: ["jq", "-c", query, str(file)], whole_process, keeps_columns=False)


def floor(name: str, *command: str) -> Contender:
    return Contender(name, lambda file: [*command, str(file)], whole_process, keeps_columns=False)


def peers() -> list[Contender]:
    """Those that are installed; of the others it is said that they are left out."""
    found: list[Contender] = []
    if version := known("duckdb", package("duckdb")):
        found += [
            python_peer(f"DuckDB {version}, {name}", "duckdb_ingest.py", threads)
            for threads, name in (("1", "1 thread"), ("2", "2 threads"))
        ]
        found += [
            python_peer(f"DuckDB {version} as it comes, {name}", "duckdb_ingest.py", threads, "sampled")
            for threads, name in (("1", "1 thread"), ("2", "2 threads"))
        ]
    if version := known("orjson", package("orjson")):
        found.append(python_peer(f"orjson {version}", "orjson_ingest.py"))
    if known("jq", shutil.which("jq")):
        found.append(jq()._replace(name=printed_version("jq").replace("-", " ", 1)))
    return found + [floor("wc -l", "wc", "-l"), floor("cat", "cat")]


def known(name: str, version: str | None) -> str | None:
    if version is None:
        say(f"{name} is not installed and is left out; README.md says how to install it")
    return version


def scratch() -> tempfile.TemporaryDirectory[str]:
    """Where `watchfloor` may write."""
    return tempfile.TemporaryDirectory(prefix="watchfloor-bench-")
