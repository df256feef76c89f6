import Testing

@testable import Shell

/// Tables as they stand on the screen.
@Suite struct RenderingTableTests {
    private static let findings = TextTable(
        columns: [
            .init("#", alignment: .right), .init("severity"), .init("finding", priority: 3, canShrink: true), .init("who"),
            .init("when (UTC)", priority: 2), .init("evidence"),
        ],
        rows: [
            [
                "1", .init("high", .severity("high")), "impossible_travel", "bob", "11-12 19:00 → 19:25",
                "Paris FR → New York US in 25 min, 2 addresses",
            ],
            ["2", .init("medium", .severity("medium")), "failed_login_burst", "alice", "11-12 18:00", "5 failures"],
        ])

    private func screen(_ width: Int, colour: Bool = false) -> Screen { Screen(width: width, colour: colour) }

    @Test func aTableThatFits() {
        #expect(render(Self.findings, on: screen(120)) == [
            "  #  severity  finding             who    when (UTC)           evidence",
            "  1  high      impossible_travel   bob    11-12 19:00 → 19:25  Paris FR → New York US in 25 min, 2 addresses",
            "  2  medium    failed_login_burst  alice  11-12 18:00          5 failures",
        ])
    }

    @Test func firstWhatMayShrinkIsCut() {
        #expect(render(Self.findings, on: screen(100)) == [
            "  #  severity  finding     who    when (UTC)           evidence",
            "  1  high      impossibl…  bob    11-12 19:00 → 19:25  Paris FR → New York US in 25 min, 2 addresses",
            "  2  medium    failed_lo…  alice  11-12 18:00          5 failures",
        ])
    }

    @Test func thenTheLastIsWrapped() {
        #expect(render(Self.findings, on: screen(80)) == [
            "  #  severity  finding   who    when (UTC)           evidence",
            "  1  high      impossi…  bob    11-12 19:00 → 19:25  Paris FR → New York US in",
            "                                                     25 min, 2 addresses",
            "  2  medium    failed_…  alice  11-12 18:00          5 failures",
        ])
    }

    @Test func thenEachFieldHasItsLine() {
        #expect(render(Self.findings, on: screen(40)) == [
            "  #           1",
            "  severity    high",
            "  finding     impossible_travel",
            "  who         bob",
            "  when (UTC)  11-12 19:00 → 19:25",
            "  evidence    Paris FR → New York US in",
            "              25 min, 2 addresses",
            "",
            "  #           2",
            "  severity    medium",
            "  finding     failed_login_burst",
            "  who         alice",
            "  when (UTC)  11-12 18:00",
            "  evidence    5 failures",
        ])
    }

    @Test func columnsWithHighNumbersAreCutFirst() {
        let table = TextTable(
            columns: [.init("a", priority: 1, canShrink: true), .init("b", priority: 2, canShrink: true)],
            rows: [["abcdefghijklmnop", "abcdefghijklmnop"]])
        let line = { (width: Int) in render(table, on: Screen(width: width)).last }
        #expect([36, 34, 28, 26, 20].map(line) == [
            "  abcdefghijklmnop  abcdefghijklmnop", "  abcdefghijklmnop  abcdefghijklm…", "  abcdefghijklmnop  abcdefg…",
            "  abcdefghijklm…  abcdefg…", "  abcdefg…  abcdefg…",
        ])
    }

    @Test func withoutTitlesThereIsNoHead() {
        let plan = TextTable(
            columns: [.init("", alignment: .right), .init(""), .init("")],
            rows: [["9", "collect_auth_logs", "all of bob's events"], ["10", "lock_account"]])
        #expect(render(plan, on: screen(60)) == [
            "   9  collect_auth_logs  all of bob's events", "  10  lock_account",
        ])
        #expect(render(plan, on: screen(20)) == [
            "  9", "    collect_auth_log", "    s", "    all of bob's", "    events", "", "  10", "    lock_account",
        ])
    }

    @Test func wideCharactersTakeTwoColumns() {
        let table = TextTable(
            columns: [.init("who", canShrink: true), .init("n", alignment: .right)],
            rows: [["山田太郎", "1"], ["e\u{301}ve", "22"], ["👩 x", ""]])
        #expect(render(table, on: screen(40)) == [
            "  who        n", "  山田太郎   1", "  e\u{301}ve       22", "  👩 x",
        ])
        let cut = TextTable(columns: [.init("w", canShrink: true), .init("")], rows: [["山田太郎山田", "1234567890"]])
        #expect(render(cut, on: screen(22)) == ["  w", "  山田太…   1234567890"])
    }

    @Test func hostileTextIsShownNotObeyed() {
        let table = TextTable(
            columns: [.init("who\u{7}"), .init("agent")], rows: [["bob\u{1B}[31m", "a\nb\u{202E}c\u{9B}0m"]])
        #expect(render(table, on: screen(80, colour: false)) == [
            #"  who\u{7}       agent"#, #"  bob\u{1B}[31m  a\nb\u{202E}c\u{9B}0m"#,
        ])
    }

    @Test func colourIsOnlyAddedWhereItIsWanted() {
        let table = TextTable(
            columns: [.init("sev"), .init("why")],
            rows: [[.init("high", .severity("high")), "x"], [.init("odd", .severity("odd")), .init("y", .dim)]])
        #expect(render(table, on: screen(40, colour: true)) == [
            "  \u{1B}[2msev\u{1B}[0m   \u{1B}[2mwhy\u{1B}[0m", "  \u{1B}[31mhigh\u{1B}[0m  x", "  odd   \u{1B}[2my\u{1B}[0m",
        ])
    }

    @Test func nothingToShow() {
        #expect(render(TextTable(columns: []), on: screen(80)) == [])
        #expect(render(TextTable(columns: [.init("id")]), on: screen(80)) == ["  id"])
    }

    /// On no screen, however narrow, does a line go over its edge.
    @Test(arguments: 1...130)
    func everyLineFits(width: Int) {
        let screen = screen(width)
        let widest = render(Self.findings, on: screen).map(\.terminalColumns).max() ?? 0
        #expect(widest <= screen.width)
    }
}
