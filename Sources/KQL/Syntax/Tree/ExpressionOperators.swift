/// Operators between two scalars, of which at most one stands on a level: `a == b == c` is refused.
enum ComparisonOperator: String, CaseIterable, Sendable {
    case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
    case sameText = "=~", otherText = "!~"
    case has, notHas = "!has", hasCased = "has_cs", notHasCased = "!has_cs"
    case hasPrefix = "hasprefix", notHasPrefix = "!hasprefix"
    case hasPrefixCased = "hasprefix_cs", notHasPrefixCased = "!hasprefix_cs"
    case hasSuffix = "hassuffix", notHasSuffix = "!hassuffix"
    case hasSuffixCased = "hassuffix_cs", notHasSuffixCased = "!hassuffix_cs"
    case contains, notContains = "!contains", containsCased = "contains_cs", notContainsCased = "!contains_cs"
    case startsWith = "startswith", notStartsWith = "!startswith"
    case startsWithCased = "startswith_cs", notStartsWithCased = "!startswith_cs"
    case endsWith = "endswith", notEndsWith = "!endswith"
    case endsWithCased = "endswith_cs", notEndsWithCased = "!endswith_cs"
    case like, notLike = "notlike", likeCased = "likecs", notLikeCased = "notlikecs"
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
    case `in`, notIn = "!in", inUncased = "in~", notInUncased = "!in~"
    case hasAny = "has_any", notHasAny = "!has_any", hasAll = "has_all", notHasAll = "!has_all"
}

enum ArithmeticOperator: String, Sendable {
    case plus = "+", minus = "-", times = "*", divided = "/", modulo = "%"

    var level: ExpressionLevel { self == .plus || self == .minus ? .sum : .product }
}

/// The levels of Kusto's expression grammar (Kql.g4), loosest first.
enum ExpressionLevel: Int, Comparable, Sendable {
    case pipeline, disjunction, conjunction, equality, relation, sum, product, text, sign, path

    static func < (left: ExpressionLevel, right: ExpressionLevel) -> Bool { left.rawValue < right.rawValue }
}
