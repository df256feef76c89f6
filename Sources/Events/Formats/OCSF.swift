internal import JSON

extension Format {
    /// Okta events in the Open Cybersecurity Schema Framework: Account Change 3001, Authentication 3002, User Access
    /// Management 3005, API Activity 6003 and the others, told by the vendor they name or by `unmapped.okta`.
    ///
    /// There are two mappings in use: one keeps what has no place under `unmapped.okta` in names of its own
    /// (msaad00/cloud-ai-security-skills), one under `unmapped` by Okta's paths (ocsf/examples, Apache-2.0). What
    /// both name alike is in ``FieldMappings``; the rest depends on the other fields and is here.
    static let ocsf = Format(
        .ocsf, missingFields: FieldMappings.missing(in: .ocsf, besides: OCSFDetails.paths)
    ) { event in
        var logEvent = FieldCollector.logEvent(event, columns: ShapeColumns[.ocsf])
        for (path, value) in OCSFDetails(event: event).fields where !value.isNull && value != "" {
            logEvent.fill(path.split(separator: ".").map(String.init)[...], with: value)
        }
        return logEvent
    }
}

/// Fields of an OCSF event whose meaning hangs on other fields.
private struct OCSFDetails {
    let event: JSONValue

    /// The Okta paths that ``fields`` may hold and that others read.
    static let paths = [
        "client.id", "device.id", "target.0.id", "target.0.type", "target.0.alternateId", "target.0.displayName",
    ]

    var fields: [(String, JSONValue)] {
        device + labels + [
            ("actor.displayName", displayName), ("authenticationContext.credentialType", credentialType),
            ("target", targets),
        ]
    }

    /// `device` is Okta's device where its id is one of Okta's, which begin with `guo` (Okta's log field catalogue);
    /// else it is the client, named by its kind or its browser.
    private var device: [(String, JSONValue)] {
        let id = text(event["device"]?["uid"]), name = text(event["device"]?["name"])
        if id.string?.hasPrefix("guo") == true { return [("device.id", id), ("device.name", name)] }
        let isKind = ["Computer", "Mobile", "Tablet", "Unknown"].contains(name.string ?? "")
        return [("client.id", id), (isKind ? "client.device" : "client.userAgent.browser", name)]
    }

    /// `actor.user.name` is the login where it stands alone or is the address, else the name.
    private var displayName: JSONValue {
        let user = event["actor"]?["user"]
        guard let address = user?["email_addr"], !address.isNull, user?["full_name"] == nil else { return .null }
        return user?["name"] == address ? .null : text(user?["name"])
    }

    /// Only one of the mappings writes a text here; the schema has objects.
    private var credentialType: JSONValue { text(event["auth_factors"]?.array?.first) }

    /// `metadata.labels` such as `okta.authentication_step=0`.
    private var labels: [(String, JSONValue)] {
        (event["metadata"]?["labels"]?.strings ?? []).prefix(32).compactMap { label in
            let parts = label.split(separator: "=", maxSplits: 1).map(String.init)
            switch (parts.first, parts.last) {
            case ("okta.interface", let value?): return ("authenticationContext.interface", .string(value))
            case ("okta.authentication_step", let value?):
                return ("authenticationContext.authenticationStep", FieldKind.integer.value(.string(value)) ?? .null)
            default: return nil
            }
        }
    }

    /// The user, the group and the resources that the action was on. Authentication names the one who signs in as
    /// its user: that is the actor, and no target.
    private var targets: JSONValue {
        let actor = event["actor"]?["user"]?["uid"], user = event["user"]
        var targets: [JSONValue] = []
        if let user, user["uid"] != actor || event["class_uid"] != 3002 {
            let name = user["full_name"] ?? (user["email_addr"] == nil ? nil : user["name"])
            targets.append(target(id: user["uid"], type: "User", login: user["email_addr"] ?? user["name"], name: name))
        }
        for thing in [event["group"]].compactMap({ $0 }) + (event["resources"]?.array ?? []).prefix(100) {
            targets.append(target(id: thing["uid"], type: thing["type"], login: nil, name: thing["name"]))
        }
        targets.removeAll { ($0.members ?? []).allSatisfy { $0.key == "type" } }
        return targets.isEmpty ? .null : .array(targets)
    }

    private func target(id: JSONValue?, type: JSONValue?, login: JSONValue?, name: JSONValue?) -> JSONValue {
        let fields = [("id", id), ("type", type), ("alternateId", login), ("displayName", name)]
        return .object(fields.compactMap { key, value in
            let value = text(value)
            return value.isNull ? nil : JSONValue.Member(key, value)
        })
    }

    /// The value when it is text, else null.
    private func text(_ value: JSONValue?) -> JSONValue { JSONValue(value?.string.flatMap { $0.isEmpty ? nil : $0 }) }
}
