import Diagnostics
import Hunting
import Investigation
import Pipeline

/// Shows a hunt's query before it runs, and asks whether it may.
struct HuntPrompt: Sendable {
    let launch: Launch

    func ask(_ proposal: HuntProposal) async -> HuntDecision {
        // Asked for or not, also under --quiet: the query is always seen before it runs.
        show(lines(of: proposal).map { $0 + "\n" }.joined())
        guard !proposal.isConfirmed else { return .run }
        guard launch.terminal.isInteractive else { return .unavailable }
        while true {
            switch await TypedAnswer.ask("  Run it? [Y/n/e] ", show: { show($0) }) {
            case .interrupted: return .interrupted
            case .endOfInput: return .decline
            case .line(let text):
                if let decision = await decision(text, proposal.plan.query.text) { return decision }
            }
        }
    }

    /// What an answer means; `nil` where the question is to be asked again.
    private func decision(_ answer: String, _ query: String) async -> HuntDecision? {
        switch answer.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased() {
        case "", "y", "yes": return .run
        case "n", "no": return .decline
        case "e", "edit":
            switch await QueryEditor(environment: launch.environment).edited(query) {
            case .success(let text): return text.utf8.elementsEqual(query.utf8) ? nil : .edited(text)
            case .failure(let fault): show("  \(fault.inOneLine)\n")
            }
        default: show("  `y` runs it, `n` does not, `e` edits it\n")
        }
        return nil
    }

    private func lines(of proposal: HuntProposal) -> [String] {
        let screen = launch.screen(.error), plan = proposal.plan, range = plan.query.range
        let place = proposal.service.map { "on \($0)" } ?? "on the loaded tables"
        let head = "query \(place), \(range.shown) · \(plan.source.words)"
        let refused = proposal.fault.map { ["that query cannot run: \($0.inOneLine); this is the one before it"] } ?? []
        return refused.flatMap { wrap($0, width: screen.width, indent: 2) }.map { screen.paint($0, .warning) }
            + wrap(head, width: screen.width, indent: 2)
            + plan.query.text.visibleLines.split(separator: "\n").map { screen.paint("    \($0)", .accent) }
            + plan.notes.flatMap { wrap("note: \($0)", width: screen.width, indent: 2) }.map { screen.paint($0, .dim) }
    }

    private func show(_ text: String) { ConfirmationPrompt(launch: launch, given: nil).show(text) }
}
