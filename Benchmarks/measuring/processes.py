"""One process: how long it ran, how much memory it held, what it printed."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO, NamedTuple

SAMPLE_PAUSE = 0.002
# Linux counts a process's greatest memory in kilobytes, macOS in bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Failed(Exception):
    """A program ended otherwise than it should; the text says which and how."""


class Run(NamedTuple):
    """Seconds from start to end, and the greatest resident memory in bytes, mapped files included."""

    seconds: float
    peak: int
    output: bytes


def start(command: list[str], output: int, errors: int) -> int:
    """A new process with an empty input; its id."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, output, 1),
        (os.POSIX_SPAWN_DUP2, errors, 2),
    ]
    program = shutil.which(command[0])
    if program is None:
        raise Failed(f"there is no program {command[0]}: build it, or install it, first")
    return os.posix_spawn(program, command, os.environ, file_actions=actions)


def run(command: list[str], keep: bool = True) -> Run:
    """Runs a program to its end. What it prints goes to a file, or nowhere."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as errors, open(os.devnull, "wb") as nowhere:
        began = time.perf_counter()
        process = start(command, (printed if keep else nowhere).fileno(), errors.fileno())
        _, status, usage = os.wait4(process, 0)
        seconds = time.perf_counter() - began
        check(command, status, errors)
        printed.seek(0)
        return Run(seconds, usage.ru_maxrss * RSS_UNIT, printed.read())


def anonymous_peak(command: list[str]) -> int | None:
    """The greatest memory of a process that no file stands behind, in bytes; `None` where the system does not tell.

    Looked up every two milliseconds, which disturbs what it measures: not for runs that are timed.
    """
    if not Path("/proc/self/status").exists():
        return None
    with open(os.devnull, "wb") as nowhere, tempfile.TemporaryFile() as errors:
        process = start(command, nowhere.fileno(), errors.fileno())
        peak = 0
        while True:
            ended, status, _ = os.wait4(process, os.WNOHANG)
            if ended:
                check(command, status, errors)
                return peak
            peak = max(peak, anonymous(process))
            time.sleep(SAMPLE_PAUSE)


def anonymous(process: int) -> int:
    """A process's `RssAnon` at this moment; 0 when it has just ended."""
    try:
        found = re.search(r"RssAnon:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(encoding="utf-8"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def check(command: list[str], status: int, errors: BinaryIO) -> None:
    code = os.waitstatus_to_exitcode(status)
    if code == 0:
        return
    errors.seek(0)
    said = errors.read().decode(errors="replace").strip()[-2_000:]
    raise Failed(f"{' '.join(command)}\nended with {code}: {said}")
