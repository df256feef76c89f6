/// A word of a question.
struct HuntToken: Hashable, Sendable {
    /// As it was written, without the marks around it.
    let text: String
    let lower: String
    /// Whether it stood in quotes, which makes it a value whatever it says.
    let isQuoted: Bool
    /// Whether it ended in `'s`.
    let isPossessive: Bool

    init(_ text: String, isQuoted: Bool = false, isPossessive: Bool = false) {
        self.text = text
        lower = text.lowercased()
        self.isQuoted = isQuoted
        self.isPossessive = isPossessive
    }
}

extension HuntToken {
    /// Words of a question that are looked at; a longer text is no question.
    static let limit = 200

    /// The words of a question. Linear in the text.
    static func tokens(of question: String) -> [HuntToken] {
        var tokens: [HuntToken] = []
        var rest = question.unicodeScalars[...]
        while let scalar = rest.first, tokens.count < limit {
            if scalar.properties.isWhitespace {
                rest.removeFirst()
            } else if let closing = closing(of: scalar), let end = rest.dropFirst().firstIndex(of: closing),
                endsWord(rest, after: end)
            {
                let inside = String(rest[rest.index(after: rest.startIndex)..<end])
                if !inside.isEmpty { tokens.append(HuntToken(inside, isQuoted: true)) }
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.properties.isWhitespace }
                rest = rest[word.endIndex...]
                tokens += split(String(word))
            }
        }
        return tokens
    }

    private static func closing(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\"", "'", "`": scalar
        case "\u{201C}": "\u{201D}"
        case "\u{2018}": "\u{2019}"
        default: nil
        }
    }

    private static func endsWord(_ text: Substring.UnicodeScalarView, after end: String.Index) -> Bool {
        guard let next = text[text.index(after: end)...].first else { return true }
        return next.properties.isWhitespace || ",;.?!:)".unicodeScalars.contains(next)
    }

    /// `a,b` are two words; marks around a word do not belong to it.
    private static func split(_ word: String) -> [HuntToken] {
        let keeps = word.contains("://") || word.contains("\\")
        let parts = keeps ? [word[...]] : word.split { $0 == "," || $0 == ";" }
        return parts.compactMap { part in
            var text = part
            while let last = text.last, ",;.?!:)]}\"'>".contains(last) { text.removeLast() }
            while let first = text.first, "([{\"'<".contains(first) { text.removeFirst() }
            for ending in ["'s", "\u{2019}s"] where text.hasSuffix(ending) && text.count > 2 {
                return HuntToken(String(text.dropLast(2)), isPossessive: true)
            }
            return text.isEmpty ? nil : HuntToken(String(text))
        }
    }
}
