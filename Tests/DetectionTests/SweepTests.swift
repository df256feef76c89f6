import Detection
import Events
import Foundation
import JSON
import Tables
import Testing

@Suite("A run of all detectors")
struct SweepTests {
    private static let travel = "a 19:00:00 bob SUCCESS FR\nb 19:25:00 bob SUCCESS US\n"
    private static let burst = (0..<5).map { "f\($0) 18:0\($0):00 ann FAILURE US\n" }.joined()

    @Test("The demo has exactly its two findings, with the same ids every time")
    func demo() async throws {
        let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let source = try RawBytes(path: folder.appending(path: "../../Fixtures/demo.json").standardizedFileURL.path)
        let events = try await EventReader().read([source], into: EventTable(), window: TimeWindowRequest(), now: nil).table
        #expect(events.count == 9)
        let findings = try await Sweep(events).findings
        #expect(findings.lines == [
            "5 failed logins for actor alice within 0:10:00. [evt-1001 evt-1002 evt-1003 evt-1004 evt-1005]",
            "Possible impossible travel for actor bob: FR -> US within 0:25:00. [evt-2001 evt-2002]",
        ])
        #expect(findings.map(\.id) == ["7afd7b9c-057b-525e-b0de-71e50ee40f69", "324800c9-f3ec-53d8-90ef-047f0a720287"])
        #expect(findings.map(\.findingType) == ["failed_login_burst", "impossible_travel"])
        #expect(findings.map(\.userID) == ["alice", "bob"])
        #expect(findings.map(\.severity) == [.medium, .high])
        #expect(findings.map { $0.createdAt?.description } == ["2025-11-12T18:06:00Z", "2025-11-12T19:25:00Z"])
    }

    @Test("The same findings in the same order, however the events are shuffled")
    func order() async throws {
        let lines = (Self.travel + Self.burst + "c 18:30:00 eve - DE\nd 19:25:00 eve - NL\n").split(separator: "\n")
        let expected = try await Sweep(events(lines.joined(separator: "\n"))).findings
        #expect(expected.count == 3)
        for turn in 0..<lines.count {
            let shuffled = lines.indices.map { lines[($0 * 2 + turn) % lines.count] }
            #expect(try await Sweep(events(shuffled.joined(separator: "\n"))).findings == expected)
        }
    }

    @Test("Detectors that cannot see say what they lack", arguments: [
        (travel, ["impossible_travel", "failed_login_burst"], []),
        ("a 19:00:00 bob SUCCESS -", ["failed_login_burst"], ["impossible_travel: client.geographicalContext.country"]),
        ("a 19:00:00 bob - FR", ["impossible_travel"], ["failed_login_burst: outcome.result"]),
        (
            "a 19:00:00 - - -", [],
            ["impossible_travel: client.geographicalContext.country actor.id", "failed_login_burst: outcome.result actor.id"]
        ),
    ] as [(String, [String], [String])])
    func blind(log: String, sighted: [String], blind: [String]) async throws {
        let sweep = try await Sweep(events(log), with: [ImpossibleTravel(), FailedLoginBurst()])
        #expect(sweep.sighted == sighted)
        #expect(sweep.blind.map { "\($0.detector): \($0.missing.map(\.rawValue).joined(separator: " "))" } == blind)
    }

    @Test("A login stands in for an id")
    func logins() async throws {
        let lines = [("a", "FR", "00"), ("b", "US", "25")].map { id, country, minute in
            #"{"uuid":"\#(id)","published":"2025-11-12T19:\#(minute):00Z","actor":{"alternateId":"bob@example.com"},"#
                + #""client":{"geographicalContext":{"country":"\#(country)"}},"outcome":{"result":"SUCCESS"}}"#
        }
        let log = try await table(lines.joined(separator: "\n"))
        let sweep = try await Sweep(log, with: [ImpossibleTravel(), FailedLoginBurst()])
        #expect(sweep.blind.isEmpty)
        #expect(sweep.findings.lines == [
            "Possible impossible travel for actor bob@example.com: FR -> US within 0:25:00. [a b]",
        ])
    }

    @Test("Only the detectors that are named are run; none and no events are no fault")
    func chosen() async throws {
        let log = try await events(Self.travel + Self.burst)
        #expect(try await Sweep(log, with: [ImpossibleTravel()]).findings.map(\.findingType) == ["impossible_travel"])
        #expect(try await Sweep(log, with: []).findings == [])
        #expect(try await Sweep(EventTable()).sighted == [])
    }

    @Test("The list of detectors: names once each, with what a reader needs")
    func list() {
        let names = Detectors.all.map(\.id)
        #expect(Set(names).count == names.count && names.starts(with: ["impossible_travel", "failed_login_burst"]))
        for detector in Detectors.all {
            #expect(!detector.title.isEmpty && !detector.needs.isEmpty && !detector.attack.isEmpty)
        }
    }

    @Test("A cancelled sweep stops")
    func cancelled() async {
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Sweep(EventTable()).findings
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
