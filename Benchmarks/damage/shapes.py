"""One event in the shapes that other systems give it.

Names and layouts are those of AWS EventBridge's and Splunk's envelopes, Microsoft Sentinel's `Okta_CL` table (a suffix
tells the type; a uuid becomes `_g`, a time `_t`), Panther (top-level keys in lower case, times without zone) and Okta's
event hooks. Times of delivery differ from `published` on purpose: they are not the event's time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from organisation.tokens import text

from .parts import Event


def event_bridge(event: Event) -> str:
    return (
        f'{{"version":"0","id":"{event.uuid}","detail-type":"SystemLog",'
        '"source":"aws.partner/okta.com/example/stream","account":"123456789012","time":"2031-01-01T00:00:00Z",'
        f'"region":"us-east-1","resources":[],"detail":{event.text}}}'
    )


def splunk(event: Event) -> str:
    return f'{{"time":1924992000.25,"host":"okta","source":"okta:im2","sourcetype":"OktaIM2:log","event":{event.text}}}'


def panther(event: Event) -> str:
    members = {key.lower(): value for key, value in event.members.items()}
    members["published"] = event.published[:-1].replace("T", " ")
    members |= {"p_log_type": "Okta.SystemLog", "p_parse_time": "2031-01-01 00:00:00.000", "p_row_id": event.uuid[:8]}
    return text(members)


def flat(event: Event) -> str:
    """The flat shape of the demo has few fields, and no others."""
    members = event.members
    place, targets = members["client"]["geographicalContext"], members["target"] or [{"id": None}]
    return text(
        {
            "id": members["uuid"],
            "event_type": members["eventType"],
            "actor_id": members["actor"]["id"],
            "actor_type": members["actor"]["type"],
            "target_id": targets[0]["id"],
            "ip_address": members["client"]["ipAddress"],
            "user_agent": members["client"]["userAgent"]["rawUserAgent"],
            "city": place["city"],
            "country": place["country"],
            "outcome": members["outcome"]["result"],
            "timestamp": members["published"],
        }
    )


# What a Log Analytics row holds as JSON in a string, not as columns of its own.
NOT_COLUMNS = {
    "target": "target_s",
    "request": "request_ipChain_s",
    "debugContext": "debugContext_debugData_s",
    "transaction_detail": "transaction_details_s",
}


def columns(members: dict, path: str = "") -> Iterator[tuple[str, object]]:
    for key, value in members.items():
        name = path + key
        if name in NOT_COLUMNS:
            inner = {"request": "ipChain", "debugContext": "debugData"}.get(name)
            yield NOT_COLUMNS[name], text(value[inner] if inner else value)
        elif isinstance(value, dict):
            yield from columns(value, name + "_")
        elif name in ("uuid", "published"):
            yield name + ("_g" if name == "uuid" else "_t"), value
        elif isinstance(value, bool):
            yield name + "_b", value
        elif isinstance(value, (int, float)):
            yield name + "_d", value
        else:
            yield name + "_s", value


def sentinel(event: Event) -> str:
    row = dict(columns(event.members))
    return text(
        {"TenantId": "00000000-0000-0000-0000-000000000000", "TimeGenerated": event.published}
        | row
        | {"Type": "Okta_CL"}
    )


# What stands before and behind the events of an envelope that lists them.
EVENTS_KEY = ('{"events":[', "]}")
EVENT_HOOK = (
    '{"eventType":"com.okta.event_hook","eventTypeVersion":"1.0","cloudEventsVersion":"0.1",'
    '"source":"https://example.okta.com/api/v1/eventHooks/who1","eventId":"00000000-0000-4000-8000-000000000000",'
    '"data":{"events":[',
    ']},"eventTime":"2031-01-01T00:00:00.000Z","contentType":"application/json"}',
)


def spaced(event: Event) -> str:
    """As most programs write JSON: a blank behind each comma and colon, and nothing beyond ASCII."""
    return json.dumps(event.members)


SHAPES = {
    "event_bridge": event_bridge,
    "splunk": splunk,
    "panther": panther,
    "flat": flat,
    "sentinel": sentinel,
    "spaced": spaced,
}
