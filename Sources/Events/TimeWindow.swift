public import Diagnostics
public import Tables

/// A time as the user writes it (`T` in the contract): an instant, `now`, or a count back from now.
public enum TimeExpression: Hashable, Sendable {
    case instant(Timestamp)
    /// Seconds before the session's clock; 0 is `now`.
    case back(Double)

    /// Reads `2025-11-12`, `2025-11-12T18:00Z`, `now`, `90m`, `24h` or `7d`; no zone means UTC.
    public init(_ text: String) throws(Diagnostic) {
        if text == "now" {
            self = .back(0)
        } else if let unit = text.last.flatMap({ Self.units[$0] }), let count = Self.count(text.dropLast()),
            count * unit < 4e9
        {
            self = .back(count * unit)
        } else if let instant = Timestamp(text) {
            self = .instant(instant)
        } else {
            throw Diagnostic(
                "`\(text)` is not a time", remedy: "Write 2025-11-12, 2025-11-12T18:00Z, now, 90m, 24h or 7d",
                kind: .usage)
        }
    }

    private static let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// Decimal digits with at most one point: `Double` alone would also read `0x10`, `1e3` and `nan`.
    private static func count(_ text: Substring) -> Double? {
        text.allSatisfy { $0 == "." || $0.isASCII && $0.isNumber } ? Double(text) : nil
    }

    /// The instant that is meant when the clock shows `now`.
    public func instant(now: Timestamp) -> Timestamp {
        switch self {
        case .instant(let instant): instant
        case .back(let seconds): now.advanced(bySeconds: -seconds)
        }
    }

    /// Whether it counts back from the clock.
    public var isRelative: Bool { if case .back = self { true } else { false } }
}

/// A stretch of time, both ends included; an end that is `nil` is open.
public struct TimeWindow: Hashable, Sendable {
    /// The first instant inside.
    public let since: Timestamp?
    /// The last instant inside.
    public let until: Timestamp?

    /// Open without ends.
    public init(since: Timestamp? = nil, until: Timestamp? = nil) {
        self.since = since
        self.until = until
    }

    /// Whether every event is inside.
    public var isOpen: Bool { since == nil && until == nil }

    /// Whether an event of this time is inside; an event without a time is inside an open window only.
    public func contains(_ time: Timestamp?) -> Bool {
        guard let time else { return isOpen }
        return since.map { time >= $0 } ?? true && until.map { time <= $0 } ?? true
    }
}

/// The window that a command asks for with `--since`, `--until` and `--hours`.
public struct TimeWindowRequest: Hashable, Sendable {
    /// Where it begins, as it was asked for.
    public let since: TimeExpression?
    /// Where it ends, as it was asked for.
    public let until: TimeExpression?

    /// - Parameter hours: Counted back from the clock; the same as `--since` of that many hours.
    public init(since: String? = nil, until: String? = nil, hours: Double? = nil) throws(Diagnostic) {
        if let hours {
            guard since == nil else {
                throw Diagnostic(
                    "--hours and --since both say where to begin", remedy: "Give one of them", kind: .usage)
            }
            guard hours > 0, hours.isFinite, hours < 1e6 else {
                throw Diagnostic(
                    "--hours needs a number above 0", remedy: "Write, for example, --hours 24", kind: .usage)
            }
            self.since = .back(hours * 3600)
        } else if let since {
            self.since = try TimeExpression(since)
        } else {
            self.since = nil
        }
        if let until { self.until = try TimeExpression(until) } else { self.until = nil }
    }

    /// Whether it asks for all events.
    public var isOpen: Bool { since == nil && until == nil }
    /// Whether the clock matters.
    public var isRelative: Bool { since?.isRelative == true || until?.isRelative == true }

    /// The window itself, when the clock shows `now`.
    public func resolved(now: Timestamp) throws(Diagnostic) -> TimeWindow {
        let window = TimeWindow(since: since?.instant(now: now), until: until?.instant(now: now))
        if let since = window.since, let until = window.until, since > until {
            throw Diagnostic(
                "the window ends at \(until) before it begins at \(since)", remedy: "Swap --since and --until",
                kind: .usage)
        }
        return window
    }
}
