import Foundation
import Testing

/// `suppress`, `verdict` and what they change, in the real program.
@Suite struct SuppressCommandTests {
    private func run(_ arguments: [String], in folder: ProgramFolder, user: String? = "nina") throws -> Program.Said {
        let environment = ["COLUMNS": "140"].merging(user.map { ["USER": $0] } ?? [:]) { $1 }
        return try Program.run(["--offline"] + arguments, in: folder, environment: environment)
    }

    private static let add = ["suppress", "add", "--rule", "impossible_travel", "--actor", "bob", "--reason", "on a trip"]

    @Test("Wrong usage runs nothing", arguments: [
        (["suppress"], "Missing expected argument '<add|list|remove|test|finding>'"),
        (["suppress", "add", "--reason", "x"], "Say what to suppress: --rule, --actor, --ip, --asn or --app."),
        (["suppress", "add", "--rule", "x"], "Say why it is harmless: --reason TEXT."),
        (["suppress", "add", "--rule", "", "--reason", "x"], "the `rule` of a suppression is empty"),
        (["suppress", "add", "--ip", "10.0.0.0/40", "--reason", "x"], "`10.0.0.0/40` is not an address or a network"),
        (["suppress", "add", "--asn", "AS1", "--reason", "x"], "The value 'AS1' is invalid for '--asn <number>'"),
        (["suppress", "add", "--asn", "0", "--reason", "x"], "0 is not the number of an autonomous system"),
        (["suppress", "add", "--rule", "x", "--reason", "x", "--expires", "soon"], "`soon` is not a time"),
        (["suppress", "add", "x", "--rule", "x", "--reason", "x"], "`x` is too much"),
        (["suppress", "list", "x"], "`suppress list` lists all, and takes nothing else."),
        (["suppress", "list", "--reason", "x"], "--reason, --owner, --ticket and --expires belong to `suppress add`."),
        (["suppress", "remove"], "`suppress remove` takes the id of a suppression."),
        (["suppress", "test"], "`suppress test` takes an id, or at least one of"),
        (["suppress", "test", "abcd", "--rule", "x"], "`suppress test` takes an id, or at least one of"),
        (["suppress", "abcd"], "Say why it is harmless: --reason TEXT."),
        (["suppress", "abcd", "--rule", "x", "--reason", "x"], "`suppress FINDING` takes rule and actor of the finding."),
        (["verdict", "abcd", "good"], "`good` is not a verdict."),
        (["verdict", "abcd"], "Missing expected argument"),
    ] as [([String], String)])
    func usage(arguments: [String], error: String) throws {
        let folder = try Program.folder()
        let said = try run(arguments, in: folder)
        #expect(said.status == 2)
        #expect(said.error.contains(error), "\(said.error)")
        #expect(try folder.names(in: "sessions").isEmpty)
    }

    @Test("What does not exist fails when it is reached", arguments: [
        (["suppress", "remove", "abcd"], "there are no suppressions"),
        (["suppress", "abcd", "--reason", "x", "--input", Program.demo], "there is no finding `abcd`"),
        (["suppress", "test", "--rule", "x"], "there are no events"),
        (["verdict", "abcd", "benign", "--input", Program.demo], "there is no finding or incident `abcd`"),
        (["detect", "--input", Program.demo, "--suppressions", "nowhere.jsonl"], "there is no file `nowhere.jsonl`"),
    ] as [([String], String)])
    func missing(arguments: [String], error: String) throws {
        let said = try run(arguments, in: try Program.folder())
        #expect(said.status == 1)
        #expect(said.error.contains(error), "\(said.error)")
    }

    @Test("A suppression made in one process counts in the next: marked, said, and not for --fail-on")
    func acrossProcesses() throws {
        let folder = try Program.folder()
        #expect(try run(["--now", "2025-11-13"] + Self.add, in: folder).status == 0)
        let said = try run(["detect", "--input", Program.demo, "--fail-on", "high", "--format", "table"], in: folder)
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output.contains("suppressed by nina to 2026-02-11: Paris FR → New York US"), "\(said.output)")
        #expect(said.output.contains("2 findings, 1 suppressed, from 19 of 23 detectors"))
        #expect(try run(["detect", "--input", Program.demo, "--fail-on", "medium"], in: folder).status == 3)
        let scored = try run(["score", "--input", Program.demo, "--format", "table"], in: folder)
        #expect(scored.output.contains("suppressed (nina)  bob"), "\(scored.output)")
        #expect(scored.output.contains("no finding was promoted"))
    }

    @Test("A day's work: judge, test, suppress, look, take back")
    func conversation() throws {
        let folder = try Program.folder()
        let said = try run(["--format", "table", "--session", "s", "-c", """
            ingest \(Program.demo); run; verdict 3248 true_positive --reason 'called bob'
            suppress test --actor bob
            suppress 3248 --reason 'on a trip' --ticket SEC-1 --expires never --owner max
            show findings
            suppress list
            suppress remove 1
            why 3248
            """], in: folder)
        #expect(said.status == 0, "\(said.error)")
        for part in [
            "tested: actor bob", "1  high      impossible_travel  bob  TRUE POSITIVE", "it would hide 1 of 2 findings",
            "no incident any more: 40e8e340", "WARNING: it would hide 1 finding judged a TRUE POSITIVE", "nothing was written",
            "suppressed for ever: rule impossible_travel, actor bob", "on a trip · max · SEC-1", "WARNING: it hides 1 finding",
            "for ever     max    SEC-1   on a trip", "taken back: rule impossible_travel, actor bob", "verdict: true_positive",
        ] { #expect(said.output.contains(part), "\(part)\n\(said.output)") }
        #expect(said.error.contains("it never runs out"))
        let verified = try run(["replay", "s", "--verify"], in: folder)
        #expect(verified.status == 0, "\(verified.error)")
    }

    @Test("Text of suppressions and verdicts is shown and not obeyed")
    func hostile() throws {
        let folder = try Program.folder()
        let line = #"{"id":"\u001b[31mid00","actor":"bob","owner":"\u001b[2Jowner","reason":"\u001b]0;x\u0007","expires":null}"#
        try folder.write((line + "\n" + #"{"\u001b[31m":1}"#), to: "data/suppressions.jsonl")
        for format in ["table", "line", "json", "jsonl", "csv", "md"] {
            let said = try run(["--format", format, "-c", """
                ingest \(Program.demo); detect; score; suppress list; show findings; show rules; verdict 3248 benign --reason '\u{1B}[31mred'
                show findings
                why 3248
                """], in: folder)
            #expect(said.status == 0, "\(said.error)")
            #expect(!said.output.contains("\u{1B}") && !said.error.contains("\u{1B}"), "\(format)")
        }
    }

    @Test("The owner is $USER, or what the system calls the user")
    func owner() throws {
        let folder = try Program.folder()
        #expect(try run(Self.add + ["--format", "json"], in: folder).output.contains(#""owner": "nina""#))
        let unset = try run(Self.add + ["--format", "json"], in: folder, user: nil)
        #expect(unset.output.contains("\"owner\": \"\(NSUserName())\""), "\(unset.output)")
    }

    @Test("Rows of the last table stand for ids")
    func rows() throws {
        let said = try run(["--format", "json", "-c", "ingest \(Program.demo); detect; verdict 1 benign; suppress 1 --reason x"], in: try Program.folder())
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output.contains(#""rule": "impossible_travel""#) && said.output.contains(#""verdict": "benign""#))
    }
}
