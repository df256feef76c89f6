internal import JSON

/// How Okta spells names, and how other products respell them by rule.
enum OktaSpelling {
    /// An object of a LogEvent in which names beyond ``FieldMappings`` may stand.
    struct Container: Sendable {
        let steps: [String]
        /// What its fields begin with in Okta's paths.
        let prefix: String
        /// What they begin with in Okta_CL.
        let typedPrefix: String
        /// Whether what follows is one key, dots and underscores included. Okta's other names have none.
        let isOpen: Bool

        init(_ path: String) {
            steps = path.split(separator: ".").map(String.init)
            prefix = path + "."
            typedPrefix = steps.joined(separator: "_") + "_"
            isOpen = path == "debugContext.debugData" || path == "device"
        }
    }

    /// The containers, those inside others before them.
    static let containers: [Container] = [
        "debugContext.debugData", "client.geographicalContext.geolocation", "client.geographicalContext",
        "client.userAgent", "authenticationContext.issuer", "transaction.detail", "actor", "client", "outcome",
        "authenticationContext", "securityContext", "transaction", "request", "device",
    ].map(Container.init)

    /// `rawUserAgent` → `raw_user_agent`.
    static func snakeCase(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars {
            if ("A"..."Z").contains(scalar) {
                text += "_" + scalar.properties.lowercaseMapping
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// `raw_user_agent` → `rawUserAgent`; text without underscores stays as it is.
    static func camelCase(_ name: some StringProtocol) -> String {
        guard name.utf8.contains(UInt8(ascii: "_")) else { return String(name) }
        var bytes: [UInt8] = [], rises = false
        for byte in name.utf8 {
            if byte == UInt8(ascii: "_"), !bytes.isEmpty {
                rises = true
            } else {
                let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                bytes.append(rises && isLower ? byte - 0x20 : byte)
                rises = false
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A path in snake case as Okta's own. What lies in `device` is in snake case at Okta as well.
    static func camelPath(_ path: String) -> String {
        if path.hasPrefix("device.") { return path }
        return path.split(separator: ".", omittingEmptySubsequences: false).map { camelCase($0) }.joined(separator: ".")
    }

    /// A list of a LogEvent with the keys that Elastic writes in snake case as Okta writes them. What stands inside
    /// `detailEntry` and `changeDetails` is left alone.
    static func camelKeys(_ list: JSONValue) -> JSONValue {
        guard let elements = list.array else { return list }
        return .array(elements.map(camelKeys(inElement:)))
    }

    private static func camelKeys(inElement value: JSONValue) -> JSONValue {
        guard let members = value.members else { return value }
        return .object(members.map { member in
            let key = snakeKeys.contains(member.key) ? camelCase(member.key) : member.key
            let isNested = key == "geographicalContext"
            return JSONValue.Member(key, isNested ? camelKeys(inElement: member.value) : member.value)
        })
    }

    private static let snakeKeys = [
        "alternate_id", "display_name", "detail_entry", "change_details", "geographical_context", "postal_code",
    ]
}
