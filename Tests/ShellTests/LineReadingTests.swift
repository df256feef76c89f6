import Diagnostics
import Testing

@testable import Shell

/// What a person types at the prompt, and what it is taken for.
@Suite struct LineReadingTests {
    @Test(arguments: [
        // A command's exact name makes it that command.
        ("detect", [.run("detect")]),
        ("  detect  ", [.run("detect")]),
        ("detect --only impossible_travel", [.run("detect", "--only", "impossible_travel")]),
        ("ingest a.ndjson b.ndjson --hours 24", [.run("ingest", "a.ndjson", "b.ndjson", "--hours", "24")]),
        ("why 2", [.run("why", "2")]),
        ("why 8f3c", [.run("why", "8f3c")]),
        ("plan", [.run("plan")]),
        ("plan 8f3c", [.run("plan", "8f3c")]),
        ("status 8f3c triaged", [.run("status", "8f3c", "triaged")]),
        ("entity bob", [.run("entity", "bob")]),
        ("show-all", [.run("show-all")]),
        ("quit", [.run("quit")]),
        // Options may stand in front.
        ("--format json detect", [.run("--format", "json", "detect")]),
        ("--help", [.run("--help")]),
        // Words are split as a shell does.
        ("ingest 'my logs.ndjson'", [.run("ingest", "my logs.ndjson")]),
        (#"ingest "my logs.ndjson""#, [.run("ingest", "my logs.ndjson")]),
        (#"ingest my\ logs.ndjson"#, [.run("ingest", "my logs.ndjson")]),
        ("ingest my' 'logs.ndjson", [.run("ingest", "my logs.ndjson")]),
        (#"entity "a\"b;c""#, [.run("entity", #"a"b;c"#)]),
        (#"entity 'a\b'"#, [.run("entity", #"a\b"#)]),
        (#"entity """#, [.run("entity", "")]),
        // `;` and the end of the line separate commands.
        ("ingest a.ndjson; detect;score", [.run("ingest", "a.ndjson"), .run("detect"), .run("score")]),
        ("; ;detect;;", [.run("detect")]),
        ("detect\nscore\r\n\n  plan", [.run("detect"), .run("score"), .run("plan")]),
        ("entity 'a;b'; detect", [.run("entity", "a;b"), .run("detect")]),
        (#"entity a\;b; detect"#, [.run("entity", "a;b"), .run("detect")]),
        ("", []),
        ("   ", []),
        (" ; ; ", []),
    ] as [(String, [ReadLine])])
    func commands(_ line: String, _ expected: [ReadLine]) { #expect(readAtPrompt(line) == expected) }

    @Test(arguments: [
        ("ask who is bob", [.run("ask", "who is bob")]),
        (#"ask "who is bob"; detect"#, [.run("ask", "who is bob"), .run("detect")]),
        ("ask 'who is bob'", [.run("ask", "who is bob")]),
        (#"ask "who" is "bob""#, [.run("ask", #""who" is "bob""#)]),
        ("ask who's bob", [.run("ask", "who's bob")]),
        ("note bob says he's travelling; detect", [.run("note", "bob says he's travelling"), .run("detect")]),
        ("note 'tis odd; who's that", [.run("note", "'tis odd"), .question("who's that")]),
        (#"note he said "no; never"; detect"#, [.run("note", #"he said "no; never""#), .run("detect")]),
        (#"note "he said \"hi\"""#, [.run("note", #"he said "hi""#)]),
        (#"note one \; two; detect"#, [.run("note", "one ; two"), .run("detect")]),
        (#"note C:\temp\a.log"#, [.run("note", #"C:\temp\a.log"#)]),
        ("note 5' tall; detect", [.run("note", "5' tall"), .run("detect")]),
        (#"note a "b; detect"#, [.run("note", #"a "b"#), .run("detect")]),
        // Options stand before the text; from its first word on all is text.
        ("hunt --on local odd logins --on graph", [.run("hunt", "--on", "local", "odd logins --on graph")]),
        ("hunt --on=local odd logins", [.run("hunt", "--on=local", "odd logins")]),
        ("ask why --full is slow", [.run("ask", "why --full is slow")]),
        ("note -- --bail was wrong", [.run("note", "--", "--bail was wrong")]),
        ("note -5 degrees", [.run("note", "--", "-5 degrees")]),
        (#"note "--bail was wrong""#, [.run("note", "--", "--bail was wrong")]),
        ("note - a dash", [.run("note", "--", "- a dash")]),
        // kql takes everything to the end of its line.
        ("kql let n = 5; OktaSystemLog | take n", [.run("kql", "let n = 5; OktaSystemLog | take n")]),
        ("detect; kql T | where a == 'x;y' ; T", [.run("detect"), .run("kql", "T | where a == 'x;y' ; T")]),
        (#"kql print "it's""#, [.run("kql", #"print "it's""#)]),
        ("kql --batch q.ndjson", [.run("kql", "--batch", "q.ndjson")]),
        ("kql --batch q.ndjson; detect", [.run("kql", "--batch", "q.ndjson"), .run("detect")]),
        ("kql save odd", [.run("kql", "save odd")]),
        ("kql @odd", [.run("kql", "@odd")]),
        ("kql T\n| take 5\ndetect", [.run("kql", "T\n| take 5"), .run("detect")]),
    ] as [(String, [ReadLine])])
    func text(_ line: String, _ expected: [ReadLine]) { #expect(readAtPrompt(line) == expected) }

    @Test(arguments: [
        ("dtect", [.slip("dtect", "detect")]),
        ("detct --only x", [.slip("detct", "detect", "detect --only x")]),
        ("detcet", [.slip("detcet", "detect")]),
        ("quti", [.slip("quti", "quit")]),
        ("dtect; score", [.slip("dtect", "detect"), .run("score")]),
        ("statsu 8f3c triaged", [.slip("statsu", "status", "status 8f3c triaged")]),
        ("statsu 9999 triaged", [.slip("statsu", "status", "status 9999 triaged")]),
        ("sesions", [.slip("sesions", "sessions")]),
        ("session", [.slip("session", "sessions")]),
        ("plans", [.slip("plans", "plan")]),
        ("models", [.slip("models", "model")]),
        ("Plan", [.slip("Plan", "plan")]),
        ("DETECT", [.slip("DETECT", "detect")]),
        ("hutn odd logins; detect", [.slip("hutn", "hunt", "hunt odd logins"), .run("detect")]),
        ("kqll T\n| take 5", [.slip("kqll", "kql", "kql T\n| take 5")]),
        // Too short, or too far.
        ("rn", [.question("rn")]),
        ("dtct", [.question("dtct")]),
        // The rest does not fit.
        ("detct everything", [.question("detct everything")]),
        ("shwo me failed logins", [.question("shwo me failed logins")]),
        ("statsu of bob?", [.question("statsu of bob?")]),
        ("plans for tomorrow", [.question("plans for tomorrow")]),
        ("dtect?", [.question("dtect?")]),
    ] as [(String, [ReadLine])])
    func slips(_ line: String, _ expected: [ReadLine]) { #expect(readAtPrompt(line) == expected) }

    @Test(arguments: [
        (
            "detect everything",
            Diagnostic(
                "the arguments do not fit", remedy: "Usage: detect; to ask it as a question, begin with `?`",
                kind: .usage)
        ),
        (
            "detect --everything", Diagnostic("unknown option `--everything`", remedy: "Usage: detect", kind: .usage)
        ),
        (
            "why 9999",
            Diagnostic(
                "there is no `9999`", remedy: "Usage: why ID; to ask it as a question, begin with `?`", kind: .failed)
        ),
        ("why", Diagnostic("the arguments do not fit", remedy: "Usage: why ID", kind: .usage)),
        ("ask", Diagnostic("the arguments do not fit", remedy: "Usage: ask QUESTION", kind: .usage)),
        ("hunt --in mars who is bob?", Diagnostic("unknown option `--in`", remedy: "Usage: hunt QUESTION", kind: .usage)),
        (
            "entity 'bob",
            Diagnostic(
                "the quote ' at column 8 has no partner", remedy: #"Close it, or write \' for the character itself"#,
                kind: .usage)
        ),
        (
            #"detect; entity "bob; score"#,
            Diagnostic(
                "the quote \" at column 16 has no partner", remedy: #"Close it, or write \" for the character itself"#,
                kind: .usage)
        ),
        (
            #"entity bob\"#,
            Diagnostic(
                "the backslash at column 11 has nothing after it",
                remedy: #"Remove it, or write \\ for the character itself"#, kind: .usage)
        ),
        (
            "?",
            Diagnostic(
                "there is no question after `?`", remedy: "Write it on the same line: `? who is bob`", kind: .usage)
        ),
        ("--format json", Diagnostic("there is no command", remedy: "Type `help`", kind: .usage)),
        (
            "--format json dtect",
            Diagnostic("there is no command `dtect`", remedy: "Did you mean `detect`?", kind: .usage)
        ),
    ] as [(String, Diagnostic)])
    func mistakes(_ line: String, _ expected: Diagnostic) { #expect(readAtPrompt(line).last == .error(expected)) }

    /// What was typed stays with what it means.
    @Test func segmentsKeepTheirSource() {
        let reader = LineReader(vocabulary: DeskVocabulary(), mode: .interactive)
        let expected = [
            ReadSegment(meaning: .run("detect"), source: "detect", line: 1),
            ReadSegment(meaning: .question("who's bob"), source: "who's bob", line: 1),
            ReadSegment(meaning: .run("kql", "T\n  | take 1"), source: "kql T\n  | take 1", line: 2),
            ReadSegment(meaning: .run("score"), source: "score", line: 4),
        ]
        #expect(reader.read("detect ; who's bob;\nkql T\n  | take 1 \nscore") == expected)
    }
}

// MARK: A vocabulary to read with

func readAtPrompt(_ line: String) -> [ReadLine] {
    LineReader(vocabulary: DeskVocabulary(), mode: .interactive).read(line).map(\.meaning)
}

extension ReadLine {
    static func run(_ words: String...) -> ReadLine { .command(words) }

    static func slip(_ word: String, _ name: String, _ line: String? = nil) -> ReadLine {
        .typo(word: word, name: name, line: line ?? name)
    }
}

/// Commands as strict as the real ones, over a session in which `8f3c`, `2`, `bob` and a few files exist.
struct DeskVocabulary: CommandVocabulary {
    private struct Shape {
        var arguments = 0...0
        var known: Set<String>?
        var options: Set<String> = []
        var text: TextKind?
        var usage = ""
    }

    private let shapes: [String: Shape] = {
        let ids: Set = ["1", "2", "8f3c", "evt-1001"]
        var shapes = [
            "ingest": Shape(
                arguments: 1...9, known: ["okta", "a.ndjson", "b.ndjson", "my logs.ndjson"],
                options: ["--hours", "--since", "--as"]),
            "detect": Shape(options: ["--only"]),
            "score": Shape(arguments: 0...9, known: ids),
            "why": Shape(arguments: 1...1, known: ids, usage: " ID"),
            "status": Shape(arguments: 2...2, known: ids.union(["open", "triaged", "closed"])),
            "verdict": Shape(arguments: 2...2, known: ids.union(["benign"]), options: ["--reason"]),
            "entity": Shape(arguments: 1...1, usage: " USER|IP"),
            "timeline": Shape(arguments: 0...1, known: ids.union(["bob", "alice"])),
            "show": Shape(arguments: 0...1, known: ids.union(["events", "findings", "incidents", "plans", "all"])),
            "help": Shape(arguments: 0...1), "sessions": Shape(options: ["--format"]),
            "config": Shape(arguments: 0...1), "resume": Shape(arguments: 1...1, known: []),
            "replay": Shape(arguments: 1...1, known: []), "isolate": Shape(arguments: 1...1, options: ["--reason"]),
            "ask": Shape(arguments: 1...1, text: .restOfSegment, usage: " QUESTION"),
            "note": Shape(arguments: 1...1, text: .restOfSegment),
            "hunt": Shape(arguments: 1...1, options: ["--on"], text: .restOfSegment, usage: " QUESTION"),
            "kql": Shape(arguments: 0...1, options: ["--batch"], text: .restOfLine),
        ]
        for name in ["plan", "commands", "escalate", "report"] { shapes[name] = Shape(arguments: 0...9, known: ids) }
        for name in ["route", "run", "show-all", "model", "doctor", "history", "quit", "bundle", "budget", "last"] {
            shapes[name] = Shape()
        }
        return shapes
    }()

    var names: [String] { shapes.keys.sorted() }
    func textKind(of name: String) -> TextKind? { shapes[name]?.text }
    func valueOptions(of name: String?) -> Set<String> {
        (name.flatMap { shapes[$0]?.options } ?? []).union(["--format"])
    }
    func usage(of name: String) -> String { name + (shapes[name]?.usage ?? "") }

    func verdict(on words: [String]) -> ParseVerdict {
        var rest = words[...], name: String?, arguments: [String] = [], isOver = false
        while let word = rest.popFirst() {
            if word == "--help" { return .ok }
            if !isOver, word.hasPrefix("-"), word.count > 1 {
                if word == "--" { isOver = true; continue }
                let option = String(word.prefix { $0 != "=" })
                guard valueOptions(of: name).contains(option) else { return .usageError("unknown option `\(option)`") }
                if option == word { _ = rest.popFirst() }
            } else if name == nil { name = word } else { arguments.append(word) }
        }
        guard let shape = name.flatMap({ shapes[$0] }) else { return .usageError("there is no command") }
        guard shape.arguments.contains(arguments.count) else { return .usageError("the arguments do not fit") }
        let unknown = arguments.first { shape.known?.contains($0) == false }
        return unknown.map { .unknownReference("there is no `\($0)`") } ?? .ok
    }
}
