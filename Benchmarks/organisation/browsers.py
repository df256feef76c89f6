"""The programs people sign in with, as `client.userAgent` and `client.device` tell of them."""

from __future__ import annotations

from typing import NamedTuple

from .tokens import text

WINDOWS = "Windows NT 10.0; Win64; x64"
MAC = "Macintosh; Intel Mac OS X 10_15_7"
LINUX = "X11; Linux x86_64"
SYSTEMS = [(WINDOWS, "Windows 10"), (MAC, "Mac OS X"), (LINUX, "Linux")]


class Browser(NamedTuple):
    agent: str
    system: str
    device: str


def chromium(platform: str, version: int, suffix: str = "") -> str:
    return (
        f"Mozilla/5.0 ({platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0 Safari/537.36{suffix}"
    )


def browser(raw: str, system: str, name: str, device: str = "Computer") -> Browser:
    return Browser(text({"rawUserAgent": raw, "os": system, "browser": name}), system, device)


def computers() -> list[Browser]:
    found = []
    for platform, system in SYSTEMS:
        for version in range(136, 144):
            found.append(browser(chromium(platform, version), system, "CHROME"))
        for version in (142, 143):
            raw = chromium(platform, version, f" Edg/{version}.0.0.0")
            found.append(browser(raw, system, "CHROMIUM_EDGE"))
        for version in (128, 140, 144, 145):
            raw = f"Mozilla/5.0 ({platform}; rv:{version}.0) Gecko/20100101 Firefox/{version}.0"
            found.append(browser(raw, system, "FIREFOX"))
    for release in ("17.6", "18.5", "18.6", "26.0"):
        raw = f"Mozilla/5.0 ({MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{release} Safari/605.1.15"
        found.append(browser(raw, "Mac OS X", "SAFARI"))
    return found


def telephones() -> list[Browser]:
    found = []
    for release in ("17_7", "18_4", "18_5", "18_6", "26_0"):
        raw = (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS {release} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            f"Version/{release.replace('_', '.')} Mobile/15E148 Safari/604.1"
        )
        found.append(browser(raw, "iOS (iPhone)", "SAFARI", "Mobile"))
    for version in range(138, 144):
        raw = chromium("Linux; Android 10; K", version).replace(" Safari", " Mobile Safari")
        found.append(browser(raw, "Android", "CHROME", "Mobile"))
    return found


def programs() -> list[Browser]:
    return [
        browser("OktaVerify/9.27.0 com.okta.mobile Darwin/24.5.0", "iOS", "UNKNOWN", "Mobile"),
        browser("curl/8.5.0", "Unknown", "UNKNOWN", "Unknown"),
    ]


def browsers() -> list[Browser]:
    """Sixty or so, computers first."""
    return computers() + telephones() + programs()
