/// KQL's comparisons of two values.
enum Comparison: String, CaseIterable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// Whether the engine compares these types: the same, two numbers, a bool and a number, or a dynamic and anything.
    static func accepts(_ left: ScalarType, _ right: ScalarType) -> Bool {
        if left == right || left == .dynamic || right == .dynamic { return true }
        return (left.isNumeric || left == .bool) && (right.isNumeric || right == .bool)
    }

    /// With a null, `==` is false, `!=` true, and the orderings are null. NaN equals nothing and is ordered nowhere.
    func callAsFunction(_ left: Scalar, _ right: Scalar) -> Scalar {
        if left.isNull || right.isNull {
            switch self {
            case .equal: return .bool(false)
            case .notEqual: return .bool(true)
            default: return .null(.bool)
            }
        }
        if self == .equal || self == .notEqual { return .bool(Self.areEqual(left, right) == (self == .equal)) }
        guard let order = Self.order(left, right) else { return .bool(false) }
        switch self {
        case .less: return .bool(order < 0)
        case .lessOrEqual: return .bool(order <= 0)
        case .greater: return .bool(order > 0)
        default: return .bool(order >= 0)
        }
    }

    /// Whether two values that are not null are equal for KQL's `==`, `in` and `between`.
    static func areEqual(_ left: Scalar, _ right: Scalar) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): return left.isSame(as: right)
        case (.guid(let left), .guid(let right)): return left == right
        case (.dynamic(let left), .dynamic(let right)) where left.isContainer || right.isContainer: return left == right
        default: return order(left, right) == 0
        }
    }

    /// Less than zero where `left` comes first, zero where they are equal, `nil` where they cannot be ordered.
    static func order(_ left: Scalar, _ right: Scalar) -> Int? {
        switch (left, right) {
        case (.long(let left), .long(let right)), (.datetime(let left), .datetime(let right)),
            (.timespan(let left), .timespan(let right)):
            return sign(left, right)
        case (.real(let left), .real(let right)): return left.isNaN || right.isNaN ? nil : sign(left, right)
        case (.string(let left), .string(let right)): return order(left, right)
        case (.guid(let left), .guid(let right)): return sign(left, right)
        case (.dynamic(let left), .dynamic(let right)): return order(left, right)
        case (.dynamic(let dynamic), let typed): return dynamicOrder(dynamic, typed)
        case (let typed, .dynamic(let dynamic)): return dynamicOrder(dynamic, typed).map { -$0 }
        default: return numericOrder(left, right)
        }
    }

    /// By bytes, which is by code points.
    static func order(_ left: String, _ right: String) -> Int {
        left.isSame(as: right) ? 0 : left.precedes(right) ? -1 : 1
    }

    private static func sign<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left == right ? 0 : left < right ? -1 : 1
    }

    private static func numericOrder(_ left: Scalar, _ right: Scalar) -> Int? {
        guard accepts(left.type, right.type) else { return nil }
        if left.type == .decimal || right.type == .decimal {
            return left.decimal.flatMap { left in right.decimal.map { sign(left, $0) } }
        }
        if left.type == .real || right.type == .real {
            return left.double.flatMap { left in right.double.flatMap { left.isNaN || $0.isNaN ? nil : sign(left, $0) }
            }
        }
        return left.long.flatMap { left in right.long.map { sign(left, $0) } }
    }

    /// A dynamic beside a typed value counts as a value of that type, numbers as numbers.
    private static func dynamicOrder(_ dynamic: Dynamic, _ typed: Scalar) -> Int? {
        if typed.type == .string { return order(dynamic.text, typed.text) }
        let inner = dynamic.unpacked
        if inner.type.isNumeric, typed.type.isNumeric { return numericOrder(inner, typed) }
        let converted = inner.converted(to: typed.type)
        return converted.isNull ? nil : order(converted, typed)
    }

    private static func order(_ left: Dynamic, _ right: Dynamic) -> Int? {
        let (left, right) = (left.unpacked, right.unpacked)
        guard left.type != .dynamic, right.type != .dynamic, accepts(left.type, right.type) else { return nil }
        return order(left, right)
    }
}

extension Comparison {
    /// `value between (low .. high)`, both ends included; null where one of them is. A timespan behind a datetime says
    /// how far the range reaches from its start.
    static func between(_ value: Scalar, _ low: Scalar, _ high: Scalar) -> Scalar {
        let end = low.type == .datetime && high.type == .timespan ? Arithmetic.add(low, high) : high
        return Logic.and(greaterOrEqual(value, low), lessOrEqual(value, end))
    }
}

/// Kusto's operators on booleans, of which null is one of three values.
enum Logic {
    /// Null with anything is null, as the recorded answers have it, except where a side is false.
    static func and(_ left: Scalar, _ right: Scalar) -> Scalar {
        if left == .bool(false) || right == .bool(false) { return .bool(false) }
        guard case .bool = left, case .bool = right else { return .null(.bool) }
        return .bool(true)
    }

    static func or(_ left: Scalar, _ right: Scalar) -> Scalar {
        if left == .bool(true) || right == .bool(true) { return .bool(true) }
        guard case .bool = left, case .bool = right else { return .null(.bool) }
        return .bool(false)
    }

    static func not(_ value: Scalar) -> Scalar {
        guard case .bool(let bool) = value else { return .null(.bool) }
        return .bool(!bool)
    }
}
