"""A slow reader that keeps the rules of this package and shares no code with what writes the broken file.

It is there to check the accounts: an account that this reader does not confirm is not asked of `watchfloor`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone

SPACE = " \t\r\n"


class NotJSON(ValueError):
    """What Python's reader accepts and RFC 8259 does not."""


def refuse(constant: str) -> None:
    raise NotJSON(constant)


DECODER = json.JSONDecoder(parse_constant=refuse)


def values(line: str) -> Iterator[object]:
    """The values of one line; `NotJSON` stands for what is none, and ends it."""
    position = 0
    while True:
        while position < len(line) and line[position] in SPACE + ",":
            position += 1
        if position == len(line):
            return
        try:
            if line[position] not in "{[":
                raise NotJSON
            value, position = DECODER.raw_decode(line, position)
        except (ValueError, RecursionError):
            yield NotJSON
            return
        yield value


def unwrapped(value: object) -> Iterator[object]:
    """The events of a value, or the value itself where it holds none."""
    if isinstance(value, list):
        for element in value:
            yield from unwrapped(element)
    elif not isinstance(value, dict):
        yield value
    elif isinstance(value.get("events"), list):
        yield from value["events"]
    elif isinstance(value.get("data"), dict) and "events" in value["data"]:
        yield from value["data"]["events"]
    else:
        yield value.get("detail") or value.get("event") or value


def key(event: object) -> tuple[str, datetime] | None:
    """An event's uuid and time, `None` of what is no event."""
    if not isinstance(event, dict):
        return None
    uuid = event.get("uuid") or event.get("uuid_g") or event.get("id")
    time = event.get("published") or event.get("published_t") or event.get("timestamp")
    return (uuid, instant(time)) if uuid and time else None


def instant(text: str) -> datetime:
    """ISO 8601; a time without zone is UTC."""
    time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)


class Reading:
    """What became of a file."""

    def __init__(self, path: str) -> None:
        self.accepted: dict[str, datetime] = {}
        self.duplicates = 0
        self.rejected_lines: list[int] = []
        with open(path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                self.read(number, line)

    def read(self, number: int, line: bytes) -> None:
        # Surrogates stand for bytes that are not UTF-8. None is in a whole object, and Python's reader takes them.
        for value in values(line.decode("utf-8", "surrogateescape")):
            is_text = value is not NotJSON and not has_surrogates(value)
            for event in unwrapped(value) if is_text else [NotJSON]:
                self.count(number, key(event))

    def count(self, number: int, found: tuple[str, datetime] | None) -> None:
        if found is None:
            self.rejected_lines.append(number)
        elif found[0] in self.accepted:
            self.duplicates += 1
        else:
            self.accepted[found[0]] = found[1]

    @property
    def record(self) -> dict[str, object]:
        """In the form of what `watchfloor ingest` prints."""
        times = self.accepted.values()
        rejected = len(self.rejected_lines)
        return {
            "read": len(self.accepted) + self.duplicates + rejected,
            "accepted": len(self.accepted),
            "duplicates": self.duplicates,
            "rejected": rejected,
            "outside_window": 0,
            "first": min(times).isoformat(),
            "last": max(times).isoformat(),
            "problems": [{"line": line} for line in self.rejected_lines[:100]],
            "more_problems": max(0, rejected - 100),
        }


def has_surrogates(value: object) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in json.dumps(value, ensure_ascii=False))
