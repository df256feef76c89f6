import Foundation
import Testing

/// The question about spending and `budget`, of the real program with a model server behind it.
@Suite(.serialized) struct BudgetCommandTests {
    private static let risk =
        #"{"severity":"high","likelihood":0.9,"impact":0.9,"score":0.81,"rationale":"two countries"}"#

    private func server(_ pages: [String: String] = [:]) throws -> ModelServer {
        try ModelServer(usage: (1_204, 311), pages: pages) { _ in Self.risk }
    }

    /// A folder whose configuration has these models.
    private func folder(_ models: String = "{}") throws -> ProgramFolder {
        let folder = try Program.folder(), path = folder.path + "/home/.config/watchfloor"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(#"{"models":\#(models)}"#.utf8).write(to: URL(filePath: path + "/config.json"))
        return folder
    }

    private func settings(_ server: ModelServer, _ more: [String: String] = [:]) -> [String: String] {
        ["LLM_BASE_URL": server.url, "LLM_MODEL": "tiny", "LLM_ASK_TOKENS": "2500"].merging(more) { $1 }
    }

    private static let models =
        #"{"tiny":{"context":8192,"input_price":1,"output_price":10,"currency":"USD"},"#
            + #""grand":{"context":131072,"requests_per_minute":600}}"#

    @Test("At a terminal: the question, another model, stop, and what was spent; a replay agrees")
    func terminal() throws {
        let server = try server(), folder = try folder(Self.models)
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), ["--session", "s"],
            environment: Program.environment(folder).merging(settings(server)) { $1 }, directory: folder, columns: 100)
        try terminal.expect("› ")
        terminal.send("ingest \(Program.demo)\r")
        try terminal.expect("9 events › ")
        terminal.send("score\r")
        try terminal.expect("score would spend more than 2,500 tokens (LLM_ASK_TOKENS)")
        try terminal.expect("tiny @ 127.0.0.1:")
        try terminal.expect("spent by this command: 1,515 tokens, 0.0043 USD")
        try terminal.expect("context: 8,192 tokens (config.json)")
        try terminal.expect("[c/o/s] ")
        terminal.send("what\r")
        try terminal.expect("`c` goes on")
        try terminal.expect("[c/o/s] ")
        terminal.send("o\r")
        try terminal.expect("grand")
        try terminal.expect("Which? [1, Enter for none] ")
        terminal.send("1\r")
        try terminal.expect("grand is asked from here on, until this session ends")
        try terminal.expect("in 2,408 out 622 tokens · ")
        try terminal.expect("0.0043 USD · tiny, grand @ 127.0.0.1:")
        try terminal.expect("› ")
        terminal.send("score\r")
        try terminal.expect("[c/o/s] ")
        terminal.send("s\r")
        try terminal.expect("the analyst stopped asking the model after 1515 tokens")
        try terminal.expect("› ")
        terminal.send("score\r")
        try terminal.expect("[c/o/s] ")
        terminal.send("\u{3}")
        try terminal.expect("error: interrupted")
        try terminal.expect("› ")
        terminal.send("budget\r")
        // The second and the third command each left one finding unasked.
        try terminal.expect("score      4       0         2  ")
        try terminal.expect("3 replies came from a model without a price")
        try terminal.expect("grand @ 127.0.0.1:")
        try terminal.expect("asks before one command spends more than 2,500 tokens (LLM_ASK_TOKENS)")
        terminal.send("model\r")
        try terminal.expect("grand at http://127.0.0.1:")
        try terminal.expect("context: 131,072 tokens (config.json)")
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        let shown = try Program.run(["replay", "s", "--format", "table"], in: folder)
        let refused = " did not ask grand (score): the analyst stopped asking the model after 1515 tokens\n"
        #expect(shown.output.contains(refused), "\(shown.output)")
        let spent = try Program.run(["budget", "--session", "s", "--format", "json"], in: folder)
        #expect(spent.output.contains(#""calls": 4"#) && spent.output.contains(#""in": 4816"#), "\(spent.output)")
        #expect(server.requests.count == 4)
    }

    @Test("Without a terminal the built-in analyst goes on, unless --yes says otherwise", arguments: [
        ([], 1, "LLM_ASK_TOKENS (2500)", "1,204"), (["--yes"], 2, "passed; asking on (--yes)", "2,408"),
    ] as [([String], Int, String, String)])
    func batch(options: [String], asked: Int, said: String, spent: String) throws {
        let server = try server()
        let result = try Program.run(
            options + ["--format", "json", "score", "--input", Program.demo], in: try Program.folder(),
            environment: settings(server))
        #expect(result.status == 0, "\(result.error)")
        #expect(server.requests.count == asked)
        #expect((result.output + result.error).contains(said), "\(result.output) \(result.error)")
        #expect(result.error.contains("in \(spent) out "), "\(result.error)")
    }

    @Test("The server is asked for its context once, before the first call", arguments: [
        ("/v1/models", #"{"data":[{"id":"tiny","max_model_len":100}]}"#),
        ("/props", #"{"default_generation_settings":{"n_ctx":100}}"#),
    ])
    func probed(page: String, body: String) throws {
        let server = try server([page: body])
        let words = "ingest \(Program.demo); model; score; model; budget"
        let result = try Program.run(
            ["-c", words, "--format", "table"], in: try Program.folder(), environment: settings(server))
        #expect(result.output.contains("the server is asked before the first call"), "\(result.output)")
        #expect(result.output.contains("context: 100 tokens (the server's \(page))"), "\(result.output)")
        #expect(server.requests.isEmpty && server.pagesAsked.count { $0 == page } == 1)
        #expect(result.status == 0 && result.output.contains("not sent"))
    }

    @Test("With the built-in analyst nothing is spent, and that is said") func rules() throws {
        let folder = try Program.folder()
        let said = try Program.run(["-c", "ingest \(Program.demo); score; budget", "--format", "table"], in: folder)
        let nothing = "  nothing was spent: the built-in analyst answers, and it costs nothing\n"
        #expect(said.output.hasSuffix(nothing), "\(said.output)")
        let json = try Program.run(["budget", "--format", "json"], in: folder)
        #expect(json.output.contains(#""model": null"#) && json.output.contains(#""tasks": []"#), "\(json.output)")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/sessions").count
        _ = try Program.run(["budget"], in: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/sessions").count == before)
    }

    @Test("`config` lists the limits and the models, and says what is wrong with them")
    func configuration() throws {
        let tiny = #""tiny":{"context":8192,"input_price":0.1,"output_price":0.4,"currency":"USD"}"#
        let models = #"{\#(tiny),"odd":{"context":-1}}"#
        let said = try Program.run(["config", "--format", "jsonl"], in: try folder(models))
        let expected = [
            #"{"name":"LLM_ASK_COST","value":null,"origin":null}"#,
            #"{"name":"LLM_ASK_TOKENS","value":"50000","origin":"default"}"#,
            #"{"name":"models.tiny","value":"context 8,192; a million tokens 0.1 in, 0.4 out USD","origin":""#,
        ]
        for line in expected { #expect(said.output.contains(line), "\(said.output)") }
        #expect(said.error.contains("model `odd`: `context` is not a whole number above 0"), "\(said.error)")
    }

    @Test("Forty columns are enough") func narrow() throws {
        let server = try server()
        let result = try Program.run(
            ["-c", "ingest \(Program.demo); score; budget; model", "--yes", "--format", "table"],
            in: try folder(Self.models), environment: settings(server, ["COLUMNS": "40"]))
        #expect(result.status == 0, "\(result.error)")
        let text = result.output.split(separator: "\n").drop { !$0.contains("task") }
        #expect(!text.isEmpty && text.allSatisfy { $0.count <= 40 }, "\(text.joined(separator: "\n"))")
    }
}
