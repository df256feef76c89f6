import Testing

@Suite("why")
struct WhyTests {
    private static func said(_ commands: String, _ options: [String] = []) throws -> Program.Said {
        try Program.run(
            ["--offline", "--quiet", "--format", "table", "-c", "ingest \(Program.demo); score; \(commands)"] + options,
            in: Program.folder())
    }

    /// The text from the first line that begins so to the end.
    private static func text(of said: Program.Said, from start: String) -> String {
        said.output.firstRange(of: start).map { String(said.output[$0.lowerBound...]) } ?? said.output
    }

    @Test("A finding: what, which rule with its settings, the score term by term, figures, events")
    func finding() throws {
        let said = try Self.said("why 3248")
        #expect(Self.text(of: said, from: "  high · finding") == """
              high · finding 324800c9 · Impossible travel between two countries
              what       Possible impossible travel for actor bob: FR -> US within 0:25:00.
              rule       detector impossible_travel, version 1; ATT&CK 18.1: T1078.004;
                         settings: window 3600, maximumSpeed 1000, minimumDistance 300,
                         quiet 86400, accountsOfExit 5
              score      0.72 high = likelihood 0.90 × impact 0.80, by rules; promoted to
                         incident 40e8e340
                           0.90 × 0.80: Two countries inside an hour, and no shared device
                           to explain it.
              also       One user signs in from several countries
              figures    from_country FR · to_country US · time_delta_seconds 1500 ·
                         from_city Paris · to_city New York · ips 198.51.100.20, 192.0.2.44
                         · same_user_agent true · outcomes SUCCESS, SUCCESS
              events     2 events
              when (UTC)      event        outcome  actor  address        place     id
              11-12 19:00:00  user.sessi…  SUCCESS  bob    198.51.100.20  Paris, …  evt-2001
              11-12 19:25:00  user.sessi…  SUCCESS  bob    192.0.2.44     New Yor…  evt-2002

            """)
    }

    @Test("An incident: whom it concerns, its chain, and each finding in short")
    func incident() throws {
        let lines = try Self.text(of: Self.said("why 40e8"), from: "  high · incident").split(separator: "\n")
        #expect(lines.prefix(4) == [
            "  high · incident 40e8e340 · Impossible travel between two countries: bob",
            "  state      open, score 0.72; 11-12 19:00 → 19:25", "  people     bob",
            "  addresses  198.51.100.20, 192.0.2.44",
        ])
        #expect(lines.contains("  the chain of 1 finding"))
        #expect(lines.contains("  high · finding 324800c9 · Impossible travel between two countries"))
    }

    @Test("For scripts all of it is one record", arguments: [("why 3248", "\"settings\":{\"window\":3600"), ("why evt-2002", "\"findings\":[")])
    func record(command: String, part: String) throws {
        let said = try Program.run(
            ["--offline", "--quiet", "--format", "jsonl", "-c", "ingest \(Program.demo); score; \(command)"],
            in: Program.folder())
        #expect(said.output.split(separator: "\n").last?.contains(part) == true)
    }
}
