import Foundation
import Testing

/// The real program under a terminal, driven as a person would.
@Suite(.serialized) struct TerminalSessionTests {
    private func open(_ arguments: [String] = ["--offline"], environment: [String: String] = [:]) throws -> PseudoTerminal {
        let folder = try Program.folder()
        return try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), arguments,
            environment: Program.environment(folder).merging(environment) { $1 }, directory: folder, columns: 100)
    }

    @Test func aSessionFromThePromptToTheEnd() throws {
        let terminal = try open()
        try terminal.expect("A command, a question, or `help`.")
        try terminal.expect("› ")
        terminal.send("ingest \(Program.demo)\r")
        try terminal.expect("9 events, 3 actors")
        try terminal.expect("9 events › ")
        terminal.send("det\t")
        try terminal.expect("ect ")
        terminal.send("\r")
        try terminal.expect("2 findings from ")
        try terminal.expect("9 events · 2 findings › ")
        terminal.send("how many failures did alice have?\r")
        try terminal.expect("5 failed events by alice")
        try terminal.expect("built-in analyst")
        try terminal.expect("› ")
        terminal.send("dtect\r")
        try terminal.expect("Did you mean `detect`?")
        // What is typed ahead of this question does not count as its answer.
        try terminal.expect("› detect ")
        terminal.send("\r")
        try terminal.expect("2 findings from ")
        try terminal.expect("› ")
        terminal.send("why 2\r")
        try terminal.expect("failed_login_burst")
        try terminal.expect("› ")
        terminal.send("half a line")
        terminal.send("\u{3}")
        try terminal.expect("› ")
        terminal.send("quit\r")
        try terminal.expect("chain head")
        #expect(try terminal.waitForExit() == 0)
    }

    /// Ctrl-C empties the terminal's queue, at times between the look at it and the read.
    @Test func controlCRightBehindWhatIsTypedIsNeverLost() throws {
        let terminal = try open()
        try terminal.expect("› ")
        for _ in 0..<60 {
            terminal.send("half a line")
            terminal.send("\u{3}")
            try terminal.expect("› ")
        }
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func controlDLeaves() throws {
        let terminal = try open()
        try terminal.expect("› ")
        terminal.send("\u{4}")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func aLineIsFoundInTheHistory() throws {
        let terminal = try open()
        try terminal.expect("› ")
        terminal.send("model\r")
        try terminal.expect("built-in analyst (--offline)")
        try terminal.expect("› ")
        terminal.send("\u{1B}[A\r")
        try terminal.expect("built-in analyst (--offline)")
        try terminal.expect("› ")
        terminal.send("history mod\r")
        try terminal.expect("model")
    }

    @Test func controlCDuringASlowModelKeepsTheSession() throws {
        let server = try ModelServer { _ in nil }
        let terminal = try open([], environment: ["LLM_BASE_URL": server.url])
        try terminal.expect("› ")
        terminal.send("ingest \(Program.demo)\r")
        try terminal.expect("9 events › ")
        terminal.send("who is bob\r")
        let deadline = ContinuousClock.now + .seconds(120)
        while server.requests.isEmpty, ContinuousClock.now < deadline { sched_yield() }
        #expect(server.requests.count == 1)
        terminal.send("\u{3}")
        try terminal.expect("error: interrupted")
        try terminal.expect("9 events › ")
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }

    @Test func controlCDuringAnIngestKeepsWhatWasRead() throws {
        let terminal = try open(), path = NSTemporaryDirectory() + "watchfloor-\(UUID().uuidString).ndjson"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Self.writeLargeLog(path)
        try terminal.expect("› ")
        terminal.send("ingest \(path)\r")
        try terminal.expect("events/s")
        terminal.send("\u{3}")
        try terminal.expect("400 events, 1 actor")
        try terminal.expect("error: interrupted at byte")
        try terminal.expect("the 400 events before it are kept")
        try terminal.expect("400 events › ")
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }

    /// 400 events that come again and again, 400 MB of them: more than is read before a progress line appears.
    private static func writeLargeLog(_ path: String) throws {
        let block = (0..<400).map { number in
            #"{"uuid":"e\#(number)","published":"2025-11-12T18:00:00Z","eventType":"t","actor":{"id":"u"},"x":""#
                + String(repeating: "x", count: 2400) + "\"}\n"
        }.joined()
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path)), data = Data(block.utf8)
        for _ in 0..<400 { try file.write(contentsOf: data) }
        try file.close()
    }
}
