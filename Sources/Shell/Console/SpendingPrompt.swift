import Diagnostics
import Investigation
import Models

/// Asks whether a model may spend more than the settings allow without a question.
struct SpendingPrompt: Sendable {
    let launch: Launch
    /// Whether `--yes` says so already.
    let isAnswered: Bool
    let notice: @Sendable (String) -> Void

    func ask(_ question: SpendingQuestion) async -> SpendingAnswer {
        let text = SpendingText(question)
        if isAnswered {
            notice("\(text.limit) passed; asking on (--yes)")
            return .proceed
        }
        guard launch.terminal.isInteractive else { return .unavailable }
        show(text.lines, .plain)
        while true {
            switch await TypedAnswer.ask("  \(text.choices) ", show: { show($0) }) {
            case .interrupted: return .interrupted
            case .endOfInput: return .stop
            case .line(let typed):
                if let answer = await answer(typed, question, text) { return answer }
            }
        }
    }

    /// What an answer means; `nil` where the question is to be asked again.
    private func answer(_ typed: String, _ question: SpendingQuestion, _ text: SpendingText) async -> SpendingAnswer? {
        switch Self.words(typed) {
        case "c", "continue", "y", "yes": return .proceed
        case "s", "stop", "n", "no", "cancel": return .stop
        case "o", "other", "other model":
            if !question.others.isEmpty { return await other(of: question.others) }
            show(["config.json names no other model"], .warning)
        default: show([text.help], .dim)
        }
        return nil
    }

    /// Another model, by its number or its name; `nil` where none was chosen.
    private func other(of models: [ModelProfile]) async -> SpendingAnswer? {
        for line in render(SpendingText.table(of: models), on: launch.screen(.error)) { show(line + "\n") }
        let numbers = models.count == 1 ? "1" : "1–\(models.count)"
        switch await TypedAnswer.ask("  Which? [\(numbers), Enter for none] ", show: { show($0) }) {
        case .interrupted: return .interrupted
        case .endOfInput: return nil
        case .line(let typed):
            let name = Self.words(typed)
            if let number = Int(name), (1...models.count).contains(number) { return .other(models[number - 1].name) }
            return models.first { $0.name.lowercased() == name }.map { .other($0.name) }
        }
    }

    private static func words(_ typed: String) -> String {
        typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    private func show(_ lines: [String], _ style: Style) {
        let screen = launch.screen(.error)
        for line in lines.flatMap({ wrap($0, width: screen.width, indent: 2) }) {
            show(screen.paint(line, style) + "\n")
        }
    }

    private func show(_ text: String) { ConfirmationPrompt(launch: launch, given: nil).show(text) }
}
