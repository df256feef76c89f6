import Foundation
import JSON
import Testing

@testable import Shell

@Suite("report, as it is typed")
struct ReportCommandTests {
    private static let start = ["--offline", "--quiet", "--now", "2025-11-13T06:00:00Z"]

    private static let judged =
        "note the help desk called bob: no answer; verdict 40e8 true_positive --reason 'not his trip'"

    /// A session `night` of the demo, run through the pipeline and judged.
    private static func night(_ commands: String = judged) throws -> ProgramFolder {
        let folder = try Program.folder()
        try folder.write(try String(contentsOfFile: Program.demo, encoding: .utf8), to: "demo.json")
        let said = try Program.run(
            start + ["--session", "night", "-c", "run --input demo.json; " + commands], in: folder)
        #expect(said.status == 0, "\(said.error)")
        return folder
    }

    private static func report(_ format: String, in folder: ProgramFolder) throws -> String {
        let said = try Program.run(start + ["report", "--session", "night", "--format", format], in: folder)
        #expect(said.status == 0 && said.error.isEmpty, "\(said.error)")
        return said.output
    }

    /// The report without what is of one run alone.
    private static func steady(_ text: String, in folder: ProgramFolder) -> String {
        text.replacing(folder.path, with: "FOLDER").replacing(/begun [0-9-]+ [0-9:]+Z/, with: "begun WHEN")
            .replacing(/\*\*Chain head:\*\* `[0-9a-f]{64}`/, with: "**Chain head:** `HEAD`")
    }

    @Test("The demo's report in Markdown is that of `Fixtures/golden/demo`")
    func golden() throws {
        let folder = try Self.night()
        let text = Self.steady(try Self.report("md", in: folder), in: folder)
        let golden = URL(filePath: DemoGoldenTests.folder + "/report.md")
        if ProcessInfo.processInfo.environment["RECORD"] != nil { try Data(text.utf8).write(to: golden) }
        #expect(try String(contentsOf: golden, encoding: .utf8) == text)
    }

    @Test("A report of a saved session changes nothing of it, and comes out the same again")
    func changesNothing() throws {
        let folder = try Self.night(), before = try folder.text("sessions/night.jsonl")
        for format in ["md", "html", "json"] {
            #expect(try Self.report(format, in: folder) == Self.report(format, in: folder))
        }
        #expect(try folder.text("sessions/night.jsonl") == before)
        let hash = before.split(separator: "\n").last.flatMap { try? JSONValue(parsing: String($0)) }?["hash"]?.string
        let json = try JSONValue(parsing: try Self.report("json", in: folder))
        #expect(json[path: "session.transcript.chain_head"]?.string == hash && hash != nil)
        #expect(json[path: "report.made_at"]?.string == "2025-11-13T06:00:00Z")
    }

    @Test("Without --session it writes no transcript; in a batch it tells of the session that is open")
    func withoutSession() throws {
        let folder = try Program.folder()
        let alone = try Program.run(["--offline", "--quiet", "report", "--input", Program.demo], in: folder)
        #expect(alone.status == 0 && alone.output.contains("Detectors and rules were not run"), "\(alone.error)")
        #expect(try folder.names(in: "sessions").isEmpty)
        let batch = try Program.run(
            ["--offline", "--quiet", "-c", "detect --input \(Program.demo) --format json; report --format json"],
            in: folder)
        let report = try JSONValue(parsing: String(batch.output.split(separator: "\n]\n", maxSplits: 1)[1]))
        #expect(report["findings"]?.array?.count == 2)
    }

    @Test("What may go wrong has its exit status", arguments: [
        (["report", "--format", "csv"], 2, "Error: a report cannot be written as csv. Use --format md, html or json."),
        (["report", "--format", "table"], 2, "Error: a report cannot be written as table."),
        (["--format", "jsonl", "report"], 2, "Error: a report cannot be written as jsonl."),
        (["report", "everything"], 2, "Error: "),
        (["detect", "--format", "html"], 2, "Error: --format html belongs to `report`."),
        (["--format", "html", "-c", "note x; report"], 2, "error: --format html belongs to `report`\n"),
        (["--format", "csv", "-c", "report"], 2, "error: a report cannot be written as csv\n"),
        (["-c", "note x; report --format line"], 2, "error: a report cannot be written as line. Use --format md,"),
        (["report", "--session", "nobody"], 1, "error: there is no session file "),
        (["report", "--input", "nothing.json"], 1, "error: "),
        (["report"], 0, ""), (["report", "--format", "md"], 0, ""), (["--format", "html", "-c", "report"], 0, ""),
    ])
    func exits(arguments: [String], status: Int32, error: String) throws {
        let folder = try Program.folder()
        let said = try Program.run(["--offline", "--quiet"] + arguments, in: folder)
        #expect(said.status == status && said.error.hasPrefix(error), "\(said.status) \(said.error)")
        #expect(try status != 2 || folder.names(in: "sessions").isEmpty)
    }

    @Test("--fail-on looks at the findings of the report", arguments: [("high", 3), ("critical", 0)])
    func failsOn(severity: String, status: Int32) throws {
        let said = try Program.run(
            Self.start + ["report", "--session", "night", "--fail-on", severity], in: try Self.night())
        #expect(said.status == status)
    }

    @Test("Hunts and rules are told of")
    func huntsAndRules() throws {
        let folder = try Self.night("hunt --yes failed sign-ins by user; rule 40e8")
        let text = try Self.report("md", in: folder)
        #expect(text.contains("## Hunts\n\n### failed sign-ins by user\n"))
        #expect(text.contains("## Detection rules\n\n- **Okta: "))
        #expect(text.contains("written, not deployed"))
    }
}
