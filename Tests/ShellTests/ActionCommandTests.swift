import Foundation
import Testing

/// `isolate`, `release` and `scan` of the real program, against a server on this computer.
@Suite(.serialized) struct ActionCommandTests {
    private static let id = "0000000000000000000000000000000000000001"

    /// A tenant with one machine; the same server issues the tokens. Actions are done at once.
    private static func tenant(ending: String = "Succeeded") throws -> LocalServer {
        try LocalServer { request, _ in
            if request.target.hasSuffix("/oauth2/v2.0/token") {
                return answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"eyJCANARY"}"#)
            }
            guard request.head.hasPrefix("POST") else {
                let facts = #""osPlatform":"Windows11","healthStatus":"Active","lastSeen":"2026-11-21T09:55:00Z""#
                return answer(200, #"{"value":[{"id":"\#(id)","computerDnsName":"ws1.example.com",\#(facts)}]}"#)
            }
            let type = ["isolate": "Isolate", "unisolate": "Unisolate"][request.target.split(separator: "/").last ?? ""]
            return answer(201, """
                {"id":"a-1","type":"\(type ?? "RunAntiVirusScan")","status":"\(ending)","machineId":"\(id)","requestor":"app\\u001b[31m"}
                """)
        }
    }

    private static func answer(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func settings(_ server: LocalServer) -> [String: String] {
        [
            "AZURE_LOGIN_URL": server.origin, "DEFENDER_URL": server.origin, "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
            "AZURE_CLIENT_SECRET": "CANARYSECRET",
        ]
    }

    /// What was asked of Defender, as method and last step of the address.
    private func asked(_ server: LocalServer) -> [String] {
        server.requests.filter { $0.target.hasPrefix("/api/") }.map { request in
            let path = request.target.prefix { $0 != "?" }.split(separator: "/").last ?? ""
            return "\(request.head.prefix { $0 != " " }) \(path)"
        }
    }

    private func open(
        _ server: LocalServer, _ folder: ProgramFolder, _ arguments: [String] = ["--session", "s"]
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), arguments,
            environment: Program.environment(folder).merging(settings(server)) { $1 }, directory: folder, columns: 120)
    }

    private func statuses(_ folder: ProgramFolder) throws -> [String] {
        try folder.text("data/actions.jsonl").split(separator: "\n").map { line in
            String(line.components(separatedBy: #""status":""#).last?.prefix { $0 != "\"" } ?? "")
        }
    }

    private let question = #"Type "ws1.example.com" to confirm: "#

    @Test("In the shell: wrong name, nothing, Ctrl-C and Ctrl-D send nothing; the name sends")
    func shell() throws {
        let server = try Self.tenant(), folder = try Program.folder()
        let terminal = try open(server, folder)
        try terminal.expect("› ")
        for (typed, said) in [
            ("ws1\r", "not confirmed: `ws1` is not `ws1.example.com`, so nothing was sent"), ("\r", "not confirmed, so nothing was sent"),
            ("ws1.exam\u{3}", "interrupted before the confirmation, so nothing was sent"), ("\u{4}", "not confirmed, so nothing was sent"),
        ] {
            terminal.send("isolate ws1 --reason 'mail worm'\r")
            try terminal.expect("ws1.example.com · Windows11 · Active · last report 2026-11-21 09:55:00Z")
            try terminal.expect("cuts it off the network but for Defender, until `release`")
            try terminal.expect("POST \(server.origin)/api/machines/\(Self.id)/isolate")
            try terminal.expect("Authorization: Bearer [secret]")
            try terminal.expect(#"{"Comment":"mail worm","IsolationType":"Full"}"#)
            try terminal.expect(question)
            terminal.send(typed)
            try terminal.expect(said)
            try terminal.expect("› ")
        }
        #expect(asked(server) == Array(repeating: "GET machines", count: 4))
        terminal.send("isolate ws1 --reason 'mail worm'\r")
        try terminal.expect(question)
        terminal.send("WS1.example.com\r")
        try terminal.expect("isolate ws1.example.com (full): done")
        try terminal.expect("› ")
        #expect(asked(server) == Array(repeating: "GET machines", count: 5) + ["POST isolate"])
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
        #expect(try statuses(folder) == Array(repeating: "not_confirmed", count: 4) + ["sending", "Succeeded"])
        #expect(!terminal.transcript.contains("CANARY"))
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        #expect(asked(server).count == 6)
    }

    @Test("One command at a terminal asks as well, whatever --confirm and what was typed ahead say")
    func oneCommand() throws {
        let server = try Self.tenant(), folder = try Program.folder()
        let terminal = try open(server, folder, ["release", "ws1", "--confirm", "ws1.example.com"])
        // Typed before the question, so it is no answer.
        terminal.send("ws1.example.com\r")
        try terminal.expect(question)
        terminal.send("no\r")
        try terminal.expect("not confirmed: `no` is not `ws1.example.com`")
        #expect(try terminal.waitForExit() == 1)
        #expect(asked(server) == ["GET machines"])
        let again = try open(server, folder, ["scan", "ws1", "--full"])
        try again.expect(question)
        again.send("ws1.example.com\r")
        try again.expect("scan ws1.example.com (full): done")
        #expect(try again.waitForExit() == 0)
        #expect(asked(server) == ["GET machines", "GET machines", "POST runAntiVirusScan"])
    }

    @Test("Without a terminal --confirm must name the target", arguments: [
        ([], 1, "there is no terminal to confirm the action at, so nothing was sent", 0),
        (["--confirm", "ws1"], 1, "not confirmed: `ws1` is not `ws1.example.com`, so nothing was sent", 0),
        (["--confirm", "WS1.EXAMPLE.COM"], 0, "POST ", 1),
    ] as [([String], Int32, String, Int)])
    func noTerminal(arguments: [String], status: Int32, error: String, posts: Int) throws {
        let server = try Self.tenant(), folder = try Program.folder()
        for words in [["isolate", "ws1"] + arguments, arguments + ["-c", "isolate ws1"]] {
            // What stands in standard input confirms nothing.
            let said = try Program.run(words, input: "ws1.example.com\n", in: folder, environment: settings(server))
            #expect(said.status == status, "\(said.error)")
            #expect(said.error.contains(error), "\(said.error)")
            #expect(!said.output.contains("CANARY") && !said.error.contains("CANARY"))
        }
        #expect(asked(server).count { $0 == "POST isolate" } == 2 * posts)
    }

    @Test("What cannot be asked for is said before anything is sent", arguments: [
        (["--offline", "isolate", "ws1"], 6, "this session is offline"), (["isolate"], 2, "Missing expected argument"),
        (["isolate", "ws1", "--reason", " "], 2, "The reason is empty"), (["release", "ws1", "--full"], 2, "Unknown option '--full'"),
    ] as [([String], Int32, String)])
    func refusedBefore(arguments: [String], status: Int32, error: String) throws {
        let server = try Self.tenant()
        let said = try Program.run(arguments, in: try Program.folder(), environment: settings(server))
        #expect(said.status == status)
        #expect(said.error.contains(error), "\(said.error)")
        #expect(server.requests.isEmpty)
    }

    @Test("An action that Defender could not do is printed, and fails; text from outside is shown and not obeyed")
    func failedInDefender() throws {
        let server = try Self.tenant(ending: "Failed")
        for format in ["table", "json"] {
            let said = try Program.run(
                ["scan", "ws1", "--confirm", "ws1.example.com", "--format", format], in: try Program.folder(),
                environment: settings(server))
            #expect(said.status == 1)
            #expect(said.error.contains("`scan ws1.example.com` was not done: failed in Defender"), "\(said.error)")
            #expect(said.output.contains(format == "json" ? #""status": "Failed""# : "scan ws1.example.com (quick): failed in Defender"))
            #expect(!said.output.contains("\u{1B}") && !said.error.contains("\u{1B}"))
        }
    }

    @Test("The settings are listed without their secrets, and looked at by doctor without a socket")
    func listed() throws {
        let server = try Self.tenant(), folder = try Program.folder()
        let environment = settings(server).merging([
            "SLACK_WEBHOOK_URL": server.origin + "/CANARYPATH", "PAGERDUTY_ROUTING_KEY": "CANARYKEY",
        ]) { $1 }
        let said = try Program.run(["-c", "config; doctor"], in: folder, environment: environment)
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output.contains(#""name":"DEFENDER_URL","value":"\#(server.origin)""#), "\(said.output)")
        #expect(said.output.contains(#""name":"AZURE_CLIENT_SECRET","value":"(hidden)""#))
        #expect(said.output.contains("\(server.origin) with the app c in t with a secret"))
        #expect(said.output.contains("Slack at \(server.origin)/[secret], PagerDuty at https://events.pagerduty.com"))
        #expect(!said.output.contains("CANARY") && server.requests.isEmpty)
    }
}
