public import JSON

/// What the router may know about one agent.
public struct AgentProfile: Hashable, Sendable {
    /// The two stages of the pipeline.
    public enum Phase: String, CaseIterable, Sendable { case ingest, response }

    /// How much is lost without it.
    public enum Criticality: String, CaseIterable, Sendable { case required, conditional, optional }

    /// The name in routes.
    public let name: String
    /// What it does, in a sentence.
    public let description: String
    /// What must be there before it runs, in the words of ``produces``; `events` and `incident` come from outside.
    public let consumes: [String]
    /// What is there after it ran.
    public let produces: [String]
    /// The stage it belongs to.
    public let phase: Phase
    /// Whether the guardrails insist on it.
    public let criticality: Criticality

    init(
        name: String, description: String, consumes: [String], produces: [String], phase: Phase,
        criticality: Criticality
    ) {
        self.name = name
        self.description = description
        self.consumes = consumes
        self.produces = produces
        self.phase = phase
        self.criticality = criticality
    }

    /// The profile as the router is shown it.
    public var json: JSONValue {
        [
            "name": .string(name), "description": .string(description), "consumes": JSONValue(consumes),
            "produces": JSONValue(produces), "phase": .string(phase.rawValue),
            "criticality": .string(criticality.rawValue),
        ]
    }
}

/// The agents, in the order in which they run. To add one: one file in `Agents/`, one line here.
public enum Roster {
    /// The list.
    public static let all: [AgentProfile] = [
        DetectorAgent.profile,
        RiskAgent.profile,
        PlannerAgent.profile,
        CommandAgent.profile,
        EscalationAgent.profile,
    ]

    /// The roster as the router is shown it.
    public static var json: JSONValue { .array(all.map(\.json)) }

    /// An agent by its exact name.
    static func agent(named name: String) -> AgentProfile? { all.first { $0.name == name } }
}
