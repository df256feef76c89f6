import Diagnostics
import Foundation
import Investigation
import JSON
import Testing

@Suite("One actor's or address's story")
struct EntityStoryTests {
    private static let log = [
        event("e1", "08:00", "user.session.start", "SUCCESS", "192.0.2.1", "Berlin", "Germany", session: "s1"),
        event(
            "e2", "08:05", "user.authentication.sso", "SUCCESS", "192.0.2.1", "Berlin", "Germany", session: "s1",
            target: #"{"id":"0oa1","type":"AppInstance","displayName":"Payroll"}"#),
        event("e3", "20:00", "user.session.start", "FAILURE", "203.0.113.5", "Lagos", "Nigeria", session: "unknown"),
        event("e4", "20:01", "user.session.start", "FAILURE", "203.0.113.5", "Lagos", "Nigeria", session: "unknown"),
        event("e5", "20:02", "user.session.start", "SUCCESS", "203.0.113.5", "Lagos", "Nigeria", session: "s2"),
        event(
            "e6", "20:30", "user.account.reset_password", "SUCCESS", "192.0.2.9", "Bonn", "Germany", session: "s9", actor: "root",
            target: #"{"id":"00uann","type":"User","alternateId":"ann@example.com"}"#),
        event("e7", "23:00", "user.session.start", "SUCCESS", "203.0.113.5", "Lagos", "Nigeria", session: "s3", actor: "bo"),
    ].joined(separator: "\n")

    private static func event(
        _ id: String, _ time: String, _ type: String, _ outcome: String, _ ip: String, _ city: String, _ country: String,
        session: String, actor: String = "ann", target: String? = nil
    ) -> String {
        """
        {"uuid":"\(id)","published":"2025-11-12T\(time):00Z","eventType":"\(type)","actor":{"id":"00u\(actor)","type":"User",\
        "alternateId":"\(actor)@example.com"},"client":{"ipAddress":"\(ip)","userAgent":{"rawUserAgent":"curl","os":"Linux"},\
        "geographicalContext":{"city":"\(city)","country":"\(country)"}},"outcome":{"result":"\(outcome)"},\
        "securityContext":{"asNumber":64500,"isp":"Example"},"authenticationContext":{"externalSessionId":"\(session)"},\
        "debugContext":{"debugData":{"dtHash":"d-\(ip.suffix(1))","factor":"PUSH"}},"transaction":{"id":"\(id)"},\
        "target":[\(target ?? "")]}
        """
    }

    /// `Berlin, Germany 2`, in the order of the story.
    private static func values(_ story: JSONValue, _ aspect: String) -> [String] {
        story[path: aspect + ".values"]?.array?.map { "\($0["value"]?.string ?? "?") \($0["count"]?.integer ?? 0)" } ?? []
    }

    @Test("A user: everything is counted, the commonest first", arguments: [
        ("places", ["Lagos, Nigeria 3", "Berlin, Germany 2"]), ("addresses", ["203.0.113.5 3", "192.0.2.1 2"]),
        ("accounts", []), ("networks", ["AS64500 Example 5"]), ("devices", ["d-5 3", "d-1 2"]), ("user_agents", ["curl 5"]),
        ("operating_systems", ["Linux 5"]), ("factors", ["PUSH 5"]), ("applications", ["Payroll 1"]),
        ("sessions", ["s1 2", "s2 1"]), ("event_types", ["user.session.start 4", "user.authentication.sso 1"]),
        ("done_by_others", ["user.account.reset_password by root@example.com 1"]),
    ])
    func user(aspect: String, expected: [String]) async throws {
        let story = try await StoryLog.result(of: .entity("ann"), in: Self.log).json
        #expect(Self.values(story, aspect) == expected)
    }

    @Test("A user: who, when, and how the sign-ins went")
    func frame() async throws {
        let result = try await StoryLog.result(of: .entity("ann@example.com"), in: Self.log), story = result.json
        #expect(!result.isRows)
        #expect(story["kind"] == "account" && story["id"] == "00uann" && story["login"] == "ann@example.com")
        #expect(story["events"] == 5 && story["first"] == "2025-11-12T08:00:00Z" && story["last"] == "2025-11-12T20:02:00Z")
        #expect(story["sign_ins"] == [
            "succeeded": 2, "failed": 2, "last_success": "2025-11-12T20:02:00Z", "last_failure": "2025-11-12T20:01:00Z",
        ])
        // Over all that is loaded, from 08:00 to the hour of 23:00.
        #expect(story["activity"] == [
            "first": "2025-11-12T08:00:00Z", "step_seconds": 3600,
            "counts": [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0],
        ])
        #expect(story[path: "places.values.1.first"] == "2025-11-12T08:00:00Z")
    }

    @Test("An address: its accounts instead of addresses")
    func address() async throws {
        let story = try await StoryLog.result(of: .entity("203.0.113.5"), in: Self.log).json
        #expect(story["kind"] == "address" && story["events"] == 4)
        #expect(Self.values(story, "accounts") == ["ann@example.com 3", "bo@example.com 1"])
        #expect(story["addresses"] == nil && story["done_by_others"] == nil)
    }

    @Test("Its findings and incidents; a finding and an incident stand for their actor")
    func findings() async throws {
        let run: [Investigation.Operation] = [.run(maxModelCalls: 0)]
        let story = try await StoryLog.result(of: .entity("bob"), after: run).json
        let finding = story[path: "findings.0.id"]?.string ?? "", incident = story[path: "incidents.0.id"]?.string ?? ""
        #expect(story["findings"]?.array?.count == 1 && story["incidents"]?.array?.count == 1)
        for name in [finding, incident] {
            #expect(try await StoryLog.result(of: .entity(name), after: run).json == story)
        }
        let address = try await StoryLog.result(of: .entity("192.0.2.44"), after: run).json
        #expect(address[path: "findings.0.id"]?.string == finding)
    }
}
