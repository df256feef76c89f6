"""A generated table of sign-ins, for queries: NDJSON with one object a line. The same seed gives the same rows."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

COLUMNS = {
    "Time": ("datetime", "TIMESTAMP"),
    "User": ("string", "VARCHAR"),
    "Address": ("string", "VARCHAR"),
    "App": ("string", "VARCHAR"),
    "Country": ("string", "VARCHAR"),
    "Result": ("string", "VARCHAR"),
    "Agent": ("string", "VARCHAR"),
    "DurationMs": ("long", "BIGINT"),
    "Score": ("real", "DOUBLE"),
    "Factors": ("dynamic", "VARCHAR[]"),
    "Id": ("string", "VARCHAR"),
}

APPS = ["Office 365", "Salesforce", "Slack", "GitHub", "Jira", "Workday", "AWS Console", "VPN"]
COUNTRIES = ["US", "DE", "FR", "GB", "IN", "BR", "JP", "NL", "RU", "CN"]
FACTORS = ["push", "sms", "totp", "webauthn", "password"]
SYSTEMS = ["Windows NT 10.0", "Macintosh", "X11; Linux x86_64", "iPhone"]
BROWSERS = ["Chrome", "Firefox", "Safari"]


def write(path: Path, rows: int, seed: int) -> None:
    """20,000 people from 50,000 addresses, a failure in ten, some sign-ins a second; and the columns' types beside it."""
    chance = random.Random(seed)
    users = [f"user{number:05}@example.com" for number in range(20_000)]
    addresses = [f"198.{chance.randrange(18, 20)}.{chance.randrange(256)}.{chance.randrange(1, 255)}" for _ in range(50_000)]
    agents = [f"Mozilla/5.0 ({s}) {b}/{v}.0" for s in SYSTEMS for b in BROWSERS for v in range(90, 130)]
    time = datetime(2025, 1, 1, tzinfo=timezone.utc)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            time += timedelta(milliseconds=chance.randrange(1200))
            row = {
                "Time": time.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "User": chance.choice(users),
                "Address": chance.choice(addresses),
                "App": chance.choice(APPS),
                "Country": chance.choice(COUNTRIES),
                "Result": "FAILURE" if chance.randrange(10) == 0 else "SUCCESS",
                "Agent": chance.choice(agents),
                "DurationMs": chance.randrange(1, 5001),
                "Score": round(chance.random(), 4),
                "Factors": chance.sample(FACTORS, chance.randrange(4)),
                "Id": f"{number:08x}",
            }
            file.write(json.dumps(row) + "\n")
    schema = {"columns": [{"name": name, "type": kusto} for name, (kusto, _) in COLUMNS.items()]}
    Path(f"{path}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
