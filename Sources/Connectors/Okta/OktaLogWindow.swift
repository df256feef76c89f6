internal import Tables

/// A stretch of time that one bounded request asks for.
struct OktaLogWindow: Hashable {
    let since: Timestamp
    let until: Timestamp

    /// The shortest window that is worth a request, in seconds.
    static let shortest = 60.0

    /// Two windows in the place of the rest of this one, the earlier first; `nil` when halves would be too short.
    ///
    /// The later begins a millisecond before the earlier ends: Okta does not say whether its bounds belong to the
    /// window, and an event that comes twice is dropped by its uuid.
    func halves(from start: Timestamp) -> [OktaLogWindow]? {
        let start = max(start, since)
        guard until.seconds(since: start) >= 2 * Self.shortest else { return nil }
        let middle = start.ticks + (until.ticks - start.ticks) / 2
        let whole = Timestamp(ticks: middle - middle % Self.millisecond)
        return [
            OktaLogWindow(since: start, until: whole),
            OktaLogWindow(since: Timestamp(ticks: whole.ticks - Self.millisecond), until: until),
        ]
    }

    private static let millisecond = Timestamp.ticksPerSecond / 1000
}

/// The first URL of a request; all later ones come from the server.
struct OktaLogURL {
    let organization: OktaOrganization
    let filter: String?

    /// The most events of a page that Okta allows.
    static let largestPage = 1000

    /// A request with both bounds, in the order of `published`.
    func bounded(_ window: OktaLogWindow) -> String {
        url("since=\(Self.text(window.since))&until=\(Self.text(window.until, roundedUp: true))")
    }

    /// A request without an end, in the order in which Okta stored the events.
    func polling(since: Timestamp) -> String { url("since=\(Self.text(since))") }

    /// Okta counts in milliseconds; rounding must not lose an event at either end.
    private static func text(_ time: Timestamp, roundedUp: Bool = false) -> String {
        let rest = (time.ticks % 10_000 + 10_000) % 10_000
        return Timestamp(ticks: time.ticks - rest + (roundedUp && rest > 0 ? 10_000 : 0)).description.percentEncoded
    }

    private func url(_ bounds: String) -> String {
        let filter = filter.map { "&filter=\($0.percentEncoded)" } ?? ""
        return "\(organization.logsURL)?\(bounds)&sortOrder=ASCENDING&limit=\(Self.largestPage)\(filter)"
    }

    /// The smallest page that is worth a request.
    private static let smallestPage = 10

    /// A URL that asks for half as many events, all else as it stands; `nil` when it names no number, or would
    /// name too small a one. Only for queries that Okta cannot answer in time: `next` is followed verbatim otherwise.
    static func withHalfThePage(_ url: String) -> String? {
        guard let mark = url.firstIndex(of: "?") else { return nil }
        var parts = url[url.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).map(
            String.init)
        guard let index = parts.firstIndex(where: { $0.hasPrefix("limit=") }),
            let limit = Int(parts[index].dropFirst(6)),
            limit / 2 >= smallestPage
        else { return nil }
        parts[index] = "limit=\(limit / 2)"
        return url[...mark] + parts.joined(separator: "&")
    }
}
