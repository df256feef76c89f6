internal import Diagnostics
internal import Synchronization

/// The report of a running fetch, written by its requests and by its reader.
final class OktaTally: Sendable {
    private let state = Mutex(OktaFetchReport())

    var report: OktaFetchReport { state.withLock { $0 } }

    func update(_ change: (inout OktaFetchReport) -> Void) { state.withLock { change(&$0) } }
}

/// An org's share of requests, which outlives a fetch: the next one counts against the same minute.
final class OktaSharedRate: Sendable {
    private let state = Mutex(OktaRateShare())

    func withLock<Result: Sendable>(_ body: (inout OktaRateShare) -> Result) -> Result { state.withLock { body(&$0) } }
}
