import Testing

@testable import Investigation
@testable import Shell

@Suite("A story, as it stands on the screen")
struct TimelineTextTests {
    private func lines(
        of name: String?, width: Int, ascii: Bool = false, _ filter: EventFilter = EventFilter(),
        in state: SessionState? = nil
    ) async throws -> [String] {
        var known = state
        if known == nil { known = try await StoryNight.state() }
        guard let known else { return [] }
        let outcome = try known.timeline(of: name, filter, now: StoryNight.morning)
        let screen = Screen(width: width, isASCII: ascii)
        return screen.shown(TimelineText(outcome: outcome, screen: screen).lines)
    }

    @Test func withRoomEveryThingHasItsColumn() async throws {
        #expect(try await lines(of: "ann", width: 100) == [
            "  ann@example.com · User · 00uann",
            "  F1  f8a5421f  medium  failed_login_burst  ann@example.com",
            "  #  when (UTC)       pause  event                      outcome  from          place           in",
            "  1  03-13 02:00:00          user.session.start         FAILURE  203.0.113.66  Lagos, Nigeria  F1",
            "                             × 5  02:00:00Z – 02:00:20Z",
            "  2  03-13 02:02:00  +2 min  user.session.start         SUCCESS  203.0.113.66  Lagos, Nigeria",
            "  3  03-13 04:47:00  +2.8 h  user.mfa.factor.reset_all  SUCCESS  192.0.2.1     Bonn, Germany",
            "                             by root@example.com",
            "  3 lines for 7 events, UTC",
        ])
    }

    @Test func withLessRoomWhereItCameFromStandsBelowAndOnlyWhereItChanges() async throws {
        #expect(try await lines(of: "ann", width: 72) == [
            "  ann@example.com · User · 00uann",
            "  F1  f8a5421f  medium  failed_login_burst  ann@example.com",
            "  #  when (UTC)       pause  event                      outcome  in",
            "  1  03-13 02:00:00          user.session.start         FAILURE  F1",
            "                             × 5  02:00:00Z – 02:00:20Z",
            "                             from 203.0.113.66 · Lagos, Nigeria",
            "  2  03-13 02:02:00  +2 min  user.session.start         SUCCESS",
            "  3  03-13 04:47:00  +2.8 h  user.mfa.factor.reset_all  SUCCESS",
            "                             by root@example.com · from 192.0.2.1 ·",
            "                             Bonn, Germany",
            "  3 lines for 7 events, UTC",
        ])
    }

    @Test func fortyColumnsAreEnough() async throws {
        #expect(try await lines(of: "ann", width: 40) == [
            "  ann@example.com · User · 00uann",
            "  F1  f8a5421f  medium  failed_login_bu…",
            "  1  03-13 02:00:00  FAILURE  F1",
            "     user.session.start",
            "     × 5  02:00:00Z – 02:00:20Z",
            "     from 203.0.113.66 · Lagos, Nigeria",
            "     +2 min",
            "  2  03-13 02:02:00  SUCCESS",
            "     user.session.start",
            "     +2.8 h",
            "  3  03-13 04:47:00  SUCCESS",
            "     user.mfa.factor.reset_all",
            "     by root@example.com · from",
            "     192.0.2.1 · Bonn, Germany",
            "  3 lines for 7 events, UTC",
        ])
    }

    @Test func asciiMarksAndHostileNames() async throws {
        #expect(try await lines(of: "192.0.2.7", width: 100, ascii: true) == [
            "  address 192.0.2.7",
            "  #  when (UTC)      pause  event               outcome  from       place",
            "  1  03-13 09:00:00         user.session.start  SUCCESS  192.0.2.7  Łódź, Poland",
            "  1 line for 1 event, UTC",
        ])
        let everything = try await lines(of: "e8", width: 60, ascii: true)
        #expect(everything[0] == #"  bo\u{1B}[31m@example.com | User | 00ubo\u{1B}[31m"#)
        #expect(!everything.joined().contains("\u{1B}"))
    }

    @Test func theLimitAndWhatIsNotDetectedAreSaid() async throws {
        let state = try await StoryNight.state(detected: false)
        #expect(try await lines(of: "ann", width: 100, EventFilter(limit: 1), in: state).last
            == "  1 of 3 lines for 7 events, UTC; `--limit` shows more; `detect` marks what it finds")
    }

    @Test func nothingToTell() async throws {
        let night = try await StoryNight.state(), undetected = try await StoryNight.state(detected: false)
        let late = EventFilter(since: "2026-03-14")
        #expect(try await lines(of: nil, width: 100, in: SessionState()) == ["  no events are loaded"])
        #expect(try await lines(of: nil, width: 120, in: undetected) == [
            "  nothing was detected yet: `detect` looks for findings, `timeline ACTOR` tells one actor's story",
        ])
        #expect(try await lines(of: nil, width: 120, late, in: night) == [
            "  no finding has events in that time; `timeline ACTOR` tells one actor's story",
        ])
        #expect(try await lines(of: "ann", width: 100, late, in: night) == ["  none of its events lies in that time"])
    }

    @Test(arguments: [
        (0.0, ""), (59, ""), (60, "+1 min"), (1500, "+25 min"), (3569, "+59 min"), (3570, "+1 h"), (9960, "+2.8 h"),
        (50_000, "+14 h"), (86_300, "+1 d"), (160_000, "+1.9 d"), (86_400_000, "+1,000 d"),
    ])
    func pauses(seconds: Double, expected: String) async throws {
        let outcome = try await StoryNight.state().timeline(of: "ann", EventFilter(limit: 1), now: StoryNight.morning)
        let entry = TimelineEntry(
            event: outcome.entries[0].event, last: nil, count: 1, gap: seconds, actors: 1, addresses: 1, findingIDs: [])
        #expect(TimelineWords(outcome).pause(entry) == expected)
    }

    /// On no screen, however narrow, does a line go over its edge.
    @Test func everyLineFits() async throws {
        let state = try await StoryNight.state()
        for width in 1...130 {
            for name in [nil, "ann", "203.0.113.66", "e8"] {
                let widest = try await lines(of: name, width: width, in: state).map(\.terminalColumns).max() ?? 0
                #expect(widest <= max(width, Screen.narrowest), "\(width) \(name ?? "all")")
            }
        }
    }
}
