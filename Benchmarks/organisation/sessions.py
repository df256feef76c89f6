"""What stays the same while one person is signed in at one machine."""

from __future__ import annotations

import random

from .browsers import Browser, browsers
from .inventory import Inventory, inventory
from .people import Person, activity, people
from .places import PLACES, Address, addresses, gateways
from .tokens import LETTERS, hexadecimal, identifier, source, text

ZONES = ["null", '"null"', '"null"', '"OffNetwork"', '"LegacyIpZone"']
PLATFORMS = {"Windows 10": ("WINDOWS", "10.0.26100.4652"), "Mac OS X": ("OSX", "15.5.0")}


class Company:
    """Everything that exists before the first event."""

    def __init__(self, seed: int, population: int = 5_000) -> None:
        self.people: list[Person] = people(source(seed, "people"), population)
        self.activity = activity(population)
        self.addresses: list[list[Address]] = addresses(source(seed, "addresses"))
        self.gateways = gateways()
        self.browsers: list[Browser] = browsers()
        self.inventory: Inventory = inventory(source(seed, "inventory"))


class Session:
    """Pieces of JSON that every event of a session shares."""

    __slots__ = ("person", "actor", "client", "device", "ids", "security", "request", "debug", "remaining")

    def __init__(self, company: Company, chance: random.Random, known: bool = True) -> None:
        person = chance.choices(company.people, cum_weights=company.activity)[0]
        # What belongs to a person is derived from the person's number, so that each has few addresses and machines.
        habits = random.Random(person.id) if chance.random() < 0.95 else chance
        home = person.home if habits is not chance else chance.randrange(len(PLACES))
        address = habits.choices(company.addresses[home], k=3)[chance.randrange(3)]
        browser = habits.choices(company.browsers, k=2)[chance.randrange(2)]
        self.person = person
        self.actor = person.record
        self.client = client(browser, address, chance)
        self.device = device(browser, habits)
        self.ids = session_ids(chance) if known else '"rootSessionId":null,"externalSessionId":null'
        self.security = address.network
        self.request = chain(address, company.gateways, chance)
        self.debug = machine(habits, chance)
        self.remaining = 1 + int(chance.expovariate(1 / 18)) if known else 0


def client(browser: Browser, address: Address, chance: random.Random) -> str:
    zone = ZONES[chance.randrange(len(ZONES))]
    return (
        f'{{"userAgent":{browser.agent},"zone":{zone},"device":"{browser.device}","id":null,'
        f'"ipAddress":"{address.ip}","geographicalContext":{address.geography}}}'
    )


def device(browser: Browser, habits: random.Random) -> str:
    """A managed machine for four in ten of those that can be managed; its keys are written with underscores."""
    if browser.system not in PLATFORMS or habits.random() < 0.6:
        return "null"
    platform, version = PLATFORMS[browser.system]
    return text(
        {
            "id": identifier(habits, "guo"),
            "name": f"EX-{hexadecimal(habits, 6).upper()}",
            "os_platform": platform,
            "os_version": version,
            "managed": True,
            "registered": True,
            "device_integrator": None,
            "disk_encryption_type": "ALL_INTERNAL_VOLUMES",
            "screen_lock_type": "BIOMETRIC",
            "jailbreak": None,
            "secure_hardware_present": True,
        }
    )


def session_ids(chance: random.Random) -> str:
    root = "".join(chance.choices(LETTERS, k=22))
    return f'"rootSessionId":"idx{root}","externalSessionId":"idx{root}"'


def chain(address: Address, all_gateways: list[str], chance: random.Random) -> str:
    """One link, or for one in three the company's egress behind it."""
    second = f",{chance.choice(all_gateways)}" if chance.random() < 0.35 else ""
    return f'{{"ipChain":[{address.chain_link}{second}]}}'


def machine(habits: random.Random, chance: random.Random) -> str:
    return (
        f'"authnRequestId":"{hexadecimal(chance, 32)}","deviceFingerprint":"{hexadecimal(habits, 32)}",'
        f'"dtHash":"{hexadecimal(habits, 64)}","origin":"https://example.okta.com"'
    )
