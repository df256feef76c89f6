import Diagnostics
import Foundation
import Investigation
import JSON
import Testing

@Suite("The order of events")
struct TimelineTests {
    /// `18:00:00Z–18:02:00Z × 3 FAILURE +300 s`, and how many actors and addresses where there are several.
    private static func brief(_ entry: JSONValue) -> String {
        let first = entry["first"]?.string?.dropFirst(11) ?? "?", last = entry["last"]?.string?.dropFirst(11) ?? "?"
        let count = entry["count"]?.integer ?? 0, gap = entry["gap_seconds"]?.double ?? 0
        let several = ["actors", "addresses"].compactMap { key in
            (entry[key]?.integer ?? 1) > 1 ? "\(entry[key]?.integer ?? 0) \(key)" : nil
        }
        let type = entry["event_type"]?.string?.split(separator: ".").last ?? "?"
        return ([count > 1 ? "\(first)–\(last) × \(count)" : String(first), String(type), entry["outcome"]?.string ?? "?"]
            + several + (gap > 0 ? ["+\(Int(gap)) s"] : [])).joined(separator: " ")
    }

    private static func timeline(_ name: String?, in log: String, _ filter: EventFilter = EventFilter()) async throws -> [String] {
        try await StoryLog.result(of: .timeline(of: name, filter), in: log).json.array?.map(brief) ?? []
    }

    @Test("Similar events that repeat are one line", arguments: [
        (
            """
            18:00:00 ann 192.0.2.1 user.session.start FAILURE
            18:01:00 ann 192.0.2.1 user.session.start FAILURE
            18:02:00 ann 192.0.2.1 user.session.start FAILURE
            """, ["18:00:00Z–18:02:00Z × 3 start FAILURE"]
        ),
        // A success stands between what came before and what came after.
        (
            """
            18:00:00 ann 192.0.2.1 user.session.start FAILURE
            18:01:00 ann 192.0.2.1 user.session.start FAILURE
            18:02:00 ann 192.0.2.1 user.session.start SUCCESS
            18:03:00 ann 192.0.2.1 user.session.start FAILURE
            """, ["18:00:00Z–18:01:00Z × 2 start FAILURE", "18:02:00Z start SUCCESS +60 s", "18:03:00Z start FAILURE +60 s"]
        ),
        // The several events of one attempt take turns.
        (
            """
            18:00:00 ann 192.0.2.1 policy.evaluate_sign_on DENY
            18:00:01 ann 192.0.2.1 user.session.start FAILURE
            18:01:00 ann 192.0.2.1 policy.evaluate_sign_on DENY
            18:01:01 ann 192.0.2.1 user.session.start FAILURE
            """, ["18:00:00Z–18:01:00Z × 2 evaluate_sign_on DENY", "18:00:01Z–18:01:01Z × 2 start FAILURE"]
        ),
        // A pause of more than a quarter of an hour ends a run.
        (
            """
            18:00:00 ann 192.0.2.1 user.session.start FAILURE
            18:15:01 ann 192.0.2.1 user.session.start FAILURE
            """, ["18:00:00Z start FAILURE", "18:15:01Z start FAILURE +901 s"]
        ),
        // One account from many addresses.
        (
            """
            18:00:00 ann 192.0.2.1 user.session.start FAILURE
            18:00:01 ann 192.0.2.2 user.session.start FAILURE
            18:00:02 ann - user.session.start FAILURE
            """, ["18:00:00Z–18:00:02Z × 3 start FAILURE 3 addresses"]
        ),
        // An event without a time comes last.
        (
            """
            - ann 192.0.2.1 user.session.start FAILURE
            18:00:00 ann 192.0.2.1 user.session.end SUCCESS
            """, ["18:00:00Z end SUCCESS", "? start FAILURE"]
        ),
    ])
    func runs(log: String, expected: [String]) async throws {
        #expect(try await Self.timeline("ann", in: log) == expected)
    }

    @Test("One address against many accounts is one line; others between them are not")
    func spray() async throws {
        let log = """
            18:00:00 ann 192.0.2.1 user.session.start FAILURE
            18:00:01 bo 192.0.2.1 user.session.start FAILURE
            18:00:02 cy 192.0.2.1 user.session.start FAILURE
            18:00:03 cy 192.0.2.9 user.session.start FAILURE
            """
        #expect(try await Self.timeline("192.0.2.1", in: log) == ["18:00:00Z–18:00:02Z × 3 start FAILURE 3 actors"])
    }

    private static let office = """
        18:00:00 ann 192.0.2.1 user.session.start SUCCESS
        18:10:00 root>ann 192.0.2.9 user.mfa.factor.reset_all SUCCESS
        18:20:00 bo 192.0.2.2 user.session.start SUCCESS
        {"uuid":"e4","published":"2025-11-12T19:00:00Z","eventType":"user.session.start","actor":{"id":"unknown","alternateId":"Ann@example.com"},"outcome":{"result":"FAILURE"}}
        """

    @Test("An actor's story holds what others did to it, and what names the login alone", arguments: ["00uann", "ANN@example.com", "ann", "e1"])
    func others(name: String) async throws {
        let log = Self.office.replacing("Ann@", with: "ann@")
        let expected = ["18:00:00Z start SUCCESS", "18:10:00Z reset_all SUCCESS +600 s", "19:00:00Z start FAILURE +3000 s"]
        #expect(try await Self.timeline(name, in: log) == expected)
    }

    @Test("Of the filter the times and the limit count", arguments: [
        (EventFilter(since: "2025-11-12T18:05Z"), ["reset_all", "start"]), (EventFilter(since: "30m"), ["start"]),
        (EventFilter(until: "2025-11-12T18:05Z"), ["start"]), (EventFilter(limit: 2), ["start", "reset_all"]),
    ])
    func filter(_ filter: EventFilter, types: [String]) async throws {
        let entries = try await Self.timeline("ann", in: Self.office.replacing("Ann@", with: "ann@"), filter)
        #expect(entries.map { $0.split(separator: " ")[1] } == types.map { Substring($0) })
    }

    @Test("The findings of the demo, each event with its finding; a finding and an incident by the beginning of their ids")
    func findings() async throws {
        let run: [Investigation.Operation] = [.run(maxModelCalls: 0)]
        let all = try await StoryLog.result(of: .timeline(of: nil, EventFilter()), after: run).json.array ?? []
        #expect(all.map(Self.brief) == [
            "18:00:00Z–18:06:00Z × 5 start FAILURE", "19:00:00Z start SUCCESS +3240 s", "19:25:00Z start SUCCESS +1500 s",
        ])
        let ids = all.map { $0["finding_ids"]?.strings ?? [] }
        #expect(ids.map(\.count) == [1, 1, 1] && ids[1] == ids[2] && ids[0] != ids[1])
        for name in [ids[1][0], String(ids[1][0].prefix(8)), "bob"] {
            let story = try await StoryLog.result(of: .timeline(of: name, EventFilter()), after: run).json.array ?? []
            #expect(story.map { $0["finding_ids"]?.strings } == [ids[1], ids[1]], "\(name)")
        }
        guard case .records(let incidents) = try await StoryLog.result(of: .show("incidents"), after: run) else { return }
        let incident = incidents[0]["id"]?.string.map { String($0.prefix(4)) }
        let story = try await StoryLog.result(of: .timeline(of: incident, EventFilter()), after: run).json.array ?? []
        #expect(story.map { $0["id"]?.string } == ["evt-2001", "evt-2002"])
    }

    @Test("Before there are findings the story of all of them is empty, and no failure")
    func empty() async throws {
        let result = try await StoryLog.result(of: .timeline(of: nil, EventFilter()))
        #expect(result.json == [] && result.isRows)
    }
}

@Suite("Whom a name stands for")
struct StorySubjectTests {
    private static let log = """
        18:00:00 ann.lee 192.0.2.1 user.session.start SUCCESS
        {"uuid":"e2","published":"2025-11-12T18:01:00Z","eventType":"t","actor":{"id":"00u7","alternateId":"ann.lee@other.example","displayName":"Ann Lee"}}
        {"uuid":"e3","published":"2025-11-12T18:02:00Z","eventType":"t","actor":{"id":"00u8","alternateId":"al@example.com","displayName":"ann lee"}}
        18:03:00 root>carol 192.0.2.9 user.lifecycle.suspend SUCCESS
        """

    @Test("An id, a login, a display name, the beginning of a login, an address, an event, a target", arguments: [
        ("00u7", "00u7"), ("ANN.LEE@other.example", "00u7"), ("al", "00u8"), ("192.0.2.1", "192.0.2.1"), ("e3", "00u8"),
        ("carol", "00ucarol"), ("carol@example.com", "00ucarol"), ("00ucarol", "00ucarol"),
    ])
    func known(name: String, id: String) async throws {
        #expect(try await StoryLog.result(of: .entity(name), in: Self.log).json["id"]?.string == id)
    }

    @Test("Several actors, and names that are none, are said with what may be meant", arguments: [
        (
            "Ann Lee", "`Ann Lee` fits 2 actors",
            "Name one by its id: 00u7 (ann.lee@other.example, 1 event), 00u8 (al@example.com, 1 event)"
        ),
        (
            "ann.lee", "`ann.lee` fits 2 actors",
            "Name one by its id: 00uann.lee (ann.lee@example.com, 1 event), 00u7 (ann.lee@other.example, 1 event)"
        ),
        (
            "an.lee@example.com", "there is no actor, address, event, finding or incident `an.lee@example.com`",
            "Did you mean `ann.lee@example.com`?"
        ),
        (
            "other", "there is no actor, address, event, finding or incident `other`", "Did you mean `ann.lee@other.example`?"
        ),
        (
            "192.0.2", "there is no actor, address, event, finding or incident `192.0.2`",
            "Did you mean one of these? `192.0.2.1`, `192.0.2.9`"
        ),
        (
            "zzz", "there is no actor, address, event, finding or incident `zzz`",
            "`plot failures` and `plot client.ipAddress` list names; `show incidents` lists ids"
        ),
    ])
    func unknown(name: String, problem: String, remedy: String) async throws {
        let fault = await StoryLog.fault(of: .entity(name), in: Self.log)
        #expect(fault == Diagnostic(problem, remedy: remedy))
    }
}
