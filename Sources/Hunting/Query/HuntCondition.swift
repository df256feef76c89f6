/// What the rows of a table must be like. Columns are the program's own words; values are the question's.
indirect enum HuntCondition: Hashable, Sendable {
    /// How a text is compared; case never counts.
    enum Match: String, Hashable, Sendable {
        case same = "=~"
        /// As a whole word.
        case has
        case contains
        case startsWith = "startswith"
        case endsWith = "endswith"
    }

    /// One of several values in a column, or in an expression that gives a text.
    case text(String, Match, [String])
    case number(String, [Int64])
    case truth(String, Bool)
    /// An address in one of these networks.
    case network(String, [String])
    /// Whether an address belongs to a private network.
    case privateAddress(String, Bool)
    /// A regular expression of the program's own.
    case pattern(String, String)
    case any([HuntCondition])
    case all([HuntCondition])
    case not(HuntCondition)
}

extension HuntCondition {
    /// The condition in KQL. Every value goes through ``KQLText``.
    var kql: String {
        switch self {
        case .text(let column, let match, let values): Self.text(column, match, values)
        case .number(let column, let values):
            values.count == 1 ? "\(column) == \(values[0])" : "\(column) in (\(Self.list(values.map { String($0) })))"
        case .truth(let column, let value): "\(column) == \(value)"
        case .network(let column, let networks):
            Self.joined(networks.map { "ipv4_is_in_range(\(column), \(KQLText.literal($0)))" }, "or")
        case .privateAddress(let column, let isPrivate): "ipv4_is_private(\(column)) == \(isPrivate)"
        case .pattern(let column, let pattern): "\(column) matches regex \(KQLText.literal(pattern))"
        case .any(let conditions): Self.joined(conditions.map(\.bracketed), "or")
        case .all(let conditions): Self.joined(conditions.map(\.bracketed), "and")
        case .not(.text(let column, .same, let values)): Self.unlike(column, values)
        case .not(let condition): "not(\(condition.kql))"
        }
    }

    private static func text(_ column: String, _ match: Match, _ values: [String]) -> String {
        let literals = values.map { KQLText.literal($0) }
        switch match {
        case .same where values.count == 1: return "\(column) \(isCaseless(values) ? "==" : "=~") \(literals[0])"
        case .same: return "\(column) \(isCaseless(values) ? "in" : "in~") (\(list(literals)))"
        case .has where values.count > 1: return "\(column) has_any (\(list(literals)))"
        default: return joined(literals.map { "\(column) \(match.rawValue) \($0)" }, "or")
        }
    }

    private static func unlike(_ column: String, _ values: [String]) -> String {
        let literals = values.map { KQLText.literal($0) }
        return values.count == 1
            ? "\(column) \(isCaseless(values) ? "!=" : "!~") \(literals[0])"
            : "\(column) \(isCaseless(values) ? "!in" : "!in~") (\(list(literals)))"
    }

    /// Whether no letter of the values has another case.
    private static func isCaseless(_ values: [String]) -> Bool {
        values.allSatisfy { $0.lowercased().utf8.elementsEqual($0.uppercased().utf8) }
    }

    private static func list(_ items: [String]) -> String { items.joined(separator: ", ") }

    private static func joined(_ parts: [String], _ word: String) -> String {
        parts.count == 1 ? parts[0] : parts.joined(separator: " \(word) ")
    }

    private var bracketed: String { needsBrackets ? "(\(kql))" : kql }

    /// Whether it must be bracketed beside another one.
    var needsBrackets: Bool {
        switch self {
        case .any(let conditions), .all(let conditions): conditions.count > 1
        case .text(_, let match, let values): values.count > 1 && match != .same && match != .has
        case .network(_, let networks): networks.count > 1
        default: false
        }
    }

    /// The columns that are read, where the condition names columns and paths into them.
    var columns: Set<String> {
        switch self {
        case .text(let column, _, _), .number(let column, _), .truth(let column, _), .network(let column, _),
            .pattern(let column, _), .privateAddress(let column, _):
            [Self.base(of: column)]
        case .any(let conditions), .all(let conditions): conditions.reduce(into: []) { $0.formUnion($1.columns) }
        case .not(let condition): condition.columns
        }
    }

    /// `InitiatedBy` of `tostring(InitiatedBy.user.id)`.
    static func base(of expression: String) -> String {
        let inner = expression.split(separator: "(").last ?? ""
        return String(inner.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }

    /// The condition on other columns of the same meaning; `nil` where one has none.
    func renamed(_ name: (String) -> String?) -> HuntCondition? {
        switch self {
        case .text(let column, let match, let values): name(column).map { .text($0, match, values) }
        case .number(let column, let values): name(column).map { .number($0, values) }
        case .truth(let column, let value): name(column).map { .truth($0, value) }
        case .network(let column, let networks): name(column).map { .network($0, networks) }
        case .privateAddress(let column, let isPrivate): name(column).map { .privateAddress($0, isPrivate) }
        case .pattern(let column, let pattern): name(column).map { .pattern($0, pattern) }
        case .any(let conditions):
            Self.some(conditions.compactMap { $0.renamed(name) }).map { .any($0) }
        case .all(let conditions):
            Self.each(conditions.map { $0.renamed(name) }).map { .all($0) }
        case .not(let condition): condition.renamed(name).map { .not($0) }
        }
    }

    private static func some(_ conditions: [HuntCondition]) -> [HuntCondition]? {
        conditions.isEmpty ? nil : conditions
    }

    private static func each(_ conditions: [HuntCondition?]) -> [HuntCondition]? {
        conditions.contains { $0 == nil } ? nil : conditions.compactMap { $0 }
    }
}
