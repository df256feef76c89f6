import Diagnostics
import Pipeline

/// Command suggestions, for people to read, fill in and run.
struct CommandText {
    let screen: Screen

    func lines(_ commands: [CommandSuggestion], plans: [ResponsePlan]) -> [String] {
        if commands.isEmpty { return ["  no commands: no plan has a step with a command"] }
        let steps = Dictionary(plans.map { ($0.incidentID, $0.steps.map(\.stepID)) }, uniquingKeysWith: { first, _ in first })
        let lines = commands.flatMap { command -> [String] in
            let number = steps[command.incidentID]?.firstIndex(of: command.stepID).map { "\($0 + 1)" } ?? "·"
            return block(command, number: number)
        }
        return lines + ["  " + screen.paint("Nothing was run. These are for a human to read, fill in and run.", .bold)]
    }

    private func block(_ command: CommandSuggestion, number: String) -> [String] {
        let effect = command.effect == .read ? "reads" : command.effect.rawValue
        let style: Style = command.effect == .read ? .good : command.effect == .reversible ? .warning : .error
        let head = "  \(screen.paint(number, .dim)) \(screen.paint(command.stepID, .accent))  \(screen.paint(effect, style))"
            + (command.scope.isEmpty ? "" : "  " + screen.paint("scope \(command.scope)", .dim))
        var lines = [head] + wrap(command.description, width: screen.width, indent: 5)
        // A command line is never wrapped or cut: it must be whole where it is copied from.
        if !command.command.isEmpty { lines.append("     " + command.command.visible) }
        for (label, text) in [("undo", command.undo), ("check", command.verify)] where !text.isEmpty {
            lines.append("     " + screen.paint("\(label): ", .dim) + text.visible)
        }
        return lines + (command.notes.isEmpty ? [] : wrap(command.notes, width: screen.width, indent: 5).map { screen.paint($0, .dim) })
    }
}
