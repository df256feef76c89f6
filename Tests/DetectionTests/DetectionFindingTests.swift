import Detection
import Diagnostics
import Events
import JSON
import Tables
import Testing

@Suite("Findings")
struct DetectionFindingTests {
    private static func finding(
        _ detector: any Detector = ImpossibleTravel(), key: String = "bob", events: [String] = ["a", "b"]
    ) -> DetectionFinding {
        DetectionFinding(
            detector: detector, groupKey: key, description: "d", oktaEventIDs: events, userID: "u",
            createdAt: Timestamp("2025-11-12T19:25:00.5Z"), figures: [.init("count", 2)])
    }

    @Test("The id is that of detector, group and first event, whatever came after", arguments: [
        (finding(), true), (finding(events: ["a", "b", "c"]), true), (finding(events: ["a"]), true),
        (finding(events: ["b", "a"]), false), (finding(key: "eve"), false), (finding(FailedLoginBurst()), false),
        (finding(FailedLoginBurst(threshold: 9)), false), (finding(ImpossibleTravel(window: 60)), true),
    ])
    func ids(other: DetectionFinding, isSame: Bool) {
        #expect((other.id == Self.finding().id) == isSame)
    }

    @Test("A burst that grows keeps its id")
    func growing() async throws {
        let lines = (0..<8).map { "f\($0) 18:0\($0):00 ann FAILURE US" }
        let short = try await FailedLoginBurst().findings(in: events(lines.prefix(5).joined(separator: "\n")))
        let long = try await FailedLoginBurst().findings(in: events(lines.joined(separator: "\n")))
        #expect(short.map(\.id) == long.map(\.id))
        #expect(short != long)
    }

    @Test("The record of findings.jsonl")
    func record() {
        #expect(Self.finding().json.text == """
            {"id":"b69fb801-660a-5d74-b30b-b9d1cc7c7c2f","finding_type":"impossible_travel",\
            "description":"d","okta_event_ids":["a","b"],"user_id":"u","created_at":"2025-11-12T19:25:00.500Z","metadata":{"rule_id":"impossible_travel",\
            "title":"Impossible travel between two countries","severity":"high","attack":["T1078.004"],\
            "attack_version":"18.1","count":2}}
            """)
    }

    @Test("Written and read again it is the same finding")
    func roundTrip() async throws {
        let log = try await events(
            "a 19:00:00 bob\u{1B}[2J SUCCESS FR\nb 19:25:00.1234567 bob\u{1B}[2J SUCCESS US\n"
                + (0..<5).map { "f\($0) 18:0\($0):00 ann FAILURE US\n" }.joined())
        let findings = try await Sweep(log).findings
        #expect(findings.count == 2)
        for finding in findings {
            #expect(try DetectionFinding(json: JSONValue(parsing: finding.json.text)) == finding)
        }
    }

    @Test("A record with only what it needs is read; unknown keys are passed over")
    func lenient() throws {
        let finding = try DetectionFinding(json: ["new": 1, "id": "i", "finding_type": "t", "okta_event_ids": ["a"]])
        #expect(finding.json == [
            "id": "i", "finding_type": "t", "description": "", "okta_event_ids": ["a"], "user_id": "", "created_at": nil,
            "metadata": [:],
        ])
        #expect(finding.severity == .low && finding.attack == [])
    }

    @Test("A record without what it needs is refused", arguments: [
        [:], ["id": "i", "finding_type": "t"], ["id": 1, "finding_type": "t", "okta_event_ids": []], "text", nil,
    ] as [JSONValue])
    func refused(record: JSONValue) {
        #expect(throws: Diagnostic(
            "a finding needs `id`, `finding_type` and `okta_event_ids`", remedy: "Remove the record and run `detect`")
        ) {
            try DetectionFinding(json: record)
        }
    }

    @Test("Severities go from low to critical")
    func severities() {
        #expect(Severity.allCases.map(\.rawValue) == ["low", "medium", "high", "critical"])
        #expect(Severity.allCases.sorted(by: >) == Severity.allCases.reversed())
    }
}
