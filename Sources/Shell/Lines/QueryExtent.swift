/// Whether a KQL query goes on after the lines seen so far.
///
/// It does while a bracket or a quote is open and when its last line ends in `|`, `;` or `\`. Comments do not
/// count.
struct QueryExtent: Hashable {
    private enum Quote: Hashable {
        /// `"…"` or `'…'`: a backslash escapes.
        case plain(Character)
        /// `@"…"` or `@'…'`: a doubled quote stands for itself.
        case verbatim(Character)
        /// Three backticks or tildes.
        case block(Character)
    }

    private var depth = 0
    private var quote: Quote?
    private var last: Character?

    /// Whether the last line ends in a backslash that is no part of a string.
    var endsInBackslash: Bool { quote == nil && last == "\\" }

    /// Whether a string is open.
    var isInString: Bool { quote != nil }

    var isOpen: Bool { depth > 0 || quote != nil || last.map { "|;\\".contains($0) } ?? false }

    /// Looks at one more line.
    mutating func take(_ line: String) {
        let characters = Array(line)
        var index = 0
        while index < characters.count {
            index += quote.map { step(in: $0, characters[index...]) } ?? step(characters[index...])
        }
    }

    /// The number of characters that were dealt with, outside of quotes.
    private mutating func step(_ rest: ArraySlice<Character>) -> Int {
        guard let character = rest.first else { return 0 }
        if rest.starts(with: "//") { return rest.count }
        if let opening = Self.opening(rest) {
            (quote, last) = (opening.quote, character)
            return opening.length
        }
        if "([{".contains(character) { depth += 1 }
        if ")]}".contains(character) { depth = max(0, depth - 1) }
        if !character.isWhitespace { last = character }
        return 1
    }

    private static func opening(_ rest: ArraySlice<Character>) -> (quote: Quote, length: Int)? {
        let head = Array(rest.prefix(3))
        guard let first = head.first else { return nil }
        if first == "\"" || first == "'" { return (.plain(first), 1) }
        if first == "`" || first == "~", head == [first, first, first] { return (.block(first), 3) }
        if first == "@", head.count > 1, head[1] == "\"" || head[1] == "'" { return (.verbatim(head[1]), 2) }
        return nil
    }

    private mutating func step(in quote: Quote, _ rest: ArraySlice<Character>) -> Int {
        let head = Array(rest.prefix(3))
        switch quote {
        case .plain(let mark):
            if head[0] == "\\" { return min(2, rest.count) }
            return close(head[0] == mark, 1)
        case .verbatim(let mark):
            if head.count > 1, head[0] == mark, head[1] == mark { return 2 }
            return close(head[0] == mark, 1)
        case .block(let mark):
            return close(head == [mark, mark, mark], 3)
        }
    }

    private mutating func close(_ closes: Bool, _ length: Int) -> Int {
        guard closes else { return 1 }
        (quote, last) = (nil, "\"")
        return length
    }
}
