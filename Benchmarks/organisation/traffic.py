"""The log itself: an endless, seeded stream of events, about in the order of their times.

Events are written when they are stored, which for some is a little after those that happened later: the slight disorder
of a real log. The first N events of a seed are the same whatever N is.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from typing import TypeVar

from .inventory import token_targets
from .operations import ADMINISTRATION, EVERYDAY, FAILED_SIGN_INS, SIGN_INS, SIGN_OUT, Choice, Operation, Step
from .risk import notes
from .sessions import Company, Session
from .tokens import hexadecimal, source

START = 1_772_409_600  # 2026-03-02T00:00:00Z, a Monday.
SESSIONS_OPEN = 400
# Seconds between two operations on average, by the hour of the day in UTC.
PACE = [8, 9, 10, 10, 9, 8, 6, 4, 3, 2.5, 2.5, 2.5, 2.5, 2, 2, 2, 2, 2.5, 3, 3, 4, 5, 6, 7]
# An odd factor makes the first part of a uuid a permutation of the event's number: never the same twice.
SPREAD = 2_654_435_761

T = TypeVar("T")


class Traffic:
    """Makes the events of one seed."""

    def __init__(self, seed: int) -> None:
        self.company = Company(seed)
        self.chance = source(seed, "traffic")
        self.notes = notes(self.chance)
        inventory = self.company.inventory
        self.targets = {
            "application": inventory.applications,
            "authenticator": inventory.authenticators,
            "group": inventory.groups,
            "policy": inventory.policies,
            "console": [inventory.console],
            "token": token_targets(self.chance),
        }
        self.node = hexadecimal(self.chance, 12)
        self.count = 0
        self.transactions = 0
        self.now = START + 8 * 3600.0
        self.minute = -1
        self.minute_text = ""
        self.everyday, self.administration = Choice.among(EVERYDAY), Choice.among(ADMINISTRATION)
        self.sign_ins, self.failures = Choice.among(SIGN_INS), Choice.among(FAILED_SIGN_INS)
        self.sessions: list[Session | None] = [None] * SESSIONS_OPEN

    def events(self) -> Iterator[str]:
        """The events, each as one line of JSON without its end."""
        waiting: list[tuple[float, int, str]] = []
        while True:
            self.now += self.chance.expovariate(1 / PACE[int(self.now) // 3600 % 24])
            while waiting and waiting[0][0] <= self.now:
                yield heapq.heappop(waiting)[2]
            session, operation = self.next()
            for stored, line in self.perform(operation, session):
                heapq.heappush(waiting, (stored, self.count, line))

    def next(self) -> tuple[Session, Operation]:
        """Who does what next: someone signs in, or fails to, or goes on with a session, or ends it."""
        if self.chance.random() < 0.06:
            return Session(self.company, self.chance, known=False), self.pick(self.failures)
        place = int(self.chance.random() * SESSIONS_OPEN)
        session = self.sessions[place]
        if session is None:
            session = self.sessions[place] = Session(self.company, self.chance)
            return session, self.pick(self.sign_ins)
        session.remaining -= 1
        if session.remaining <= 0:
            self.sessions[place] = None
            return session, SIGN_OUT
        is_administration = session.person.is_admin and self.chance.random() < 0.5
        return session, self.pick(self.administration if is_administration else self.everyday)

    def pick(self, choice: Choice) -> Operation:
        return self.chance.choices(choice.operations, cum_weights=choice.weights)[0]

    def perform(self, operation: Operation, session: Session) -> Iterator[tuple[float, str]]:
        """The events of one operation, each with the time at which it is stored."""
        chance = self.chance
        self.transactions += 1
        transaction = f"{self.transactions * SPREAD & 0xFFFFFFFF:08x}{chance.getrandbits(96):024x}"
        note = "," + one(self.notes, chance.random())
        moment = self.now
        for step in operation.steps:
            moment += step.pause * (0.5 + chance.random())
            delay = 0.2 if chance.random() < 0.95 else 3 * chance.random()
            yield moment + delay, self.line(step, session, moment, transaction, note)

    def line(self, step: Step, session: Session, moment: float, transaction: str, note: str) -> str:
        kind = step.kind
        choice = self.chance.random()
        actor = one(self.company.inventory.clients, choice) if kind.is_by_client else session.actor
        # A number now and then, against the published schema, as in real logs.
        version = "0" if self.count % 97 == 0 else '"0"'
        risk = note if kind.has_risk else ""
        return (
            f'{{"actor":{actor},"client":{session.client},"device":{session.device},'
            f'"authenticationContext":{{{kind.authentication},{session.ids}}},{kind.naming},"outcome":{step.outcome},'
            f'"published":"{self.published(moment)}","securityContext":{session.security},"severity":"{step.severity}",'
            f'"debugContext":{{"debugData":{{{session.debug},"requestId":"{transaction}",{kind.debug}{risk}}}}},'
            f'"legacyEventType":{kind.legacy},"transaction":{{"type":"WEB","id":"{transaction}","detail":{{}}}},'
            f'"uuid":"{self.uuid()}","version":{version},"request":{session.request},'
            f'"target":{self.target_list(kind.targets, session, choice)}}}'
        )

    def uuid(self) -> str:
        """In the form of version 1, as Okta's are."""
        self.count += 1
        middle = self.chance.getrandbits(30)
        return (
            f"{self.count * SPREAD & 0xFFFFFFFF:08x}-{middle & 0xFFFF:04x}-11f1-{0x8000 | middle >> 16:04x}-{self.node}"
        )

    def published(self, moment: float) -> str:
        second = int(moment)
        minute = second // 60
        if minute != self.minute:
            self.minute, self.minute_text = minute, time.strftime("%Y-%m-%dT%H:%M:", time.gmtime(second))
        return f"{self.minute_text}{second % 60:02d}.{int(moment * 1000) % 1000:03d}Z"

    def target_list(self, names: str, session: Session, choice: float) -> str:
        """The targets that a kind asks for, in order. A session's end has none, which Okta writes as null."""
        if names == "none":
            return "null"
        return "[" + ",".join([self.target(name, session, choice) for name in names.split(" ")]) + "]"

    def target(self, name: str, session: Session, choice: float) -> str:
        """Administrators act on others, everyone else on themselves."""
        if name != "user":
            return one(self.targets[name], choice)
        return one(self.company.people, choice).record if session.person.is_admin else session.person.record


def one(of: list[T], choice: float) -> T:
    """The element at a share of a list, from 0 up to, not including, 1."""
    return of[int(choice * len(of))]
