public import Diagnostics
public import JSON
internal import Tables

/// What a suppression covers: at least one of five things, and all that are given must fit a finding.
///
/// | part | fits a finding when |
/// |---|---|
/// | `rule` | it is the `finding_type` or `metadata.rule_id` |
/// | `actor` | it is the id, login or display name of the one account that the finding is about |
/// | `ip` | every event of the finding came from this address or network |
/// | `asn` | every event of the finding came from this autonomous system |
/// | `app` | it is the id, alternateId or displayName of all applications among the events' targets, of one at least |
///
/// What is not known does not fit: an event without an address, or events that the finding counts but does not name.
/// A suppression must not hide an attack that also came from elsewhere.
public struct SuppressionScope: Hashable, Sendable {
    /// A detector's or rule's id.
    public let rule: String?
    /// Compared without the case of ASCII letters.
    public let actor: String?
    /// An address, or a network such as `203.0.113.0/24`.
    public let ip: String?
    /// 1 to 4294967295.
    public let asn: Int64?
    /// Compared without the case of ASCII letters.
    public let app: String?
    let network: AddressRange?

    /// Checks what is given.
    ///
    /// - Throws: When nothing is given, a text is empty, `ip` is no address or network, or `asn` no such number.
    public init(
        rule: String? = nil, actor: String? = nil, ip: String? = nil, asn: Int64? = nil, app: String? = nil
    ) throws(Diagnostic) {
        for (name, text) in [("rule", rule), ("actor", actor), ("ip", ip), ("app", app)] where text?.isEmpty == true {
            throw Diagnostic(
                "the `\(name)` of a suppression is empty", remedy: "Name one, or leave it out", kind: .usage)
        }
        guard [rule, actor, ip, app].contains(where: { $0 != nil }) || asn != nil else {
            throw Diagnostic(
                "a suppression of nothing in particular would hide everything",
                remedy: "Give at least one of rule, actor, ip, asn and app", kind: .usage)
        }
        if let asn, !(1...Int64(UInt32.max)).contains(asn) {
            throw Diagnostic(
                "\(asn) is not the number of an autonomous system", remedy: "Write it without `AS`, such as 64500",
                kind: .usage)
        }
        let network = ip.flatMap { AddressRange($0) }
        if let ip, network == nil {
            throw Diagnostic(
                "`\(ip)` is not an address or a network", remedy: "Write 203.0.113.9, 203.0.113.0/24 or 2001:db8::/32",
                kind: .usage)
        }
        (self.rule, self.actor, self.ip, self.asn, self.app) = (rule, actor, ip, asn, app)
        self.network = network
    }
}

extension SuppressionScope {
    /// The five members of a record, null where a part is not given.
    public var members: [JSONValue.Member] {
        [
            JSONValue.Member("rule", JSONValue(rule)), JSONValue.Member("actor", JSONValue(actor)),
            JSONValue.Member("ip", JSONValue(ip)), JSONValue.Member("asn", asn.map(JSONValue.integer) ?? .null),
            JSONValue.Member("app", JSONValue(app)),
        ]
    }

    /// Reads the five members of a record. A part of another type is refused: passing it over would widen the scope.
    public init(json: JSONValue) throws(Diagnostic) {
        var texts: [String: String] = [:]
        for key in ["rule", "actor", "ip", "app"] {
            guard let value = json[key], !value.isNull else { continue }
            guard let text = value.string else { throw Self.mistyped(key, "a text", value) }
            texts[key] = text
        }
        let asn = json["asn"] ?? .null
        if !asn.isNull, asn.integer == nil { throw Self.mistyped("asn", "a whole number", asn) }
        try self.init(
            rule: texts["rule"], actor: texts["actor"], ip: texts["ip"], asn: asn.integer, app: texts["app"])
    }

    private static func mistyped(_ key: String, _ kind: String, _ value: JSONValue) -> Diagnostic {
        Diagnostic(
            "the `\(key)` of a suppression needs \(kind), not \(value.kind)", remedy: "Mend the record, or write null")
    }

    /// The scope in one line, for people: `rule failed_login_burst, ip 203.0.113.0/24`.
    public var words: String {
        let parts = [("rule", rule), ("actor", actor), ("ip", ip), ("asn", asn.map { "\($0)" }), ("app", app)]
        return parts.compactMap { name, text in text.map { "\(name) \($0)" } }.joined(separator: ", ")
    }
}
