"""What people do, each time as one transaction of one to four events."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from . import kinds
from .kinds import Kind


class Step(NamedTuple):
    """One event of an operation, and how many seconds after the one before it comes."""

    kind: Kind
    outcome: str
    severity: str
    pause: float


class Operation(NamedTuple):
    steps: tuple[Step, ...]
    weight: float


def step(
    kind: Kind, result: str = "SUCCESS", reason: str | None = None, pause: float = 0.4, severity: str = "INFO"
) -> Step:
    quoted = "null" if reason is None else f'"{reason}"'
    return Step(kind, f'{{"result":"{result}","reason":{quoted}}}', severity, pause)


def operation(weight: float, *steps: Step) -> Operation:
    return Operation(steps, weight)


ALLOWED = "Sign-on policy evaluation resulted in AUTHENTICATED"
CHALLENGED = "Sign-on policy evaluation resulted in CHALLENGE"
REFUSED = "Sign-on policy evaluation resulted in DENY"

SIGN_INS = [
    operation(40, step(kinds.POLICY, "CHALLENGE", CHALLENGED), step(kinds.MFA, pause=6), step(kinds.SESSION_START)),
    operation(30, step(kinds.POLICY, "ALLOW", ALLOWED), step(kinds.SESSION_START)),
    operation(
        20,
        step(kinds.POLICY, "CHALLENGE", CHALLENGED),
        step(kinds.PUSH_SENT),
        step(kinds.PUSH_ANSWERED, pause=9),
        step(kinds.SESSION_START),
    ),
    operation(10, step(kinds.POLICY, "CHALLENGE", CHALLENGED), step(kinds.VERIFY, pause=4), step(kinds.SESSION_START)),
]

FAILED_SIGN_INS = [
    operation(60, step(kinds.SESSION_FAILED, "FAILURE", "INVALID_CREDENTIALS", severity="WARN")),
    operation(12, step(kinds.POLICY, "DENY", REFUSED, severity="WARN")),
    operation(
        10, step(kinds.POLICY, "CHALLENGE", CHALLENGED), step(kinds.MFA, "FAILURE", "INVALID_CREDENTIALS", 7, "WARN")
    ),
    operation(
        6,
        step(kinds.POLICY, "CHALLENGE", CHALLENGED),
        step(kinds.PUSH_SENT),
        step(kinds.PUSH_DENIED, "FAILURE", "User rejected Okta push verify", 8, "WARN"),
    ),
    operation(
        6, step(kinds.SESSION_FAILED, "FAILURE", "LOCKED_OUT", severity="WARN"), step(kinds.LOCKED, severity="WARN")
    ),
    operation(6, step(kinds.THREAT, "DENY", "Password Spray", severity="WARN")),
]

SIGN_OUT = operation(1, step(kinds.SESSION_END))

EVERYDAY = [
    operation(34, step(kinds.APP_POLICY, "ALLOW", ALLOWED), step(kinds.SINGLE_SIGN_ON)),
    operation(12, step(kinds.SINGLE_SIGN_ON)),
    operation(8, step(kinds.APP_POLICY, "CHALLENGE", CHALLENGED), step(kinds.MFA, pause=5), step(kinds.SINGLE_SIGN_ON)),
    operation(
        4,
        step(kinds.APP_POLICY, "CHALLENGE", CHALLENGED),
        step(kinds.PUSH_SENT),
        step(kinds.PUSH_ANSWERED, pause=8),
        step(kinds.SINGLE_SIGN_ON),
    ),
    operation(10, step(kinds.CODE_ASKED), step(kinds.ACCESS_TOKEN, pause=0.2), step(kinds.ID_TOKEN, pause=0.001)),
    operation(9, step(kinds.ACCESS_TOKEN), step(kinds.REFRESH_TOKEN, pause=0.001)),
    operation(1.5, step(kinds.REVOKED)),
    operation(2, step(kinds.UNASSIGNED, "FAILURE", "User was not assigned to the application", severity="WARN")),
    operation(0.6, step(kinds.PASSWORD_CHANGED)),
    operation(0.8, step(kinds.FACTOR_ADDED)),
]

ADMINISTRATION = [
    operation(30, step(kinds.ADMIN_CONSOLE)),
    operation(16, step(kinds.JOINED), step(kinds.ASSIGNED, pause=0.3), step(kinds.ASSIGNED, pause=0.02)),
    operation(10, step(kinds.LEFT)),
    operation(12, step(kinds.PROFILE)),
    operation(6, step(kinds.CREATED), step(kinds.ACTIVATED, pause=0.2), step(kinds.JOINED, pause=1)),
    operation(6, step(kinds.PASSWORD_RESET)),
    operation(4, step(kinds.FACTOR_RESET)),
    operation(3, step(kinds.RULE)),
    operation(2, step(kinds.SUSPENDED)),
    operation(0.5, step(kinds.API_TOKEN)),
]


class Choice(NamedTuple):
    """Operations with cumulative weights, for `random.choices`."""

    operations: list[Operation]
    weights: list[float]

    @classmethod
    def among(cls, operations: list[Operation]) -> Choice:
        return cls(operations, list(itertools.accumulate(operation.weight for operation in operations)))
