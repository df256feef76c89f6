"""What a line is made of, and what a reader must make of each part."""

from __future__ import annotations

import enum
import json
from typing import NamedTuple


class Fate(enum.Enum):
    """What becomes of a part of a line. Glue stands between things that count and counts nothing itself."""

    GLUE = "glue"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Part(NamedTuple):
    bytes: bytes
    fate: Fate
    # ISO 8601 with milliseconds and `Z`, of what is accepted.
    published: str = ""


class Event(NamedTuple):
    """A whole event as the API writes it. The marks looked for stand once in a generated event."""

    text: str

    @property
    def uuid(self) -> str:
        return self.between('"uuid":"')

    @property
    def published(self) -> str:
        return self.between('"published":"')

    @property
    def members(self) -> dict:
        return json.loads(self.text)

    def between(self, mark: str) -> str:
        start = self.text.index(mark) + len(mark)
        return self.text[start : self.text.index('"', start)]


def glue(text: str) -> Part:
    return Part(text.encode(), Fate.GLUE)


def accepted(event: Event, wrapped: str | None = None) -> Part:
    """An event that was not seen whole before, as it is or in another shape."""
    return Part((wrapped or event.text).encode(), Fate.ACCEPTED, event.published)


def duplicate(event: Event, wrapped: str | None = None) -> Part:
    return Part((wrapped or event.text).encode(), Fate.DUPLICATE)


def rejected(what: bytes | str) -> Part:
    return Part(what.encode() if isinstance(what, str) else what, Fate.REJECTED)
