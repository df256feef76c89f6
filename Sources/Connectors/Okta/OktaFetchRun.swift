internal import Diagnostics
internal import HTTP
internal import Tables

/// One fetch under way: what all its requests share.
struct OktaFetchRun {
    let organization: OktaOrganization
    let query: OktaLogQuery
    let tokens: OktaTokenSource
    let exchange: OktaExchange
    let manner: OktaFetchManner
    let checkpoints: OktaCheckpoints?
    let spool: OktaSpool?
    let onPage: @Sendable (OktaLogPage) async throws -> Void
    /// The events delivered last, by their uuid.
    var recent = RecentSet(limit: 100_000)
    /// The URLs asked last, to see when `next` leads in a circle.
    var asked = RecentSet(limit: followedLimit)

    static let followedLimit = 10_000

    /// What came of asking for one URL.
    enum Reading {
        /// A page, and the URL that may be asked next or why it may not.
        case page(OktaPageContent, next: Result<String?, Diagnostic>)
        case tooSlow(OktaFault)
    }

    var now: Timestamp { Timestamp(ticks: Int64(manner.retries.clock.now()) * Timestamp.ticksPerSecond) }
    var firstURL: OktaLogURL { OktaLogURL(organization: organization, filter: query.filter) }

    mutating func perform(follow: Bool) async throws {
        for notice in try query.notices(now: now) { note(notice) }
        guard let until = query.until else { return try await poll(follow: follow) }
        if follow {
            throw Diagnostic(
                "a fetch with an end cannot be followed", remedy: "Leave out --until, or --follow", kind: .usage)
        }
        try await readBounded(OktaLogWindow(since: query.start(now: now), until: until))
    }

    func note(_ notice: Diagnostic) {
        exchange.tally.update { $0.notices.append(notice) }
        exchange.watch(.notice(notice))
    }

    // MARK: Asking

    /// Asks for one page, with a new access token if the old one is refused.
    mutating func read(_ url: String) async throws -> Reading {
        _ = asked.insert(url)
        var isRenewed = false, broken = 0
        while true {
            let (response, secrets) = try await exchange.answer(.logs) { [self] in try await request(url) }
            let status = response.head.status
            if status == 200, let content = OktaPageContent(response.body, page: exchange.tally.report.pages + 1) {
                return .page(content, next: checked(LinkHeader(response.head).target("next"), secrets))
            }
            let fault = OktaFault(response.body, secrets: secrets)
            switch status {
            case 200:
                broken += 1
                if broken >= manner.retries.attempts { throw exchange.messages.notAPage(fault.words) }
                try await exchange.pause(manner.retries.wait(after: broken), "Okta sent a broken page")
            case 401 where !isRenewed:
                isRenewed = true
                guard await tokens.discard() else { throw exchange.messages.status(status, fault) }
            case 500... where fault.isTimeout: return .tooSlow(fault)
            default: throw exchange.messages.status(status, fault)
            }
        }
    }

    private func request(_ url: String) async throws -> HTTPRequest {
        let authorization = try await tokens.authorization(for: url, over: exchange)
        return HTTPRequest(
            url: url, headers: [("Accept", "application/json"), ("User-Agent", "watchfloor")] + authorization.headers,
            limits: manner.limits, secrets: authorization.secrets, remedy: OktaMessages.unreachable)
    }

    /// A `next` link, if it may be followed with this org's token; one that repeats a secret would carry it into the
    /// checkpoint.
    private func checked(_ next: String?, _ secrets: [String]) -> Result<String?, Diagnostic> {
        guard let next else { return .success(nil) }
        let shown = next.striking(secrets)
        guard organization.isLogsURL(next), shown == next else { return .failure(exchange.messages.foreignLink(shown)) }
        return .success(next)
    }

    // MARK: Delivering

    /// Hands on what is new on a page: first to the disk, then to the caller.
    ///
    /// - Returns: The newest `published` of the page, old events included.
    @discardableResult
    mutating func deliver(_ content: OktaPageContent) async throws -> Timestamp? {
        var fresh: [OktaPageContent.Event] = []
        for event in content.events where event.uuid.map({ recent.insert($0) }) ?? true { fresh.append(event) }
        try spool?.append(fresh.map(\.bytes))
        let newest = fresh.compactMap(\.published).max()
        let report = count(content, fresh.count, newest)
        exchange.watch(.page(events: fresh.count, total: report.events, newest: newest))
        try await onPage(OktaLogPage(number: report.pages, events: fresh.map(\.bytes), newest: newest))
        return content.events.compactMap(\.published).max()
    }

    private func count(_ content: OktaPageContent, _ fresh: Int, _ newest: Timestamp?) -> OktaFetchReport {
        let path = spool?.path
        exchange.tally.update { report in
            report.pages += 1
            report.events += fresh
            report.duplicates += content.events.count - fresh
            report.rejected += content.problems.count
            report.problems += content.problems.prefix(OktaFetchReport.problemLimit - report.problems.count)
            report.newest = [report.newest, newest].compactMap { $0 }.max()
            report.spool = path
        }
        return exchange.tally.report
    }
}
