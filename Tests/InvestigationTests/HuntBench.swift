import Connectors
import Diagnostics
import HTTP
import Hunting
import Investigation
import JSON
import Synchronization

/// Gives decisions in their order, then says that nobody is there; keeps what was shown.
final class Decisions: Sendable {
    private let left: Mutex<[HuntDecision]>
    private let shown = Mutex<[HuntProposal]>([])

    init(_ decisions: [HuntDecision]) { left = Mutex(decisions.reversed()) }

    var proposals: [HuntProposal] { shown.withLock { $0 } }

    var watch: Session.Watch {
        var watch = Session.Watch()
        watch.review = { [self] proposal in
            shown.withLock { $0.append(proposal) }
            return left.withLock { $0.popLast() } ?? .unavailable
        }
        return watch
    }
}

/// A tenant with a workspace and advanced hunting; both have one process.
struct HuntStub: Sendable {
    let transport: StubTransport
    static let command = "powershell.exe -NoP -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAKQA="

    /// - Parameter queried: What the services answer to a query; `nil` is the process.
    init(queried: (Int, String)? = nil) {
        transport = StubTransport { request in
            if request.url.contains("/oauth2/") {
                return (200, #"{"token_type":"Bearer","expires_in":3600,"access_token":"eyJCANARY"}"#)
            }
            return queried ?? (200, request.url.contains("runHuntingQuery") ? Self.graph : Self.workspace)
        }
    }

    /// What was asked of the services, without the sign-in.
    var queries: [(address: String, body: JSONValue)] {
        zip(transport.lines.filter { $0.hasPrefix("POST") }, transport.bodies).filter { !$0.0.contains("/oauth2/") }
            .map { ($0, (try? JSONValue(parsing: $1)) ?? .null) }
    }

    private static let time = "2026-11-21T09:30:00Z"
    private static let columns = [
        ("Timestamp", time), ("DeviceName", "ws1.example.com"), ("FileName", "powershell.exe"),
        ("ProcessCommandLine", command), ("AccountName", "ann"),
    ]

    private static var workspace: String {
        let table: JSONValue = [
            "name": "PrimaryResult",
            "columns": .array(columns.map { name, _ in
                ["name": .string(name), "type": name == "Timestamp" ? "datetime" : "string"]
            }),
            "rows": [.array(columns.map { .string($1) })],
        ]
        return (["tables": [table]] as JSONValue).text
    }

    private static var graph: String {
        let schema = columns.map { name, _ -> JSONValue in
            ["name": .string(name), "type": name == "Timestamp" ? "DateTime" : "String"]
        }
        let row = JSONValue.object(columns.map { JSONValue.Member($0, .string($1)) })
        return (["schema": .array(schema), "results": [row]] as JSONValue).text
    }

    /// The services of a session; waiting takes no time.
    var services: SessionServices {
        let settings = [
            "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "CANARY",
            "AZURE_LOGIN_URL": "https://login.example", "LOG_ANALYTICS_URL": "https://logs.example",
            "GRAPH_URL": "https://graph.example",
        ]
        let clock = RetryClock(sleep: { _ in try Task.checkCancellation() }, now: { 1_795_219_200 })
        let manner = AzureManner(retries: RetryPolicy(jitter: { 1 }, clock: clock))
        return SessionServices(remoteEngine: { [transport] (place: Hunt.Place) throws(Diagnostic) in
            let service = AzureService(
                try AzureConnection({ settings[$0] }) { _ in }, transport: transport, manner: manner)
            if place == .graph { return GraphHunting(service: service) }
            return try LogAnalytics(workspace: "w-1", service: service)
        })
    }
}
