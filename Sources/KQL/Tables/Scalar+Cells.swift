internal import JSON
internal import Tables

// Values of files and records as those of a column whose type is known, in the contract's JSON forms.

extension Scalar {
    /// A JSON value as one of a type; null where it is none.
    ///
    /// Whole numbers alone are of `int` and `long`, also as `5.0`; texts are read as those of the type; of `string`
    /// anything else is its JSON.
    init(cell value: JSONValue, as type: ScalarType) {
        switch (type, value) {
        case (_, .null): self = .none(type)
        case (.dynamic, _): self = Scalar(Dynamic(value))
        case (_, .string(let text)): self = Scalar(cell: text, as: type)
        case (.string, _): self = .string(value.text)
        case (.bool, .bool(let bool)): self = .bool(bool)
        case (.bool, _): self = Scalar(value.double.map { $0 != 0 })
        case (.int, _): self = .fitting(value.integer)
        case (.long, _): self = Scalar(value.integer)
        case (.real, _): self = Scalar(value.double)
        case (.decimal, _) where value.double != nil: self = Scalar.string(value.text).converted(to: .decimal)
        default: self = .null(type)
        }
    }

    /// A text as a value of a type; null where it is none. A text that is to be dynamic is read as JSON.
    init(cell text: String, as type: ScalarType) {
        switch type {
        case .string: self = .string(text)
        case .dynamic: self = Scalar(Dynamic(parsing: text))
        case .int: self = .fitting(Self.wholeNumber(text))
        case .long: self = Scalar(Self.wholeNumber(text))
        case .datetime: self = Scalar(datetime: DatetimeText.read(text) ?? Timestamp(asOthersWrite: text)?.ticks)
        default: self = Scalar.string(text).converted(to: type)
        }
    }

    private static func fitting(_ number: Int64?) -> Scalar {
        number.flatMap { Int32(exactly: $0) }.map { .int($0) } ?? .null(.int)
    }

    private static func wholeNumber(_ text: String) -> Int64? {
        let text = text.trimmingBlanks
        return integer(text) ?? RealText.read(text).flatMap { Int64(exactly: $0) }
    }
}
