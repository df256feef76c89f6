import Diagnostics
import Testing

@testable import Shell

/// Scripts and `-c`: nothing is guessed.
@Suite struct LineBatchReadingTests {
    private func batch(_ input: String) -> [ReadLine] {
        LineReader(vocabulary: DeskVocabulary(), mode: .batch, file: "s.wf").read(input).map(\.meaning)
    }

    @Test(arguments: [
        ("# a comment; detect\ningest a.ndjson; detect\n#another\n", [.run("ingest", "a.ndjson"), .run("detect")]),
        ("? who is bob; detect", [.question("who is bob"), .run("detect")]),
        ("ask who is bob", [.run("ask", "who is bob")]),
        // Whether an id exists shows when the command is reached.
        ("why 9999", [.run("why", "9999")]),
        ("status of bob?", [.run("status", "of", "bob?")]),
        ("why was bob flagged", [.mistake("the arguments do not fit", "Usage: why ID")]),
        ("dtect", [.mistake("there is no command `dtect`", "Did you mean `detect`?")]),
        (
            "who is bob",
            [.mistake("there is no command `who`", "`help` lists the commands; a question needs `ask` or `?` in front")]
        ),
        (
            "what happened; detect",
            [
                .mistake(
                    "there is no command `what`", "`help` lists the commands; a question needs `ask` or `?` in front"),
                .run("detect"),
            ]
        ),
        ("detect\n\nscore; dtect", [
            .run("detect"), .run("score"),
            .mistake("there is no command `dtect`", "Did you mean `detect`?", line: 3),
        ]),
        (
            "entity 'bob; detect\nscore",
            [
                .mistake("the quote ' at column 8 has no partner", #"Close it, or write \' for the character itself"#),
                .run("score"),
            ]
        ),
        (#"entity bob\"#, [
            .mistake("the backslash at column 11 has nothing after it", #"Remove it, or write \\ for the character itself"#)
        ]),
    ] as [(String, [ReadLine])])
    func scripts(_ input: String, _ expected: [ReadLine]) { #expect(batch(input) == expected) }

    /// How far a query reaches into the lines after it.
    @Test(arguments: [
        ("kql T\n| take 1\n  | count\ndetect", [.run("kql", "T\n| take 1\n  | count"), .run("detect")]),
        ("kql T |\ncount\ndetect", [.run("kql", "T |\ncount"), .run("detect")]),
        ("kql let n = 1;\n\nT | take n\ndetect", [.run("kql", "let n = 1;\n\nT | take n"), .run("detect")]),
        ("kql T \\\n | count\ndetect", [.run("kql", "T \n | count"), .run("detect")]),
        ("kql print x = (\n1\n)\ndetect", [.run("kql", "print x = (\n1\n)"), .run("detect")]),
        ("kql print 'a\nb'\ndetect", [.run("kql", "print 'a\nb'"), .run("detect")]),
        ("kql print ```(\n'```\ndetect", [.run("kql", "print ```(\n'```"), .run("detect")]),
        ("kql print @\"c:\\\ndetect", [.run("kql", "print @\"c:\\\ndetect")]),
        ("kql print @\"c:\\\"\ndetect", [.run("kql", #"print @"c:\""#), .run("detect")]),
        ("kql print \"a\\\"(\"\ndetect", [.run("kql", #"print "a\"(""#), .run("detect")]),
        ("kql T // who's (\ndetect", [.run("kql", "T // who's ("), .run("detect")]),
        ("kql T | // a pipe\ncount\ndetect", [.run("kql", "T | // a pipe\ncount"), .run("detect")]),
        ("kql print ')'\ndetect", [.run("kql", "print ')'"), .run("detect")]),
        ("kql T |", [.run("kql", "T |")]),
        ("kql\ndetect", [.run("kql"), .run("detect")]),
    ] as [(String, [ReadLine])])
    func queries(_ input: String, _ expected: [ReadLine]) { #expect(batch(input) == expected) }

    /// At the prompt a blank line ends a query.
    @Test(arguments: [
        ("kql T", false), ("kql T |", true), ("kql T |\n", false), ("kql T | where (", true), ("kql let a = 1;", true),
        ("kql T \\", true), ("kql T | where a == 'x", true), ("kql T |\ncount", false), ("detect; kql T |", true),
        ("kql T |\n\ndetect", false), ("ask what |", false), ("kql --batch x;", false), ("", false),
    ])
    func unfinished(_ input: String, _ expected: Bool) {
        #expect(LineReader(vocabulary: DeskVocabulary(), mode: .interactive).wantsMore(after: input) == expected)
    }

    @Test func aBlankLineEndsAQueryAtThePrompt() {
        #expect(readAtPrompt("kql T | where (\n\ndetect") == [.run("kql", "T | where ("), .run("detect")])
    }

    /// Whatever is typed, reading ends, and every character is accounted for.
    @Test func anythingCanBeRead() {
        let pieces = [
            "detect", "ask", "kql", "?", ";", "\"", "'", "\\", "\n", " ", "-", "--format", "why", "(", "#", "é",
        ]
        for _ in 0..<2000 {
            let input = (0..<Int.random(in: 0...12)).map { _ in pieces.randomElement() ?? "" }.joined()
            for mode in [ReadingMode.interactive, .batch] {
                let reader = LineReader(vocabulary: DeskVocabulary(), mode: mode)
                let sources = reader.read(input).map(\.source)
                #expect(sources.allSatisfy { !$0.isEmpty && input.contains($0.prefix(1)) }, "\(input.debugDescription)")
            }
        }
    }
}

extension ReadLine {
    fileprivate static func mistake(_ problem: String, _ remedy: String, line: Int = 1) -> ReadLine {
        .error(Diagnostic(problem, remedy: remedy, kind: .usage, at: Place(file: "s.wf", line: line)))
    }
}
