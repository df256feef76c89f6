"""Lines that a reader can take in full."""

from __future__ import annotations

from collections.abc import Callable

from .parts import Part, accepted, duplicate, glue, rejected
from .shapes import EVENT_HOOK, EVENTS_KEY, SHAPES
from .supply import Supply

# Among events in a list: not events, each in itself JSON.
STRANGERS = ["5", "null", "true", '"text"', "{}", '{"level":"info","message":"rotated"}']


def whole(supply: Supply) -> list[Part]:
    return [accepted(supply.fresh())]


def with_return(supply: Supply) -> list[Part]:
    return [accepted(supply.fresh()), glue("\r")]


def with_comma(supply: Supply) -> list[Part]:
    """As an element of an array that someone took the brackets from."""
    return [accepted(supply.fresh()), glue(supply.chance.choice([",", " ,", ",\r", ", "]))]


def indented(supply: Supply) -> list[Part]:
    return [glue(supply.chance.choice(["  ", "\t", " \t "])), accepted(supply.fresh())]


def in_shape(name: str) -> Callable[[Supply], list[Part]]:
    def line(supply: Supply) -> list[Part]:
        event = supply.fresh()
        return [accepted(event, SHAPES[name](event))]

    return line


def joined(parts: list[Part], separator: str) -> list[Part]:
    found = [parts[0]]
    for part in parts[1:]:
        found += [glue(separator), part]
    return found


def listed(supply: Supply, opening: str, closing: str) -> list[Part]:
    """One to four events, one of which may have come before."""
    parts = [accepted(supply.fresh()) for _ in range(supply.chance.randint(1, 4))]
    if supply.chance.random() < 0.3:
        parts.append(duplicate(supply.again()))
    return [glue(opening), *joined(parts, supply.chance.choice([",", ", "])), glue(closing)]


def array(supply: Supply) -> list[Part]:
    return listed(supply, "[", "]")


def events_key(supply: Supply) -> list[Part]:
    return listed(supply, *EVENTS_KEY)


def event_hook(supply: Supply) -> list[Part]:
    return listed(supply, *EVENT_HOOK)


def array_with_strangers(supply: Supply) -> list[Part]:
    parts = [
        accepted(supply.fresh()),
        rejected(supply.chance.choice(STRANGERS)),
        accepted(supply.fresh()),
        rejected(supply.chance.choice(STRANGERS)),
    ]
    supply.chance.shuffle(parts)
    return [glue("["), *joined(parts, ","), glue("]")]


def concatenated(supply: Supply) -> list[Part]:
    parts = [accepted(supply.fresh()) for _ in range(supply.chance.randint(2, 3))]
    return joined(parts, supply.chance.choice(["", "", " ", ",", ", "]))


def seen_before(supply: Supply) -> list[Part]:
    return [duplicate(supply.again())]


def seen_before_in_shape(supply: Supply) -> list[Part]:
    event = supply.again()
    return [duplicate(event, supply.chance.choice(list(SHAPES.values()))(event))]


def seen_before_at_another_time(supply: Supply) -> list[Part]:
    """Stores rewrite the time of late data. A reader that kept the later copy would see other first and last times."""
    event = supply.again()
    other = supply.chance.choice(["2020-01-01T00:00:00.000Z", "2030-01-01T00:00:00.000Z"])
    return [duplicate(event, event.text.replace(event.published, other, 1))]


def blank(supply: Supply) -> list[Part]:
    return [glue(supply.chance.choice(["", "", "\r", " ", "\t", " \t \r"]))]


def long(supply: Supply) -> list[Part]:
    """An event of two megabytes."""
    event = supply.fresh()
    return [accepted(event, f'{{"padding":"{"long " * 400_000}",{event.text[1:]}')]
