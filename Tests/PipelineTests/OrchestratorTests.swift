import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The pipeline")
struct OrchestratorTests {
    @Test("finds, scores and promotes what the demo holds")
    func demo() async throws {
        let file = try await DemoCase.solved()
        #expect(file.findings.map(\.findingType) == ["failed_login_burst", "impossible_travel"])
        #expect(file.scores.map(\.score) == [0.72, 0.42])
        #expect(file.scores.map { $0.isPromoted() } == [true, false])
        #expect(file.incidents.map(\.title) == ["Impossible travel between two countries: bob"])
        #expect(
            file.plans.first?.steps.map(\.stepID) == [
                "collect_auth_logs", "analyze_geo_and_devices", "lock_account", "revoke_sessions", "notify_user",
                "update_incident_status",
            ])
        #expect(
            file.commands.map(\.stepID)
                == ["collect_auth_logs", "analyze_geo_and_devices", "lock_account", "revoke_sessions"])
    }

    @Test("gives the same records whatever the order of the events")
    func order() async throws {
        let one = try await DemoCase.solved(), other = try await DemoCase.solved((DemoCase.charlie + DemoCase.bob + DemoCase.alice).reversed())
        #expect(one.findings == other.findings)
        #expect(one.scores == other.scores)
        #expect(one.incidents == other.incidents)
        #expect(one.plans == other.plans)
        #expect(one.commands == other.commands)
    }

    @Test("escalates a high incident in three lines, and sends nothing")
    func escalation() async throws {
        let file = try await DemoCase.solved()
        let incident = try #require(file.incidents.first)
        let result = try #require(Orchestrator().escalate(incident, in: file))
        #expect(
            result.json == [
                "incident_id": .string(incident.id), "channel": "#soc-critical-alerts",
                "message":
                    "[HIGH] Impossible travel between two countries: bob\nRisk score: 0.72\nPossible impossible travel for actor bob: FR -> US within 0:25:00.",
                "sent": false, "target": nil, "status": "dry-run", "at": "2025-11-12T20:05:00Z",
            ])
    }

    @Test("runs no agent that the route leaves out")
    func mediumIncident() async throws {
        var file = try await IncidentBuilderTests.file([
            .init(name: "user_rule", score: 0.42, actor: "ann", ip: "1.1.1.1", time: "12T10:00:00")
        ])
        file.promoteThreshold = 0.4
        let incident = try #require(IncidentBuilder.incidents(in: file).first)
        let stage = try await Orchestrator().responseStage(incident, in: file)
        #expect(incident.severity == .medium)
        #expect(stage.route.steps.map(\.agentName) == ["planner_agent"])
        #expect(stage.plan != nil && stage.commands.isEmpty && stage.escalations.isEmpty)
    }

    @Test("promotes nothing where nothing is grave")
    func quiet() async throws {
        let file = try await DemoCase.solved(DemoCase.alice + DemoCase.charlie)
        #expect(file.findings.count == 1)
        #expect(file.incidents == [])
    }
}
