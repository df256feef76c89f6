internal import JSON
internal import Tables

/// What kinds of values a column has: its type follows from all of them.
struct ValueKinds: OptionSet, Sendable {
    let rawValue: UInt16

    static let bool = ValueKinds(rawValue: 1)
    /// A whole number of 64 bits.
    static let long = ValueKinds(rawValue: 1 << 1)
    /// Any other number.
    static let real = ValueKinds(rawValue: 1 << 2)
    /// A text that is an ISO 8601 date, or date and time.
    static let datetime = ValueKinds(rawValue: 1 << 3)
    static let text = ValueKinds(rawValue: 1 << 4)
    static let empty = ValueKinds(rawValue: 1 << 5)
    /// What the contract writes for reals that JSON has no number for.
    static let realWord = ValueKinds(rawValue: 1 << 6)
    /// An array or an object.
    static let container = ValueKinds(rawValue: 1 << 7)

    /// The type of a column of JSON values; `nil` where there is none but nulls.
    ///
    /// A text that is empty is a null among times; texts among anything else make the column dynamic.
    var jsonType: ScalarType? {
        switch self {
        case []: nil
        case .bool: .bool
        case .long: .long
        case [.datetime], [.datetime, .empty]: .datetime
        case _ where isSubset(of: [.text, .empty, .datetime, .realWord]): .string
        case _ where isSubset(of: [.long, .real, .realWord]): .real
        default: .dynamic
        }
    }

    /// The type of a column of texts that are the fields of a CSV; `nil` where all are empty. The empty field is null.
    var fieldType: ScalarType? {
        switch subtracting(.empty) {
        case []: nil
        case .bool: .bool
        case .long: .long
        case .datetime: .datetime
        case .realWord: .string
        case let kinds where kinds.isSubset(of: [.long, .real, .realWord]): .real
        default: .string
        }
    }

    /// Whether a column of these kinds may turn out to be of any type yet.
    var isUndetermined: Bool { isSubset(of: [.empty, .realWord]) }
}

extension ValueKinds {
    init(of value: JSONValue) {
        switch value {
        case .null: self = []
        case .bool: self = .bool
        case .integer: self = .long
        case .number: self = .real
        case .array, .object: self = .container
        case .string(var text): self = text.withUTF8 { ValueKinds(text: UnsafeRawBufferPointer($0)) }
        }
    }

    /// Of the text of a JSON string.
    init(text: UnsafeRawBufferPointer) {
        if text.isEmpty {
            self = .empty
        } else if Self.ticks(text) != nil {
            self = .datetime
        } else {
            self = text.count <= 9 && Self.realWords.contains { text.elementsEqual($0.utf8) } ? .realWord : .text
        }
    }

    /// Of the text of a field. Whole numbers with a sign or with zeros in front are texts: they are names of something.
    init(field: UnsafeRawBufferPointer) {
        let kinds = ValueKinds(text: field)
        guard kinds == .text, field.count <= 32 else { self = kinds; return }
        if NumberText.isNumber(field) {
            self = NumberText.integer(field) != nil ? .long : NumberText.isWhole(field) ? .text : .real
        } else {
            let word = String(decoding: field, as: UTF8.self).lowercased()
            self = word == "true" || word == "false" ? .bool : .text
        }
    }

    private static let realWords = ["NaN", "Infinity", "-Infinity"]

    /// The ticks of an ISO 8601 text; `nil` for any other text, and outside Kusto's years.
    @inline(__always)
    static func ticks(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard (10...35).contains(text.count), text[0].isDecimalDigit, text[4] == UInt8(ascii: "-"),
            let ticks = Timestamp(ascii: text.assumingMemoryBound(to: UInt8.self))?.ticks,
            DatetimeText.range.contains(ticks)
        else { return nil }
        return ticks
    }
}

/// Numbers in bytes, as JSON writes them.
enum NumberText {
    /// The whole number of these digits, with or without a minus; `nil` beyond 64 bits and for anything else.
    @inline(__always)
    static func integer(_ text: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = text.count - (isNegative ? 1 : 0)
        guard digits > 0 else { return nil }
        guard digits <= 18 else { return isWhole(text) ? Int64(String(decoding: text, as: UTF8.self)) : nil }
        var number: Int64 = 0
        for index in (isNegative ? 1 : 0)..<text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return isNegative ? -number : number
    }

    /// Whether there is nothing but digits, and a minus in front.
    static func isWhole(_ text: UnsafeRawBufferPointer) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.allSatisfy(\.isDecimalDigit)
    }

    /// Whether it is a number in JSON's grammar.
    static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first, first == UInt8(ascii: "-") || first.isDecimalDigit else { return false }
        var cursor = JSONCursor(text)
        guard let token = try? cursor.token(depth: 0) else { return false }
        return cursor.isAtEnd && (token.kind == .integer || token.kind == .real)
    }
}
