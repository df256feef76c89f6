import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("Commands about hosts")
struct HostCommandTests {
    private func file(hosts: [String], user: String) async throws -> CaseFile {
        let indicators = hosts.map { host -> JSONValue in ["type": "host", "value": .string(host)] }
        let finding = try DetectionFinding(json: [
            "id": "00000000-0000-5000-8000-000000000001", "finding_type": "hunt", "description": "encoded PowerShell",
            "okta_event_ids": [], "user_id": .string(user), "created_at": "2025-11-12T10:00:00Z",
            "metadata": [
                "rule_id": "hunt", "title": "Encoded PowerShell", "severity": "high", "attack": ["T1059.001"],
                "attack_version": "1", "hunt": "h",
                "indicators": .array(indicators + [["type": "user", "value": .string(user)]]),
            ],
        ])
        return try await CaseFile.answered([finding], events: [])
    }

    private func lines(_ file: CaseFile, _ step: CanonicalStep) -> [String] {
        file.commands.filter { $0.stepID == step.rawValue }.map(\.command)
    }

    @Test("A hunt's hosts get this program's own commands, with the way back")
    func hosts() async throws {
        let file = try await file(hosts: ["ws1.example.com", "ws2", "ws1.example.com"], user: "ann")
        #expect(lines(file, .collectHostActivity) == [
            "watchfloor hunt --on loganalytics process activity on ws1.example.com",
            "watchfloor hunt --on loganalytics process activity on ws2",
        ])
        #expect(lines(file, .isolateHost) == ["watchfloor isolate ws1.example.com", "watchfloor isolate ws2"])
        #expect(lines(file, .scanHost) == ["watchfloor scan ws1.example.com --full", "watchfloor scan ws2 --full"])
        let isolation = try #require(file.commands.first { $0.stepID == "isolate_host" })
        #expect(isolation.undo == "watchfloor release ws1.example.com" && isolation.scope == "Machine.Isolate")
        #expect(isolation.effect == .reversible && isolation.system == "watchfloor")
        #expect(file.plans.first?.steps.first { $0.stepID == "isolate_host" }?.requiresHumanApproval == true)
        #expect(lines(file, .revokeSessions).count == 1)
    }

    @Test(
        "A name that a shell could obey, or read as an option, gets no command, and is told",
        arguments: ["ws1;reboot", "$(id)", "-rf", "ws 1", "ws1\u{301}", "ws1`x`"])
    func hostile(name: String) async throws {
        let file = try await file(hosts: [name, "ws2"], user: "ann")
        #expect(lines(file, .isolateHost) == ["watchfloor isolate ws2"])
        let note = file.commands.first { $0.stepID == "isolate_host" }?.notes ?? ""
        #expect(note.contains(" 1 more have no command here"))
    }

    @Test("A host that stands in the user's place is no account")
    func noAccount() async throws {
        let file = try await file(hosts: ["ws1"], user: "ws1")
        #expect(lines(file, .isolateHost) == ["watchfloor isolate ws1"])
        #expect(lines(file, .revokeSessions) == [] && lines(file, .forcePasswordReset) == [])
    }
}
