import Tables

extension Literal {
    /// The literal of a type's name and the text between its parentheses; `nil` when the text is none.
    init?(_ type: LiteralType, _ content: String) {
        let text = content.trimmed
        switch type {
        case .typeName:
            guard let named = ScalarType(written: text) else { return nil }
            self = .type(named)
        case .scalar(let scalar):
            guard let literal = text == "null" ? Self.null(scalar) : Self.read(scalar, text.unquoted) else {
                return nil
            }
            self = literal
        }
    }

    /// The null of a type; `string` has none.
    private static func null(_ type: ScalarType) -> Literal? {
        switch type {
        case .bool: .bool(nil)
        case .int: .int(nil)
        case .long: .long(nil)
        case .real: .real(nil)
        case .decimal: .decimal(nil)
        case .datetime: .datetime(nil)
        case .timespan: .timespan(nil)
        case .guid: .guid(nil)
        case .string: nil
        case .dynamic: .dynamic(.null)
        }
    }

    private static func read(_ type: ScalarType, _ text: String) -> Literal? {
        switch type {
        case .bool: truth(text).map { .bool($0) }
        case .int: integer(text).flatMap { Int32(exactly: $0) }.map { .int($0) }
        case .long: integer(text).map { .long($0) }
        case .real: real(text).map { .real($0) }
        case .decimal: text.isDecimal ? .decimal(text) : nil
        case .datetime: Timestamp(kqlLiteral: text).map { .datetime($0) }
        case .timespan: Timespan(written: text).map { .timespan($0) }
        case .guid: text.guid.map { .guid($0) }
        case .string, .dynamic: nil
        }
    }

    private static func truth(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE", "1": true
        case "false", "False", "FALSE", "0": false
        default: nil
        }
    }

    private static func integer(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let digits = text.drop { $0 == "-" || $0 == "+" }
        guard text.utf8.count - digits.utf8.count <= 1, digits.utf8.first?.isDecimalDigit ?? false else { return nil }
        let isHexadecimal = digits.hasPrefix("0x") || digits.hasPrefix("0X")
        guard let magnitude = isHexadecimal ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits) else {
            return nil
        }
        if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
        return isHexadecimal ? Int64(truncatingIfNeeded: magnitude) : Int64(exactly: magnitude)
    }

    private static func real(_ text: String) -> Double? {
        switch text {
        case "nan", "NaN": .nan
        case "inf", "+inf", "Infinity", "+Infinity": .infinity
        case "-inf", "-Infinity": -.infinity
        default: text.isDecimal ? Double(text.hasSuffix(".") ? text + "0" : text) : nil
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        return String(decoding: utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed(), as: UTF8.self)
    }

    /// Without the quotes around it: `datetime("2025-11-12")`.
    fileprivate var unquoted: String {
        guard utf8.count >= 2, let first = utf8.first, first.isQuote, utf8.last == first else { return self }
        return String(dropFirst().dropLast())
    }

    /// A sign, digits with at most one point among them, and an exponent.
    fileprivate var isDecimal: Bool {
        var rest = Substring(self)
        if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
        let parts = rest.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, mantissa.utf8.contains(where: \.isDecimalDigit), parts.count <= 2 else {
            return false
        }
        let points = mantissa.utf8.filter { $0 == UInt8(ascii: ".") }.count
        guard points <= 1, mantissa.utf8.allSatisfy({ $0.isDecimalDigit || $0 == UInt8(ascii: ".") })
        else { return false }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].drop { $0 == "-" || $0 == "+" }
        return !exponent.isEmpty && exponent.utf8.count <= 4 && exponent.utf8.allSatisfy(\.isDecimalDigit)
    }

    /// The 36-character form of a GUID written with or without its dashes and braces.
    fileprivate var guid: String? {
        let body = hasPrefix("{") && hasSuffix("}") ? dropFirst().dropLast() : Substring(self)
        let digits = body.utf8.filter { $0 != UInt8(ascii: "-") }
        let dashes = body.utf8.enumerated().filter { $0.element == UInt8(ascii: "-") }.map(\.offset)
        guard digits.count == 32, digits.allSatisfy({ $0.hexadecimalValue != nil }),
            dashes == [] || dashes == [8, 13, 18, 23]
        else { return nil }
        let text = String(decoding: digits, as: UTF8.self).lowercased()
        let cuts = [0, 8, 12, 16, 20, 32].map { text.utf8.index(text.startIndex, offsetBy: $0) }
        return zip(cuts, cuts.dropFirst()).map { String(text[$0..<$1]) }.joined(separator: "-")
    }
}
