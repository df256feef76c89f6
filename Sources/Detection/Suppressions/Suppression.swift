internal import Digests
public import Diagnostics
public import JSON
public import Tables

/// Findings that someone has decided not to be told of, until a day. One line of `suppressions.jsonl`.
///
/// ```swift
/// let scanner = Suppression(
///     try SuppressionScope(rule: "failed_login_burst", ip: "203.0.113.0/24"), owner: "nina", reason: "our scanner",
///     expires: Timestamp("2026-03-01"), createdAt: now)
/// ```
public struct Suppression: Hashable, Sendable {
    /// A version-5 UUID of the scope: who suppresses the same again renews what there was.
    public let id: String
    /// What it covers.
    public let scope: SuppressionScope
    /// Who answers for it.
    public let owner: String
    /// Why it is harmless.
    public let reason: String
    /// Where it was decided.
    public let ticket: String?
    /// From when on it does not count, UTC; `nil` is never.
    public let expires: Timestamp?
    /// UTC.
    public let createdAt: Timestamp?
    /// When it was taken back, UTC; such a record does not count.
    public var removedAt: Timestamp?

    /// A suppression from its parts.
    public init(
        _ scope: SuppressionScope, owner: String, reason: String, ticket: String? = nil, expires: Timestamp?,
        createdAt: Timestamp?
    ) {
        id = Self.id(of: scope)
        (self.scope, self.owner, self.reason, self.ticket) = (scope, owner, reason, ticket)
        (self.expires, self.createdAt) = (expires, createdAt)
    }

    /// Names count without the case of ASCII letters, as they do when they are compared.
    private static func id(of scope: SuppressionScope) -> String {
        let folded = [scope.actor, scope.ip, scope.app].map { $0.map { ByteText.folded($0).text } }
        let parts = [scope.rule, folded[0], folded[1], scope.asn.map { "\($0)" }, folded[2]]
        return NameUUID.of(["suppression"] + parts.map { $0.map { "=" + $0 } ?? "" })
    }

    /// Whether it has run out when the clock shows `now`.
    public func isExpired(at now: Timestamp) -> Bool { expires.map { $0 <= now } ?? false }
}

extension Suppression {
    /// The record as `suppressions.jsonl` has it.
    public var json: JSONValue {
        let removal = removedAt.map { [JSONValue.Member("removed_at", .string($0.description))] } ?? []
        return .object([JSONValue.Member("id", .string(id))] + scope.members + [
            JSONValue.Member("owner", .string(owner)), JSONValue.Member("reason", .string(reason)),
            JSONValue.Member("ticket", JSONValue(ticket)), JSONValue.Member("expires", JSONValue(expires?.description)),
            JSONValue.Member("created_at", JSONValue(createdAt?.description)),
        ] + removal)
    }

    /// What a finding that it covers says of it, in `metadata.suppressed`.
    var mark: JSONValue {
        [
            "id": .string(id), "owner": .string(owner), "reason": .string(reason), "ticket": JSONValue(ticket),
            "expires": JSONValue(expires?.description),
        ]
    }

    /// Reads a record of `suppressions.jsonl`; one written by hand may lack `id`, `ticket` and `created_at`.
    ///
    /// `owner`, `reason` and `expires` must be there: nobody's suppression, for no reason, or for ever by a slip of the
    /// pen, is none. Unknown keys are passed over.
    public init(json: JSONValue) throws(Diagnostic) {
        scope = try SuppressionScope(json: json)
        id = json["id"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? Self.id(of: scope)
        owner = try Self.text("owner", of: json)
        reason = try Self.text("reason", of: json)
        ticket = json["ticket"]?.string
        guard let expires = json["expires"] else {
            throw Diagnostic("a suppression needs `expires`", remedy: "Write a time, or null for never")
        }
        self.expires = try Self.time("expires", expires)
        createdAt = try Self.time("created_at", json["created_at"] ?? .null)
        removedAt = try Self.time("removed_at", json["removed_at"] ?? .null)
    }

    private static func text(_ key: String, of json: JSONValue) throws(Diagnostic) -> String {
        guard let text = json[key]?.string, !text.isEmpty else {
            throw Diagnostic(
                "a suppression needs `\(key)`, a text", remedy: "Mend the record: each has an owner and a reason")
        }
        return text
    }

    private static func time(_ key: String, _ value: JSONValue) throws(Diagnostic) -> Timestamp? {
        if value.isNull { return nil }
        guard let time = value.string.flatMap({ Timestamp($0) }) else {
            throw Diagnostic(
                "the `\(key)` of a suppression is no time", remedy: "Write it like 2026-03-01 or 2026-03-01T12:00:00Z")
        }
        return time
    }
}

extension ByteText {
    /// The text with the letters A to Z in lower case, and all else as it is.
    static func folded(_ text: String) -> ByteText {
        ByteText(String(decoding: text.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self))
    }
}
