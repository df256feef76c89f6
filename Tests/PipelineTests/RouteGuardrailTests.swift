import Detection
import JSON
import Testing

@testable import Pipeline

@Suite("The route guardrail")
struct RouteGuardrailTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// `nil` for raw events.
        let severity: Severity?
        let phase: String
        let proposed: [String]
        let runs: [String]
        let corrections: [String]
    }

    static let cases = [
        Case(
            testDescription: "leaves a right route for events alone", severity: nil, phase: "ingest",
            proposed: ["detector_agent", "risk_agent"], runs: ["detector_agent", "risk_agent"], corrections: []),
        Case(
            testDescription: "adds what events always need", severity: nil, phase: "ingest", proposed: [],
            runs: ["detector_agent", "risk_agent"],
            corrections: [
                "Added detector_agent: events are always looked through first.",
                "Added risk_agent: every finding is scored.",
            ]),
        Case(
            testDescription: "puts the detector first and forces the phase", severity: nil, phase: "response",
            proposed: ["risk_agent", "detector_agent"], runs: ["detector_agent", "risk_agent"],
            corrections: [
                "The phase is ingest, not `response`.", "Put the agents in order: detector_agent, risk_agent.",
            ]),
        Case(
            testDescription: "drops unknown agents, duplicates and those whose input is missing", severity: nil,
            phase: "ingest",
            proposed: ["detector_agent", "wipe_agent", "detector_agent", "risk_agent", "planner_agent", "command_agent"],
            runs: ["detector_agent", "risk_agent"],
            corrections: [
                "Dropped `wipe_agent`: there is no such agent.", "Dropped detector_agent: it was named twice.",
                "Dropped planner_agent: it needs incident, and belongs to the response phase.",
                "Dropped command_agent: it needs plan, and belongs to the response phase.",
            ]),
        Case(
            testDescription: "gives a high incident plan, commands and escalation", severity: .high, phase: "response",
            proposed: ["planner_agent"], runs: ["planner_agent", "command_agent", "escalation_agent"],
            corrections: [
                "Added command_agent: the incident is high or critical.",
                "Added escalation_agent: the incident is high or critical.",
            ]),
        Case(
            testDescription: "orders planner, command, escalation", severity: .critical, phase: "response",
            proposed: ["escalation_agent", "command_agent", "planner_agent"],
            runs: ["planner_agent", "command_agent", "escalation_agent"],
            corrections: ["Put the agents in order: planner_agent, command_agent, escalation_agent."]),
        Case(
            testDescription: "keeps commands for a medium incident when asked for, never escalation", severity: .medium,
            phase: "response", proposed: ["command_agent", "planner_agent", "escalation_agent"],
            runs: ["planner_agent", "command_agent"],
            corrections: [
                "Dropped escalation_agent: only high and critical incidents are escalated.",
                "Put the agents in order: planner_agent, command_agent.",
            ]),
        Case(
            testDescription: "adds no commands below high", severity: .low, phase: "ingest", proposed: [],
            runs: ["planner_agent"],
            corrections: ["The phase is response, not `ingest`.", "Added planner_agent: every incident has a plan."]),
        Case(
            testDescription: "shows hostile names without obeying them", severity: .low, phase: "response",
            proposed: ["planner_agent", "\u{1B}[31magent"], runs: ["planner_agent"],
            corrections: [#"Dropped `\u{1B}[31magent`: there is no such agent."#]),
    ]

    @Test("corrects a route", arguments: cases)
    func corrects(_ example: Case) async throws {
        let context: RouteContext
        if let severity = example.severity {
            context = RouteContext(incident: incident(severity))
        } else {
            context = RouteContext(events: try await DemoCase.table(DemoCase.bob))
        }
        let proposal = RouteProposal(
            phase: example.phase, steps: example.proposed.map { RouteStep(agentName: $0, reason: "r") }, notes: "")
        let decision = RouteGuardrail.apply(proposal, to: context)
        #expect(decision.steps.map(\.agentName) == example.runs)
        #expect(decision.corrections == example.corrections)
        #expect(decision.phase == (example.severity == nil ? "ingest" : "response"))
    }

    private func incident(_ severity: Severity) -> SecurityIncident {
        SecurityIncident(
            id: "i", findingID: "f", title: "t", description: "d", severity: severity, riskScore: 0.5, createdAt: nil,
            findingIDs: ["f"], actors: ["bob"], ips: [], firstSeen: nil, lastSeen: nil)
    }

    @Test("The built-in analyst's own routes need no correction", arguments: Severity.allCases)
    func ownRoutes(severity: Severity) async throws {
        let context = RouteContext(incident: incident(severity))
        #expect(try await Orchestrator().route(context).corrections == [])
    }

    @Test("What the router is shown of many events is small")
    func capped() async throws {
        let events = (0..<3000).map { index in
            DemoCase.event(
                "e\(index)", "user\(index)", ip: "192.0.2.1", "X", "country \(index) " + String(repeating: "x", count: 500),
                "SUCCESS", "10:00:00", type: "type.\(index)")
        }
        let context = RouteContext(events: try await DemoCase.table(events))
        #expect(context.json.text.utf8.count < 5000)
        #expect(context.data["events"] == 3000)
        #expect(context.data["event_types"]?.array?.count == 10)
    }

    @Test("Of an incident the router is shown ten findings, actors and addresses, and no status")
    func incidentCapped() {
        let names = (0..<11).map { "n\($0)" }
        let incident = SecurityIncident(
            id: "i", findingID: "f", title: "t", description: "d", severity: .high, riskScore: 0.5, createdAt: nil,
            findingIDs: names, actors: names, ips: names, firstSeen: nil, lastSeen: nil)
        let data = RouteContext(incident: incident).data
        for key in ["finding_ids", "actors", "ips"] { #expect(data[key]?.strings == Array(names.prefix(10))) }
        #expect(data["status"] == nil && data["metadata"] == nil && data["severity"] == "high")
    }

    @Test("The roster names each agent once and says what it needs")
    func roster() {
        #expect(
            Roster.all.map(\.name)
                == ["detector_agent", "risk_agent", "planner_agent", "command_agent", "escalation_agent"])
        let produced = Set(Roster.all.flatMap(\.produces)).union(["events"])
        #expect(Roster.all.flatMap(\.consumes).allSatisfy(produced.contains))
        #expect(
            Roster.json.array?.first?.text
                == #"{"name":"detector_agent","description":"Runs every detector over the loaded events and returns findings with the events that prove them.","consumes":["events"],"produces":["findings"],"phase":"ingest","criticality":"required"}"#)
    }
}
