internal import Connectors
internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

extension Session {
    /// Fetches events from Okta into a file under the data folder, then reads that file like any other.
    ///
    /// However the fetch ends, by its own or an interruption included, what it brought is read.
    func ingestOkta(_ request: Operation.OktaRequest, watch: Watch) async throws -> IngestOutcome {
        guard let store else { throw Diagnostic("this session writes nothing, so it fetches nothing", remedy: "Start a new one") }
        let log = try okta(), query = try query(of: request), folder = store.folder + "/events"
        try Locations.make(folder)
        let fetch = await log.fetch(
            query, follow: request.follows, checkpoints: OktaCheckpoints(folder: folder), spool: OktaSpool(folder: folder),
            watch: watch.onFetch)
        try await transcript.append(.serviceCall, [
            JSONValue.Member("service", "okta"), JSONValue.Member("request", .string("GET /api/v1/logs")),
            JSONValue.Member("organization", .string(log.organization.origin)), JSONValue.Member("report", fetch.json),
        ])
        if let stopped = fetch.stopped, fetch.spool == nil, stopped.kind != .interrupted { throw stopped }
        state.isLive = true
        // A fetch that was interrupted leaves this task cancelled; what it brought is read all the same.
        let paths = [fetch.spool].compactMap { $0 }
        var outcome = try await Task { try await self.ingestFetched(paths, watch: watch) }.value
        outcome.fetch = fetch
        return outcome
    }

    private func query(of request: Operation.OktaRequest) throws(Diagnostic) -> OktaLogQuery {
        let window = try TimeWindowRequest(since: request.since, until: request.until, hours: request.hours)
            .resolved(now: settings.now ?? wallTime)
        guard !request.follows || window.until == nil else {
            throw Diagnostic("--follow has no end, and --until names one", remedy: "Give one of them", kind: .usage)
        }
        return OktaLogQuery(since: window.since, until: window.until, filter: request.filter)
    }

    private func ingestFetched(_ paths: [String], watch: Watch) async throws -> IngestOutcome {
        guard paths.isEmpty else { return try await ingest(Operation.IngestRequest(paths: paths), watch: watch) }
        return outcome(of: IngestReport(), files: [], window: nil, seconds: 0)
    }
}

extension OktaFetchReport {
    /// As a `service_call` record keeps it.
    var json: JSONValue {
        [
            "requests": .integer(Int64(requests)), "token_requests": .integer(Int64(tokenRequests)),
            "pages": .integer(Int64(pages)), "events": .integer(Int64(events)), "duplicates": .integer(Int64(duplicates)),
            "rejected": .integer(Int64(rejected)), "waits": .integer(Int64(waits)), "seconds_waited": JSONValue(secondsWaited),
            "organization_limit": organizationLimit.map { .integer(Int64($0)) } ?? .null,
            "newest": JSONValue(newest?.description), "resumed": JSONValue(resumed?.description), "spool": JSONValue(spool),
            "notices": JSONValue(notices.map(\.problem)), "stopped": JSONValue(stopped?.problem),
        ]
    }
}
