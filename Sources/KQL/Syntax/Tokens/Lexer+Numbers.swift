// Numbers, timespans such as 1.5h, and literals that are written as a type and a text in parentheses.

extension Lexer {
    mutating func number(from start: Int) -> Token {
        if let hexadecimal = hexadecimal(from: start) { return hexadecimal }
        skipDigits()
        let whole = position
        if peek() == UInt8(ascii: "."), let next = peek(1), next.isDecimalDigit {
            position += 1
            skipDigits()
        } else if peek() == UInt8(ascii: "."), peek(1) != UInt8(ascii: "."), !(peek(1)?.isNameStart ?? false) {
            position += 1
        }
        skipExponent()
        let digits = position
        while let byte = peek(), byte.isNamePart { position += 1 }
        let unit = String(decoding: bytes[digits..<position], as: UTF8.self)
        if unit.isEmpty { return whole == digits ? integer(bytes[start..<digits], 10, from: start) : real(from: start) }
        if let ticks = Timespan.Unit(written: unit) { return timespan(bytes[start..<digits], ticks, from: start) }
        // Names may begin with digits: `1us` is a name to Kusto, and only the binder finds that nobody has it.
        if whole == digits { return token(.word(text(from: start)), from: start) }
        return bad(
            "`\(text(from: start).shortened)` is no number", "Units are d, h, m, s, ms, microsecond and tick",
            from: start)
    }

    private mutating func hexadecimal(from start: Int) -> Token? {
        guard peek() == UInt8(ascii: "0"), peek(1).map({ $0 | 0x20 }) == UInt8(ascii: "x") else { return nil }
        let first = start + 2
        let digits = bytes[first...].prefix { $0.hexadecimalValue != nil }
        guard !digits.isEmpty, digits.endIndex == bytes.count || !bytes[digits.endIndex].isNamePart else { return nil }
        position = digits.endIndex
        return integer(digits, 16, from: start)
    }

    private mutating func skipDigits() {
        while let byte = peek(), byte.isDecimalDigit { position += 1 }
    }

    private mutating func skipExponent() {
        guard let letter = peek(), letter | 0x20 == UInt8(ascii: "e") else { return }
        let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
        guard let digit = peek(signed ? 2 : 1), digit.isDecimalDigit else { return }
        position += signed ? 2 : 1
        skipDigits()
    }

    private func text(from start: Int) -> String { String(decoding: bytes[start..<position], as: UTF8.self) }

    private func integer(_ digits: ArraySlice<UInt8>, _ radix: Int, from start: Int) -> Token {
        guard let value = UInt64(String(decoding: digits, as: UTF8.self), radix: radix) else {
            return bad("this number does not fit a long", "Write it as decimal(…) or with a decimal point", from: start)
        }
        return token(.integer(value), from: start)
    }

    private func real(from start: Int) -> Token {
        var digits = text(from: start)
        if digits.hasSuffix(".") { digits += "0" }
        guard let value = Double(digits) ?? Double(digits.replacing(".e", with: ".0e").replacing(".E", with: ".0e"))
        else {
            return bad("`\(digits.shortened)` is no number", nil, from: start)
        }
        return token(.literal(.real(value)), from: start)
    }

    private func timespan(_ digits: ArraySlice<UInt8>, _ unit: Timespan.Unit, from start: Int) -> Token {
        guard let value = Timespan(String(decoding: digits, as: UTF8.self), unit) else {
            return bad("this timespan is out of range", "The longest is 10675199 days", from: start)
        }
        return token(.literal(.timespan(value)), from: start)
    }
}

// MARK: type(text)

extension Lexer {
    /// After the name of a type: the literal that it begins; `nil` when no parenthesis follows.
    mutating func bracketedLiteral(_ type: LiteralType, from start: Int) -> Token? {
        let name = position
        while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
        guard peek() == UInt8(ascii: "(") else {
            position = name
            return nil
        }
        let first = position + 1
        guard let close = bytes[first...].firstIndex(of: UInt8(ascii: ")")) else {
            position = bytes.count
            return bad("this literal is not closed", "Close it with )", from: start, isOpen: true)
        }
        position = close + 1
        let content = String(decoding: bytes[first..<close], as: UTF8.self)
        if let literal = Literal(type, content) { return token(.literal(literal), from: start) }
        return bad(
            "`\(text(from: start).shortened)` is no \(type.name)", type.advice, from: start,
            at: SourceSpan(start, position))
    }
}

extension String {
    /// What an error may quote of a text that has no limit.
    var shortened: String { utf8.count <= 60 ? self : String(unicodeScalars.prefix(40)) + "…" }
}
