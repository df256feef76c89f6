/// A text of a rule, in which `*` stands for any text and `?` for one character.
struct TextPattern: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case text([UInt8])
        case anyText
        case oneCharacter
    }

    /// Texts never follow each other.
    private(set) var parts: [Part] = []

    init() {}

    /// A text without wildcards.
    init(_ text: some Sequence<UInt8>) { append(text) }

    /// Reads a text with Sigma's wildcards: a backslash takes the meaning from `*`, `?` and another backslash, and
    /// stands for itself before anything else (Sigma specification 2.0, *Escaping*).
    init(wildcards text: String) {
        var isEscaped = false
        for byte in text.utf8 {
            switch byte {
            case _ where isEscaped:
                append("*?\\".utf8.contains(byte) ? [byte] : [UInt8(ascii: "\\"), byte])
                isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "*"): append(.anyText)
            case UInt8(ascii: "?"): append(.oneCharacter)
            default: append(CollectionOfOne(byte))
            }
        }
        if isEscaped { append(CollectionOfOne(UInt8(ascii: "\\"))) }
    }

    mutating func append(_ text: some Sequence<UInt8>) {
        guard case .text(var before)? = parts.last else {
            let text = Array(text)
            return text.isEmpty ? () : parts.append(.text(text))
        }
        // Taken out of the list first, so that the bytes grow where they are.
        parts.removeLast()
        before += text
        parts.append(.text(before))
    }

    mutating func append(_ part: Part) {
        switch part {
        case .text(let text): append(text)
        case .anyText where parts.last == .anyText: break
        default: parts.append(part)
        }
    }

    mutating func append(_ pattern: TextPattern) { for part in pattern.parts { append(part) } }
}

extension TextPattern {
    /// The text when it has no wildcards.
    var plainText: [UInt8]? {
        switch parts.count {
        case 0: return []
        case 1: if case .text(let text) = parts[0] { return text } else { return nil }
        default: return nil
        }
    }

    /// The same with any text before and after it.
    func open(before: Bool, after: Bool) -> TextPattern {
        var pattern = TextPattern()
        if before { pattern.append(.anyText) }
        pattern.append(self)
        if after { pattern.append(.anyText) }
        return pattern
    }

    /// The same with each run of text put through a function.
    func mapTexts(_ change: ([UInt8]) -> [UInt8]) -> TextPattern {
        var pattern = TextPattern()
        for part in parts {
            if case .text(let text) = part { pattern.append(change(text)) } else { pattern.append(part) }
        }
        return pattern
    }
}
