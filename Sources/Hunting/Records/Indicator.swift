public import JSON

/// Something in rows that is worth searching elsewhere.
public struct Indicator: Hashable, Sendable {
    /// What kind of thing it is.
    public enum Kind: String, CaseIterable, Sendable {
        case ipv4, ipv6, domain, url, md5, sha1, sha256, user, host
    }

    public let kind: Kind
    /// As the rows have it. Text from the log: make it visible before printing.
    public let value: String
    /// The rows that have it, counted from 0, sorted.
    public let rows: [Int]
    /// Whether it is an address that is not reachable from the internet (RFC 1918, 4193, 6598, loopback, link-local).
    public let isPrivate: Bool

    /// An indicator.
    public init(kind: Kind, value: String, rows: [Int], isPrivate: Bool = false) {
        self.kind = kind
        self.value = value
        self.rows = rows
        self.isPrivate = isPrivate
    }

    /// `{"type","value","rows","private"}`.
    public var json: JSONValue {
        [
            "type": .string(kind.rawValue), "value": .string(value), "rows": .array(rows.map { .integer(Int64($0)) }),
            "private": .bool(isPrivate),
        ]
    }

    /// Reads what ``json`` wrote; `nil` for anything else.
    public init?(json: JSONValue) {
        guard let kind = json["type"]?.string.flatMap(Kind.init), let value = json["value"]?.string else { return nil }
        self.init(
            kind: kind, value: value, rows: (json["rows"]?.array ?? []).compactMap { $0.integer.map { Int($0) } },
            isPrivate: json["private"]?.bool ?? false)
    }
}
