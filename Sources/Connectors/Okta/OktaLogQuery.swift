internal import Diagnostics
public import Tables

/// Which events of the System Log are wanted.
///
/// With an ``until`` it is what Okta calls a bounded request: finite, in the order of `published`. Without, it is a
/// polling request: in the order in which Okta stored the events, and it can be followed.
public struct OktaLogQuery: Hashable, Sendable {
    /// The earliest event; `nil` is seven days before ``until`` or before now, which is Okta's own default.
    public var since: Timestamp?
    /// The latest event; `nil` is all there are.
    public var until: Timestamp?
    /// A filter in Okta's SCIM form, such as `eventType eq "user.session.start"`; `nil` is all events.
    public var filter: String?

    /// A query; nothing is checked before it is sent.
    public init(since: Timestamp? = nil, until: Timestamp? = nil, filter: String? = nil) {
        self.since = since
        self.until = until
        self.filter = filter
    }

    static let day = 86_400.0
    /// Okta keeps events this long; what is older is answered with nothing.
    private static let retention = 90 * day
    /// Okta answers 400 (E0000053) to a `since` before this.
    private static let refusal = 180 * day
    /// In bytes; more would not fit the request line that servers accept.
    private static let longestFilter = 4096

    /// The start that is asked for.
    func start(now: Timestamp) -> Timestamp { since ?? (until ?? now).advanced(bySeconds: -7 * Self.day) }

    /// What the user should know though it is no fault.
    ///
    /// - Throws: What Okta would refuse.
    func notices(now: Timestamp) throws(Diagnostic) -> [Diagnostic] {
        let start = start(now: now), age = now.seconds(since: start)
        try checkFilter()
        if let until, until <= start {
            throw Self.usage(
                "the window ends before it begins (\(start) to \(until))", "Give an --until later than --since")
        }
        guard age <= Self.refusal else {
            throw Self.usage(
                "Okta refuses a start more than 180 days back (\(start))",
                "Begin later: --since \(now.advanced(bySeconds: -Self.retention).date); Okta keeps events for 90 days")
        }
        guard age > Self.retention else { return [] }
        return [
            Self.usage(
                "Okta keeps events for 90 days; before \(now.advanced(bySeconds: -Self.retention).date) it has none",
                "Read older events from your own archive with `ingest FILE`")
        ]
    }

    private func checkFilter() throws(Diagnostic) {
        guard let filter else { return }
        if filter.utf8.allSatisfy({ $0 == 0x20 }) {
            throw Self.usage("the filter is empty", "Leave --filter out to read all events")
        }
        if filter.utf8.count > Self.longestFilter {
            throw Self.usage(
                "the filter has \(filter.utf8.count) bytes, more than \(Self.longestFilter)",
                "Shorten it, or read more and filter here with `kql`")
        }
        if filter.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw Self.usage(
                "the filter holds a control character",
                #"Write it on one line, such as eventType eq "user.session.start""#)
        }
    }

    private static func usage(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .usage)
    }
}
