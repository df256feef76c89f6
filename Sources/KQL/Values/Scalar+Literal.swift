extension Scalar {
    /// The value of a literal with a type's name, by the text between its parentheses: `int(5)`, `time(1.02:03:04)`,
    /// `datetime(2025-01-31)`; `null` is the type's null. `nil` where the text is none, and for `dynamic`.
    init?(_ type: ScalarType, literal text: String) {
        let text = text.trimmingBlanks
        if text == "null" {
            guard type != .string else { return nil }
            self = .null(type)
            return
        }
        let value: Scalar =
            switch type {
            case .int: Self.integer(text).flatMap(Int32.init(exactly:)).map { .int($0) } ?? .null(.int)
            case .bool, .long, .real, .decimal, .datetime, .timespan, .guid: Scalar.string(text).converted(to: type)
            case .string: .string(text)
            case .dynamic: .null(.dynamic)
            }
        guard !value.isNull else { return nil }
        self = value
    }
}
