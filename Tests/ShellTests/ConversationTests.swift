import Foundation
import Testing

/// Whole conversations with the real program, over pipes: what is typed, what is answered, how it exits.
struct ConversationTests {
    @Test func fromTheFirstEventToTheAnswer() throws {
        let said = try converse("""
            ingest \(Program.demo)
            detect
            score
            ? why did you not promote alice
            plan
            """)
        #expect(said.status == 0)
        for part in [
            "9 events, 3 actors, 2025-11-12 18:00:00Z – 20:05:00Z", "clock: 2025-11-12 20:05:00Z, the newest event",
            "1  high      impossible_travel   bob    11-12 19:00 → 19:25", "5 failures in 6 min from 203.0.113.10",
            "1  high       0.72        0.90    0.80  incident  bob", "2  medium     0.42        0.70    0.60  –         alice",
            "Not promoted: score 0.42", "[evt-1005]", "built-in analyst", "1  collect_auth_logs",
        ] { #expect(said.output.contains(part), "\(part)\n\(said.output)") }
    }

    @Test(arguments: [
        (["bogus"], 2, "error: there is no command `bogus`\n"),
        (["dtect"], 2, "error: there is no command `dtect`\n  Did you mean `detect`?\n"),
        (["detect", "--wrong"], 2, "Error: Unknown option '--wrong'\n"),
        (["score"], 1, "error: there are no events, so there is nothing to score\n  Load some first: `ingest FILE`\n"),
        (["ingest", "nowhere.json"], 1, "error: there is no file `nowhere.json`\n"),
        (["ingest", "x", "--since", "yesterday"], 2, "Error: `yesterday` is not a time."),
        (["detect", "--input", Program.demo, "--fail-on", "high", "--quiet"], 3, ""),
        (["detect", "--input", Program.demo, "--fail-on", "critical", "--quiet"], 0, ""),
        (["-c", "detect --input \(Program.demo); bogus"], 2, "error: "),
        (["--input", "nowhere.json", "-c", "detect"], 1, "error: there is no file `nowhere.json`\n"),
        (["--input", "nowhere.json", "--bail", "-c", "help"], 1, "error: there is no file `nowhere.json`\n"),
        (["replay", "nothing.jsonl"], 1, "error: there is no session `nothing.jsonl`\n"),
        (["--version"], 0, ""),
    ])
    func exits(_ arguments: [String], status: Int32, error: String) throws {
        let said = try run(arguments)
        #expect(said.status == status)
        #expect(said.error.hasPrefix(error), "\(said.error)")
    }

    @Test func aBatchThatCannotBeReadRunsNothing() throws {
        let folder = try Program.folder()
        let said = try Program.run(["-c", "ingest \(Program.demo); dtect"], in: folder)
        #expect(said.status == 2)
        #expect(said.output.isEmpty)
        #expect(try folder.names(in: "sessions").isEmpty)
    }

    @Test func aScriptACommandLineAndAPipeGiveTheSame() throws {
        let lines = "# the demo\ningest \(Program.demo)\nrun"
        let folder = try Program.folder()
        try folder.write(lines, to: "script.wf")
        let options = ["--offline", "--quiet", "--format", "json"]
        let piped = try Program.run(options, input: lines, in: try Program.folder())
        let script = try Program.run(options + ["-f", folder.path + "/script.wf"], in: try Program.folder())
        let line = try Program.run(options + ["-c", "ingest \(Program.demo); run"], in: try Program.folder())
        #expect(piped.status == 0 && piped.output == script.output && script.output == line.output)
    }

    @Test func hostileTextIsShownAndNotObeyed() throws {
        let folder = try Program.folder()
        let event = #"{"uuid":"u1","published":"2026-01-01T00:00:00Z","eventType":"user.session.start","actor":{"id":"a\u001b[31mb"},"outcome":{"result":"FAILURE"}}"#
        let events = (0..<5).map { event.replacing("u1", with: "u\($0)") }.joined(separator: "\n")
        try folder.write(events, to: "hostile.ndjson")
        for format in ["table", "line", "json", "jsonl", "csv", "md"] {
            let said = try Program.run(["detect", "--input", "hostile.ndjson", "--format", format], in: folder)
            #expect(said.status == 0)
            #expect(!said.output.contains("\u{1B}"), "\(format)")
        }
    }

    @Test func rejectedInputIsReportedWithItsPlace() throws {
        let folder = try Program.folder()
        let good = #"{"uuid":"u1","eventType":"a","published":"2026-01-01T00:00:00Z"}"#
        try folder.write("\(good)\n{\"uuid\": \"cut\n", to: "cut.ndjson")
        let said = try Program.run(["ingest", "cut.ndjson", "--strict", "--format", "json"], in: folder)
        #expect(said.status == 4)
        #expect(said.error.contains("rejected cut.ndjson:2 (byte 78): it ends inside a string"), "\(said.error)")
    }

    @Test(arguments: [
        (["--hours", "1"], "window: 2025-11-12 19:05:00Z – the end, counted back from the newest event\n"),
        (["--until", "2020-01-01"], "no event lies in the window; the events are from 2025-11-12 18:00:00Z to 2025-11-12 20:05:00Z\n"),
    ])
    func theWindowIsSaid(window: [String], text: String) throws {
        let said = try run(["ingest", Program.demo, "--format", "json"] + window)
        #expect(said.status == 0)
        #expect(said.error.contains(text), "\(said.error)")
    }

    private func run(_ arguments: [String]) throws -> Program.Said {
        try Program.run(["--offline"] + arguments, in: try Program.folder())
    }

    private func converse(_ lines: String) throws -> Program.Said {
        try Program.run(["--offline", "--format", "table"], input: lines, in: try Program.folder(), environment: ["COLUMNS": "140"])
    }
}
