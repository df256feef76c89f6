extension Unicode.Scalar {
    /// With ASCII letters made small.
    var folded: Unicode.Scalar { ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self }

    /// Whether this belongs to a run that only whole may be replaced. Scripts without spaces (CJK, kana, Hangul with
    /// its particles) make no runs: a name there is bounded by nothing.
    var isWordPart: Bool {
        switch value {
        case 0..<0x80: isASCIIDigit || ("a"..."z").contains(folded)
        case 0x2E80...: false
        default:
            switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .nonspacingMark, .spacingMark, .enclosingMark: true
            default: false
            }
        }
    }

    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isHexDigit: Bool { isASCIIDigit || ("a"..."f").contains(folded) }
}

extension [Unicode.Scalar] {
    /// How many scalars before a place ``mayBeginToken(at:)`` looks at.
    static var lookBehind: Int { 6 }

    /// Whether a whole word, or something that is none, may begin here; also right after an escape such as `\n`.
    func mayBeginToken(at index: Int) -> Bool {
        guard index > 0, self[index - 1].isWordPart else { return true }
        if index >= 2, self[index - 2] == "\\", "nrtbf".unicodeScalars.contains(self[index - 1]) { return true }
        return index >= 6 && isUnicodeEscape(at: index - 6)
    }

    func mayEndToken(at index: Int) -> Bool { index >= count || !self[index].isWordPart }

    /// Whether `\uXXXX` stands here.
    func isUnicodeEscape(at index: Int) -> Bool {
        index + 6 <= count && self[index] == "\\" && self[index + 1] == "u"
            && self[index + 2..<index + 6].allSatisfy(\.isHexDigit)
    }
}
