public import Diagnostics
public import JSON

/// One thing to do about an incident.
public struct ResponseStep: Hashable, Sendable {
    /// A canonical step's name (``CanonicalStep``), or a word of the model's own.
    public let stepID: String
    /// What to do.
    public let description: String
    /// Why.
    public let rationale: String
    /// Whether a human must say yes first.
    public let requiresHumanApproval: Bool
    /// Step ids of the same plan that come before it.
    public let dependencies: [String]

    /// A step from its parts.
    public init(
        stepID: String, description: String, rationale: String, requiresHumanApproval: Bool, dependencies: [String] = []
    ) {
        self.stepID = stepID
        self.description = description
        self.rationale = rationale
        self.requiresHumanApproval = requiresHumanApproval
        self.dependencies = dependencies
    }

    /// The step as `plans.jsonl` has it.
    public var json: JSONValue {
        [
            "step_id": .string(stepID), "description": .string(description), "rationale": .string(rationale),
            "requires_human_approval": .bool(requiresHumanApproval), "dependencies": JSONValue(dependencies),
        ]
    }

    /// Reads one element of a plan's `steps`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "plans.jsonl")
        try self.init(
            stepID: fields.string("step_id"), description: fields.string("description"),
            rationale: fields.string("rationale"), requiresHumanApproval: fields.bool("requires_human_approval"),
            dependencies: fields.strings("dependencies"))
    }
}

/// What to do about an incident, in order. One line of `plans.jsonl`.
///
/// Passed through ``PlanGuardrail``: canonical steps first, dependencies that exist and run in no circle.
public struct ResponsePlan: Hashable, Sendable {
    /// The incident it is for, and the plan's own id.
    public let incidentID: String
    /// What the steps are to reach, in a sentence.
    public let overallGoal: String
    /// In the order in which to do them.
    public let steps: [ResponseStep]
    /// Who planned, and what the guardrail changed.
    public let notes: String

    /// A plan from its parts.
    public init(incidentID: String, overallGoal: String, steps: [ResponseStep], notes: String) {
        self.incidentID = incidentID
        self.overallGoal = overallGoal
        self.steps = steps
        self.notes = notes
    }

    /// The record as `plans.jsonl` has it.
    public var json: JSONValue {
        [
            "incident_id": .string(incidentID), "overall_goal": .string(overallGoal),
            "steps": .array(steps.map(\.json)), "notes": .string(notes),
        ]
    }

    /// Reads a record of `plans.jsonl`.
    public init(json: JSONValue) throws(Diagnostic) {
        let fields = try RecordFields(json, of: "plans.jsonl")
        try self.init(
            incidentID: fields.string("incident_id"), overallGoal: fields.string("overall_goal"),
            steps: fields.array("steps") { element throws(Diagnostic) in try ResponseStep(json: element) },
            notes: fields.optionalString("notes") ?? "")
    }
}
