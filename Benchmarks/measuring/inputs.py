"""Generated files, made once and kept."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
CACHE = ROOT / ".build-bench"
WATCHFLOOR = ROOT / ".build" / "release" / "watchfloor"


def version() -> str:
    """A digest of all that makes the files, so that a change of it is never measured on an old file."""
    digest = hashlib.sha256()
    for source in sorted(
        [*BENCHMARKS.glob("generate*.py"), *BENCHMARKS.glob("organisation/*.py"), *BENCHMARKS.glob("damage/*.py")]
    ):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]


def events(count: int, seed: int) -> Path:
    """A whole log."""
    path = CACHE / f"events-{count}-seed{seed}-{version()}.ndjson"
    if not path.exists():
        say(f"making {path.name}")
        with partial(path).open("wb") as output:
            generate("generate.py", "--events", str(count), "--seed", str(seed), output=output)
        os.replace(partial(path), path)
    return path


def broken(megabytes: float, seed: int) -> tuple[Path, Path]:
    """A broken log and its account."""
    path = CACHE / f"broken-{megabytes:g}MB-seed{seed}-{version()}.ndjson"
    account = path.with_suffix(".json")
    if not account.exists():
        say(f"making {path.name}")
        CACHE.mkdir(exist_ok=True)
        generate(
            "generate_broken.py",
            "--megabytes",
            str(megabytes),
            "--seed",
            str(seed),
            "--out",
            str(path),
            "--account",
            str(partial(account)),
        )
        os.replace(partial(account), account)
    return path, account


def partial(path: Path) -> Path:
    """Where a file grows until it is whole."""
    path.parent.mkdir(exist_ok=True)
    return path.with_name(path.name + ".part")


def generate(script: str, *arguments: str, output: BinaryIO | None = None) -> None:
    """In a process of its own, so that its memory is not counted as the measuring one's."""
    subprocess.run([sys.executable, str(BENCHMARKS / script), *arguments], stdout=output, check=True)


def warm(path: Path) -> None:
    """Reads a file once, so that the first contender does not wait for the disk."""
    with path.open("rb") as file:
        while file.read(1 << 20):
            pass


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
