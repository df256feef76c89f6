import Diagnostics
import Foundation
import HTTP
import JSON
import Synchronization

@testable import Connectors

/// A server that issues tokens, a server that takes them, and a clock that a test moves.
struct AzureBench: Sendable {
    let login: OktaServer
    let server: OktaServer
    let clock = TestClock()
    let service: AzureService
    private let heard = AzureWaits()

    static let tenant = "contoso.example", clientID = "app-1", secret = "CANARY secret+/="
    static let app = AzureCredential.clientSecret(tenant: tenant, clientID: clientID, secret: secret)

    /// - Parameters:
    ///   - login: `nil` for one that issues `token-1`, `token-2` and so on.
    ///   - url: `nil` for the address of the server that takes tokens.
    ///   - answer: What the server that takes tokens says, given the request and its number from 0.
    init(
        credential: AzureCredential = app, attempts: Int = 3, login: OktaServer? = nil, url: String? = nil,
        _ answer: @escaping @Sendable (OktaServer.Request, Int) -> OktaServer.Reply
    ) throws {
        self.login = try login ?? Self.issuer()
        server = try OktaServer(answer)
        let urls = ["AZURE_LOGIN_URL": self.login.url]
        let url = url ?? server.url
        let heard = heard
        service = AzureService(
            addresses: try AzureAddresses { urls[$0] ?? url }, credential: credential, transport: CurlTransport(),
            manner: AzureManner(
                retries: RetryPolicy(
                    attempts: attempts, longestWait: .seconds(180), jitter: { 1 }, clock: clock.retryClock),
                watch: { seconds, reason in heard.take(seconds, reason) }))
    }

    /// A service that gives these replies in turn, the last again and again.
    init(_ replies: [OktaServer.Reply], attempts: Int = 3) throws {
        try self.init(attempts: attempts) { _, index in replies[min(index, replies.count - 1)] }
    }

    static func issuer(lifetime: Int = 3600) throws -> OktaServer {
        try OktaServer { _, index in
            .json(#"{"token_type":"Bearer","expires_in":\#(lifetime),"access_token":"token-\#(index + 1)"}"#)
        }
    }

    /// The waits, with their reasons.
    var waits: [String] { heard.all }

    func analytics(limits: RemoteLimits = .logAnalytics) throws -> LogAnalytics {
        try LogAnalytics(workspace: "ws-1", service: service, limits: limits)
    }

    /// Runs a query over the last twelve hours.
    @discardableResult
    func query(_ text: String = "T", limits: RemoteLimits = .logAnalytics) async throws -> RemoteTable {
        try await analytics(limits: limits).run(text, over: .last(seconds: 43_200))
    }

    /// What a query fails with; `nil` when it does not.
    func failure(_ text: String = "T") async -> Diagnostic? {
        do {
            try await query(text)
            return nil
        } catch { return error as? Diagnostic }
    }
}

/// The waits that were told.
private final class AzureWaits: Sendable {
    private let state = Mutex<[String]>([])

    var all: [String] { state.withLock { $0 } }
    func take(_ seconds: Double, _ reason: String) { state.withLock { $0.append("\(seconds): \(reason)") } }
}

extension OktaServer.Reply {
    static func json(_ body: String, status: Int = 200, headers: [(String, String)] = []) -> OktaServer.Reply {
        OktaServer.Reply(status: status, headers: [("Content-Type", "application/json")] + headers, body: body)
    }

    /// An error as Azure writes it.
    static func azure(_ status: Int, _ code: String, _ message: String, headers: [(String, String)] = [])
        -> OktaServer.Reply
    {
        let error: JSONValue = ["error": ["code": .string(code), "message": .string(message)]]
        return .json(error.text, status: status, headers: headers)
    }
}

/// A table of one column and one row, as Log Analytics sends it.
let oneRow = #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"n","type":"long"}],"rows":[[1]]}]}"#
