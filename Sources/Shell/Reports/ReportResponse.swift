import Diagnostics
import Investigation
import Pipeline
import Tables

/// What is to be done about an incident: plan, commands that nobody ran, notifications.
struct ReportResponse {
    let entry: ReportIncident
    let commandLimit: Int

    var blocks: [ReportBlock] { plan + commands + escalations }

    private var plan: [ReportBlock] {
        guard let plan = entry.plan else { return [] }
        let steps = plan.steps.map { step -> ReportText in
            let needs = step.requiresHumanApproval ? [ReportText.Run.plain(" "), .label("needs approval")] : []
            let after = step.dependencies.isEmpty ? "" : "After: \(step.dependencies.joined(separator: ", "))."
            let why = [Self.sentence(step.rationale), after].filter { !$0.isEmpty }.joined(separator: " ")
            let text: [ReportText.Run] = [.plain(" " + Self.sentence(step.description)), .quiet(" " + why)]
            return ReportText(runs: [.strong(step.stepID)] + needs + text)
        }
        return [.heading(4, "Plan"), .paragraph(ReportText(.strong("Goal: "), .plain(plan.overallGoal))),
            .checklist(steps)] + (plan.notes.isEmpty ? [] : [.paragraph(ReportText(.quiet(plan.notes)))])
    }

    /// The text with a full stop at its end.
    private static func sentence(_ text: String) -> String {
        text.last.map { ".!?:".contains($0) } ?? true ? text : text + "."
    }

    private var commands: [ReportBlock] {
        guard !entry.commands.isEmpty else { return [] }
        let rest = entry.commands.count - commandLimit
        return [.heading(4, "Commands, never executed"),
            .paragraph("These are for a person to read, fill in and run. This program ran none of them.")]
            + entry.commands.prefix(commandLimit).flatMap(blocks)
            + (rest > 0 ? [.paragraph(ReportText("And \(counted(rest, "more command")) (`show commands`)."))] : [])
    }

    private func blocks(_ command: CommandSuggestion) -> [ReportBlock] {
        let effect = command.effect == .read ? "reads" : command.effect.rawValue
        let scope = command.scope.isEmpty ? "" : " (scope \(command.scope))"
        // What only reads needs neither.
        let back = (command.effect == .read ? [] : [("Undo", command.undo), ("Check", command.verify)])
            .filter { !$0.1.isEmpty }
            .map { name, text in
                (name: name, value: Self.isCommand(text) ? ReportText(.code(text)) : ReportText(text))
            }
        let notes = command.notes.isEmpty ? [] : [(name: "Note", value: ReportText(command.notes))]
        return [
            .paragraph(
                ReportText(
                    .strong(command.stepID), .plain(" "), .label(effect), .quiet(scope),
                    .plain(" " + command.description))),
            command.command.isEmpty ? nil : .code(command.command.visible), .facts(back + notes),
        ].compactMap { $0 }
    }

    /// Undo and check are a command line, or words.
    private static func isCommand(_ text: String) -> Bool { text.hasPrefix("curl ") || text.hasPrefix("watchfloor ") }

    private var escalations: [ReportBlock] {
        guard !entry.escalations.isEmpty else { return [] }
        let items = entry.escalations.map { escalation -> ReportText in
            let state = escalation.sent ? "sent" : "not sent"
            let lines = escalation.message.split(separator: "\n").joined(separator: " · ")
            return ReportText(
                .label(state), .plain(" to "), .code(escalation.target ?? escalation.channel),
                .quiet(" (\(escalation.status), \(escalation.at.spaced)): "), .plain(lines))
        }
        return [.heading(4, "Notifications"), .list(items)]
    }
}
