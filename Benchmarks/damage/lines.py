"""Which kinds of lines a broken file has, and how many of each among a hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import broken, whole
from .parts import Part
from .shapes import SHAPES
from .supply import Supply

Line = Callable[[Supply], "list[Part]"]

WEIGHTS: dict[str, tuple[float, Line]] = {
    "whole": (50, whole.whole),
    "with_return": (5, whole.with_return),
    "with_comma": (2, whole.with_comma),
    "indented": (1, whole.indented),
    **{name: (2.5, whole.in_shape(name)) for name in SHAPES},
    "array": (1.5, whole.array),
    "events_key": (1, whole.events_key),
    "event_hook": (1, whole.event_hook),
    "array_with_strangers": (0.5, whole.array_with_strangers),
    "concatenated": (2, whole.concatenated),
    "seen_before": (4, whole.seen_before),
    "seen_before_in_shape": (1.5, whole.seen_before_in_shape),
    "seen_before_at_another_time": (1, whole.seen_before_at_another_time),
    "blank": (1, whole.blank),
    "cut": (3, broken.cut),
    "cut_with_return": (0.5, broken.cut_with_return),
    "cut_behind_whole": (0.5, broken.cut_behind_whole),
    "without_beginning": (1, broken.without_beginning),
    "malformed": (3, broken.malformed),
    "mispunctuated": (1, broken.mispunctuated),
    "noise": (2, broken.noise),
    "zeros": (0.3, broken.zeros),
    "words": (1, broken.words),
    "scalar": (0.5, broken.scalar),
    "stranger": (0.5, broken.stranger),
    "deep": (0.02, broken.deep),
}


def lines(supply: Supply) -> Iterator[tuple[str, list[Part]]]:
    """A whole event, every kind once in random order, then for ever as the weights say."""
    yield "whole", whole.whole(supply)
    kinds = list(WEIGHTS)
    for kind in supply.chance.sample(kinds, len(kinds)):
        yield kind, WEIGHTS[kind][1](supply)
    weights = [weight for weight, _ in WEIGHTS.values()]
    while True:
        for kind in supply.chance.choices(kinds, weights, k=1_000):
            yield kind, WEIGHTS[kind][1](supply)
