public import Diagnostics
internal import JSON
public import KQL

/// A query that was refused or failed, with its text, so that the place can be shown.
public struct QueryFault: Error, Hashable, Sendable {
    public let fault: KQLFault
    /// The query.
    public let text: String
    /// Whether the user wrote one line of the query, a predicate, and the session the rest.
    public let isPredicate: Bool

    init(_ fault: KQLFault, in text: String, isPredicate: Bool = false) {
        self.fault = fault
        self.text = text
        self.isPredicate = isPredicate
    }

    /// The same in one sentence, with line and column.
    public var diagnostic: Diagnostic { fault.diagnostic(for: text) }

    /// As a transcript keeps it.
    var record: JSONValue { diagnostic.record.setting("code", to: .string(fault.code)) }

    /// Whether it says that time was over: then another run may end otherwise.
    static func isOfTime(_ record: JSONValue?) -> Bool { record?["code"]?.string == KQLFault.timeIsOver.code }
}
