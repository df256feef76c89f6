internal import CByteScan
internal import Foundation
internal import JSON

// Words, numbers and texts.

extension JSONCursor {
    mutating func word(_ text: StaticString, _ kind: JSONToken.Kind) throws(JSONFault) -> JSONToken {
        let start = position, count = text.utf8CodeUnitCount
        guard start + count <= end, let base = bytes.baseAddress, memcmp(base + start, text.utf8Start, count) == 0
        else { throw fault("has a word that is not true, false or null") }
        position += count
        return JSONToken(kind: kind, range: start..<position)
    }

    mutating func number() throws(JSONFault) -> JSONToken {
        let start = position
        var kind = JSONToken.Kind.integer, hasExponent = false
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            kind = .real
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            (kind, hasExponent) = (.real, true)
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let isLarge = hasExponent || position - start > 300
        if isLarge, Double(String(decoding: bytes[start..<position], as: UTF8.self))?.isFinite != true {
            throw JSONFault("has a number out of range", at: start)
        }
        return JSONToken(kind: kind, range: start..<position)
    }

    @inline(__always)
    private mutating func digits() throws(JSONFault) {
        let start = position
        while position < end, bytes[position].isDecimalDigit { position += 1 }
        guard position > start else { throw fault("has a number without digits") }
    }
}

extension JSONCursor {
    @inline(__always)
    mutating func text() throws(JSONFault) -> JSONToken {
        position += 1
        let start = position
        var kind = JSONToken.Kind.text
        while true {
            skipPlain()
            guard position < end else { throw fault("ends inside a string") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return JSONToken(kind: kind, range: start..<position - 1)
            case UInt8(ascii: "\\"):
                kind = .escapedText
                try escape()
            case 0..<0x20: throw fault("has a control character inside a string")
            case 0x80...: try character()
            default: position += 1
            }
        }
    }

    /// Goes to the next byte that is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private mutating func skipPlain() {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        while position + 16 <= bytes.count, position < end {
            let marks = byte_scan_marks(base + position)
            guard marks == 0 else { return position = min(end, position + marks.trailingZeroBitCount) }
            position += 16
        }
        while position < end, base[position] >= 0x20, base[position] < 0x80, base[position] != UInt8(ascii: "\""),
            base[position] != UInt8(ascii: "\\")
        {
            position += 1
        }
        position = min(end, position)
    }

    private mutating func escape() throws(JSONFault) {
        position += 1
        guard let byte = current else { throw fault("ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            guard position + 4 <= end, bytes[position..<position + 4].allSatisfy({ $0.hexadecimalDigit != nil }) else {
                throw fault("has a `\\u` escape without four hexadecimal digits")
            }
            position += 4
        default: throw fault("has an unknown escape inside a string")
        }
    }

    /// Goes past one character of several bytes (The Unicode Standard, table 3-7).
    private mutating func character() throws(JSONFault) {
        let second: ClosedRange<UInt8>, count: Int
        switch bytes[position] {
        case 0xC2...0xDF: (second, count) = (0x80...0xBF, 2)
        case 0xE0: (second, count) = (0xA0...0xBF, 3)
        case 0xED: (second, count) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, count) = (0x80...0xBF, 3)
        case 0xF0: (second, count) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, count) = (0x80...0xBF, 4)
        case 0xF4: (second, count) = (0x80...0x8F, 4)
        default: throw fault("has bytes that are not UTF-8 inside a string")
        }
        guard position + count <= end, second.contains(bytes[position + 1]),
            bytes[position + 2..<position + count].allSatisfy({ $0 & 0xC0 == 0x80 })
        else { throw fault("has bytes that are not UTF-8 inside a string") }
        position += count
    }
}
