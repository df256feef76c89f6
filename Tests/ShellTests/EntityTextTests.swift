import Testing

@testable import Investigation
@testable import Shell

@Suite("One actor's story, as it stands on the screen")
struct EntityTextTests {
    private func lines(of name: String, width: Int, ascii: Bool = false, in state: SessionState? = nil) async throws -> [String] {
        var known = state
        if known == nil { known = try await StoryNight.state() }
        let screen = Screen(width: width, isASCII: ascii)
        return try known.map { screen.shown(EntityText(story: try $0.entityStory(of: name), screen: screen).lines) } ?? []
    }

    @Test func withRoom() async throws {
        #expect(try await lines(of: "ann", width: 100) == [
            "  ann@example.com · User · 00uann",
            "  6 events, 2026-03-13 02:00:00Z – 02:02:00Z",
            "  █·······",
            "  2026-03-13 02:00:00Z – 10:00:00Z, 1 h a column; most: 6 from 2026-03-13 02:00:00Z",
            "  sign-ins: 1 succeeded, the last 2026-03-13 02:02:00Z · 5 failed, the last 2026-03-13 02:00:20Z",
            "                                                              events  first (UTC)",
            "  places       Lagos, Nigeria                                      6  03-13 02:00:00",
            "  addresses    203.0.113.66                                        6  03-13 02:00:00",
            "  event types  user.session.start                                  6  03-13 02:00:00",
            "  done to it   user.mfa.factor.reset_all by root@example.com       1  03-13 04:47:00",
            "  findings     f8a5421f medium failed_login_burst                     03-13 02:00:20",
            "  not in its events: networks, devices, user agents, systems, factors, applications, sessions",
        ])
    }

    @Test func fortyColumnsAreEnoughInASCIIAsWell() async throws {
        #expect(try await lines(of: "ann", width: 40, ascii: true) == [
            "  ann@example.com | User | 00uann",
            "  6 events, 2026-03-13 02:00:00Z -",
            "  02:02:00Z",
            "  @.......",
            "  2026-03-13 02:00:00Z - 10:00:00Z, 1 h",
            "  a column; most: 6 from 2026-03-13",
            "  02:00:00Z",
            "  sign-ins: 1 succeeded, the last",
            "  2026-03-13 02:02:00Z | 5 failed, the",
            "  last 2026-03-13 02:00:20Z",
            "  places",
            "    6  Lagos, Nigeria",
            "  addresses",
            "    6  203.0.113.66",
            "  event types",
            "    6  user.session.start",
            "  done to it",
            "    1  user.mfa.factor.reset_all by roo~",
            "  findings",
            "    f8a5421f medium failed_login_burst",
            "  not in its events: networks, devices,",
            "  user agents, systems, factors,",
            "  applications, sessions",
        ])
    }

    @Test func whoNeverActsIsToldByWhatOthersDid() async throws {
        let target = { (name: String) in #""target":[{"id":"00u\#(name)","type":"User","alternateId":"\#(name)@"# }
        let log = StoryNight.log.replacing(target("ann"), with: target("eve"))
        let state = try await StoryNight.state(log, detected: false)
        #expect(try await lines(of: "eve", width: 100, in: state).prefix(5) == [
            "  eve@example.com · User · 00ueve",
            "  no event of its own",
            "  no sign-ins",
            "                                                             events  first (UTC)",
            "  done to it  user.mfa.factor.reset_all by root@example.com       1  03-13 04:47:00",
        ])
    }

    @Test func moreThanFiveAreCountedAndHostileTextIsShown() async throws {
        let log = (1...7).map {
            #"{"uuid":"\#($0)","published":"2026-03-13T02:00:0\#($0)Z","eventType":"t","actor":{"id":"a"},"client":{"ipAddress":"\u001b[2J\#($0)"}}"#
        }.joined(separator: "\n")
        let text = try await lines(of: "a", width: 80, in: try await StoryNight.state(log, detected: false))
        #expect(text.filter { $0.contains("[2J") }.count == 5)
        #expect(text.contains { $0.hasSuffix("and 2 more") } && !text.joined().contains("\u{1B}"))
    }

    @Test func everyLineFits() async throws {
        let state = try await StoryNight.state()
        for width in 1...130 {
            for name in ["ann", "203.0.113.66", "e8"] {
                let widest = try await lines(of: name, width: width, in: state).map(\.terminalColumns).max() ?? 0
                #expect(widest <= max(width, Screen.narrowest), "\(width) \(name)")
            }
        }
    }
}
