"""Identifiers as Okta writes them, from a seeded source."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Mapping

LETTERS = string.ascii_letters + string.digits


def source(seed: int, topic: str) -> random.Random:
    """A random source of its own for each topic, so that a change in one leaves the others as they were."""
    return random.Random(f"{seed}/{topic}")


def identifier(chance: random.Random, prefix: str, length: int = 20) -> str:
    """Letters and digits behind a prefix that tells the kind: `00u` a user, `0oa` an application."""
    return prefix + "".join(chance.choices(LETTERS, k=length - len(prefix)))


def hexadecimal(chance: random.Random, digits: int) -> str:
    return f"{chance.getrandbits(4 * digits):0{digits}x}"


def text(value: object) -> str:
    """JSON as the System Log API writes it: no blanks, and no escapes that UTF-8 can do without."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def members(value: Mapping[str, object]) -> str:
    """The members of an object without its braces, to be put into a larger one."""
    return text(value)[1:-1]
