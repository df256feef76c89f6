"""Where the events of a broken file come from."""

from __future__ import annotations

import random

from organisation.tokens import source
from organisation.traffic import Traffic

from .parts import Event


class Supply:
    """Hands out events and remembers which of them a reader has seen whole."""

    REMEMBERED = 5_000

    def __init__(self, seed: int) -> None:
        self.chance: random.Random = source(seed, "damage")
        self.stream = Traffic(seed).events()
        self.seen: list[Event] = []
        self.torn: list[Event] = []

    def fresh(self) -> Event:
        """An event that will be seen whole for the first time; now and then a torn copy of it came before."""
        if self.torn and self.chance.random() < 0.05:
            event = self.torn.pop(self.chance.randrange(len(self.torn)))
        else:
            event = Event(next(self.stream))
        self.remember(event)
        return event

    def lost(self) -> Event:
        """An event of which this copy will not be read."""
        event = Event(next(self.stream))
        self.torn.append(event)
        return event

    def again(self) -> Event:
        """An event that was seen whole before, just now or long ago."""
        return self.chance.choice(self.seen)

    def remember(self, event: Event) -> None:
        if len(self.seen) < self.REMEMBERED:
            self.seen.append(event)
        else:
            self.seen[self.chance.randrange(self.REMEMBERED)] = event
