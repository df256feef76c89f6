/// Finds where JSON values begin and end in bytes, without reading them.
///
/// Knows strings and brackets, nothing else: what lies in a range it gives may still not be JSON.
struct DocumentScanner {
    let bytes: UnsafeRawBufferPointer
    var position: Int
    let end: Int

    init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// White space as JSON knows it; other control characters are content, and wrong there.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    mutating func skipSpace() {
        while position < end, Self.isSpace(bytes[position]) { position += 1 }
    }

    /// The next byte that is not white space.
    mutating func peek() -> UInt8? {
        skipSpace()
        return position < end ? bytes[position] : nil
    }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    /// The extent of the value that begins here, and whether it is closed. One that is not ends where it went wrong:
    /// at a bracket of the wrong kind, at a newline inside a string, or at the end.
    mutating func value() -> (range: Range<Int>, closed: Bool)? {
        guard let first = peek() else { return nil }
        let start = position
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let closed = skipBrackets()
            return (start..<position, closed)
        case UInt8(ascii: "\""):
            let closed = skipString()
            return (start..<position, closed)
        default:
            position += 1
            while position < end, !Self.endsWord(bytes[position]) { position += 1 }
            return (start..<position, true)
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
            || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
    }

    /// Goes past the bracket that closes the one here or, with `insideObject`, the brace that stands open before.
    mutating func skipBrackets(insideObject: Bool = false) -> Bool {
        var depth = insideObject ? 1 : 0
        // One bit a level, the innermost lowest: whether it is an object. Deeper than 64 is not JSON for us anyway.
        var objects: UInt64 = insideObject ? 1 : 0, isDeep = false
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard skipString() else { return false }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                isDeep = isDeep || depth > 64
                objects = objects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard isDeep || (objects & 1 == 1) == (byte == UInt8(ascii: "}")) else { return false }
                depth -= 1
                objects >>= 1
                if depth == 0 {
                    position += 1
                    return true
                }
            default: break
            }
            position += 1
        }
        return false
    }

    /// A newline ends a string that should have been closed: JSON has none inside.
    private mutating func skipString() -> Bool {
        position += 1
        while position < end {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return true
            case 0x0A: return false
            case UInt8(ascii: "\\") where position + 1 < end && bytes[position + 1] != 0x0A: position += 2
            default: position += 1
            }
        }
        return false
    }
}
