import Diagnostics
import Pipeline

/// An answer, wrapped, with its evidence and who gave it.
struct AnswerText {
    let answer: Answer
    let screen: Screen

    init(_ answer: Answer, screen: Screen) {
        self.answer = answer
        self.screen = screen
    }

    var lines: [String] {
        answer.text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrap(String($0), width: screen.width, indent: 2) } + footer
    }

    /// The citations and the source.
    var footer: [String] {
        let cited = answer.citations.filter(\.verified).map(\.id), doubtful = answer.citations.filter { !$0.verified }.map(\.id)
        let shown = cited.prefix(12).joined(separator: " ") + (cited.count > 12 ? " and \(cited.count - 12) more" : "")
        let parts = [
            cited.isEmpty ? "no event is cited" : "evidence: \(shown)",
            doubtful.isEmpty ? nil : "not in the evidence: \(doubtful.prefix(12).joined(separator: " "))",
            answer.source.words,
        ]
        return wrap(parts.compactMap { $0 }.joined(separator: " · "), width: screen.width, indent: 2).map { screen.paint($0, .dim) }
    }
}
