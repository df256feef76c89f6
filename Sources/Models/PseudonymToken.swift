/// Something with the shape of a pseudonym, given or invented.
struct PseudonymToken {
    let kind: Pseudonyms.Kind
    /// As it was given, if it was.
    let pseudonym: String
    let end: Int

    /// What is known about a place of a text that may go on.
    enum Reading {
        case none
        /// Only what follows can tell; never more than 14 scalars.
        case undecided
        case token(PseudonymToken)
    }

    private static let digitLimit = 9

    /// - Parameter isEnd: Whether nothing follows the scalars.
    static func read(_ scalars: [Unicode.Scalar], at start: Int, isEnd: Bool) -> Reading {
        for kind in Pseudonyms.Kind.allCases {
            var position = start
            for letter in kind.rawValue.unicodeScalars where position < scalars.count && position >= start {
                position = scalars[position].folded == letter ? position + 1 : -1
            }
            if position == scalars.count { return isEnd ? .none : .undecided }
            guard position >= 0, scalars[position].isHyphen else { continue }
            return number(of: kind, scalars, at: position + 1, isEnd: isEnd)
        }
        return .none
    }

    private static func number(
        of kind: Pseudonyms.Kind, _ scalars: [Unicode.Scalar], at start: Int, isEnd: Bool
    ) -> Reading {
        let digits = scalars[start...].prefix(digitLimit).prefix(while: \.isASCIIDigit)
        if digits.endIndex == scalars.count, !isEnd { return .undecided }
        guard let first = digits.first, first != "0", scalars.mayEndToken(at: digits.endIndex) else { return .none }
        let pseudonym = "\(kind.rawValue)-\(String(String.UnicodeScalarView(digits)))"
        return .token(PseudonymToken(kind: kind, pseudonym: pseudonym, end: digits.endIndex))
    }
}

extension Unicode.Scalar {
    /// Models like to write the hyphen that does not break.
    fileprivate var isHyphen: Bool { self == "-" || self == "\u{2010}" || self == "\u{2011}" }
}
