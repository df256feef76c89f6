"""The exact account of a broken file, kept while it is written."""

from __future__ import annotations

from collections import Counter

from .parts import Fate, Part


class Account:
    """What `watchfloor ingest` must print of the lines added so far."""

    # As many problems as `ingest` prints in full.
    PROBLEMS_KEPT = 100

    def __init__(self) -> None:
        self.fates: Counter[Fate] = Counter()
        self.kinds: Counter[str] = Counter()
        self.problems: list[dict[str, object]] = []
        self.times: list[str] = []
        self.lines = 0
        self.bytes = 0

    def add(self, kind: str, parts: list[Part]) -> bytes:
        """Counts the parts of the next line and gives its bytes, without the line's end."""
        self.lines += 1
        self.kinds[kind] += 1
        start = self.bytes
        for part in parts:
            if part.fate is not Fate.GLUE:
                self.fates[part.fate] += 1
            if part.fate is Fate.ACCEPTED:
                self.keep_time(part.published)
            if part.fate is Fate.REJECTED and len(self.problems) < self.PROBLEMS_KEPT:
                self.problems.append({"line": self.lines, "byte": start, "end": start + len(part.bytes), "kind": kind})
            start += len(part.bytes)
        self.bytes = start
        return b"".join(part.bytes for part in parts)

    def end_line(self) -> bytes:
        self.bytes += 1
        return b"\n"

    def keep_time(self, time: str) -> None:
        """Only the first and the last are needed. All are written alike, so that text sorts as time does."""
        self.times = [min(self.times + [time]), max(self.times + [time])]

    @property
    def record(self) -> dict[str, object]:
        """`first_problems` say where each rejected thing begins and ends: a reader may point anywhere inside it."""
        counts = {fate.value: self.fates[fate] for fate in (Fate.ACCEPTED, Fate.DUPLICATE, Fate.REJECTED)}
        return {
            "read": sum(counts.values()),
            "accepted": counts["accepted"],
            "duplicates": counts["duplicate"],
            "rejected": counts["rejected"],
            "first": self.times[0],
            "last": self.times[-1],
            "first_problems": self.problems,
            "lines": self.lines,
            "bytes": self.bytes,
            "kinds": dict(sorted(self.kinds.items())),
        }
