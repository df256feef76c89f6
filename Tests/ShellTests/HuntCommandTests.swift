import Foundation
import Testing

/// `hunt` of the real program, at a terminal and without one, against a server on this computer.
@Suite(.serialized) struct HuntCommandTests {
    private static let question = "encoded powershell on ws1 in the last 4 hours"
    private static let start = ["--now", "2026-11-21T10:00:00Z"]

    /// A workspace with one process; the same server issues the tokens.
    private static func workspace() throws -> LocalServer {
        try LocalServer { request, _ in
            if request.target.hasSuffix("/oauth2/v2.0/token") {
                return answer(#"{"token_type":"Bearer","expires_in":3600,"access_token":"eyJCANARY"}"#)
            }
            let names = ["DeviceName", "FileName", "ProcessCommandLine"]
            let columns = names.map { #"{"name":"\#($0)","type":"string"}"# }.joined(separator: ",")
            let command = #"powershell.exe -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A\u001b[31m"#
            let row = #"["ws1.example.com","powershell.exe","\#(command)"]"#
            return answer(#"{"tables":[{"name":"PrimaryResult","columns":[\#(columns)],"rows":[\#(row)]}]}"#)
        }
    }

    private static func answer(_ body: String) -> String {
        "HTTP/1.1 200 x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
    }

    private func settings(_ server: LocalServer) -> [String: String] {
        [
            "AZURE_LOGIN_URL": server.origin, "LOG_ANALYTICS_URL": server.origin, "LOG_ANALYTICS_WORKSPACE_ID": "w-1",
            "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "CANARYSECRET",
        ]
    }

    /// How many queries were sent.
    private func queries(_ server: LocalServer) -> Int {
        server.requests.count { $0.target == "/v1/workspaces/w-1/query" }
    }

    private func open(
        _ folder: ProgramFolder, _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), arguments,
            environment: Program.environment(folder).merging(environment) { $1 }, directory: folder, columns: 120)
    }

    @Test("Without a terminal a query of what is loaded is shown and runs")
    func local() throws {
        let folder = try Program.folder()
        let said = try Program.run(
            ["hunt", "--input", Program.demo, "--format", "table", "failed logins of alice in the last 2 days"],
            in: folder)
        #expect(said.status == 0, "\(said.error)")
        #expect(said.error.contains("2025-11-10 20:05:00Z to 2025-11-12 20:05:00Z"), "\(said.error)")
        #expect(said.error.contains("    OktaSystemLog\n    | where TimeGenerated >= "))
        #expect(said.output.contains("5 rows") && said.output.contains("kept in hunts.jsonl as "), "\(said.output)")
        let listed = try Program.run(["-c", "ingest \(Program.demo); hunt failed logins; show hunts"], in: folder)
        #expect(listed.status == 0, "\(listed.error)")
        #expect(listed.output.contains(#""question":"failed logins""#))
    }

    @Test(
        "Without a terminal a query leaves with --yes alone",
        arguments: [([], 1, 0), (["--yes"], 0, 1)] as [([String], Int32, Int)])
    func remote(option: [String], status: Int32, sent: Int) throws {
        let server = try Self.workspace(), folder = try Program.folder()
        let words = Self.start + ["hunt", "--on", "loganalytics"] + option + ["--format", "table", Self.question]
        // What stands in standard input confirms nothing.
        let said = try Program.run(words, input: "y\n", in: folder, environment: settings(server))
        #expect(said.status == status, "\(said.error)")
        #expect(said.error.contains("DeviceProcessEvents\n"), "\(said.error)")
        if sent == 0 { #expect(said.error.contains("then add `--yes`") && server.requests.isEmpty, "\(said.error)") }
        #expect(queries(server) == sent)
        #expect(!said.output.contains("\u{1B}") && !said.error.contains("CANARY") && !said.output.contains("CANARY"))
        if sent == 1 { #expect(said.output.contains("T1059.001 PowerShell"), "\(said.output)") }
    }

    @Test("What cannot be hunted is said before anything is sent", arguments: [
        (["--offline", "hunt", "--on", "loganalytics", "--yes", question], 6, "this session is offline"),
        (["hunt", "--on", "loganalytics", "--yes", "isolate ws1"], 1, "a hunt only reads"),
        (["hunt", question], 1, "hunt --on loganalytics"), (["hunt"], 2, "Missing expected argument"),
        (["hunt", "--on", "mars", question], 2, "mars"),
    ] as [([String], Int32, String)])
    func refused(arguments: [String], status: Int32, error: String) throws {
        let server = try Self.workspace()
        let said = try Program.run(arguments, in: try Program.folder(), environment: settings(server))
        #expect(said.status == status, "\(said.error)")
        #expect(said.error.contains(error), "\(said.error)")
        #expect(server.requests.isEmpty)
    }

    @Test("In the shell: n, Ctrl-C and Ctrl-D send nothing, y sends; a replay sends nothing again")
    func shell() throws {
        let server = try Self.workspace(), folder = try Program.folder()
        let terminal = try open(folder, Self.start + ["--session", "s"], settings(server))
        try terminal.expect("› ")
        for (typed, said) in [("n\r", "not confirmed"), ("\u{3}", "interrupted"), ("\u{4}", "not confirmed")] {
            terminal.send("hunt --on loganalytics \(Self.question)\r")
            try terminal.expect("DeviceProcessEvents")
            try terminal.expect("Run it? [Y/n/e] ")
            terminal.send(typed)
            try terminal.expect(said)
            try terminal.expect("› ")
        }
        #expect(server.requests.isEmpty)
        terminal.send("hunt --on loganalytics \(Self.question)\r")
        try terminal.expect("Run it? [Y/n/e] ")
        terminal.send("what\r")
        try terminal.expect("`e` edits it")
        try terminal.expect("Run it? [Y/n/e] ")
        terminal.send("y\r")
        try terminal.expect("T1059.001 PowerShell")
        try terminal.expect("kept in hunts.jsonl")
        try terminal.expect("› ")
        #expect(queries(server) == 1)
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        #expect(queries(server) == 1)
    }

    @Test("e opens the query in the editor; a wrong one is refused with the reason, a right one runs")
    func edited() throws {
        let folder = try Program.folder(), editor = folder.path + "/editor.sh"
        // The first time it leaves a wrong query, from then on a right one.
        let script = """
            #!/bin/sh
            if [ -e \(folder.path)/again ]; then echo 'OktaSystemLog | count' > "$1"; else echo 'Nothing | count' > "$1"; fi
            touch \(folder.path)/again
            """
        try Data(script.utf8).write(to: URL(filePath: editor))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: editor)
        let terminal = try open(folder, ["--input", Program.demo, "hunt", "failed logins"], ["EDITOR": editor])
        for expected in ["that query cannot run", "OktaSystemLog | count"] {
            try terminal.expect("Run it? [Y/n/e] ")
            terminal.send("e\r")
            try terminal.expect(expected)
        }
        try terminal.expect("the query was edited by the analyst")
        try terminal.expect("Run it? [Y/n/e] ")
        terminal.send("\r")
        try terminal.expect("1 row")
        #expect(try terminal.waitForExit() == 0)
    }
}
