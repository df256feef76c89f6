public import JSON
public import Tables

/// A machine as Defender for Endpoint knows it (Microsoft Learn, "Machine resource type").
///
/// Texts are the API's own and not made safe to show.
public struct DefenderMachine: Hashable, Sendable {
    /// The machine's identity: letters, digits, `-` and `_`; usually 40 hexadecimal digits.
    public let id: String
    /// The full name where the machine is in a domain, else the short one; `nil` where Defender has none.
    public let computerDNSName: String?
    /// The last full report, which machines send about once a day.
    public let lastSeen: Timestamp?
    /// Such as `Windows11`.
    public let osPlatform: String?
    /// `Active`, `Inactive`, `ImpairedCommunication`, `NoSensorData`, …
    public let healthStatus: String?
    /// `Onboarded`, `CanBeOnboarded`, `Unsupported`, `InsufficientInfo`.
    public let onboardingStatus: String?
    /// The address of its own network card.
    public let lastIPAddress: String?
    /// The device group, which decides who may act on it.
    public let rbacGroupName: String?
    /// `None`, `Informational`, `Low`, `Medium`, `High`.
    public let riskScore: String?

    /// What the user types to confirm an action: the name, or the id of a machine without one.
    public var target: String { computerDNSName ?? id }

    /// Reads an element of `GET /api/machines`, or ``json``; `nil` without an id that may stand in an address.
    public init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, id.isPlainIdentifier else { return nil }
        let text = { (key: String) in json[key]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        self.id = id
        computerDNSName = text("computerDnsName")
        lastSeen = text("lastSeen").flatMap { Timestamp($0) }
        osPlatform = text("osPlatform")
        healthStatus = text("healthStatus")
        onboardingStatus = text("onboardingStatus") ?? text("onboardingstatus")
        lastIPAddress = text("lastIpAddress")
        rbacGroupName = text("rbacGroupName")
        riskScore = text("riskScore")
    }

    /// Whether a text looks like an id rather than like a name: 40 hexadecimal digits.
    static func isUsualID(_ text: String) -> Bool {
        text.utf8.count == 40 && text.utf8.allSatisfy { $0.isLetterOrDigit && ($0 | 0x20 <= UInt8(ascii: "f")) }
    }

    /// The record of the machine in `actions.jsonl` and in results.
    public var json: JSONValue {
        [
            "id": .string(id), "computerDnsName": JSONValue(computerDNSName),
            "lastSeen": JSONValue(lastSeen?.description), "osPlatform": JSONValue(osPlatform),
            "healthStatus": JSONValue(healthStatus), "onboardingStatus": JSONValue(onboardingStatus),
            "lastIpAddress": JSONValue(lastIPAddress), "rbacGroupName": JSONValue(rbacGroupName),
            "riskScore": JSONValue(riskScore),
        ]
    }
}
