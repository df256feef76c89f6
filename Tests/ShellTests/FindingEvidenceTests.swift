import Detection
import JSON
import Testing

@testable import Shell

/// What the table of findings says of each in one line.
@Suite struct FindingEvidenceTests {
    static let lines: [(type: String, description: String, figures: JSONValue, line: String)] = [
        (
            "impossible_travel", "Possible impossible travel for actor bob.",
            [
                "from_city": "Paris", "from_country": "FR", "to_city": "Oslo", "to_country": "NO", "time_delta_seconds": 1500,
                "ips": ["192.0.2.1", "192.0.2.2"], "same_user_agent": true,
            ], "Paris FR → Oslo NO in 25 min, 2 addresses, same agent"
        ),
        (
            "failed_login_burst", "5 failed logins.",
            ["count": 5, "duration_seconds": 360, "ips": ["192.0.2.1", "192.0.2.2"], "success_followed": "evt-9"],
            "5 failures in 6 min from 192.0.2.1 and 1 more, then success evt-9"
        ),
        ("password_spray", "52 failed logins for 40 accounts from 192.0.2.1 within 0:10:08.", ["count": 52], "52 failed logins for 40 accounts from 192.0.2.1 within 0:10:08"),
        (
            "session_hijack", "The session of ann was used by someone else.", ["acts": ["zone.delete", "policy.rule.update"]],
            "The session of ann was used by someone else; then zone.delete, policy.rule.update"
        ),
        (
            "session_hijack", "Taken", ["acts": ["a", "b", "c", "d"]], "Taken; then a, b and 2 more"
        ),
        ("user_rule", "What the rule says", [:], "What the rule says"),
    ]

    @Test(arguments: lines)
    func evidence(type: String, description: String, figures: JSONValue, line: String) throws {
        let finding = try DetectionFinding(json: [
            "id": "f", "finding_type": .string(type), "description": .string(description), "okta_event_ids": ["e"],
            "metadata": figures,
        ])
        #expect(ResultTables.evidence(of: finding) == line)
    }
}
