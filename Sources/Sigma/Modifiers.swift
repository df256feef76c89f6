/// The modifiers of Sigma's specification (appendix *Modifiers*, version 2.1.0), by their names in rules.
///
/// To add one: one case here, its place in ``kind``, and what it does in `DetectionItem` or `TextTransformation`.
enum Modifier: String, CaseIterable, Hashable, Sendable {
    case contains, startswith, endswith
    case base64, base64offset, wide, utf16, utf16be, utf16le, windash
    case expand
    case all, cased, neq
    case re, i, m, s
    case cidr, exists, fieldref
    case lt, lte, gt, gte
    case minute, hour, day, week, month, year

    /// Names that pySigma, the specification's reference implementation, also reads.
    private static let synonyms: [String: Modifier] = ["ignorecase": .i, "multiline": .m, "dotall": .s]

    init?(name: String) {
        guard let modifier = Modifier(rawValue: name) ?? Self.synonyms[name] else { return nil }
        self = modifier
    }

    /// How a modifier takes part in the meaning of an item.
    enum Kind: Hashable {
        /// Opens the text before or after it.
        case opening
        /// Makes other texts of a text.
        case transformation
        case placeholder
        /// Goes with everything.
        case linking
        case letterCase
        case flag
        /// Says what the value is; an item has one at most.
        case type(ValueType)
        case comparison
    }

    /// What the values of an item are.
    enum ValueType: Hashable {
        case text, expression, network, existence, number, time, reference
    }

    var kind: Kind {
        switch self {
        case .contains, .startswith, .endswith: .opening
        case .base64, .base64offset, .wide, .utf16, .utf16be, .utf16le, .windash: .transformation
        case .expand: .placeholder
        case .all, .neq: .linking
        case .cased: .letterCase
        case .i, .m, .s: .flag
        case .re: .type(.expression)
        case .cidr: .type(.network)
        case .exists: .type(.existence)
        case .fieldref: .type(.reference)
        case .minute, .hour, .day, .week, .month, .year: .type(.time)
        case .lt, .lte, .gt, .gte: .comparison
        }
    }
}

extension Modifier.ValueType {
    /// Whether a modifier of a kind makes sense beside this type.
    func allows(_ kind: Modifier.Kind) -> Bool {
        switch kind {
        case .type, .linking: true
        case .opening: [.text, .expression, .reference].contains(self)
        case .transformation: self == .text
        case .placeholder: [.text, .expression, .network].contains(self)
        case .letterCase: [.text, .expression, .reference].contains(self)
        case .flag: self == .expression
        case .comparison: [.number, .time].contains(self)
        }
    }
}
