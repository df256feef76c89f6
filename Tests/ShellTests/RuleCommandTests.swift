import Foundation
import JSON
import Testing

/// `rule` of the real program, against a Resource Manager and a login server on this computer.
@Suite struct RuleCommandTests {
    private static let name = "Okta: Burst of failed logins"

    /// A workspace that answers a PUT with `status`; where it `has` a rule, a GET finds it.
    private static func workspace(has stored: Bool = false, put status: Int = 201) throws -> LocalServer {
        try LocalServer { request, _ in
            if request.target.contains("/oauth2/") {
                return answer(200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"canary-token"}"#)
            }
            let id = request.target.components(separatedBy: "alertRules/").last?.prefix(36) ?? ""
            let rule = #"{"name":"\#(id)","kind":"Scheduled","etag":"\"e1\"","properties":{"displayName":"x"}}"#
            if request.head.hasPrefix("GET") {
                return stored ? answer(200, rule) : answer(404, #"{"error":{"code":"NotFound","message":"no rule"}}"#)
            }
            return status < 300
                ? answer(status, rule)
                : answer(status, #"{"error":{"code":"AuthorizationFailed","message":"no write here"}}"#)
        }
    }

    private static func answer(_ status: Int, _ body: String) -> String {
        "HTTP/1.1 \(status) x\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func settings(_ server: LocalServer) -> [String: String] {
        [
            "SUBSCRIPTION_ID": "11111111-2222-3333-4444-555555555555", "RESOURCE_GROUP_NAME": "soc",
            "SENTINEL_WORKSPACE_NAME": "watch", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
            "AZURE_CLIENT_SECRET": "canary-secret",
            "AZURE_LOGIN_URL": server.origin, "AZURE_MANAGEMENT_URL": server.origin,
        ]
    }

    /// Ingests the demo, finds, and writes the rule of alice's failures.
    private func rule(
        _ options: [String], in folder: ProgramFolder, _ environment: [String: String] = [:], format: String = "json"
    ) throws -> Program.Said {
        let found = try Program.run(
            ["--session", "s", "--format", "json", "detect", "--input", Program.demo], in: folder)
        let findings = try JSONValue(parsing: found.output).array ?? []
        let id = findings.first { $0["finding_type"]?.string == "failed_login_burst" }?["id"]?.string ?? ""
        return try Program.run(
            ["--session", "s", "--format", format, "rule", id] + options, in: folder, environment: environment)
    }

    private func files(_ folder: ProgramFolder) -> [String] {
        ((try? folder.names(in: "data/local_rules")) ?? []).sorted()
    }

    @Test("Without --deploy the rule is written and tried, and nothing is sent or saved but its record")
    func written() throws {
        let server = try Self.workspace(), folder = try Program.folder()
        let said = try rule([], in: folder, settings(server))
        #expect(said.status == 0, "\(said.error)")
        let json = try JSONValue(parsing: said.output)
        #expect(json["display_name"]?.string == Self.name && json["deployment"]?.isNull == true)
        #expect(
            json[path: "dry_run.finds_source"] == true
                && json[path: "dry_run.alerts.0.entities"] == ["alice", "203.0.113.10"])
        #expect(json[path: "rule.properties.techniques"] == ["T1110"])
        #expect(server.requests.isEmpty && files(folder).isEmpty)
        #expect(try folder.text("data/rules.jsonl").contains("\"dry_run\""))
    }

    @Test(
        "Confirmed, it is created or takes its earlier self's place; a replay sends nothing",
        arguments: [
            (false, 201, "created"), (true, 200, "updated"),
        ])
    func deployed(stored: Bool, status: Int, outcome: String) throws {
        let server = try Self.workspace(has: stored, put: status), folder = try Program.folder()
        let said = try rule(["--deploy", "--confirm", Self.name], in: folder, settings(server))
        #expect(said.status == 0, "\(said.error)")
        let json = try JSONValue(parsing: said.output)
        #expect(json[path: "deployment.status"]?.string == outcome && json["confirmed"] == true)
        #expect(said.error.contains("PUT \(server.origin)/subscriptions/11111111") && said.error.contains("OktaV2_CL"))
        let puts = server.requests.filter { $0.head.hasPrefix("PUT") }
        #expect(puts.count == 1 && puts[0].target.contains(json["id"]?.string ?? "-"))
        #expect(puts[0].target.hasSuffix("?api-version=2025-09-01"))
        let body = try JSONValue(parsing: puts[0].body)
        #expect(body[path: "properties.query"] == json[path: "rule.properties.query"])
        #expect((body["etag"]?.string == "\"e1\"") == stored)
        #expect(files(folder).isEmpty)
        let asked = server.requests.count
        let verified = try Program.run(["replay", "s", "--verify"], in: folder, environment: settings(server))
        #expect(verified.status == 0, "\(verified.error)")
        #expect(server.requests.count == asked)
        for file in ["sessions/s.jsonl", "data/rules.jsonl"] {
            #expect(try !folder.text(file).contains("canary"))
        }
    }

    @Test(
        "Before the confirmation nothing is sent",
        arguments: [[], ["--confirm", "Okta: burst of failed logins"], ["--confirm", ""]])
    func unconfirmed(options: [String]) throws {
        let server = try Self.workspace(), folder = try Program.folder()
        let said = try rule(["--deploy"] + options, in: folder, settings(server))
        #expect(said.status == 1)
        #expect(said.error.contains("the request:") && said.error.contains("PUT http"))
        #expect(try JSONValue(parsing: said.output)[path: "deployment.status"] == "cancelled")
        #expect(
            try JSONValue(parsing: said.output)[path: "deployment.reason"]?.string?.contains("nothing was sent") == true)
        #expect(server.requests.isEmpty && files(folder).isEmpty)
    }

    @Test(
        "Where it cannot be deployed it is kept, with the reason",
        arguments: [
            ("no rights", ["--confirm", name], true, "no write here"),
            ("no settings", ["--confirm", name], false, "SUBSCRIPTION_ID is not set"),
            ("offline", ["--offline"], true, "--offline opens no connection"),
        ])
    func kept(name: String, options: [String], isSet: Bool, reason: String) throws {
        let server = try Self.workspace(put: 403), folder = try Program.folder()
        let said = try rule(["--deploy"] + options, in: folder, isSet ? settings(server) : [:])
        #expect(said.status == 0, "\(said.error)")
        let json = try JSONValue(parsing: said.output)
        #expect(json[path: "deployment.status"] == "saved")
        #expect(
            json[path: "deployment.reason"]?.string?.contains(reason) == true,
            "\(json[path: "deployment.reason"]?.text ?? "")")
        #expect(server.requests.contains { $0.head.hasPrefix("PUT") } == (name == "no rights"))
        let all = try folder.text("data/local_rules.kql")
        #expect(all.hasPrefix("// \(Self.name)\n// 20") && all.contains("// not deployed: ") && all.contains(reason))
        #expect(all.contains("| where Failures >= 5"))
        let id = json["id"]?.string?.prefix(8) ?? ""
        #expect(
            files(folder) == ["okta_burst_of_failed_logins_\(id).sigma.yml", "okta_burst_of_failed_logins_\(id).yaml"])
        let yaml = try folder.text("data/local_rules/" + (files(folder).last ?? ""))
        for line in [
            "kind: Scheduled", "queryFrequency: PT5M", "  - T1110", "query: |2", "      - identifier: FullName",
        ] {
            #expect(yaml.contains(line + "\n"), "\(line)")
        }
        let asked = server.requests.count
        #expect(try Program.run(["replay", "s", "--verify"], in: folder).status == 0)
        #expect(server.requests.count == asked)
    }

    @Test(
        "On a terminal the name is typed; anything else cancels, and nothing is sent",
        arguments: [
            (name, "deployed: a new rule"), ("yes", "cancelled"), ("", "cancelled"), ("\u{3}", "nothing was sent"),
        ])
    func typed(answer: String, outcome: String) throws {
        let server = try Self.workspace(), folder = try Program.folder()
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.built("watchfloor"), ["--session", "f"],
            environment: Program.environment(folder).merging(settings(server)) { $1 }, directory: folder, columns: 120)
        try terminal.expect("› ")
        terminal.send("ingest \(Program.demo)\r")
        try terminal.expect("9 events › ")
        terminal.send("detect --only failed_login_burst\r")
        try terminal.expect("1 finding › ")
        terminal.send("rule 1 --deploy\r")
        try terminal.expect("to confirm:")
        #expect(server.requests.isEmpty)
        terminal.send(answer == "\u{3}" ? answer : answer + "\r")
        try terminal.expect(outcome)
        if outcome.hasPrefix("deployed") {
            #expect(server.requests.count { $0.head.hasPrefix("PUT") } == 1)
        } else {
            #expect(server.requests.isEmpty)
        }
        terminal.send("quit\r")
    }

    @Test("For people: the rule as KQL with its head, the dry run, Sigma, and how to deploy it")
    func text() throws {
        let said = try rule([], in: try Program.folder(), format: "table")
        let parts = [
            "  \(Self.name)", "Medium · runs each PT5M over PT15M · CredentialAccess, T1110",
            "    OktaV2_CL", "    | where Failures >= 5", "  dry run", "would have raised alerts", "alice",
            "203.0.113.10",
            "  it finds what it was written of", "  Sigma", "    correlation:",
            "--deploy` puts it into Microsoft Sentinel",
        ]
        for part in parts { #expect(said.output.contains(part), "\(part)\n\(said.output)") }
    }
}
