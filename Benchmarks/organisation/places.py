"""Where people sign in from: cities, networks, and the addresses that lie in them."""

from __future__ import annotations

import random
from typing import NamedTuple

from .tokens import text


class Place(NamedTuple):
    city: str
    state: str
    country: str
    postal_code: str
    latitude: float
    longitude: float
    weight: int


PLACES = [
    Place("Toronto", "Ontario", "Canada", "M5H", 43.6532, -79.3832, 30),
    Place("New York", "New York", "United States", "10013", 40.7143, -74.006, 40),
    Place("Chicago", "Illinois", "United States", "60601", 41.85, -87.65, 20),
    Place("Austin", "Texas", "United States", "78701", 30.2672, -97.7431, 18),
    Place("Seattle", "Washington", "United States", "98101", 47.6062, -122.3321, 18),
    Place("San Francisco", "California", "United States", "94103", 37.7749, -122.4194, 30),
    Place("Denver", "Colorado", "United States", "80202", 39.7392, -104.9847, 8),
    Place("Atlanta", "Georgia", "United States", "30303", 33.749, -84.388, 8),
    Place("Vancouver", "British Columbia", "Canada", "V6B", 49.2497, -123.1193, 8),
    Place("Montreal", "Quebec", "Canada", "H3B", 45.5088, -73.5878, 8),
    Place("Mexico City", "Mexico City", "Mexico", "06000", 19.4285, -99.1277, 6),
    Place("São Paulo", "São Paulo", "Brazil", "01310", -23.5475, -46.6361, 10),
    Place("Bogotá", "Bogota D.C.", "Colombia", "110111", 4.6097, -74.0818, 4),
    Place("Buenos Aires", "Buenos Aires F.D.", "Argentina", "C1002", -34.6132, -58.3772, 4),
    Place("London", "England", "United Kingdom", "EC2A", 51.5085, -0.1257, 30),
    Place("Dublin", "Leinster", "Ireland", "D02", 53.3331, -6.2489, 10),
    Place("Paris", "Île-de-France", "France", "75002", 48.8534, 2.3488, 16),
    Place("Berlin", "Land Berlin", "Germany", "10117", 52.5244, 13.4105, 16),
    Place("Munich", "Bavaria", "Germany", "80331", 48.1374, 11.5755, 12),
    Place("Zurich", "Zurich", "Switzerland", "8001", 47.3667, 8.55, 8),
    Place("Vienna", "Vienna", "Austria", "1010", 48.2085, 16.3721, 5),
    Place("Amsterdam", "North Holland", "Netherlands", "1012", 52.374, 4.8897, 10),
    Place("Copenhagen", "Capital Region", "Denmark", "1050", 55.6759, 12.5655, 5),
    Place("Stockholm", "Stockholm", "Sweden", "111 20", 59.3326, 18.0649, 6),
    Place("Oslo", "Oslo", "Norway", "0150", 59.9127, 10.7461, 4),
    Place("Helsinki", "Uusimaa", "Finland", "00100", 60.1695, 24.9354, 4),
    Place("Warsaw", "Mazovia", "Poland", "00-001", 52.2298, 21.0118, 8),
    Place("Kraków", "Lesser Poland", "Poland", "31-001", 50.0614, 19.9366, 6),
    Place("Prague", "Prague", "Czechia", "110 00", 50.088, 14.4208, 5),
    Place("Madrid", "Madrid", "Spain", "28001", 40.4165, -3.7026, 8),
    Place("Lisbon", "Lisbon", "Portugal", "1100", 38.7167, -9.1333, 5),
    Place("Milan", "Lombardy", "Italy", "20121", 45.4643, 9.1895, 6),
    Place("Istanbul", "Istanbul", "Türkiye", "34122", 41.0138, 28.9497, 5),
    Place("Tel Aviv", "Tel Aviv", "Israel", "61000", 32.0809, 34.7806, 6),
    Place("Dubai", "Dubai", "United Arab Emirates", "00000", 25.0657, 55.1713, 4),
    Place("Bengaluru", "Karnataka", "India", "560001", 12.9719, 77.5937, 30),
    Place("Singapore", "Central Singapore", "Singapore", "018956", 1.2897, 103.8501, 8),
    Place("Tokyo", "Tokyo", "Japan", "100-0001", 35.6895, 139.6917, 10),
    Place("Sydney", "New South Wales", "Australia", "2000", -33.8678, 151.2073, 8),
    Place("Auckland", "Auckland", "New Zealand", "1010", -36.8485, 174.7635, 3),
]

PROVIDERS = [
    ("example broadband", "example broadband communications inc", "broadband.example"),
    ("example fibre", "example fibre networks", "fibre.example"),
    ("example mobile", "example mobile wireless", "mobile.example"),
    ("example cable", "example cable holdings llc", "cable.example"),
    ("example transit", "example transit gmbh", "transit.example"),
    ("example hosting", "example hosting and colocation", "hosting.example"),
    ("example enterprise", "example enterprise services ltd", "enterprise.example"),
    ("example anonymizer", "example privacy relay", "relay.example"),
]


class Address(NamedTuple):
    """An address with what the log says of it, ready to be put into an event."""

    place: int
    ip: str
    geography: str
    network: str
    chain_link: str


def geography(place: Place, chance: random.Random) -> str:
    """A `geographicalContext`. Postal codes are now and then numbers in real logs."""
    code: object = place.postal_code
    if place.postal_code.isdigit() and place.postal_code[0] != "0" and chance.random() < 0.1:
        code = int(place.postal_code)
    return text(
        {
            "city": place.city,
            "state": place.state,
            "country": place.country,
            "postalCode": code,
            "geolocation": {
                "lat": round(place.latitude + chance.uniform(-0.05, 0.05), 4),
                "lon": round(place.longitude + chance.uniform(-0.05, 0.05), 4),
            },
        }
    )


def network(chance: random.Random) -> str:
    """A `securityContext`; one address in forty belongs to an anonymizer."""
    index = 7 if chance.random() < 0.025 else chance.randrange(7)
    organisation, provider, domain = PROVIDERS[index]
    if chance.random() < 0.03:
        return '{"asNumber":null,"asOrg":null,"isp":null,"domain":null,"isProxy":null}'
    return text(
        {
            "asNumber": 64496 + index if index < 4 else 65536 + index,
            "asOrg": organisation,
            "isp": provider,
            "domain": domain,
            "isProxy": index == 7,
        }
    )


def link(ip: str, version: str, context: str) -> str:
    """One link of `request.ipChain`."""
    return f'{{"ip":"{ip}","geographicalContext":{context},"version":"{version}","source":null}}'


def addresses(chance: random.Random, per_place: int = 75) -> list[list[Address]]:
    """The addresses of each place: one in ten is of version 6."""
    result: list[list[Address]] = []
    for number, place in enumerate(PLACES):
        hosts = chance.sample(range(1, 1023), per_place)
        found = []
        for host in hosts:
            is_six = chance.random() < 0.1
            ip = f"2001:db8:{number:x}::{host:x}" if is_six else f"198.18.{number * 4 + host // 256}.{host % 256}"
            context = geography(place, chance)
            chain_link = link(ip, "V6" if is_six else "V4", context)
            found.append(Address(number, ip, context, network(chance), chain_link))
        result.append(found)
    return result


def gateways() -> list[str]:
    """Second links of a chain: the company's own egress, of which the log knows no place."""
    return [link(f"203.0.113.{host}", "V4", "null") for host in range(10, 60)]
