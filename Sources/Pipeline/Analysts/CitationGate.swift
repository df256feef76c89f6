internal import Diagnostics

/// Lets an answer through piece by piece, holding each bracket back until its ids are checked.
///
/// A bracket comes out only around ids that are in the evidence. An id that is not becomes `(unverified: …)`;
/// brackets around anything else become parentheses.
struct CitationGate {
    /// A bracket longer than this, in scalars, is no citation.
    private static let limit = 400

    private let known: Set<String>
    private var held: String.UnicodeScalarView?
    /// The ids that were cited, each once, in order.
    private(set) var citations: [Answer.Citation] = []

    init(known: Set<String>) { self.known = known }

    /// What may be shown of the text so far and was not shown before.
    mutating func pass(_ piece: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars {
            switch (scalar, held) {
            case ("[", _):
                shown.append(contentsOf: released())
                held = String.UnicodeScalarView()
            case ("]", let content?):
                held = nil
                shown.append(contentsOf: checked(String(content)).unicodeScalars)
            case (_, var content?):
                held = nil
                content.append(scalar)
                held = content
                if content.count > Self.limit || scalar == "\n" { shown.append(contentsOf: released()) }
            default: shown.append(scalar)
            }
        }
        return String(shown).visibleLines
    }

    /// What was still held when the answer ended.
    mutating func finish() -> String { String(released()).visibleLines }

    private mutating func released() -> String.UnicodeScalarView {
        guard let content = held else { return String.UnicodeScalarView() }
        held = nil
        return ("(" + String(content)).unicodeScalars
    }

    private mutating func checked(_ content: String) -> String {
        if known.contains(content) { return cited(content) }
        let words = content.split { $0.isWhitespace || ",;`\"'".contains($0) }.map(String.init)
        let ids = words.filter { known.contains($0) || Self.looksLikeID($0) }
        guard !ids.isEmpty else { return "(\(content))" }
        return ids.map { cited($0) }.joined(separator: " ")
    }

    private mutating func cited(_ id: String) -> String {
        let isKnown = known.contains(id)
        if !citations.contains(where: { $0.id == id }) { citations.append(Answer.Citation(id: id, verified: isKnown)) }
        return isKnown ? "[\(id)]" : "(unverified: \(id))"
    }

    private static func looksLikeID(_ word: String) -> Bool {
        word.count > 2 && word.contains { $0.isNumber || $0 == "-" }
    }
}
