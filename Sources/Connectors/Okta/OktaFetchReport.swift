public import Diagnostics
public import Tables

/// What one fetch read and what it cost, also when it ended early.
public struct OktaFetchReport: Sendable {
    /// Requests to the System Log, those included that were refused or repeated.
    public internal(set) var requests = 0
    /// Requests for access tokens; Okta counts them apart.
    public internal(set) var tokenRequests = 0
    /// Pages that held a list, empty ones included.
    public internal(set) var pages = 0
    /// Events that were delivered, each once.
    public internal(set) var events = 0
    /// Events that came again and were dropped by their uuid.
    public internal(set) var duplicates = 0
    /// Elements of pages that are no events; ``problems`` names the first of them.
    public internal(set) var rejected = 0
    /// Waits for Okta's limits, for this program's own share of them, and before repeated requests.
    public internal(set) var waits = 0
    /// How long those waits were together.
    public internal(set) var secondsWaited = 0.0
    /// The org's limit of System Log requests a minute, where an answer named it.
    public internal(set) var organizationLimit: Int?
    /// The newest `published` of all events delivered, those before the checkpoint included.
    public internal(set) var newest: Timestamp?
    /// When the checkpoint was written that the fetch went on from, or `nil`.
    public internal(set) var resumed: Timestamp?
    /// The file that holds the events, once there is one.
    public internal(set) var spool: String?
    /// What the user should know though it ended nothing: retention, late events, a checkpoint that was not used.
    public internal(set) var notices: [Diagnostic] = []
    /// The first ``problemLimit`` elements that were skipped.
    public internal(set) var problems: [Diagnostic] = []
    /// Why the fetch ended before it was complete, or `nil`. Everything counted above was delivered all the same.
    public internal(set) var stopped: Diagnostic?

    /// How many skipped elements are named.
    public static let problemLimit = 100

    init() {}
}

/// What happens during a fetch, for a line of progress.
public enum OktaFetchProgress: Hashable, Sendable {
    /// A page was delivered: its events, and all events so far.
    case page(events: Int, total: Int, newest: Timestamp?)
    /// A wait begins, with its reason in words.
    case waiting(seconds: Double, reason: String)
    /// There are no more events now; a fetch that follows asks again after its interval.
    case upToDate(newest: Timestamp?)
    /// Something the user should know; also in ``OktaFetchReport/notices``.
    case notice(Diagnostic)
}
