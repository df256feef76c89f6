/// Separates a leading `<think>…</think>` from the visible text while both arrive piece by piece.
///
/// Linear in the text: only the last few bytes are held back for a mark that is cut in two.
struct ThinkSplitter {
    /// What a piece turned out to be.
    struct Output: Equatable {
        var visible = ""
        var reasoning = ""
    }

    private enum Phase { case start, thinking, afterThinking, visible }
    private var phase = Phase.start
    private var held = ""

    private static let opening = "<think>"
    private static let closing = "</think>"
    /// How many bytes of white space may stand before the mark.
    private static let spaceLimit = 256

    /// Takes the next piece and gives what is certain by now.
    mutating func consume(_ piece: String) -> Output {
        if phase == .visible { return Output(visible: piece) }
        held += piece
        var output = Output()
        if phase == .start { openOrPass() }
        if phase == .thinking { output.reasoning = think() }
        if phase == .afterThinking { skipSpace() }
        if phase == .visible { output.visible = release() }
        return output
    }

    /// What was still held back when the text ended.
    mutating func finish() -> Output {
        let rest = release()
        return phase == .thinking ? Output(reasoning: rest) : Output(visible: rest)
    }

    /// Splits a whole text.
    static func split(_ text: String) -> Output {
        var splitter = ThinkSplitter()
        let (first, last) = (splitter.consume(text), splitter.finish())
        return Output(visible: first.visible + last.visible, reasoning: first.reasoning + last.reasoning)
    }

    private mutating func openOrPass() {
        let text = held.drop(while: \.isWhitespace)
        if text.hasPrefix(Self.opening) {
            held = String(text.dropFirst(Self.opening.count))
            phase = .thinking
        } else if !Self.opening.hasPrefix(text) || held.utf8.count > Self.spaceLimit {
            phase = .visible
        }
    }

    private mutating func think() -> String {
        if let end = held.firstRange(of: Self.closing) {
            let thought = String(held[..<end.lowerBound])
            held = String(held[end.upperBound...])
            phase = .afterThinking
            return thought
        }
        let kept = held.lastIndex(of: "<").map { held[$0...] }
            .flatMap { Self.closing.hasPrefix($0) ? $0 : nil } ?? ""
        let thought = String(held.dropLast(kept.count))
        held = String(kept)
        return thought
    }

    private mutating func skipSpace() {
        held = String(held.drop(while: \.isWhitespace))
        if !held.isEmpty { phase = .visible }
    }

    private mutating func release() -> String {
        defer { held = "" }
        return held
    }
}
