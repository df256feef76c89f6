extension ScalarType {
    /// `int`, `long`, `real` and `decimal`.
    var isNumeric: Bool { self == .int || self == .long || self == .real || self == .decimal }

    /// `int` and `long`.
    var isInteger: Bool { self == .int || self == .long }

    /// The type that holds values of both: the wider of two numeric types, or the type that they share.
    /// `nil` where there is none, `string` and `long` for example.
    static func common(_ left: ScalarType, _ right: ScalarType) -> ScalarType? {
        if left == right { return left }
        guard left.isNumeric, right.isNumeric else { return nil }
        return [.decimal, .real, .long].first { left == $0 || right == $0 }
    }
}
