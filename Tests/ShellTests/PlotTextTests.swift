import Tables
import Testing

@testable import Investigation
@testable import Shell

@Suite("Pictures, as they stand on the screen")
struct PlotTextTests {
    private func lines(
        _ what: String, width: Int, ascii: Bool = false, by unit: TimeUnit? = nil, _ filter: EventFilter = EventFilter(limit: 20),
        in state: SessionState? = nil
    ) async throws -> [String] {
        var known = state
        if known == nil { known = try await StoryNight.state() }
        let screen = Screen(width: width, isASCII: ascii), request = try PlotRequest(what: what, unit: unit, filter: filter)
        return try known.map {
            screen.shown(PlotText(outcome: try $0.plot(request, now: StoryNight.morning), screen: screen).lines)
        } ?? []
    }

    @Test func eventsOverTime() async throws {
        #expect(try await lines("events", width: 60) == [
            "  events in 1 h a column, UTC",
            "  6 │█████",
            "    │█████",
            "    │█████",
            "    │█████",
            "    │█████",
            "    │█████       █████                         █████",
            "  0 └┬───────────┬───────────┬───────────┬───────────",
            "     02:00       04:00       06:00       08:00",
            "  8 of 8 events, 2026-03-13 02:00:00Z – 09:00:00Z; most: 6",
            "  from 2026-03-13 02:00:00Z",
        ])
    }

    @Test func inASCII() async throws {
        #expect(try await lines("events", width: 40, ascii: true, by: .day) == [
            "  events in 1 d a column, UTC",
            "  8 |#######",
            "    |#######",
            "    |#######",
            "    |#######",
            "    |#######",
            "    |#######",
            "    |#######",
            "    |#######",
            "  0 ++-------",
            "     03-13",
            "  8 of 8 events, 2026-03-13 02:00:00Z -",
            "  09:00:00Z; most: 8 from 2026-03-13",
            "  00:00:00Z",
        ])
        #expect(try await lines("countries", width: 40, ascii: true) == [
            "  events by country",
            "  Nigeria  6  ##########################",
            "  Germany  1  ####",
            "  Poland   1  ####",
            "  8 of 8 events, 2026-03-13 02:00:00Z -",
            "  09:00:00Z",
        ])
    }

    @Test func barsInEighths() async throws {
        #expect(try await lines("client.ipAddress", width: 40, EventFilter(limit: 2)) == [
            "  events by client.ipAddress",
            "  1  203.0.113.66  6  ██████████████████",
            "  2  192.0.2.1     1  ███",
            "  and 1 more; `--limit` shows them",
            "  8 of 8 events, 2026-03-13 02:00:00Z –",
            "  09:00:00Z",
        ])
        #expect(try await lines("failures", width: 60) == [
            "  failed events by actor", "  1  ann@example.com  5  ███████████████████████████████████",
            "  5 of 8 events, 2026-03-13 02:00:00Z – 02:00:20Z",
        ])
    }

    @Test(arguments: [
        (8, 8, 4, "████"), (4, 8, 4, "██"), (3, 8, 4, "█▌"), (1, 32, 4, "▏"), (1, 1_000_000, 4, "▏"), (0, 8, 4, ""), (5, 8, 1, "▋"),
    ])
    func bars(count: Int, most: Int, columns: Int, expected: String) {
        #expect(BarChart.bar(count, of: most, columns: columns, glyphs: .blocks) == expected)
    }

    @Test func asciiBarsHaveNoParts() {
        #expect([8, 5, 1, 0].map { BarChart.bar($0, of: 8, columns: 4, glyphs: .ascii) } == ["####", "###", "#", ""])
    }

    @Test func longTimesAreTakenTogetherOnWholeHoursAndDays() {
        let start = Timestamp("2026-03-13T05:00:00Z") ?? Timestamp(ticks: 0)
        let week = TimeSeries(start: start, step: 3600, counts: [Int](repeating: 1, count: 168))
        let fitted = week.fitted(to: 60)
        #expect(fitted.step == 3 * 3600 && fitted.start.description == "2026-03-13T03:00:00Z" && fitted.counts.count == 57)
        #expect(fitted.counts.first == 1 && fitted.counts.reduce(0, +) == 168)
        #expect(week.fitted(to: 168) == week && week.fitted(to: 1).counts == [168])
    }

    @Test func aLineOfCountsTellsNoneFromFew() {
        let series = TimeSeries(start: Timestamp(ticks: 0), step: 60, counts: [0, 1, 50, 100])
        #expect(series.sparkline(.blocks) == "·▁▄█" && series.sparkline(.ascii) == ".:+@")
    }

    @Test func nothingToDraw() async throws {
        #expect(try await lines("events", width: 60, in: SessionState()) == ["  no events are loaded"])
        #expect(try await lines("events", width: 60, EventFilter(actor: "zed")) == ["  none of 8 events fits"])
        #expect(try await lines("outcome.reason", width: 60) == [
            "  events by outcome.reason", "  8 of 8 events, 2026-03-13 02:00:00Z – 09:00:00Z; 8 without",
            "  outcome.reason",
        ])
        let timeless = try await StoryNight.state(#"{"uuid":"a","eventType":"t"}"#, detected: false)
        #expect(try await lines("events", width: 60, in: timeless) == ["  none of 1 event has a time"])
    }

    @Test func hostileValuesAreShownNotObeyed() async throws {
        let text = try await lines("actor.id", width: 60)
        #expect(text.contains { $0.contains(#"00ubo\u{1B}[31m"#) } && !text.joined().contains("\u{1B}"))
    }

    @Test func everyLineFits() async throws {
        let state = try await StoryNight.state()
        for width in 1...130 {
            for what in ["events", "failures", "types", "actor.alternateId"] {
                let widest = try await lines(what, width: width, in: state).map(\.terminalColumns).max() ?? 0
                #expect(widest <= max(width, Screen.narrowest), "\(width) \(what)")
            }
        }
    }

    @Test(arguments: [
        (["LC_ALL": "C", "LANG": "en_US.UTF-8"], false), (["LANG": "en_US.UTF-8"], true), (["LC_ALL": "", "LANG": "de_DE.utf8"], true),
        (["LC_CTYPE": "UTF-8"], true), (["LC_CTYPE": "C", "LANG": "C.UTF-8"], false), (["LANG": "de_DE.ISO-8859-1"], false), ([:], false),
    ])
    func whatTheTerminalCanShow(environment: [String: String], isUTF8: Bool) {
        #expect(TerminalLocale.isUTF8(in: environment) == isUTF8)
    }
}
