"""The people of the organisation, and how active each of them is."""

from __future__ import annotations

import itertools
import json
import random
from typing import NamedTuple

from .places import PLACES
from .tokens import identifier, text

FIRST_NAMES = """
Ada Adaeze Agnieszka Aino Aisha Alejandra Amélie Ana André Anh Anika Arjun Astrid Ayşe Beatriz Björn Bruno Camille
Carlos Chiara Chloé Dana Daniel David Diego Elif Emma Eoin Erik Eszter Fatima Felix François Freya Gabriela Giulia
Hana Hannah Haruto Ibrahim Ines Ivan Jakub James Javier Jiří Joana José Jürgen Karim Katarzyna Kavya Kenji Lars Laura
Lea Leila Liam Linh Lucía Łukasz Maria Márton Mateo Maya Mei Mette Michał Mohammed Nadia Naoko Nia Nikolaj Noah Nuno
Oliver Olumide Omar Paolo Pedro Petra Priya Rachel Rafael Renée Rohan Rosa Sakura Sara Seán Siobhán Søren Sofia Tariq
Tomás Valentina Wei Xavier Yara Yusuf Zoë Zuzana
""".split()

LAST_NAMES = """
Abadi Åberg Adeyemi Almeida Andersen Bakker Banerjee Bauer Bergström Bianchi Brown Castillo Chen Ćwik Costa Diallo
Díaz Dubois Dvořák Ekström Farah Fernández Fischer Garcia González Grünwald Gupta Haddad Hansen Hernández Hoffmann
Horváth Ito Ivanova Jansen Johnson Jørgensen Kaya Keller Khan Kim Kowalski Kumar Larsen Lefèvre Lindqvist Lopez Maier
Marković Martin Meyer Miller Moreau Müller Murphy Nakamura Ngata Nguyễn Novák Nowak Núñez Okafor Olsen Ó'Brien Öztürk
Patel Pereira Petrov Popescu Quinn Rahman Ramírez Reyes Ricci Rodríguez Rossi Šimić Sato Schmidt Schröder Silva Singh
Smith Suzuki Takahashi Tanaka Taylor Tóth Ueda Vargas Virtanen Wagner Weiß Williams Wójcik Yamamoto Yılmaz Zhang
Zielińska
""".split()

ASCII = str.maketrans(
    {
        "á": "a",
        "ã": "a",
        "å": "a",
        "Å": "A",
        "ä": "a",
        "ć": "c",
        "Ć": "C",
        "č": "c",
        "ç": "c",
        "é": "e",
        "è": "e",
        "ë": "e",
        "ễ": "e",
        "í": "i",
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "ń": "n",
        "ñ": "n",
        "ó": "o",
        "Ó": "O",
        "ö": "o",
        "Ö": "O",
        "ø": "o",
        "ř": "r",
        "š": "s",
        "Š": "S",
        "ş": "s",
        "ß": "ss",
        "ú": "u",
        "ü": "u",
        "ý": "y",
        "İ": "I",
        "ą": "a",
        "ę": "e",
        "ž": "z",
        "ż": "z",
        "ź": "z",
        "'": "",
        "Á": "A",
    }
)


class Person(NamedTuple):
    """Someone with an account; `record` is the JSON of the person, the same as actor and as target."""

    id: str
    login: str
    home: int
    is_admin: bool
    record: str


def login(first: str, last: str) -> str:
    return f"{first}.{last}@example.com".translate(ASCII).lower()


def record(id: str, address: str, name: str, escaped: bool) -> str:
    """Some exporters escape what is not ASCII."""
    value = {"id": id, "type": "User", "alternateId": address, "displayName": name, "detailEntry": None}
    return json.dumps(value, separators=(",", ":")) if escaped else text(value)


def names(chance: random.Random) -> list[tuple[str, str]]:
    """In random order; one in six has letters beyond ASCII."""
    pairs = itertools.product(FIRST_NAMES, LAST_NAMES)
    found = [pair for pair in pairs if "".join(pair).isascii() or chance.random() < 0.2]
    chance.shuffle(found)
    return found


def people(chance: random.Random, count: int) -> list[Person]:
    """The most active first; every fortieth is an administrator."""
    pairs = names(chance)
    homes = chance.choices(range(len(PLACES)), weights=[place.weight for place in PLACES], k=count)
    found = []
    for number, ((first, last), home) in enumerate(zip(pairs, homes)):
        id, address = identifier(chance, "00u"), login(first, last)
        whole = record(id, address, f"{first} {last}", escaped=chance.random() < 0.05)
        found.append(Person(id, address, home, number % 40 == 7, whole))
    return found


def activity(count: int) -> list[float]:
    """Cumulative weights by rank: a tenth of the people does about half of everything."""
    return list(itertools.accumulate(1 / (rank + 20) ** 0.8 for rank in range(count)))
