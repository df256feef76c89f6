internal import Diagnostics
public import HTTP

/// An org's System Log (`GET /api/v1/logs`).
///
/// ```swift
/// let log = OktaSystemLog(connection, transport: CurlTransport())
/// let report = await log.fetch(OktaLogQuery(since: start, until: end), spool: OktaSpool(folder: "data/events"))
/// if let stopped = report.stopped { throw stopped }
/// ```
///
/// Keep one object for an org as long as the program runs: it holds the access token, and counts the requests of
/// all its fetches against the same share of the org's limit.
public final class OktaSystemLog: Sendable {
    /// Whose log it is.
    public let organization: OktaOrganization
    private let transport: any HTTPTransport
    private let manner: OktaFetchManner
    private let tokens: OktaTokenSource
    private let isServiceApp: Bool
    private let rate = OktaSharedRate()

    /// A log; nothing is sent before the first fetch.
    public init(
        organization: OktaOrganization, credentials: OktaCredentials, transport: any HTTPTransport,
        manner: OktaFetchManner = OktaFetchManner()
    ) {
        self.organization = organization
        self.transport = transport
        self.manner = manner
        tokens = OktaTokenSource(organization, credentials, identifier: manner.identifier)
        isServiceApp = if case .serviceApp = credentials { true } else { false }
    }

    /// As ``init(organization:credentials:transport:manner:)``, from the settings.
    public convenience init(
        _ connection: OktaConnection, transport: any HTTPTransport, manner: OktaFetchManner = OktaFetchManner()
    ) {
        self.init(
            organization: connection.organization, credentials: connection.credentials, transport: transport,
            manner: manner)
    }

    /// Reads the events of a query, page by page.
    ///
    /// Each page goes to the spool, then to `onPage`, and only then is the checkpoint moved past it. An event that
    /// comes again in the same fetch is dropped by its `uuid`. Nothing is thrown: whatever ends the fetch early, a
    /// cancelled task or an error of `onPage` included, is the report's ``OktaFetchReport/stopped``, and what was
    /// delivered until then stands.
    ///
    /// - Parameters:
    ///   - follow: Whether to go on asking for new events until the task is cancelled. Needs a query without `until`;
    ///     without `since` it goes on from the checkpoint.
    ///   - checkpoints: Where a polling fetch remembers how far it came; `nil` remembers nothing.
    ///   - spool: Where the events are written; `nil` writes none.
    ///   - watch: Told of progress, waits and notices as they happen.
    ///   - onPage: Given the new events of each page.
    public func fetch(
        _ query: OktaLogQuery, follow: Bool = false, checkpoints: OktaCheckpoints? = nil, spool: OktaSpool? = nil,
        watch: @escaping @Sendable (OktaFetchProgress) -> Void = { _ in },
        onPage: @escaping @Sendable (OktaLogPage) async throws -> Void = { _ in }
    ) async -> OktaFetchReport {
        let tally = OktaTally()
        let exchange = OktaExchange(
            transport: transport, retries: manner.retries, rate: rate, tally: tally,
            messages: OktaMessages(organization: organization, isServiceApp: isServiceApp), watch: watch)
        var run = OktaFetchRun(
            organization: organization, query: query, tokens: tokens, exchange: exchange, manner: manner,
            checkpoints: checkpoints, spool: spool, onPage: onPage)
        do {
            try await run.perform(follow: follow)
        } catch {
            tally.update { $0.stopped = Self.reason(error) }
        }
        return tally.report
    }

    private static func reason(_ error: any Error) -> Diagnostic {
        if Task.isCancelled || error is CancellationError { return .interrupted }
        if let diagnostic = error as? Diagnostic { return diagnostic }
        return Diagnostic("a page could not be taken: \(error)", remedy: "What was read is kept; try again")
    }
}
