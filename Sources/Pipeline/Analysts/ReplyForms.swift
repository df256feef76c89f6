internal import Detection
internal import Diagnostics
internal import JSON
internal import Models

/// The forms that a model's typed replies have: schema and reader of each.
enum ReplyForms {
    /// Characters of one text of a reply that are kept.
    private static let textLimit = 1000

    static let route = ReplySchema(
        name: "route",
        schema: object([
            ("phase", ["type": "string", "enum": ["ingest", "response"]]),
            ("steps", list(of: object([("agent_name", text), ("reason", text), ("when", text)]))), ("notes", text),
        ]))

    static let risk = ReplySchema(
        name: "risk",
        schema: object([
            ("severity", ["type": "string", "enum": JSONValue(Severity.allCases.map(\.rawValue))]),
            ("likelihood", number), ("impact", number), ("score", number), ("rationale", text),
        ]))

    static let plan = ReplySchema(
        name: "plan",
        schema: object([
            ("overall_goal", text),
            ("steps", list(of: object([
                ("step_id", text), ("description", text), ("rationale", text),
                ("requires_human_approval", ["type": "boolean"]), ("dependencies", list(of: text)),
            ]))), ("notes", text),
        ]))

    private static let text: JSONValue = ["type": "string"]
    private static let number: JSONValue = ["type": "number"]

    private static func list(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    private static func object(_ properties: [(String, JSONValue)]) -> JSONValue {
        [
            "type": "object", "properties": .object(properties.map { JSONValue.Member($0.0, $0.1) }),
            "required": JSONValue(properties.map(\.0)), "additionalProperties": false,
        ]
    }
}

// MARK: Reading

extension ReplyForms {
    @Sendable static func readRoute(_ json: JSONValue) throws(Diagnostic) -> RouteProposal {
        let fields = try RecordFields(json, of: "reply")
        let steps = try fields.array("steps") { element throws(Diagnostic) in try RouteStep(json: element) }
        return RouteProposal(
            phase: try fields.string("phase"),
            steps: steps.prefix(20).map {
                RouteStep(agentName: clipped($0.agentName), reason: clipped($0.reason), when: clipped($0.when))
            },
            notes: clipped(fields.optionalString("notes") ?? ""))
    }

    /// Numbers beyond 0…1 pass here: ``RiskJudgement`` bounds them. A score that is not there is the product.
    @Sendable static func readRisk(_ json: JSONValue) throws(Diagnostic) -> RiskProposal {
        let fields = try RecordFields(json, of: "reply")
        let severity = try fields.value("severity", "low, medium, high or critical") {
            $0.string.flatMap { Severity(rawValue: $0.lowercased()) }
        }
        let likelihood = try fields.number("likelihood"), impact = try fields.number("impact")
        let score = json["score"] == nil ? likelihood * impact : try fields.number("score")
        return RiskProposal(
            severity: severity, likelihood: likelihood, impact: impact, score: score,
            rationale: clipped(try fields.string("rationale")))
    }

    @Sendable static func readPlan(_ json: JSONValue) throws(Diagnostic) -> PlanProposal {
        let fields = try RecordFields(json, of: "reply")
        let steps = try fields.array("steps") { element throws(Diagnostic) in try ResponseStep(json: element) }
        guard !steps.isEmpty else { throw fields.fault("has no steps") }
        return PlanProposal(
            overallGoal: clipped(try fields.string("overall_goal")),
            steps: steps.prefix(100).map {
                ResponseStep(
                    stepID: clipped($0.stepID), description: clipped($0.description), rationale: clipped($0.rationale),
                    requiresHumanApproval: $0.requiresHumanApproval,
                    dependencies: $0.dependencies.prefix(50).map(clipped))
            },
            notes: clipped(fields.optionalString("notes") ?? ""))
    }

    private static func clipped(_ text: String) -> String {
        text.count <= textLimit ? text : text.prefix(textLimit - 1) + "…"
    }
}
