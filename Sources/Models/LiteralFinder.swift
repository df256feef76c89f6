/// Finds what must not leave though nobody registered it.
struct LiteralFinder {
    let scalars: [Unicode.Scalar]
    /// No e-mail address begins before this place; so each run is read once.
    private var mailless = 0

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// The longest look-alike of a pseudonym, internet address or e-mail address that begins here.
    mutating func literal(at start: Int) -> (end: Int, kind: Pseudonyms.Kind)? {
        var found: [(end: Int, kind: Pseudonyms.Kind)] = []
        if case .token(let token) = PseudonymToken.read(scalars, at: start, isEnd: true) {
            found.append((token.end, token.kind))
        }
        if scalars.mayBeginToken(at: start), !isEscapeLetter(at: start) {
            if let end = mailEnd(at: start) { found.append((end, .user)) }
            if let end = AddressLiteral.end(at: start, in: scalars) { found.append((end, .address)) }
        }
        return found.max { $0.end < $1.end }
    }

    private func isEscapeLetter(at index: Int) -> Bool {
        guard index > 0, scalars[index - 1] == "\\" else { return false }
        return "nrtbf".unicodeScalars.contains(scalars[index]) || scalars.isUnicodeEscape(at: index - 1)
    }

    private mutating func mailEnd(at start: Int) -> Int? {
        guard start >= mailless, scalars[start].isWordPart else { return nil }
        let isLocal = { (scalar: Unicode.Scalar) in scalar.isWordPart || "._%+-'".unicodeScalars.contains(scalar) }
        let at = scalars[start...].firstIndex { !isLocal($0) } ?? scalars.count
        mailless = at
        guard at < scalars.count, scalars[at] == "@" else { return nil }
        let domain = scalars[(at + 1)...].prefix { $0.isWordPart || $0 == "." || $0 == "-" }
        guard domain.first?.isWordPart == true, let last = domain.lastIndex(where: \.isWordPart) else { return nil }
        return last + 1
    }
}
