"""Lines that hold something no reader may accept."""

from __future__ import annotations

from .parts import Event, Part, accepted, glue, rejected
from .shapes import event_bridge, splunk
from .supply import Supply
from .whole import STRANGERS

# Not JSON though brackets and quotes are balanced: what a reader overlooks that skips the fields it does not need.
NOT_VALUES = [
    b"truee",
    b"nul",
    b"undefined",
    b"NaN",
    b"-Infinity",
    b"01",
    b"+1",
    b".5",
    b"1.",
    b"-",
    b"1e",
    b"0x1F",
    b"1 2",
    b"",
    b"'text'",
    b'"a" "b"',
    b"[1,,2]",
    b"[1,]",
    b"[,1]",
    b'{"a":1,}',
    b'{"a"}',
    b"{1:2}",
    b'{"a" 1}',
    b"/* note */ 1",
    rb'"\q"',
    rb'"\u12G4"',
    b'"\x00"',
    b'"\x1f"',
    b'"\t"',
    b"\x00",
    b'"\xff\xfe"',
    b'"\xc3("',
    b'"\xe2\x82"',
    # UTF-8 that is too long, a surrogate, beyond the last code point.
    b'"\xc0\xaf"',
    b'"\xed\xa0\x80"',
    b'"\xf4\x90\x80\x80"',
]

# None of these can begin JSON; the last is gzip's.
NOISE_BEGINS = [b"\x00", b"\xff", b"\xfe", b"\x80", b"\xc0", b"\x7f", b"\x1f\x8b\x08"]
# Noise has no line end, and nothing that could be taken for an object, an array or a string.
WITHOUT_JSON = bytes.maketrans(b'\n{["', b"\x0b\x7f\x7f\x7f")

TEXTS = [
    "2026-03-02T08:00:00Z okta-export INFO rotated events.ndjson after 104857600 bytes",
    "-- cut here --",
    "Traceback (most recent call last):",
    "#",
    "<html><body>504 Gateway Time-out</body></html>",
    "curl: (56) Recv failure",
    "uuid,published,event_type",
    "]",
    "}",
    "...",
    "nul",
    "trueish",
    "Ошибка записи",
]
SCALARS = ["null", "true", "false", "0", "-17", "1.5e3", '"user.session.start"', '""']


def cut_bytes(event: Event, supply: Supply) -> bytes:
    """Cut anywhere, inside a character too."""
    text = supply.chance.choice([event.text, event.text, event_bridge(event), splunk(event)]).encode()
    return text[: supply.chance.randint(1, len(text) - 1)]


def cut(supply: Supply) -> list[Part]:
    return [rejected(cut_bytes(supply.lost(), supply))]


def cut_with_return(supply: Supply) -> list[Part]:
    return [rejected(cut_bytes(supply.lost(), supply)), glue("\r")]


def cut_behind_whole(supply: Supply) -> list[Part]:
    return [accepted(supply.fresh()), rejected(cut_bytes(supply.lost(), supply))]


def without_beginning(supply: Supply) -> list[Part]:
    """The second half of an event, beginning with a letter."""
    text = supply.lost().text
    start = supply.chance.randrange(len(text) // 4, len(text) // 2)
    while not ("a" <= text[start] <= "z"):
        start += 1
    return [rejected(text[start:])]


def malformed(supply: Supply) -> list[Part]:
    text = supply.lost().text.encode()
    value = supply.chance.choice(NOT_VALUES)
    return [
        rejected(
            supply.chance.choice(
                [
                    text[:-1] + b',"extra":' + value + b"}",
                    b'{"extra":' + value + b"," + text[1:],
                    text.replace(b'"detail":{}', b'"detail":' + value, 1),
                ]
            )
        )
    ]


def mispunctuated(supply: Supply) -> list[Part]:
    text = supply.lost().text
    return [
        rejected(
            supply.chance.choice(
                [
                    text[:-1] + ",}",
                    text.replace('"outcome":', '"outcome"', 1),
                    text.replace(',"outcome":', '"outcome":', 1),
                    text.replace(',"outcome":', ',,"outcome":', 1),
                    text.replace('"outcome":', "outcome:", 1),
                ]
            )
        )
    ]


def noise_of(length: int, supply: Supply) -> bytes:
    body = supply.chance.getrandbits(8 * length).to_bytes(length, "little")
    return supply.chance.choice(NOISE_BEGINS) + body.translate(WITHOUT_JSON)


def noise(supply: Supply) -> list[Part]:
    return [rejected(noise_of(supply.chance.randint(1, 4_000), supply))]


def zeros(supply: Supply) -> list[Part]:
    """What a crash leaves where a block was never written."""
    return [rejected(b"\x00" * supply.chance.choice([1, 512, 4_096]))]


def words(supply: Supply) -> list[Part]:
    return [rejected(supply.chance.choice(TEXTS))]


def scalar(supply: Supply) -> list[Part]:
    return [rejected(supply.chance.choice(SCALARS))]


def stranger(supply: Supply) -> list[Part]:
    """An object that is no event."""
    return [rejected(supply.chance.choice([text for text in STRANGERS if text.startswith("{")]))]


def deep(supply: Supply) -> list[Part]:
    """An event that nests far deeper than any reader's stack bears, closed or not."""
    opening, closing = supply.chance.choice([('{"a":', "}"), ("[", "]")])
    levels = supply.chance.choice([1_000, 10_000])
    start = f'{supply.lost().text[:-1]},"extra":{opening * levels}'
    return [rejected(supply.chance.choice([f"{start}1{closing * levels}}}", start]))]


def long_noise(supply: Supply) -> list[Part]:
    return [rejected(noise_of(8_000_000, supply))]
