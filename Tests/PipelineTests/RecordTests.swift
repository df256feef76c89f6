import Diagnostics
import JSON
import Tables
import Testing

@testable import Pipeline

@Suite("Records are lines of the contract")
struct RecordTests {
    static let risk = #"{"finding_id":"f","severity":"high","likelihood":0.9,"impact":0.8,"score":0.72,"rationale":"two countries","source":"model:m","baseline":{"severity":"high","score":0.72},"disagreement":{"severity":"low","score":0.1,"rationale":"home"}}"#
    static let incident = #"{"id":"i","finding_id":"f","title":"t","description":"d","severity":"high","risk_score":0.72,"created_at":"2025-11-12T19:25:00Z","status":"open","metadata":{"promoted":1},"finding_ids":["f","g"],"actors":["bob"],"ips":["192.0.2.44"],"first_seen":"2025-11-12T19:00:00Z","last_seen":"2025-11-12T19:25:00Z","attack":["T1078.004"]}"#
    static let plan = #"{"incident_id":"i","overall_goal":"g","steps":[{"step_id":"lock_account","description":"d","rationale":"r","requires_human_approval":true,"dependencies":["collect_auth_logs"]}],"notes":"n"}"#
    static let command = #"{"incident_id":"i","command":{"step_id":"lock_account","description":"d","command":"curl","system":"okta","read_only":true,"notes":"n","effect":"reversible","scope":"okta.users.manage","undo":"u","verify":"v"}}"#
    static let escalation = ##"{"incident_id":"i","channel":"#soc-critical-alerts","message":"[HIGH] t\nRisk score: 0.72\nd","sent":false,"target":null,"status":"dry-run","at":"2025-11-12T20:05:00Z"}"##
    static let route = #"{"id":"r","kind":"incident","subject":"i","asked":{"kind":"incident","data":{}},"answered":null,"phase":"response","steps":[{"agent_name":"planner_agent","reason":"r","when":"always"}],"corrections":["c"],"notes":"","source":"rules"}"#

    @Test("with their keys in its order, read and written again unchanged")
    func roundTrip() throws {
        #expect(try RiskScore(json: JSONValue(parsing: Self.risk)).json.text == Self.risk)
        #expect(try SecurityIncident(json: JSONValue(parsing: Self.incident)).json.text == Self.incident)
        #expect(try ResponsePlan(json: JSONValue(parsing: Self.plan)).json.text == Self.plan)
        #expect(try CommandSuggestion(json: JSONValue(parsing: Self.command)).json.text == Self.command)
        #expect(try EscalationResult(json: JSONValue(parsing: Self.escalation)).json.text == Self.escalation)
        // What is null in a record is not there in the value.
        let agreed = try RiskScore(json: JSONValue(parsing: Self.risk)).json.setting("disagreement", to: .null)
        #expect(try RiskScore(json: agreed).disagreement == nil)
        let unanswered = try RoutePlan(json: JSONValue(parsing: Self.route)).json.setting("answered", to: .null)
        #expect(try RoutePlan(json: unanswered).answered == nil)
        #expect(try RoutePlan(json: JSONValue(parsing: Self.route)).json.text == Self.route)
    }

    static let faults: [(removed: String, with: JSONValue?, message: String)] = [
        ("severity", nil, "a record of `risk_scores.jsonl` has no `severity`"),
        ("severity", "HIGH", "a record of `risk_scores.jsonl` needs low, medium, high or critical in `severity`, not a string"),
        ("score", "0.7", "a record of `risk_scores.jsonl` needs a number in `score`, not a string"),
        ("rationale", nil, "a record of `risk_scores.jsonl` has no `rationale`"),
    ]

    @Test("and say what is wrong with them", arguments: faults)
    func refuses(key: String, value: JSONValue?, message: String) throws {
        let whole = try JSONValue(parsing: Self.risk)
        let broken = value.map { whole.setting(key, to: $0) } ?? whole.removing(key)
        let fault = #expect(throws: Diagnostic.self) { try RiskScore(json: broken) }
        #expect(fault?.problem == message)
    }

    @Test("A route of one set of events has one id, another set another")
    func routeIDs() async throws {
        let orchestrator = Orchestrator()
        let demo = try await DemoCase.table(DemoCase.alice + DemoCase.bob)
        let first = try await orchestrator.route(RouteContext(events: demo))
        let again = try await orchestrator.route(RouteContext(events: demo))
        let other = try await orchestrator.route(RouteContext(events: try await DemoCase.table(DemoCase.bob)))
        #expect(first == again)
        #expect(first.id != other.id)
    }
}
