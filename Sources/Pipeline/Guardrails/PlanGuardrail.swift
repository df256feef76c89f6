internal import Diagnostics

/// The rules that every plan obeys, whoever proposed it.
///
/// Canonical steps come first, in their order; each step once; what changes something needs approval; other steps
/// stay as words, need approval and get no command; dependencies exist and run in no circle.
enum PlanGuardrail {
    /// More steps than this are not a plan that a human can follow; all that the program knows fit.
    static let stepLimit = 30

    /// Applies the rules; what was changed is said in the plan's notes.
    static func apply(_ proposal: PlanProposal, to incident: SecurityIncident, source: Source) -> ResponsePlan {
        var corrections: [String] = []
        let unique = withoutDuplicates(proposal.steps, &corrections)
        let ordered = inOrder(unique, &corrections)
        let sound = withSoundDependencies(ordered.map { approved($0, &corrections) }, &corrections)
        let notes = ["Planned by: \(source.words)."] + [proposal.notes].filter { !$0.isEmpty } + corrections
        return ResponsePlan(
            incidentID: incident.id, overallGoal: proposal.overallGoal, steps: sound,
            notes: notes.joined(separator: " "))
    }

    private static func withoutDuplicates(_ steps: [ResponseStep], _ corrections: inout [String]) -> [ResponseStep] {
        var seen: Set<String> = [], kept: [ResponseStep] = []
        for step in steps {
            if !seen.insert(step.stepID).inserted {
                corrections.append("Dropped a second \(quoted(step.stepID)).")
            } else if kept.count == stepLimit {
                corrections.append("Dropped \(quoted(step.stepID)): a plan has at most \(stepLimit) steps.")
            } else {
                kept.append(step)
            }
        }
        return kept
    }

    private static func inOrder(_ steps: [ResponseStep], _ corrections: inout [String]) -> [ResponseStep] {
        let canonical = CanonicalStep.allCases.compactMap { step in steps.first { $0.stepID == step.rawValue } }
        let others = steps.filter { CanonicalStep(rawValue: $0.stepID) == nil }
        for step in others { corrections.append("\(quoted(step.stepID)) is no known step: it has no command.") }
        let ordered = canonical + others
        if ordered.map(\.stepID) != steps.map(\.stepID) { corrections.append("Put the steps in their order.") }
        return ordered
    }

    private static func approved(_ step: ResponseStep, _ corrections: inout [String]) -> ResponseStep {
        let needsApproval = CanonicalStep(rawValue: step.stepID)?.needsApproval ?? true
        guard needsApproval, !step.requiresHumanApproval else { return step }
        corrections.append("\(quoted(step.stepID)) needs approval.")
        return ResponseStep(
            stepID: step.stepID, description: step.description, rationale: step.rationale, requiresHumanApproval: true,
            dependencies: step.dependencies)
    }

    /// Takes dependencies one by one, in the order of the steps, and drops each that names no step or closes a circle.
    private static func withSoundDependencies(
        _ steps: [ResponseStep], _ corrections: inout [String]
    ) -> [ResponseStep] {
        let ids = Set(steps.map(\.stepID))
        var accepted: [String: [String]] = [:]
        return steps.map { step in
            for other in step.dependencies where accepted[step.stepID]?.contains(other) != true {
                if !ids.contains(other) {
                    corrections.append(
                        "\(quoted(step.stepID)) cannot wait for \(quoted(other)): it is not in the plan.")
                } else if reaches(step.stepID, from: other, through: accepted) {
                    corrections.append(
                        "\(quoted(step.stepID)) cannot wait for \(quoted(other)): they would wait in a circle.")
                } else {
                    accepted[step.stepID, default: []].append(other)
                }
            }
            return ResponseStep(
                stepID: step.stepID, description: step.description, rationale: step.rationale,
                requiresHumanApproval: step.requiresHumanApproval, dependencies: accepted[step.stepID] ?? [])
        }
    }

    private static func reaches(_ goal: String, from start: String, through edges: [String: [String]]) -> Bool {
        var open = [start], seen: Set<String> = []
        while let step = open.popLast() {
            if step == goal { return true }
            if seen.insert(step).inserted { open += edges[step] ?? [] }
        }
        return false
    }

    private static func quoted(_ text: String) -> String { "`\(text.visible(limit: 60))`" }
}
