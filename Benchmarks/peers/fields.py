"""The fields that every contender takes out of every event."""

FIELDS = (
    "uuid",
    "published",
    "eventType",
    "displayMessage",
    "severity",
    "actor.id",
    "actor.alternateId",
    "client.ipAddress",
    "client.userAgent.rawUserAgent",
    "client.geographicalContext.country",
    "client.geographicalContext.city",
    "outcome.result",
    "authenticationContext.externalSessionId",
    "transaction.id",
)
