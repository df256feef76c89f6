internal import Diagnostics
internal import JSON

/// The limits on what leaves the case file for a model.
enum EvidenceCaps {
    /// Characters of one text.
    static let text = 200
    static let events = 40
    static let findings = 20
    static let incidents = 10
    /// Distinct values of one field in a summary.
    static let values = 12

    /// A value whose texts are visible-safe and at most ``text`` characters long, and whose arrays are bounded.
    static func capped(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let string): .string(string.visible(limit: text))
        case .array(let elements): .array(elements.prefix(200).map(capped))
        case .object(let members):
            .object(members.prefix(200).map { JSONValue.Member($0.key.visible(limit: text), capped($0.value)) })
        default: value
        }
    }
}
