import Diagnostics
import HTTP
import JSON
import Tables

@testable import Connectors

/// A sender with a clock of its own.
struct EscalationBench: Sendable {
    let clock = TestClock()

    func send(_ request: EscalationRequest) async throws -> EscalationReceipt {
        let retries = RetryPolicy(longestWait: .seconds(60), jitter: { 1 }, clock: clock.retryClock)
        return try await EscalationSender(transport: CurlTransport(), retries: retries).send(request)
    }

    /// The three targets, all at one server.
    static func targets(_ server: OktaServer) throws -> [any EscalationTarget] { try targets(at: server.url) }

    static func targets(at url: String) throws -> [any EscalationTarget] {
        [
            try SlackWebhook(url: url + "/services/T00CANARY/B00CANARY/XCANARYX"),
            try PagerDutyEvents(routingKey: "R0CANARY", url: url),
            try SignedWebhook(url: url + "/hook/CANARYPATH?key=CANARYQUERY", secret: "CANARYSECRET"),
        ]
    }

    /// What each service answers when it takes a notification.
    static func taken(_ target: String) -> OktaServer.Reply {
        switch target {
        case "slack": OktaServer.Reply(body: "ok")
        case "pagerduty": OktaServer.Reply(status: 202, body: #"{"status":"success","message":"Event processed"}"#)
        default: OktaServer.Reply(status: 204)
        }
    }

    /// An incident that is grave enough.
    static let notice = EscalationNotice(
        incidentID: "inc-1", title: "Impossible travel & <admin> change", severity: .critical, score: 0.954,
        actor: "ann@example.com", summary: ["Signed in from Oslo", "Signed in from Lima 5 min later"],
        attack: ["T1078.004", "T1621"], firstSeen: at("10:00:00"), lastSeen: at("10:05:00.500"),
        link: "https://soc.example.com/incident?id=1&view=all")
}

extension EscalationRequest {
    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: http.sentBody) }
    }
}
