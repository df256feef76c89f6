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
        let deadline = ContinuousClock.now + .seconds(20)
        while server.requests.isEmpty, ContinuousClock.now < deadline { sched_yield() }
        #expect(server.requests.count == 1)
        terminal.send("\u{3}")
        try terminal.expect("error: interrupted")
        try terminal.expect("9 events › ")
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }
}
