import Foundation
import Synchronization
import Tables

/// Okta's System Log as its documentation describes it: bounded requests in the order of `published`, with pages that
/// end; polling requests in the order of storing, whose `next` never ends; limits, timeouts and refusals.
final class OktaLogSimulation: Sendable {
    struct Event: Sendable {
        let uuid: String
        let published: Timestamp

        var json: String { #"{"uuid":"\#(uuid)","published":"\#(published)","eventType":"user.session.start"}"# }
    }

    private struct State {
        /// In the order of storing.
        var events: [Event]
        /// Stored once so many requests were answered.
        var late: [(after: Int, event: Event)] = []
        var answered = 0
    }

    private let state: Mutex<State>
    private let token: String
    /// The longest window, in seconds, and the largest page that are answered in time.
    private let window: Double, page: Int
    private let now: Timestamp

    init(
        _ events: [Event], late: [(after: Int, event: Event)] = [], token: String = "00token",
        now: Timestamp = TestClock.start,
        window: Double = .infinity, page: Int = 1000
    ) {
        state = Mutex(State(events: events, late: late))
        (self.token, self.now, self.window, self.page) = (token, now, window, page)
    }

    func store(_ event: Event) { state.withLock { $0.events.append(event) } }

    func answer(_ request: OktaServer.Request) -> OktaServer.Reply {
        guard request.headers["authorization"] == "SSWS \(token)" else {
            return .error(401, "E0000011", "Invalid token provided")
        }
        guard request.method == "GET", request.path == "/api/v1/logs" else {
            return .error(404, "E0000007", "Not found")
        }
        let query = request.query, host = request.headers["host"] ?? ""
        guard let since = query["since"].flatMap({ Timestamp($0) }), query["sortOrder"] == "ASCENDING",
            let limit = query["limit"].flatMap({ Int($0) }), (1...1000).contains(limit)
        else { return .error(400, "E0000001", "Api validation failed") }
        if now.seconds(since: since) > 180 * 86_400 {
            return .error(400, "E0000053", "The since parameter is over 180 days prior")
        }
        let events = state.withLock { state in
            state.events += state.late.filter { $0.after <= state.answered }.map(\.event)
            state.late.removeAll { $0.after <= state.answered }
            state.answered += 1
            return state.events
        }
        let until = query["until"].flatMap { Timestamp($0) }
        if limit > page || (until.map { $0.seconds(since: since) > window } ?? false) {
            return .error(500, "E0000009", "The query took too long; simplify it")
        }
        var matching = events.filter { event in
            event.published >= since && event.published < until ?? .distantFuture
        }
        if until != nil { matching.sort { $0.published < $1.published } }
        let start = Int(query["after"] ?? "0") ?? 0
        let part = matching.dropFirst(start).prefix(limit)
        let next = start + part.count
        var links = ["self": request.target]
        if until == nil || next < matching.count {
            let base = request.target.split(separator: "&").filter { !$0.hasPrefix("after=") }.joined(separator: "&")
            links["next"] = "\(base)&after=\(next)"
        }
        return .page(part.map(\.json), links: links.mapValues { "http://\(host)\($0)" })
    }
}

extension Timestamp {
    fileprivate static let distantFuture = Timestamp(ticks: .max)
}

extension OktaServer.Reply {
    /// A page of events; `links` by their relation.
    static func page(_ events: [String], links: [String: String] = [:]) -> Self {
        Self(
            headers: [("Content-Type", "application/json")]
                + links.sorted { $0.key > $1.key }.map { ("Link", "<\($0.value)>; rel=\"\($0.key)\"") },
            body: "[\(events.joined(separator: ","))]")
    }

    /// An error in the form of Okta's API.
    static func error(_ status: Int, _ code: String, _ summary: String, headers: [(String, String)] = []) -> Self {
        Self(
            status: status, headers: [("Content-Type", "application/json")] + headers,
            body: #"{"errorCode":"\#(code)","errorSummary":"\#(summary)","errorLink":"\#(code)","errorId":"oae","#
                + #""errorCauses":[]}"#
        )
    }
}
