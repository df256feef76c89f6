internal import Diagnostics
internal import Tables

extension OktaFetchRun {
    /// How long events may arrive after their `published`, in seconds: Okta says only that some "may be delayed".
    private static let delay = 600.0

    /// Reads a window to its end, and its last minutes once more when they are so recent that events may be late.
    mutating func readBounded(_ whole: OktaLogWindow) async throws {
        try await readAll(whole)
        let recently = min(whole.until, now).advanced(bySeconds: -Self.delay)
        guard whole.until > now.advanced(bySeconds: -Self.delay) else { return }
        try await readAll(OktaLogWindow(since: max(whole.since, recently), until: whole.until))
        note(
            Diagnostic(
                "the window ends only now, and Okta may still add events to its last minutes",
                remedy: "Fetch the last minutes again later, or use --follow, which misses none"))
    }

    /// Reads a window, in halves where Okta needs too long for the whole.
    private mutating func readAll(_ whole: OktaLogWindow) async throws {
        var windows = [whole]
        while let window = windows.popLast() {
            guard let (start, fault) = try await readPages(window) else { continue }
            guard let halves = window.halves(from: start) else {
                throw exchange.messages.tooSlow("the window \(max(start, window.since)) to \(window.until)", fault)
            }
            windows += halves.reversed()
        }
    }

    /// Reads the pages of a window.
    ///
    /// - Returns: Where to go on when Okta took too long: at the newest event so far, as pages come in the order of
    ///   `published`; and what Okta said.
    private mutating func readPages(_ window: OktaLogWindow) async throws -> (start: Timestamp, fault: OktaFault)? {
        asked = RecentSet(limit: Self.followedLimit)
        var url = firstURL.bounded(window), newest = window.since
        while true {
            switch try await read(url) {
            case .tooSlow(let fault): return (newest, fault)
            case .page(let content, let link):
                newest = try await max(newest, deliver(content) ?? newest)
                guard let next = try link.get() else { return nil }
                if asked.contains(next) { throw exchange.messages.loop }
                url = next
            }
        }
    }
}
