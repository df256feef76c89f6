import Foundation
import FoundationXML
import JSON
import Testing

@testable import Shell

@Suite("report, as it is typed")
struct ReportCommandTests {
    private static let start = ["--offline", "--quiet", "--now", "2025-11-13T06:00:00Z"]

    /// A session `night` of the demo, run through the pipeline and judged.
    private static func night(_ commands: String = "note the help desk called bob: no answer; verdict 40e8 true_positive --reason 'not his trip'")
        throws -> ProgramFolder
    {
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
            ["--offline", "--quiet", "-c", "detect --input \(Program.demo) --format json; report --format json"], in: folder)
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
        (["-c", "note x; report --format line"], 2, "error: line 1: "),
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

@Suite("A report in HTML is one file that nothing gets out of, or into")
struct ReportPageTests {
    @Test func isWellFormedAndSelfContained() throws {
        let page = try HostileReport.text("html")
        let seen = Page(page)
        #expect(seen.fault == nil)
        #expect(seen.forbidden.isEmpty, "\(seen.forbidden)")
        #expect(seen.policy == "default-src 'none'; style-src 'unsafe-inline'")
        #expect(!page.lowercased().contains("<script") && !page.contains("url(") && !page.contains("@import"))
    }

    @Test("Text of the log stands there letter by letter", arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "</td></table><h1>owned</h1>", "javascript:alert(3)",
        "![x](http://evil.example/x.png)",
    ])
    func keepsWhatTheLogSays(text: String) throws { #expect(Page(try HostileReport.text("html")).words.contains(text)) }

    @Test("What hides is written out, in every format", arguments: ["md", "html", "json"])
    func showsWhatHides(format: String) throws {
        let text = try HostileReport.text(format)
        let hidden = text.unicodeScalars.filter { scalar in
            scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
                || [0x202E, 0x200B, 0x2066].contains(scalar.value)
        }
        #expect(hidden.isEmpty)
        #expect(text.contains(format == "json" ? "\\u202e" : "\\u{202E}"))
    }

    @Test("In Markdown the log makes no heading, link, image, table or HTML")
    func markdown() throws {
        let text = try HostileReport.text("md")
        let bare = text.replacing(/(?ms)^(`{3,})text\n.*?^\1\n/, with: "").replacing(/(`+)(?:[^`]|(?!\1)`)*?\1/, with: "")
        #expect(!bare.contains("<") && !bare.contains("](") && !bare.contains("!["))
        let heads = bare.split(separator: "\n").filter { $0.hasPrefix("#") }
        #expect(!heads.contains { $0.contains("owned heading") && $0.hasPrefix("# owned") })
        for line in bare.split(separator: "\n") where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
    }
}

/// A session over a log in which every text wants out.
enum HostileReport {
    static func text(_ format: String) throws -> String {
        let folder = try Program.folder(), start = ["--offline", "--quiet", "--session", "bad"]
        try folder.write(log, to: "log<b>'\".ndjson")
        let said = try Program.run(start + ["-f", "script.wf"], in: try script(in: folder))
        #expect(said.status == 0, "\(said.error)")
        let report = try Program.run(start + ["report", "--format", format], in: folder)
        #expect(report.status == 0, "\(report.error)")
        return report.output
    }

    private static func script(in folder: ProgramFolder) throws -> ProgramFolder {
        try folder.write(
            """
            run --input "log<b>'\\".ndjson"
            note "><img src=x onerror=alert(2)> ![x](http://evil.example/x.png) | a | b | `code` $x$ @all #1
            note 1. - # owned heading \u{202E}gnp.exe
            note ---
            """, to: "script.wf")
        return folder
    }

    /// Five failures, a success elsewhere, with names that are markup.
    private static var log: String {
        let names = [
            "<script>alert(1)</script>", "</td></table><h1>owned</h1>", "[a](javascript:alert(3))",
            "# owned heading\n## more", "\u{1B}[31mred\u{202E}\u{200B}\u{2066}|x|", "```\n</code></pre>",
        ]
        return names.enumerated().flatMap { index, name in
            (0..<7).map { event(index, $0, name) }
        }.map(\.text).joined(separator: "\n")
    }

    private static func event(_ index: Int, _ step: Int, _ name: String) -> JSONValue {
        let country = step < 5 ? "Nowhere<i>\(index)</i>|\(name)" : "FR"
        let address = step < 5 ? "203.0.113.\(index + 1)" : "198.51.100.\(index + 1)"
        return [
            "uuid": .string("e\(index)-\(step)\"'<u>"), "published": .string("2026-03-13T0\(index):0\(step):00Z"),
            "eventType": "user.session.start",
            "actor": ["id": .string("00u\(index)" + name), "type": "User", "alternateId": .string(name), "displayName": .string(name)],
            "client": [
                "ipAddress": .string(address), "userAgent": ["rawUserAgent": .string(name)],
                "geographicalContext": ["city": .string(name), "country": .string(country)],
            ],
            "outcome": ["result": .string(step < 5 ? "FAILURE" : "SUCCESS"), "reason": .string(name)],
        ]
    }
}

/// A page as a strict parser sees it.
private final class Page: NSObject, XMLParserDelegate {
    private(set) var words = ""
    private(set) var forbidden: [String] = []
    private(set) var policy: String?
    private(set) var fault: String?

    private static let allowed: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "p", "h1", "h2", "h3", "h4",
        "span", "strong", "b", "code", "pre", "a", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead", "tbody",
        "tr", "th", "td", "div", "figure", "figcaption", "details", "summary", "svg", "rect", "text",
    ]
    private static let attributes: Set<String> = [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "tabindex", "role", "aria-label",
        "viewBox", "x", "y", "width", "height", "text-anchor",
    ]

    init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        if !parser.parse() { fault = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "not well-formed")" }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        if !Self.allowed.contains(name) { forbidden.append(name) }
        forbidden += attributes.keys.filter { !Self.attributes.contains($0) }
        if let target = attributes["href"], !target.hasPrefix("#incident-") { forbidden.append(target) }
        if attributes["http-equiv"] == "Content-Security-Policy" { policy = attributes["content"] }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }
}
