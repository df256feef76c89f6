internal import Diagnostics
internal import JSON
public import Tables

/// Events as they arrived together.
public struct OktaLogPage: Sendable {
    /// Counted from 1 in one fetch.
    public let number: Int
    /// The events that had not come before in this fetch: each the exact bytes that Okta sent, a JSON object.
    public let events: [[UInt8]]
    /// The newest `published` among them.
    public let newest: Timestamp?
}

/// A page as it was sent: events, and what is none.
struct OktaPageContent {
    /// One event and what is needed of it.
    struct Event {
        let bytes: [UInt8]
        let uuid: String?
        let published: Timestamp?
    }

    private(set) var events: [Event] = []
    private(set) var problems: [Diagnostic] = []

    /// Whether the page held nothing at all, which ends a polling fetch.
    var isEmpty: Bool { events.isEmpty && problems.isEmpty }

    /// Reads the body of an answer; `nil` when it is not a JSON array. Its elements are copied as they stand.
    init?(_ body: [UInt8], page: Int) {
        guard let ranges = ArrayElements.ranges(of: body) else { return nil }
        for (index, range) in ranges.enumerated() {
            let bytes = Array(body[range])
            do {
                let json = try JSONValue(parsing: bytes)
                guard json.members != nil else {
                    skip(index, page, "is \(json.kind)")
                    continue
                }
                events.append(
                    Event(
                        bytes: bytes, uuid: json["uuid"]?.string,
                        published: json["published"]?.string.flatMap { Timestamp($0) }))
            } catch {
                skip(index, page, "is not JSON: \(error.problem)")
            }
        }
    }

    private mutating func skip(_ index: Int, _ page: Int, _ reason: String) {
        problems.append(
            Diagnostic(
                "element \(index + 1) of page \(page) is no event: it \(reason)",
                remedy: "It was skipped; its neighbours are kept"))
    }
}
