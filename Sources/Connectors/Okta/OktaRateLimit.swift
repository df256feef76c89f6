internal import HTTP

/// What an answer says of the request limit that it counted against.
struct OktaRateLimit: Hashable {
    /// Requests a minute that the whole org may make of this kind.
    let limit: Int?
    let remaining: Int?
    /// When the count begins anew, in seconds since 1970.
    let reset: Int?

    init(_ head: HTTPResponseHead) {
        limit = Self.number(head, "X-Rate-Limit-Limit")
        remaining = Self.number(head, "X-Rate-Limit-Remaining")
        reset = Self.number(head, "X-Rate-Limit-Reset")
    }

    private static func number(_ head: HTTPResponseHead, _ name: String) -> Int? {
        guard let text = head.header(name), text.utf8.count <= 12 else { return nil }
        return Int(text).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Too many requests at once rather than too many a minute: then both numbers are 0, and the reset is only a
    /// guess (developer.okta.com, "Rate limit best practices").
    var isConcurrency: Bool { limit == 0 && remaining == 0 }

    /// Seconds until the count begins anew by the server's own clock, one more for its rounding, and at least 1.
    func wait(_ head: HTTPResponseHead, now: Int) -> Int? { reset.map { max(1, $0 - (head.date ?? now) + 1) } }
}

/// This program's own share of the org's requests, which a SIEM and other tools need as well: at most 25 a minute,
/// and at most a quarter of the limit that Okta names.
struct OktaRateShare {
    private var sent: [Int] = []
    private var pauseEnds = 0
    /// The org's limit a minute, once an answer named it.
    private(set) var limit: Int?

    private static let ceiling = 25
    private static let minute = 60

    /// Requests a minute.
    var perMinute: Int { min(Self.ceiling, max(1, (limit ?? 4 * Self.ceiling) / 4)) }

    /// Seconds until the next request may be sent.
    mutating func wait(now: Int) -> Int {
        // A clock that was set back must not hold requests for hours.
        sent.removeAll { $0 <= now - Self.minute || $0 > now }
        let own = sent.count < perMinute ? 0 : sent[sent.count - perMinute] + Self.minute - now
        return max(own, pauseEnds - now, 0)
    }

    mutating func noteRequest(now: Int) { sent.append(now) }

    /// Takes what an answer says; the last request of the minute is left to others.
    mutating func learn(_ head: HTTPResponseHead, now: Int) {
        let rate = OktaRateLimit(head)
        guard !rate.isConcurrency else { return }
        if let limit = rate.limit, limit > 0 { self.limit = limit }
        pauseEnds = rate.remaining == 0 ? now + (rate.wait(head, now: now) ?? 0) : 0
    }
}
