extension JSONParser {
    mutating func string() throws(JSONFault) -> String {
        position += 1
        let start = position
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try utf8(start..<position)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw fault("has a control character inside a string") }
            position += 1
        }
        throw fault("ends inside a string")
    }

    /// The rest of a string that holds escapes: copied piece by piece.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var text = try utf8(start..<position)
        var run = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                text += try utf8(run..<position)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                text += try utf8(run..<position)
                position += 1
                text.unicodeScalars.append(try escape())
                run = position
            case 0..<0x20: throw fault("has a control character inside a string")
            default: position += 1
            }
        }
        throw fault("ends inside a string")
    }

    private func utf8(_ range: Range<Int>) throws(JSONFault) -> String {
        let slice = UnsafeRawBufferPointer(rebasing: bytes[range])
        guard let text = String(validating: slice, as: UTF8.self) else {
            let byte = range.lowerBound + Self.validCount(of: slice)
            throw JSONFault("has bytes that are not UTF-8 inside a string", at: byte)
        }
        return text
    }

    /// How many bytes stand before the first that begins no whole character.
    private static func validCount(of slice: UnsafeRawBufferPointer) -> Int {
        var parser = Unicode.UTF8.ForwardParser(), rest = slice.makeIterator(), count = 0
        while case .valid(let character) = parser.parseScalar(from: &rest) { count += character.count }
        return count
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        guard let byte = current else { throw fault("ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault("has an unknown escape inside a string")
        }
    }

    /// `\uXXXX`, two of them for a surrogate pair; a lone surrogate becomes U+FFFD, as it has no UTF-8.
    private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let first = try hexQuad()
        if let scalar = Unicode.Scalar(UInt32(first)) { return scalar }
        guard first < 0xDC00, position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let back = position
        position += 2
        let second = try hexQuad()
        guard (0xDC00...0xDFFF).contains(second) else {
            position = back
            return "\u{FFFD}"
        }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    private mutating func hexQuad() throws(JSONFault) -> UInt16 {
        guard position + 4 <= bytes.count else { throw fault("ends inside an escape") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, bytes[position] < 0x80 else {
                throw fault("has a `\\u` escape without four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}

extension JSONParser {
    /// Puts the text of a string that is known to be valid, without its quotes, in the place of what `text` holds.
    public static func unescape(_ bytes: UnsafeRawBufferPointer, into text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        var parser = JSONParser(bytes: bytes)
        while let byte = parser.current {
            parser.position += 1
            if byte == UInt8(ascii: "\\"), let scalar = try? parser.escape() {
                text += UTF8.encode(scalar).map(Array.init) ?? []
            } else {
                text.append(byte)
            }
        }
    }
}
