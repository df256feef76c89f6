import Foundation
import Testing

@testable import Shell

/// `kql` as scripts use it: the real program.
@Suite struct QueryCommandTests {
    private func run(_ arguments: [String], input: String = "", in folder: ProgramFolder? = nil) throws -> Program.Said {
        try Program.run(["--offline"] + arguments, input: input, in: try folder ?? Program.folder())
    }

    @Test(arguments: [
        (["kql", "print 1"], 0, "{\"print_0\":1}\n"),
        (["kql", "--format", "json", "print x=1"], 0, #"{"columns":[{"name":"x","type":"long"}],"rows":[[1]]}"# + "\n"),
        (["kql", "print x=1", "--format", "csv"], 0, "x\n1\n"),
        (["kql", "OktaSystemLog | count", "--input", Program.demo], 0, "{\"Count\":9}\n"),
        (["-c", "kql let n = 2; print m = n"], 0, "{\"m\":2}\n"),
        (
            ["-c", "kql range x from 1 to 9 step 1\n| where x > 7\n  | count\nkql print 'a'"], 0,
            "{\"Count\":2}\n{\"print_0\":\"a\"}\n"
        ),
        (["kql", "nope | count"], 1, ""), (["kql"], 2, ""),
        (["kql", "--batch", "nowhere.ndjson"], 1, ""), (["kql", "--table", "nonsense", "print 1"], 2, ""),
        (["kql", "--table", "a b=x.csv", "print 1"], 2, ""), (["kql", "@missing"], 1, ""),
        (["kql", "save", "x"], 1, ""),
        (["ingest", "a.csv", "b.csv", "--as", "T"], 2, ""), (["ingest", "a.csv", "--as", "T", "--hours", "3"], 2, ""),
        (["show", "findings", "--where", "true"], 2, ""), (["last"], 1, ""),
    ] as [([String], Int32, String)])
    func commands(_ arguments: [String], _ status: Int32, _ output: String) throws {
        let said = try run(arguments)
        #expect(said.status == status && said.output == output, "\(said.error)")
    }

    @Test func helpBehindACommand() throws {
        let said = try run(["kql", "--help"])
        #expect(said.status == 0 && said.output.contains("Query the local tables"), "\(said.error)")
    }

    @Test func withoutASessionThereIsNoTrace() throws {
        let folder = try Program.folder()
        let log = try String(contentsOfFile: Program.demo, encoding: .utf8)
        let said = try run(["kql", "OktaSystemLog | count", "--input", "-"], input: log, in: folder)
        #expect(said.output == "{\"Count\":9}\n", "\(said.error)")
        #expect(try run(["-f", "/dev/stdin"], input: "kql print 1\nhelp kql\n", in: folder).status == 0)
        for name in ["data", "sessions"] {
            #expect(try folder.names(in: name).isEmpty)
        }
    }

    @Test func aNamedSessionKeepsTablesAndQueries() throws {
        let folder = try Program.folder()
        try folder.write("user,risk\nbob,3\nann,9\n", to: "risks.csv")
        #expect(try run(["--session", "s", "ingest", "risks.csv", "--as", "Risks"], in: folder).status == 0)
        let query = "Risks | where risk > 5 | project user"
        #expect(try run(["--session", "s", "kql", query], in: folder).output == "{\"user\":\"ann\"}\n")
        #expect(try run(["--session", "s", "kql", "save", "risky"], in: folder).status == 0)
        #expect(try run(["--session", "s", "kql", "@risky"], in: folder).output == "{\"user\":\"ann\"}\n")
        #expect(try run(["replay", "s", "--verify"], in: folder).status == 0)
        let saved = try folder.text("home/.config/watchfloor/queries/risky.kql")
        #expect(saved == query)
    }

    @Test func aBatchAnswersLineByLine() throws {
        let folder = try Program.folder()
        try folder.write("{\"n\":1}\n{\"n\":2}\n", to: "t.ndjson")
        let lines = [
            #"{"id":"a","query":"T | summarize sum(n)"}"#, "", "nonsense", #"{"id":2,"query":"OktaSystemLog | count"}"#,
            #"{"id":3,"query":"T | project m"}"#,
        ]
        try folder.write(lines.joined(separator: "\n"), to: "q.ndjson")
        let replies = [
            #"{"id":"a","columns":[{"name":"sum_n","type":"long"}],"rows":[[3]]}"#,
            #"{"id":null,"error":{"code":"SYN0001","message":"line 3 is not a JSON object","line":null,"column":null}}"#,
            #"{"id":2,"columns":[{"name":"Count","type":"long"}],"rows":[[9]]}"#,
        ]
        for (path, input) in [("q.ndjson", ""), ("-", lines.joined(separator: "\n"))] {
            let words = ["kql", "--batch", path, "--table", "T=t.ndjson", "--input", Program.demo]
            let said = try run(words, input: input, in: folder)
            let output = said.output.split(separator: "\n").map(String.init)
            #expect(said.status == 0 && output.count == 4, "\(said.error)")
            #expect(output.starts(with: replies), "\(said.output)")
            #expect(output.last?.hasPrefix(#"{"id":3,"error":{"code":"SEM0100","message":"#) == true)
        }
    }

    @Test func theLastResultInAnotherFormat() throws {
        let said = try run(["--quiet", "-c", "kql range x from 1 to 2 step 1\nlast --format csv"])
        #expect(said.output == "{\"x\":1}\n{\"x\":2}\nx\n1\n2\n", "\(said.error)")
    }

    @Test func eventsWhere() throws {
        let words = ["show", "events", "--where", "outcome_result == 'FAILURE'", "--limit", "2"]
        let said = try run(words + ["--input", Program.demo])
        #expect(said.status == 0 && said.output.split(separator: "\n").count == 2, "\(said.error)")
        let refused = try run(["--quiet", "show", "events", "--where", "outcome_resul == 'x'", "--input", Program.demo])
        #expect(refused.status == 1, "\(refused.output)")
        #expect(refused.error.contains("\n  outcome_resul == 'x'\n  ^^^^^^^^^^^^^\n"), "\(refused.error)")
    }

    @Test func rejectedRowsAreToldAndCounted() throws {
        let folder = try Program.folder()
        try folder.write("{\"n\":1}\nnonsense\n", to: "t.ndjson")
        let said = try run(["kql", "T | count", "--table", "T=t.ndjson", "--strict"], in: folder)
        #expect(said.status == 4 && said.output == "{\"Count\":1}\n")
        #expect(said.error.contains("rejected t.ndjson:2 "), "\(said.error)")
    }
}

/// `kql` at the prompt.
@Suite(.serialized) struct QuerySessionTests {
    private func open(_ environment: [String: String] = [:], columns: UInt16 = 100) throws -> PseudoTerminal {
        let folder = try Program.folder()
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), ["--offline"],
            environment: Program.environment(folder).merging(environment) { $1 }, directory: folder, columns: columns)
        try terminal.expect("› ")
        return terminal
    }

    private func leave(_ terminal: PseudoTerminal) throws {
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func aQueryOfSeveralLines() throws {
        let terminal = try open()
        terminal.send("ingest \(Program.demo)\r")
        try terminal.expect("9 events › ")
        terminal.send("kql OktaSystemLog |\r")
        try terminal.expect("… ")
        terminal.send("where outcome_res\t== 'FAILURE' |\r")
        try terminal.expect("outcome_result == 'FAILURE' |")
        try terminal.expect("… ")
        terminal.send("count\r")
        try terminal.expect("Count")
        try terminal.expect("     5")
        try terminal.expect("1 row")
        try terminal.expect("9 events › ")
        // One input of the history.
        terminal.send(.up + "\r")
        try terminal.expect("     5")
        try terminal.expect("9 events › ")
        terminal.send("kql print (\r")
        try terminal.expect("… ")
        terminal.send(.controlC)
        try terminal.expect("9 events › ")
        try leave(terminal)
    }

    @Test func tablesAreCompletedAndErrorsPointAtTheirWords() throws {
        let terminal = try open(columns: 40)
        terminal.send("kql OktaSys\t| wher uuid == 'x'\r")
        try terminal.expect("error SYN0002: unknown operator `wher`")
        try terminal.expect("  OktaSystemLog | wher uuid == 'x'")
        try terminal.expect("                  ^^^^")
        try terminal.expect("  Did you mean `where`?")
        try terminal.expect("› ")
        try leave(terminal)
    }

    @Test func controlCEndsALongQuery() throws {
        let terminal = try open()
        terminal.send("kql range x from 1 to 40000000 step 1 | where tostring(x) matches regex '(9+8+7)*a' | count\r")
        try terminal.expect("querying … ")
        terminal.send(.controlC)
        try terminal.expect("error: interrupted")
        try terminal.expect("› ")
        terminal.send("kql print 'still here'\r")
        try terminal.expect("still here")
        try terminal.expect("1 row")
        try terminal.expect("› ")
        try leave(terminal)
    }

    @Test func aLongResultIsPaged() throws {
        let terminal = try open(["PAGER": "sed 's/^/page:/'"])
        terminal.send("kql range x from 1 to 1000 step 1\r")
        try terminal.expect("    30")
        try terminal.expect("… 970 more rows: `last` pages them")
        try terminal.expect("1,000 rows")
        try terminal.expect("› ")
        terminal.send("last\r")
        try terminal.expect("page:  1000")
        try terminal.expect("page:  1,000 rows")
        try terminal.expect("› ")
        try leave(terminal)
    }

    @Test func aSavedQueryIsCompletedAndRun() throws {
        let terminal = try open()
        terminal.send("kql print answer = 42\r")
        try terminal.expect("answer")
        try terminal.expect("› ")
        terminal.send("kql save deep\r")
        try terminal.expect("saved as deep; `kql @deep` runs it")
        try terminal.expect("› ")
        terminal.send("kql @d\t\r")
        try terminal.expect("kql @deep")
        try terminal.expect("    42")
        try terminal.expect("› ")
        try leave(terminal)
    }

    @Test func thePromptNamesLoadedTables() throws {
        let terminal = try open()
        terminal.send("ingest \(Program.demo) --as Demo\r")
        try terminal.expect("Demo: 9 rows")
        try terminal.expect("1 table › ")
        terminal.send("show tables\r")
        try terminal.expect("OktaSystemLog")
        try terminal.expect("Demo")
        try terminal.expect("› ")
        try leave(terminal)
    }
}
