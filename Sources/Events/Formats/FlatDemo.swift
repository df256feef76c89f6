internal import JSON

extension Format {
    /// The flat shape of the demo: `id, event_type, actor_id, actor_type, target_id, ip_address, user_agent,
    /// city, country, outcome, timestamp`.
    static let flatDemo = Format(
        name: "flat",
        missingFields: [
            "actor.alternateId", "actor.displayName", "client.geographicalContext.geolocation",
            "securityContext.asNumber", "securityContext.isProxy", "authenticationContext.externalSessionId",
            "device", "debugContext.debugData", "transaction.id", "outcome.reason",
        ],
        recognises: { object in ["event_type", "actor_id", "timestamp"].contains { object[$0] != nil } },
        logEvent: { flat in
            var event: [JSONValue.Member] = []
            func add(_ key: String, _ value: JSONValue?) {
                if let value, !value.isNull { event.append(JSONValue.Member(key, value)) }
            }
            add("uuid", flat["id"])
            add("published", flat["timestamp"])
            add("eventType", flat["event_type"])
            add("actor", object(("id", flat["actor_id"]), ("type", flat["actor_type"])))
            add("client", client(flat))
            add("outcome", object(("result", flat["outcome"])))
            add("target", object(("id", flat["target_id"])).map { .array([$0]) })
            return .object(event)
        })

    private static func client(_ flat: JSONValue) -> JSONValue? {
        object(
            ("ipAddress", flat["ip_address"]), ("userAgent", object(("rawUserAgent", flat["user_agent"]))),
            ("geographicalContext", object(("city", flat["city"]), ("country", flat["country"]))))
    }

    /// An object of the members that have a value; `nil` when none has.
    private static func object(_ members: (String, JSONValue?)...) -> JSONValue? {
        let present = members.compactMap { key, value in
            value.flatMap { $0.isNull ? nil : JSONValue.Member(key, $0) }
        }
        return present.isEmpty ? nil : .object(present)
    }
}
