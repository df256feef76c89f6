import Diagnostics
import Sigma
import Tables
import Testing

@testable import Detection

@Suite("The stretches of time that a rule's runs look at")
struct QueryWindowTests {
    private static func rule(_ frequency: String, _ period: String, kind: String = "Scheduled") throws -> QueryRule {
        let text = """
            id: r
            query: Okta_CL
            kind: \(kind)
            queryFrequency: \(frequency)
            queryPeriod: \(period)
            triggerOperator: gt
            triggerThreshold: 0
            """
        return try #require(RuleSet([RuleText(name: "a.yaml", bytes: Array(text.utf8))]).queries.first)
    }

    /// `from-until` in minutes after the first event, rounded.
    private static func stretches(_ rule: QueryRule, minutes: [Double]) -> [String] {
        QueryWindows(rule, times: minutes.map { Int64($0 * 600_000_000) }).stretches.map { stretch in
            let ends = [stretch.lowerBound, stretch.upperBound].map { Int((Double($0.ticks) / 600_000_000).rounded()) }
            return "\(ends[0])-\(ends[1])"
        }
    }

    @Test("Every frequency from the first event on, and once at the last event; empty ones are left out", arguments: [
        ("1h", "1h", [0], ["-60-0"]),
        ("1h", "1h", [0, 10], ["-50-10"]),
        ("1h", "1h", [0, 70], ["0-60", "10-70"]),
        ("1h", "1h", [0, 60], ["0-60", "0-60"]),
        ("1h", "2h", [0, 70, 200], ["-60-60", "0-120", "60-180", "80-200"]),
        ("1h", "1h", [0, 10_000], ["0-60", "9940-10000"]),
        ("1h", "1h", [], []),
    ] as [(String, String, [Double], [String])])
    func plan(frequency: String, period: String, minutes: [Double], expected: [String]) throws {
        #expect(Self.stretches(try Self.rule(frequency, period), minutes: minutes) == expected)
    }

    @Test("No event lies on a boundary, and each lies in a stretch")
    func boundaries() throws {
        let times = (0..<5000).map { Int64($0) * 300 * Timestamp.ticksPerSecond }
        let stretches = QueryWindows(try Self.rule("1h", "1h"), times: times).stretches
        #expect(times.allSatisfy { time in stretches.contains { $0.lowerBound.ticks < time && time < $0.upperBound.ticks } })
        #expect(times.allSatisfy { time in !stretches.contains { $0.lowerBound.ticks == time || $0.upperBound.ticks == time } })
    }

    @Test("A long log is run through once a period, in coarser steps, or from later on, and it is said", arguments: [
        ("5m", "1h", "Scheduled", 100, 101, 1.0, "runs once a period, and not more often, since the log is long"),
        ("5m", "5m", "NRT", 100, 1201, 1.0, nil),
        ("5m", "5m", "NRT", 1000, 1999, 1.0, "runs on 1800 seconds at a time, since the log is long"),
        ("5m", "5m", "Scheduled", 1000, 2000, 0.166, "runs over the time from "),
        ("1h", "14d", "Scheduled", 1000, 3, 1.0, "runs once a period, and not more often, since the log is long"),
    ] as [(String, String, String, Int, Int, Double, String?)])
    func long(
        frequency: String, period: String, kind: String, hours: Int, count: Int, share: Double, note: String?
    ) throws {
        let times = (0...hours * 12).map { Int64($0) * 300 * Timestamp.ticksPerSecond }
        let windows = QueryWindows(try Self.rule(frequency, period, kind: kind), times: times)
        if let note { #expect(windows.note?.hasPrefix(note) == true, "\(windows.note ?? "")") } else { #expect(windows.note == nil) }
        #expect(windows.stretches.count == count)
        let seen = times.count { time in windows.stretches.contains { $0.lowerBound.ticks < time && time < $0.upperBound.ticks } }
        #expect(Double(seen) >= share * Double(times.count) - 1)
    }
}
