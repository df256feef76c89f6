import Detection
import Diagnostics
import Events
import Sigma
import Tables
import Testing

@Suite("A query that does not run says where and why; the others run")
struct SentinelRefusalTests {
    private static let log = [
        LogEntry(id: "a", seconds: 0, user: "ann@example.com", type: "user.session.start"),
        LogEntry(id: "b", seconds: 60, user: "bob@example.com", type: "user.session.start"),
    ]

    /// A rule of this query, whose first line is line 7.
    private static func rule(
        _ query: String, id: String = "broken", connector: String = "OktaSSO", trigger: String = "gt\ntriggerThreshold: 0"
    ) -> String {
        let lines = query.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
        return "id: \(id)\nname: Rule \(id)\nseverity: Low\nrequiredDataConnectors: [{connectorId: \(connector)}]\n"
            + "kind: Scheduled\nquery: |\n\(lines)\nqueryFrequency: 1h\nqueryPeriod: 1h\ntriggerOperator: \(trigger)\n"
    }

    private static let sound = rule("Okta_CL | where actor_alternateId_s startswith 'ann'", id: "sound")

    private static func text(_ reason: Diagnostic) -> String {
        "\(reason.place.map(\.description) ?? "nowhere"): \(reason.problem) – \(reason.remedy)"
    }

    @Test("Refused", arguments: [
        ("Okta_CL\n| where eventType_s = = 'x'", "a.yaml:8: the query is not understood: ", "SYN"),
        ("Okta_CL\n\n| where evenType_s == 'x'", "a.yaml:9: the query is not understood: ", "Did you mean `eventType_s`?"),
        ("Okta_CL2 | count", "a.yaml:7: the query is not understood: ", "SEM0100, line 1, column 1 of the query"),
        ("_GetWatchlist('vip') | count", "a.yaml:7: the query is not understood: ", "SEM"),
        ("let x = 1;\nOkta_CL | where toint(invoke_it(x)) == 1", "a.yaml:8: the query is not understood: ", "SEM"),
        ("Okta_CL | take 1 |", "a.yaml:8: the query is not understood: ", "SYN"),
        (".drop table Okta_CL", "a.yaml:7: the query is not understood: ", "management commands are not available"),
        ("externaldata(a:string)['https://example.com/x'] | count", "a.yaml:7: ", "externaldata"),
        ("Okta_CL | extend a = '\u{7}\u{1B}[2J", "a.yaml:", ""),
        (String(repeating: "(", count: 50_000), "a.yaml:7: the query is not understood: ", "SYN"),
        ("range i from 1 to 5000 step 1 | extend k = 1\n| join kind=inner (range j from 1 to 5000 step 1 | extend k = 1) on k\n| where j in ((Okta_CL | count))",
         "a.yaml:7: the query failed: ", "RUN0004"),
    ])
    func refused(query: String, beginning: String, part: String) async throws {
        // A text with control characters is no YAML, and refused as such.
        let set = RuleSet([RuleText(name: "a.yaml", bytes: Array(Self.rule(query).utf8)), RuleText(name: "b.yaml", bytes: Array(Self.sound.utf8))])
        let found = try await Sweep(Self.log.table, with: [], rules: set)
        let reasons = (set.refusals + found.refusals).map(Self.text)
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix(beginning) == true && reasons.first?.contains(part) == true, "\(reasons)")
        #expect(reasons.allSatisfy { $0.utf8.count < 1000 && !$0.contains("\u{1B}") })
        #expect(found.findings.map(\.findingType) == ["sound"])
    }

    @Test("Not for Okta's log", arguments: [
        ("SigninLogs | where ResultType != 0", "OktaSSO", "a.yaml:7: the rule `Rule broken` is for SigninLogs, not for Okta's log"),
        ("let a = 1;\nunion SigninLogs, AuditLogs | count", "AzureActiveDirectory", "a.yaml:8: the rule `Rule broken` is for SigninLogs"),
        ("imAuthentication(1) | count", "AzureActiveDirectory", "a.yaml:7: the rule `Rule broken` is for AzureActiveDirectory"),
        ("print 1", "OktaSSO", "a.yaml:1: the rule `Rule broken` reads no events"),
    ])
    func skipped(query: String, connector: String, beginning: String) async throws {
        let found = try await sweep(Self.rule(query, connector: connector), Self.sound, over: Self.log)
        #expect(found.refusals == [])
        #expect(found.skipped.map(Self.text).count == 1)
        #expect(found.skipped.map(Self.text).first?.hasPrefix(beginning) == true, "\(found.skipped)")
        #expect(found.findings.map(\.findingType) == ["sound"])
    }

    @Test("How many rows make an alert", arguments: [
        ("gt\ntriggerThreshold: 1", 2), ("gt\ntriggerThreshold: 2", 0), ("eq\ntriggerThreshold: 2", 2), ("ne\ntriggerThreshold: 2", 0),
        ("lt\ntriggerThreshold: 3", 2), ("LessThan\ntriggerThreshold: 2", 0),
    ])
    func trigger(text: String, count: Int) async throws {
        let rule = Self.rule("Okta_CL | where outcome_result_s == 'FAILURE'", trigger: text)
        #expect(try await sweep(rule, over: Self.log).findings.count == count)
    }

    @Test("A log without events, and one without times, have no findings and no fault")
    func empty() async throws {
        #expect(try await sweep(Self.sound, over: []).findings == [])
        let set = RuleSet([RuleText(name: "a.yaml", bytes: Array(Self.sound.utf8))])
        let timeless = try await table(#"{"uuid":"a","eventType":"user.session.start","actor":{"id":"ann"}}"#)
        let found = try await Sweep(timeless, with: [], rules: set)
        #expect(found.findings == [] && found.refusals == [])
    }
}
