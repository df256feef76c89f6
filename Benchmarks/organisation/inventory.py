"""What the organisation's people use: applications, groups, policies, authenticators, as targets of events."""

from __future__ import annotations

import random
from typing import NamedTuple

from .tokens import hexadecimal, identifier, text

APPLICATIONS = """Payroll|Expenses|Travel|Recruiting|Learning|Wiki|Chat|Mail|Calendar|Files|Whiteboard|Video Meetings|
Source Code|Code Review|Build Server|Artifact Store|Issue Tracker|Status Page|Error Reports|Metrics|Log Search|Paging|
Feature Flags|Design Board|Product Roadmap|Support Desk|Knowledge Base|Customer Records|Sales Forecast|Quotes & Orders|
Contracts|E-Signature|Procurement|Invoicing|General Ledger|Treasury|Tax|Legal Holds|Data Warehouse|Notebooks|Dashboards|
Surveys|Newsletter|Web Analytics|Ad Campaigns|Brand Assets|Translation|Visitor Desk|Room Booking|Facilities|Fleet|
Device Management|Password Vault|VPN|Remote Desktop|Cloud Console (Production)|Cloud Console (Staging)|Backup|
Vulnerability Scans|Phishing Reports""".replace("\n", "").split("|")

SIGN_ON_MODES = ["SAML_2_0", "SAML_2_0", "OPENID_CONNECT", "OPENID_CONNECT", "WS_FEDERATION", "BOOKMARK"]

POLICIES = [
    ("Global Session Policy", "OktaSignOn", ["Default Rule", "Office networks", "Contractors", "Administrators"]),
    ("Any two factors", "AuthenticationPolicy", ["Managed devices", "Catch-all Rule"]),
    ("Phishing-resistant only", "AuthenticationPolicy", ["Okta FastPass", "Security key", "Catch-all Rule"]),
    ("One factor access", "AuthenticationPolicy", ["Low risk", "Catch-all Rule"]),
    (
        "Finance applications",
        "AuthenticationPolicy",
        ["Registered devices, re-authenticate every hour", "Deny all else"],
    ),
    ("Administration", "AuthenticationPolicy", ["Admin Console: every time", "Catch-all Rule"]),
]

AUTHENTICATORS = [
    ("Okta Verify", "Get a push notification", "[POSSESSION]"),
    ("Okta Verify", "Use Okta FastPass", "[POSSESSION, DEVICE_BOUND, PHISHING_RESISTANT, USER_VERIFICATION]"),
    ("Okta Verify", "Enter a code", "[POSSESSION]"),
    ("Security Key or Biometric", "Security Key or Biometric", "[POSSESSION, PHISHING_RESISTANT, HARDWARE_PROTECTED]"),
    ("Google Authenticator", "Google Authenticator", "[POSSESSION]"),
    ("Password", "Password", "[KNOWLEDGE]"),
    ("Email", "Email", "[POSSESSION]"),
    ("Phone", "SMS", "[POSSESSION]"),
]

GROUPS = [
    f"{place} {team}"
    for place in ("Americas", "EMEA", "APAC", "Köln")
    for team in (
        "Engineering",
        "Finance",
        "Sales",
        "Support",
        "People",
        "Legal",
        "Contractors",
        "VPN users",
        "Production access",
        "Data readers",
        "Data owners",
        "Release managers",
        "On call",
        "Übersetzung",
    )
]


def target(id: str, kind: str, alternate: str | None, name: str, detail: object = None) -> str:
    return text({"id": id, "type": kind, "alternateId": alternate, "displayName": name, "detailEntry": detail})


class Inventory(NamedTuple):
    """JSON of targets; `clients` are the applications once more, as the actors of token events."""

    applications: list[str]
    clients: list[str]
    policies: list[str]
    authenticators: list[str]
    groups: list[str]
    console: str


def policies(chance: random.Random) -> list[str]:
    """Each rule with its policy in front, as `policy.evaluate_sign_on` names them."""
    found = []
    for name, kind, rules in POLICIES:
        policy = identifier(chance, "00p")
        entity = target(policy, "PolicyEntity", "unknown", name, {"policyType": kind})
        found += [f"{entity},{target(identifier(chance, '0pr'), 'PolicyRule', policy, rule)}" for rule in rules]
    return found


def authenticators(chance: random.Random) -> list[str]:
    """Enrolments with the method used: the spelling of `methodTypeUsed` is Okta's."""
    return [
        target(
            identifier(chance, "lae"),
            "AuthenticatorEnrollment",
            "unknown",
            name,
            {"methodTypeUsed": method, "methodUsedVerifiedProperties": properties},
        )
        for name, method, properties in AUTHENTICATORS
    ]


def inventory(chance: random.Random) -> Inventory:
    ids = [identifier(chance, "0oa") for _ in APPLICATIONS]
    modes = chance.choices(SIGN_ON_MODES, k=len(ids))
    return Inventory(
        applications=[
            target(
                id, "AppInstance", name, name, {"signOnModeType": mode, "signOnModeEvaluationResult": "AUTHENTICATED"}
            )
            for id, name, mode in zip(ids, APPLICATIONS, modes)
        ],
        clients=[target(id, "PublicClientApp", id, name) for id, name in zip(ids, APPLICATIONS)],
        policies=policies(chance),
        authenticators=authenticators(chance),
        groups=[target(identifier(chance, "00g"), "UserGroup", "unknown", name) for name in GROUPS],
        console=target(
            identifier(chance, "0oa"),
            "AppInstance",
            "Okta Admin Console",
            "Okta Admin Console",
            {"signOnModeType": "OPENID_CONNECT", "signOnModeEvaluationResult": "AUTHENTICATED"},
        ),
    )


def token_targets(chance: random.Random) -> list[str]:
    """Tokens as targets, known by their hash alone."""
    return [
        target(
            identifier(chance, prefix),
            kind,
            None,
            name,
            {
                "expires": "2026-03-31T00:00:00.000Z",
                "subject": identifier(chance, "00u"),
                "hash": hexadecimal(chance, 43),
            },
        )
        for prefix, kind, name in [
            ("AT.", "access_token", "Access Token"),
            ("IDT", "id_token", "ID Token"),
            ("oar", "refresh_token", "Refresh Token"),
        ]
        * 40
    ]
