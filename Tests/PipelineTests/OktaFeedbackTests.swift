import Detection
import JSON
import Tables
import Testing

@testable import Pipeline

@Suite("Feedback in Okta's log")
struct OktaFeedbackTests {
    /// Feedback as the System Log shows it; of its data only names and labels are documented.
    private static func feedback(
        _ label: JSONValue, about event: String? = nil, user: String? = nil, at time: String = "2025-11-13T08:00:00Z",
        keys: (event: String, label: String) = ("eventUuid", "label"), id: String = "fb-1"
    ) -> JSONValue {
        [
            "uuid": .string(id), "published": .string(time), "eventType": "analytics.feedback.provide",
            "actor": ["id": "admin", "type": "User"],
            "target": user.map { .array([["id": .string($0), "type": "User", "alternateId": "x@example.com"]]) } ?? .null,
            "debugContext": ["debugData": .object([
                .init(keys.event, JSONValue(event)), .init(keys.label, label), .init("reason", "known trip"),
            ])],
        ]
    }

    /// A sign-in in Okta's own shape, beside the demo's events.
    private static func event(_ id: String, transaction: String) -> JSONValue {
        [
            "uuid": .string(id), "published": "2025-11-12T19:10:00Z", "eventType": "user.risk.detect",
            "actor": ["id": "system"], "transaction": ["id": .string(transaction)],
        ]
    }

    private func verdicts(_ events: [JSONValue]) async throws -> [Verdict] {
        let table = try await DemoCase.table(DemoCase.alice + DemoCase.bob + events)
        return OktaFeedback(table).verdicts(on: try await Sweep(table).findings)
    }

    @Test("is a verdict on the finding that rests on the event, or is about the user within a day", arguments: [
        (feedback("true_positive", about: "evt-2002"), "true_positive", "an event of the finding"),
        (feedback("false_positive", about: "evt-2002"), "false_positive", "an event of the finding"),
        (feedback("FALSE_NEGATIVE", about: "evt-2002"), "true_positive", "an event of the finding"),
        (feedback("false_positive", about: "evt-2001", keys: ("EventUuid", "Label")), "false_positive", "an event of the finding"),
        (feedback("false_positive", about: "evt-2001", keys: ("event_uuid", "label")), "false_positive", "an event of the finding"),
        (feedback("false_positive", about: "unknown", user: "bob"), "false_positive", "the same user within a day"),
        (feedback("false_positive", user: "bob", at: "2025-11-13T19:25:00Z"), "false_positive", "the same user within a day"),
    ] as [(JSONValue, String, String)])
    func read(feedback: JSONValue, verdict: String, basis: String) async throws {
        let verdicts = try await verdicts([feedback])
        #expect(verdicts.map(\.subject) == ["324800c9-f3ec-53d8-90ef-047f0a720287"])
        #expect(verdicts.map(\.verdict.rawValue) == [verdict])
        #expect(verdicts.map(\.reason) == ["feedback in Okta's console about \(basis): known trip"])
        #expect(verdicts.map(\.source) == [.okta])
        #expect(verdicts.map(\.eventID) == ["fb-1"])
        #expect(verdicts.map { $0.at.description } == [feedback["published"]?.string])
    }

    @Test("says nothing of anything else", arguments: [
        feedback("false_positive", user: "bob", at: "2025-11-13T19:25:01Z"),
        feedback("false_positive", user: "carol"), feedback("false_positive"), feedback("false_positive", about: "evt-3001"),
        feedback("whatever", about: "evt-2001"), feedback(5, about: "evt-2001"), feedback(nil, about: "evt-2001"),
        feedback("false_positive", about: "evt-2001").setting("eventType", to: "analytics.feedback.other"),
    ])
    func silent(feedback: JSONValue) async throws { #expect(try await verdicts([feedback]) == []) }

    @Test("The last feedback on a finding counts")
    func lastCounts() async throws {
        let verdicts = try await verdicts([
            Self.feedback("false_positive", about: "evt-2001", at: "2025-11-14T08:00:00Z", id: "late"),
            Self.feedback("true_positive", about: "evt-2001", id: "early"),
        ])
        #expect(verdicts.map(\.eventID) == ["late"])
    }

    @Test("Feedback on another event of the transaction counts for the finding")
    func transaction() async throws {
        let risk = Self.event("risk", transaction: "t1")
        let signIns = ["FR": "2025-11-12T10:00:00Z", "US": "2025-11-12T10:10:00Z"].map { country, time -> JSONValue in
            [
                "uuid": .string(country), "published": .string(time), "eventType": "user.session.start",
                "actor": ["id": "dora"], "client": ["geographicalContext": ["country": .string(country)]],
                "outcome": ["result": "SUCCESS"], "transaction": ["id": "t1"],
            ]
        }
        let table = try await DemoCase.table(signIns + [risk, Self.feedback("false_positive", about: "risk")])
        let findings = try await Sweep(table, with: [ImpossibleTravel()]).findings
        let reasons = OktaFeedback(table).verdicts(on: findings).map(\.reason)
        #expect(reasons == ["feedback in Okta's console about an event of the same transaction: known trip"])
    }

    @Test("Verdicts are lines of the contract; one without a source is an analyst's")
    func records() throws {
        let line = #"{"id":"v","subject":"f","verdict":"benign","reason":null,"at":"2025-11-12T20:05:00Z","source":"okta","okta_event_id":"e"}"#
        #expect(try Verdict(json: JSONValue(parsing: line)).json.text == line)
        let short: JSONValue = ["id": "v", "subject": "f", "verdict": "benign", "at": "2025-11-12T20:05:00Z"]
        #expect(try Verdict(json: short).source == .analyst)
        #expect(throws: (any Error).self) { try Verdict(json: short.setting("verdict", to: "maybe")) }
    }
}
