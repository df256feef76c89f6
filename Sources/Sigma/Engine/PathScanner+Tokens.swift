// What of an event is passed over. Only what ends a value is looked at, since the event was valid when it was read.
extension PathScanner {
    func skip(_ start: Int) -> Int? {
        switch byte(start) {
        case UInt8(ascii: "\""): string(start).map { $0.close + 1 }
        case UInt8(ascii: "{"), UInt8(ascii: "["): nest(start)
        default: scalar(start)
        }
    }

    /// A number or a word: up to the sign or white space that ends it.
    func scalar(_ start: Int) -> Int? {
        var position = start
        while position < end, !Self.endsScalar(bytes[position]) { position += 1 }
        return position > start ? position : nil
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    /// The closing quote of the string that begins here, and whether it has escapes; eight bytes a step.
    func string(_ quote: Int) -> (close: Int, isEscaped: Bool)? {
        var position = quote + 1, isEscaped = false
        while position < end {
            if position + 8 <= end {
                let marks = Self.zeros(word(position) ^ Self.quotes) | Self.zeros(word(position) ^ Self.backslashes)
                guard marks != 0 else {
                    position += 8
                    continue
                }
                position += marks.trailingZeroBitCount >> 3
            }
            switch bytes[position] {
            case UInt8(ascii: "\""): return (position, isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// What follows the array or object that begins here; only quotes and brackets are looked at.
    func nest(_ start: Int) -> Int? {
        var position = start, depth = 0
        while position < end {
            if position + 8 <= end {
                let word = word(position)
                let marks = Self.zeros(word ^ Self.quotes) | Self.zeros((word | Self.bracketBits) ^ Self.brackets)
                guard marks != 0 else {
                    position += 8
                    continue
                }
                position += marks.trailingZeroBitCount >> 3
            }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let string = string(position) else { return nil }
                position = string.close
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return position + 1 }
            default: break
            }
            position += 1
        }
        return nil
    }

    @inline(__always)
    private func word(_ position: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    private static let quotes: UInt64 = 0x2222_2222_2222_2222
    private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C
    /// The four brackets differ in these bits alone; what else becomes the same with them stands in strings only.
    private static let bracketBits: UInt64 = 0x2626_2626_2626_2626
    private static let brackets: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    /// The high bit of the lowest byte that is zero; bytes above it may be marked wrongly.
    @inline(__always)
    private static func zeros(_ bytes: UInt64) -> UInt64 {
        (bytes &- 0x0101_0101_0101_0101) & ~bytes & 0x8080_8080_8080_8080
    }
}
