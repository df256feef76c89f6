import Diagnostics
import Events
import Tables
import Testing

@Suite("Windows of time")
struct WindowTests {
    /// Events at 12, 14, …, 20 o'clock, named by the hour, and one without a time.
    private static let input = (6...10).map { #"{"uuid":"\#($0 * 2)","published":"2025-11-12T\#($0 * 2):00:00Z"}"# + "\n" }
        .joined() + #"{"uuid":"none"}"#

    @Test("Times as the user writes them", arguments: [
        ("2025-11-12", "2025-11-12T00:00:00Z"), ("2025-11-12T18:00Z", "2025-11-12T18:00:00Z"),
        ("2025-11-12T18:00:00+02:00", "2025-11-12T16:00:00Z"), ("now", "2025-11-12T20:00:00Z"),
        ("90m", "2025-11-12T18:30:00Z"), ("24h", "2025-11-11T20:00:00Z"), ("7d", "2025-11-05T20:00:00Z"),
        ("1w", "2025-11-05T20:00:00Z"), ("30s", "2025-11-12T19:59:30Z"), ("1.5h", "2025-11-12T18:30:00Z"),
        ("0d", "2025-11-12T20:00:00Z"),
    ])
    func expressions(text: String, expected: String) throws {
        let expression = try TimeExpression(text)
        #expect(try expression.instant(now: #require(Timestamp("2025-11-12T20:00:00Z"))).description == expected)
        #expect(expression.isRelative == !text.hasPrefix("2025"))
    }

    @Test("What is no time", arguments: [
        "", "yesterday", "h", "-5m", "+5m", "5 m", "5y", "24H", "0x10h", "1e3h", "infd", "nand", ".h", "1.2.3h", "99999999d",
        "2025-13-01", "24", "NOW", "٣h",
    ])
    func mistakes(text: String) {
        #expect(throws: Diagnostic(
            "`\(text)` is not a time", remedy: "Write 2025-11-12, 2025-11-12T18:00Z, now, 90m, 24h or 7d", kind: .usage)
        ) {
            try TimeExpression(text)
        }
    }

    @Test("Both ends are included; without a clock, counts go back from the newest event", arguments: [
        (nil, nil, nil, nil, ["12", "14", "16", "18", "20", "none"]),
        (nil, nil, 4, nil, ["16", "18", "20"]),
        ("4h", nil, nil, nil, ["16", "18", "20"]),
        ("239m", nil, nil, nil, ["18", "20"]),
        (nil, "now", nil, nil, ["12", "14", "16", "18", "20"]),
        (nil, "4h", nil, nil, ["12", "14", "16"]),
        ("6h", "2h", nil, nil, ["14", "16", "18"]),
        ("2025-11-12T14:00Z", nil, nil, nil, ["14", "16", "18", "20"]),
        ("2025-11-12T14:00:00.001Z", "2025-11-12 18:00", nil, nil, ["16", "18"]),
        ("2025-11-12T16:00Z", nil, nil, "2025-12-01", ["16", "18", "20"]),
        (nil, nil, 4, "2025-11-12T22:00Z", ["18", "20"]),
        (nil, "1h", nil, "2025-11-12T15:00Z", ["12", "14"]),
        (nil, nil, 0.5, nil, ["20"]),
        (nil, nil, 24, "2025-11-20", []),
    ] as [(String?, String?, Double?, String?, [String])])
    func windows(since: String?, until: String?, hours: Double?, now: String?, expected: [String]) async throws {
        let request = try TimeWindowRequest(since: since, until: until, hours: hours)
        let (table, report) = try await read(Self.input, window: request, now: now.flatMap { Timestamp($0) })
        #expect(table.ids == expected)
        #expect(report.read == 6 && report.accepted == expected.count && report.isBalanced)
        #expect(report.outsideWindow == 6 - expected.count)
    }

    @Test("What the window came out as, and what there was")
    func reported() async throws {
        let hours = try await read(Self.input, window: TimeWindowRequest(hours: 1), now: Timestamp("2025-12-01")).report
        #expect(hours.window == TimeWindow(since: Timestamp("2025-11-30T23:00Z")))
        #expect(hours.accepted == 0 && hours.first == nil && hours.last == nil)
        #expect(hours.available.map { [$0.lowerBound.description, $0.upperBound.description] }
            == ["2025-11-12T12:00:00Z", "2025-11-12T20:00:00Z"])
        #expect(try await read(Self.input).report.window == nil)
        #expect(try await read(#"{"uuid":"a"}"#).report.available == nil)
    }

    @Test("An event that the table has already may be the newest")
    func newest() async throws {
        let table = try await read(#"{"uuid":"late","published":"2025-11-12T23:00Z"}"#).table
        let (after, report) = try await read(Self.input, into: table, window: TimeWindowRequest(hours: 5))
        #expect(after.ids == ["late", "18", "20"])
        #expect(report.window?.since == Timestamp("2025-11-12T18:00Z"))
    }

    @Test("A field that only events outside have is not there")
    func outside() async throws {
        let input = """
            {"id":"a","timestamp":"2025-11-12T10:00Z","country":"FR"}
            {"id":"b","timestamp":"2025-11-12T20:00Z"}
            """
        let table = try await read(input, window: TimeWindowRequest(hours: 1)).table
        #expect(table.ids == ["b"])
        #expect(!table.has(.country))
    }

    @Test("Requests that make no sense", arguments: [
        ("1h", nil, 2.0, "--hours and --since both say where to begin"), (nil, nil, 0, "--hours needs a number above 0"),
        (nil, nil, -1, "--hours needs a number above 0"), (nil, nil, .nan, "--hours needs a number above 0"),
        (nil, nil, .infinity, "--hours needs a number above 0"), ("soon", nil, nil, "`soon` is not a time"),
        (nil, "later", nil, "`later` is not a time"),
        (
            "2025-11-13", "2025-11-12", nil,
            "the window ends at 2025-11-12T00:00:00Z before it begins at 2025-11-13T00:00:00Z"
        ),
        ("1h", "2h", nil, "the window ends at 2025-11-12T18:00:00Z before it begins at 2025-11-12T19:00:00Z"),
    ] as [(String?, String?, Double?, String)])
    func nonsense(since: String?, until: String?, hours: Double?, problem: String) throws {
        let now = try #require(Timestamp("2025-11-12T20:00:00Z"))
        let error = #expect(throws: Diagnostic.self) {
            try TimeWindowRequest(since: since, until: until, hours: hours).resolved(now: now)
        }
        #expect(error?.problem == problem)
        #expect(error?.kind == .usage)
    }
}
