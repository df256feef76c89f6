import Foundation
import Testing

@testable import Shell

@Suite("timeline, entity and plot, as they are typed")
struct StoryCommandTests {
    private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Said {
        try Program.run(["--offline", "--quiet"] + arguments, in: try Program.folder(), environment: environment)
    }

    @Test func aRowOfTheLastTableStandsForItsActor() throws {
        let said = try run([
            "--format", "table", "-c",
            "ingest \(Program.demo); detect; entity 1; timeline 2; plot failures; entity 1; plot client.ipAddress; entity 4",
        ])
        #expect(said.status == 0, "\(said.error)")
        let heads = said.output.split(separator: "\n").filter { $0.hasSuffix("· User") || $0.hasPrefix("  finding ") || $0.hasPrefix("  address ") }
        #expect(heads.map { $0.prefix(16) } == ["  bob · User", "  finding 7afd7b", "  alice · User", "  address 198.51"])
    }

    @Test func anEntityPrintsNoTableOfItsOwn() throws {
        let said = try run(["--format", "table", "-c", "ingest \(Program.demo); detect; entity 1; entity 2"])
        #expect(said.status == 0 && said.output.contains("  alice · User"), "\(said.error)")
    }

    @Test(arguments: [
        (["plot", "evnts"], 2, "Error: `evnts` is nothing to plot. Did you mean `events`?\n"),
        (["plot", "types", "--by", "hour"], 2, "Error: --by belongs to `plot events`."),
        (["plot", "events", "--limit", "3"], 2, "Error: --limit counts bars, and `plot events` has none."),
        (["plot", "events", "--by", "week"], 2, "Error: The value 'week' is invalid for '--by <minute|hour|day>'."),
        (["timeline", "--since", "yesterday"], 2, "Error: `yesterday` is not a time."),
        (["timeline", "--limit", "0"], 2, "Error: --limit needs a number of 1 or more."),
        (["entity", "nobody", "--input", Program.demo], 1, "error: there is no actor, address, event, finding or incident `nobody`\n"),
        (["entity", "bo", "--input", Program.demo], 1, "error: there is no actor, address, event, finding or incident `bo`\n  Did you mean `bob`?\n"),
        (["entity", "bob"], 1, "error: there is no actor, address, event, finding or incident `bob`\n  No events are loaded: `ingest FILE`\n"),
        (["timeline", "--input", Program.demo], 0, ""), (["plot", "events"], 0, ""),
    ])
    func exits(arguments: [String], status: Int32, error: String) throws {
        let said = try run(arguments)
        #expect(said.status == status && said.error.hasPrefix(error), "\(said.status) \(said.error)")
    }

    @Test(arguments: [
        ("plot failures", "csv", "value,count,id\nalice,5,alice\n"),
        ("plot failures", "jsonl", #"{"value":"alice","count":5,"id":"alice"}"# + "\n"),
        ("plot countries --limit 1", "md", "| value | count |\n| --- | --- |\n| US | 6 |\n"),
        ("plot events --by day", "line", "time: 2025-11-12T00:00:00Z\ncount: 9\n"),
    ])
    func scriptsReadData(command: String, format: String, expected: String) throws {
        let said = try run(["--format", format, "-c", "\(command) --input \(Program.demo)"])
        #expect(said.output == expected, "\(said.error)")
    }

    @Test func whereTheLocaleIsNotUTF8PicturesAreASCII() throws {
        let picture = ["--format", "table", "plot", "countries", "--input", Program.demo]
        for (arguments, environment) in [(picture, ["LC_ALL": "C"]), (picture + ["--ascii"], [:])] {
            let said = try run(arguments, environment: environment.merging(["COLUMNS": "40"]) { $1 })
            #expect(said.output == """
                  events by country
                  US  6  ###############################
                  DE  2  ##########
                  FR  1  #####
                  9 of 9 events, 2025-11-12 18:00:00Z -
                  20:05:00Z

                """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n"))
        }
    }

    /// What the real commands make of lines that look like them.
    @Test(arguments: [
        ("timeline of bob?", .question("timeline of bob?", notice: "read as a question; `help timeline` shows the command")),
        ("timeline bob", .run("timeline", "bob")),
        ("timeline bob?", .question("timeline bob?", notice: "read as a question; `help timeline` shows the command")),
        ("timeline 1", .run("timeline", "1")),
        ("entity bob", .run("entity", "bob")),
        ("entity of interest in this case", .question("entity of interest in this case", notice: "read as a question; `help entity` shows the command")),
        ("plot the failures of bob", .question("plot the failures of bob", notice: "read as a question; `help plot` shows the command")),
        ("plto events", .slip("plto", "plot", "plot events")),
        ("entiy bob", .slip("entiy", "entity", "entity bob")),
        ("plod on", .question("plod on")),
        ("enmity of whom", .question("enmity of whom")),
    ] as [(String, ReadLine)])
    func reading(line: String, expected: ReadLine) {
        let vocabulary = ShellVocabulary(
            hasEvent: { _ in false }, problemOfSubject: { $0 == "bob" ? nil : "there is no `\($0)`" }, rows: 2)
        let meaning = LineReader(vocabulary: vocabulary, mode: .interactive).read(line).map(\.meaning)
        #expect(meaning == [expected])
    }
}
