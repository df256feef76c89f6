/// Operators between two scalars, of which at most one stands on a level: `a == b == c` is refused.
enum ComparisonOperator: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case sameText = "=~"
    case otherText = "!~"
    case has
    case notHas = "!has"
    case hasCased = "has_cs"
    case notHasCased = "!has_cs"
    case hasPrefix = "hasprefix"
    case notHasPrefix = "!hasprefix"
    case hasPrefixCased = "hasprefix_cs"
    case notHasPrefixCased = "!hasprefix_cs"
    case hasSuffix = "hassuffix"
    case notHasSuffix = "!hassuffix"
    case hasSuffixCased = "hassuffix_cs"
    case notHasSuffixCased = "!hassuffix_cs"
    case contains
    case notContains = "!contains"
    case containsCased = "contains_cs"
    case notContainsCased = "!contains_cs"
    case startsWith = "startswith"
    case notStartsWith = "!startswith"
    case startsWithCased = "startswith_cs"
    case notStartsWithCased = "!startswith_cs"
    case endsWith = "endswith"
    case notEndsWith = "!endswith"
    case endsWithCased = "endswith_cs"
    case notEndsWithCased = "!endswith_cs"
    case like
    case notLike = "notlike"
    case likeCased = "likecs"
    case notLikeCased = "notlikecs"
    case matchesRegex = "matches regex"

    /// How tightly an operator binds. The texts' operators bind tighter than `*`, as Kusto's grammar has it.
    var level: ExpressionLevel {
        switch self {
        case .equal, .notEqual: .equality
        case .less, .lessOrEqual, .greater, .greaterOrEqual: .relation
        default: .text
        }
    }

    /// Operators that are written otherwise too; `:` is that of `search`.
    private static let aliases: [String: ComparisonOperator] = [
        "<>": .notEqual, ":": .has, "containscs": .containsCased, "notcontains": .notContains,
        "notcontainscs": .notContainsCased,
    ]

    init?(written text: String) {
        guard let operation = ComparisonOperator(rawValue: text) ?? Self.aliases[text] else { return nil }
        self = operation
    }
}

/// Operators with a list at their right.
enum MembershipOperator: String, CaseIterable, Sendable {
    case `in`
    case notIn = "!in"
    case inUncased = "in~"
    case notInUncased = "!in~"
    case hasAny = "has_any"
    case notHasAny = "!has_any"
    case hasAll = "has_all"
    case notHasAll = "!has_all"
}

enum ArithmeticOperator: String, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"

    var level: ExpressionLevel { self == .plus || self == .minus ? .sum : .product }
}

/// The levels of Kusto's expression grammar (Kql.g4), loosest first.
enum ExpressionLevel: Int, Comparable, Sendable {
    case pipeline, disjunction, conjunction, equality, relation, sum, product, text, sign, path

    static func < (left: ExpressionLevel, right: ExpressionLevel) -> Bool { left.rawValue < right.rawValue }
}
