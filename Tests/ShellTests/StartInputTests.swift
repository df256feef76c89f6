import Foundation
import Testing

/// What the program is started with is read before its first command.
struct StartInputTests {
    private static let processes = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/hunting/DeviceProcessEvents.ndjson").standardizedFileURL.path
    private static let start = ["--now", "2026-11-21T10:00:00Z", "--table", "DeviceProcessEvents=\(processes)"]

    @Test("A batch reads it once, and prints the results of its commands alone", arguments: [
        (["--input", Program.demo, "-c", "kql OktaSystemLog | count\nkql OktaSystemLog | count"], "{\"Count\":9}\n{\"Count\":9}\n"),
        (start + ["-c", "kql DeviceProcessEvents | count"], "{\"Count\":8}\n"),
    ])
    func batch(arguments: [String], output: String) throws {
        let folder = try Program.folder()
        let said = try Program.run(["--session", "s"] + arguments, in: folder)
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output == output)
        #expect(try Program.run(["replay", "s", "--verify"], in: folder).status == 0)
    }

    @Test("The shell reads it and shows what it read; a hunt in it needs no network")
    func shell() throws {
        let folder = try Program.folder()
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), ["--offline"] + Self.start,
            environment: Program.environment(folder), directory: folder, columns: 120)
        try terminal.expect("8 rows")
        try terminal.expect("1 table › ")
        terminal.send("hunt malicious powershell on ws1 in the past four hours\r")
        try terminal.expect("Run it? [Y/n/e] ")
        terminal.send("\r")
        for text in ["2 rows", "PowerShell fetches and runs a text", "url http://198.51.100.7/a", "findings › "] {
            try terminal.expect(text)
        }
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
    }
}
