import Foundation
import JSON
import Testing

/// `hunt`, then `rule` of it, in the real program, against a workspace and a Resource Manager on this computer.
@Suite(.serialized) struct HuntRuleCommandTests {
    private static let question = "encoded powershell on ws1 in the last 4 hours"
    private static let start = ["--now", "2026-11-21T10:00:00Z"]
    private static let name = "Hunt: powershell activity (encoded)"

    /// - Parameter second: The status of the answer to a second query.
    private static func server(second: Int = 200) throws -> LocalServer {
        try LocalServer { request, count in
            if request.target.contains("/oauth2/") {
                return answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"canary-token"}"#)
            }
            if request.target.hasSuffix("/query") {
                let refusal = #"{"error":{"code":"InsufficientAccessError","message":"no"}}"#
                return request.body.contains("ws1") || second == 200 ? answer(200, rows) : answer(second, refusal)
            }
            let id = request.target.components(separatedBy: "alertRules/").last?.prefix(36) ?? ""
            return request.head.hasPrefix("GET")
                ? answer(404, #"{"error":{"code":"NotFound","message":"no rule"}}"#)
                : answer(201, #"{"name":"\#(id)","kind":"Scheduled","properties":{"displayName":"x"}}"#)
        }
    }

    private static let rows: String = {
        let cells = [
            ("TimeGenerated", "2026-11-21T09:30:00Z"), ("DeviceName", "ws1.example.com"), ("AccountName", "ann"),
            ("FileName", "powershell.exe"),
            ("ProcessCommandLine", "powershell.exe -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A"),
        ]
        let columns = cells.map { #"{"name":"\#($0.0)","type":"\#($0.0 == "TimeGenerated" ? "datetime" : "string")"}"# }
        let values = cells.map { #""\#($0.1)""# }
        return #"{"tables":[{"name":"PrimaryResult","columns":[\#(columns.joined(separator: ","))],"#
            + #""rows":[[\#(values.joined(separator: ","))]]}]}"#
    }()

    private static func answer(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(body)"
    }

    private func settings(_ server: LocalServer) -> [String: String] {
        [
            "AZURE_LOGIN_URL": server.origin, "LOG_ANALYTICS_URL": server.origin, "LOG_ANALYTICS_WORKSPACE_ID": "w-1",
            "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "canary-secret",
            "AZURE_MANAGEMENT_URL": server.origin, "SUBSCRIPTION_ID": "11111111-2222-3333-4444-555555555555",
            "RESOURCE_GROUP_NAME": "soc", "SENTINEL_WORKSPACE_NAME": "watch",
        ]
    }

    private func count(_ server: LocalServer, _ ending: String) -> Int {
        server.requests.count { $0.target.contains(ending) }
    }

    @Test("At a terminal: hunt, then rule of its first row: the query is confirmed, then the name is typed")
    func deployed() throws {
        let server = try Self.server(), folder = try Program.folder()
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), Self.start + ["--session", "s"],
            environment: Program.environment(folder).merging(settings(server)) { $1 }, directory: folder, columns: 120)
        try terminal.expect("› ")
        terminal.send("hunt --on loganalytics \(Self.question)\r")
        try terminal.expect("Run it? [Y/n/e] ")
        terminal.send("y\r")
        try terminal.expect("writes a rule of it")
        try terminal.expect("› ")
        terminal.send("rule 1 --deploy\r")
        try terminal.expect("this tries the rule")
        try terminal.expect("Run it? [Y/n/e] ")
        #expect(count(server, "/query") == 1)
        terminal.send("y\r")
        try terminal.expect("to confirm:")
        #expect(count(server, "/query") == 2 && count(server, "alertRules") == 0)
        terminal.send(Self.name + "\r")
        try terminal.expect("it finds what it was written of")
        try terminal.expect("deployed: a new rule")
        try terminal.expect("› ")
        terminal.send("show rules\r")
        try terminal.expect("created · \(Self.name)")
        terminal.send("quit\r")
        #expect(try terminal.waitForExit() == 0)
        let put = try #require(server.requests.first { $0.head.hasPrefix("PUT") })
        let sent = try #require(server.requests.last { $0.target.contains("/query") })
        let query = try JSONValue(parsing: put.body)[path: "properties.query"]?.string ?? ""
        #expect(!query.contains("ws1"))
        #expect(try JSONValue(parsing: sent.body)["query"]?.string == query + "\n| take 1000")
        let asked = server.requests.count
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        #expect(server.requests.count == asked)
    }

    @Test("Without a terminal: nothing is sent without --yes, and nothing deployed that was not tried", arguments: [
        ([], 200, "no terminal to confirm the query at", 0, 0),
        (["--yes", "--confirm", name], 403, "not tried, so it cannot be deployed", 1, 0),
        (["--yes", "--confirm", name], 200, "deployed: a new rule", 1, 1),
    ] as [([String], Int, String, Int, Int)])
    func batch(options: [String], status: Int, words: String, queries: Int, puts: Int) throws {
        let server = try Self.server(second: status), folder = try Program.folder()
        let first = try Program.run(
            Self.start + ["--session", "s", "--format", "json", "hunt", "--on", "loganalytics", "--yes", Self.question],
            in: folder, environment: settings(server))
        let id = try JSONValue(parsing: first.output)["id"]?.string ?? ""
        let said = try Program.run(
            Self.start + ["--session", "s", "--format", "table", "rule", String(id.prefix(8)), "--deploy"] + options,
            in: folder, environment: settings(server))
        #expect(said.status == 0, "\(said.error)")
        #expect(said.output.replacing("\n  ", with: " ").contains(words), "\(said.output)")
        #expect(said.output.contains(Self.name) && said.output.contains("DeviceProcessEvents"))
        #expect(count(server, "/query") == 1 + queries)
        #expect(server.requests.count { $0.head.hasPrefix("PUT") } == puts)
        #expect((puts == 0) == ((try? folder.text("data/local_rules.kql")) != nil))
        #expect(!said.output.contains("canary") && !said.error.contains("canary"))
    }
}

extension HuntRuleCommandTests {
    @Test("Of what is loaded: rows of a hunt and of the list of hunts stand for it; why and the list of rules tell it")
    func local() throws {
        let folder = try Program.folder()
        let lines = [
            "ingest \(Program.demo)", "hunt failed logins of alice in the last 2 days", "rule 1", "show hunts", "why 1",
            "rule 1", "show rules",
        ]
        let line = lines.joined(separator: "; ")
        let said = try Program.run(["--session", "s", "--format", "table", "-c", line], in: folder)
        #expect(said.status == 0, "\(said.error)")
        // Lines are broken to the terminal's width.
        let flat = said.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for part in [
            "Hunt: sign-ins (failed)", "let OktaSystemLog = OktaV2_CL", "it finds what it was written of",
            "· failed logins of alice in the last 2 days", "service: okta",
            "written · Hunt: sign-ins (failed) · of",
        ] {
            #expect(flat.contains(part), "\(part)\n\(said.output)")
        }
        #expect(flat.contains("– It asks for all, without `actor_alternateId =~ \"alice\""))
        let verified = try Program.run(["replay", "s", "--verify"], in: folder)
        #expect(verified.status == 0, "\(verified.error)")
    }

    @Test("What names nothing, and a hunt of everything, are refused in words")
    func refused() throws {
        let folder = try Program.folder()
        let words = ["hunt", "--input", Program.demo, "sign-ins of alice in the last 2 days"]
        let hunted = try Program.run(["--session", "s", "--format", "json"] + words, in: folder)
        let id = try JSONValue(parsing: hunted.output)["id"]?.string ?? ""
        let faults = [(id, "would match every everyday event"), ("ffffffff", "there is no finding, incident or hunt")]
        for (name, fault) in faults {
            let said = try Program.run(["--session", "s", "rule", name], in: folder)
            #expect(said.status == 1 && said.error.contains(fault), "\(said.error)")
        }
    }
}
