import Detection
import Events
import Sigma
import Testing

@Suite("The events that a row of a query's result stands for")
struct SentinelEvidenceTests {
    /// ann fails from two addresses and succeeds, bob fails.
    private static let log = [
        LogEntry(id: "a1", seconds: 1, user: "Ann@example.com", address: "203.0.113.1"),
        LogEntry(id: "a2", seconds: 90.5, user: "Ann@example.com", address: "203.0.113.2"),
        LogEntry(id: "ok", seconds: 200.5, user: "Ann@example.com", outcome: "SUCCESS", address: "203.0.113.1"),
        LogEntry(id: "b1", seconds: 300.5, user: "bob@example.com", address: "203.0.113.1"),
    ]

    private static func rule(_ query: String, account: String = "Who") -> String {
        """
        id: r
        name: Rule
        severity: High
        query: |
          \(query.replacing("\n", with: "\n  "))
        kind: NRT
        entityMappings:
          - entityType: Account
            fieldMappings: [{identifier: FullName, columnName: \(account)}]
          - entityType: IP
            fieldMappings: [{identifier: Address, columnName: Where}]

        """
    }

    @Test("Events by what a row has", arguments: [
        // Its own ids.
        ("Okta_CL | where actor_alternateId_s startswith 'bob' | project uuid_g", [["b1"]]),
        ("OktaV2_CL | summarize make_set(EventOriginalUid) by OriginalActorAlternateId", [["a1", "a2", "ok"], ["b1"]]),
        ("OktaSystemLog | summarize arg_max(TimeGenerated, uuid) by actor_id", [["ok"], ["b1"]]),
        // The actor, among what the query's filters leave.
        ("OktaSSO | where outcome_result_s == 'FAILURE' | summarize count() by Who = actor_alternateId_s", [["a1", "a2"], ["b1"]]),
        ("OktaSSO | where outcome_result_s == 'FAILURE' | summarize count() by Who = tolower(actor_alternateId_s)", [["a1", "a2"], ["b1"]]),
        ("OktaSSO | summarize count() by Who = actor_id_s", [["a1", "a2", "ok"], ["b1"]]),
        ("OktaSSO | summarize count() by actor_alternateId_s", [["a1", "a2", "ok"], ["b1"]]),
        // The address too, and fields that the row shows as they are.
        ("Okta_CL | summarize count() by Who = actor_alternateId_s, Where = client_ipAddress_s", [["a1", "a2", "ok"], ["b1"]]),
        ("Okta_CL | summarize n = count() by Who = actor_alternateId_s, Where = client_ipAddress_s | where n == 2", [["a1", "ok"]]),
        ("Okta_CL | summarize count() by actor_alternateId_s, outcome_result_s | where outcome_result_s == 'SUCCESS'", [["ok"]]),
        // Its times.
        ("Okta_CL | project Who = actor_alternateId_s, TimeGenerated | where TimeGenerated > datetime(2025-11-12T08:01:00)", [["a2", "ok"], ["b1"]]),
        ("Okta_CL | where outcome_result_s == 'FAILURE' | summarize min(TimeGenerated), max(TimeGenerated) by Who = actor_alternateId_s", [["a1", "a2"], ["b1"]]),
        // Nothing: all that the filters leave.
        ("Okta_CL | where outcome_result_s == 'SUCCESS' | count", [["ok"]]),
        ("Okta_CL | summarize n = dcount(actor_id_s) | where n > 1", [["a1", "a2", "ok", "b1"]]),
        ("let F = Okta_CL | where outcome_result_s == 'FAILURE';\nF | where client_ipAddress_s endswith '2' | count", [["a2"]]),
        ("union Okta_CL, OktaSSO | where outcome_result_s == 'SUCCESS' | count", [["ok"]]),
        ("Okta_CL | where outcome_result_s == 'SUCCESS' | join kind=leftanti (Okta_CL | where actor_id_s == 'nobody') on actor_id_s | count", [["ok"]]),
        // Several columns of one name.
        ("Okta_CL | where outcome_result_s == 'SUCCESS' | join kind=inner (Okta_CL | where outcome_result_s == 'FAILURE') on actor_id_s | project actor_alternateId_s, outcome_result_s, outcome_result_s1, client_ipAddress_s, client_ipAddress_s1",
         [["a1", "a2", "ok"]]),
        ("Okta_CL | where false", []),
    ])
    func events(query: String, expected: [[String]]) async throws {
        let found = try await sweep(Self.rule(query), over: Self.log)
        #expect(found.refusals == [])
        #expect(found.findings.map(\.oktaEventIDs) == expected)
    }

    @Test("Whom it is about: the account that a column names, also where that is not who acted", arguments: [
        ("Who = actor_alternateId_s", "00u-Ann@example.com"), ("Who = tolower(actor_alternateId_s)", "00u-Ann@example.com"),
        ("Who = actor_id_s", "00u-Ann@example.com"), ("Who = 'bob@example.com'", "00u-bob@example.com"),
        ("Who = 'carl@example.com'", "00u-Ann@example.com"), ("Where = client_ipAddress_s", "00u-Ann@example.com"),
    ])
    func subject(column: String, user: String) async throws {
        let query = "Okta_CL | where actor_alternateId_s startswith 'Ann' | summarize count() by \(column)"
        #expect(Set(try await sweep(Self.rule(query), over: Self.log).findings.map(\.userID)) == [user])
    }

    @Test("At most a thousand events are named, and the others counted")
    func limit() async throws {
        let log = entries(1200) { LogEntry(id: "e\($0)", seconds: Double($0) / 10, user: "ann@example.com") }
        let found = try await sweep(Self.rule("Okta_CL | summarize count() by Who = actor_alternateId_s"), over: log).findings
        #expect(found.map(\.oktaEventIDs.count) == [1000])
        #expect(found.first?.number("count") == 1200 && found.first?.number("more_events") == 200)
    }

    @Test("A column that no list knows, of an object without fixed keys, is read from the events")
    func looseColumn() async throws {
        let log = [
            LogEntry(id: "a", seconds: 1, user: "ann", device: "x"), LogEntry(id: "b", seconds: 2, user: "bob", device: "y"),
        ]
        let found = try await sweep(Self.rule("OktaSSO | where debugContext_debugData_dtHash_s == 'y' | project uuid_g"), over: log)
        #expect(found.findings.map(\.oktaEventIDs) == [["b"]])
    }
}
