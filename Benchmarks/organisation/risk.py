"""What Okta says of an event's risk, in the three forms in which its logs carry it.

`behaviors` and `risk` look like maps written by a program, `logOnlySecurityData` is JSON inside a string.
"""

from __future__ import annotations

import random

from .tokens import members, text

BEHAVIORS = ["New Geo-Location", "New Device", "New IP", "New State", "New Country", "Velocity", "New City"]
REASONS = {
    "New Geo-Location": "Anomalous Location",
    "New Device": "Anomalous Device",
    "Velocity": "Impossible Velocity",
}


def level(positive: list[str]) -> str:
    return "HIGH" if len(positive) > 3 else "MEDIUM" if positive else "LOW"


def note(chance: random.Random, suspicion: float) -> str:
    """The three members for one set of behaviours, each positive with a given probability."""
    found = {name: "POSITIVE" if chance.random() < suspicion else "NEGATIVE" for name in BEHAVIORS}
    positive = [name for name in BEHAVIORS if found[name] == "POSITIVE"]
    reasons = ", ".join(REASONS.get(name, name) for name in positive)
    grade = level(positive)
    return members(
        {
            "behaviors": "{" + ", ".join(f"{name}={result}" for name, result in found.items()) + "}",
            "risk": f"{{reasons={reasons}, level={grade}}}" if reasons else f"{{level={grade}}}",
            "logOnlySecurityData": text({"risk": {"level": grade}, "behaviors": found}),
        }
    )


def notes(chance: random.Random) -> list[str]:
    """Most say that nothing is new."""
    return (
        [note(chance, 0) for _ in range(60)]
        + [note(chance, 0.15) for _ in range(30)]
        + [note(chance, 0.6) for _ in range(6)]
    )
