internal import JSON

/// Finds the values of JSON in bytes, as strictly as ``JSONParser`` reads them, and makes nothing of them.
struct JSONCursor {
    let bytes: UnsafeRawBufferPointer
    var position: Int
    /// What lies behind is not looked at, except in steps of sixteen bytes within `bytes`.
    let end: Int

    /// - Parameter range: Where to read; all where it is not given.
    init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    var isAtEnd: Bool { position >= end }
    var current: UInt8? { position < end ? bytes[position] : nil }

    func fault(_ reason: String) -> JSONFault { JSONFault(reason, at: position) }

    /// The next byte that is not white space.
    @inline(__always)
    mutating func peek() -> UInt8? {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    /// Goes past a byte, where it comes next.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }
}

/// A value of JSON, and where it stands.
struct JSONToken {
    enum Kind: UInt8 { case null, yes, no, integer, real, text, escapedText, array, object }

    let kind: Kind
    /// Its bytes; of a text those between the quotes.
    let range: Range<Int>

    /// Its bytes, with the quotes.
    var whole: Range<Int> {
        kind == .text || kind == .escapedText ? range.lowerBound - 1..<range.upperBound + 1 : range
    }
}

// MARK: Values

extension JSONCursor {
    /// Goes past the value that comes next.
    ///
    /// - Parameter depth: How many arrays and objects stand open around it.
    mutating func token(depth: Int) throws(JSONFault) -> JSONToken {
        guard let byte = peek() else { throw fault("ends before a value") }
        let start = position
        switch byte {
        case UInt8(ascii: "\""): return try text()
        case UInt8(ascii: "{"):
            var hasMore = try beginsObject(depth: depth + 1)
            while hasMore {
                _ = try key()
                _ = try token(depth: depth + 1)
                hasMore = try goesOn(until: UInt8(ascii: "}"))
            }
            return JSONToken(kind: .object, range: start..<position)
        case UInt8(ascii: "["):
            var hasMore = try beginsArray(depth: depth + 1)
            while hasMore {
                _ = try token(depth: depth + 1)
                hasMore = try goesOn(until: UInt8(ascii: "]"))
            }
            return JSONToken(kind: .array, range: start..<position)
        case UInt8(ascii: "t"): return try word("true", .yes)
        case UInt8(ascii: "f"): return try word("false", .no)
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("has a character that begins no value")
        }
    }

    /// Goes into the object that comes next; says whether it has a key.
    mutating func beginsObject(depth: Int) throws(JSONFault) -> Bool { try begins(depth, until: UInt8(ascii: "}")) }

    /// Goes into the array that comes next; says whether it has an element.
    mutating func beginsArray(depth: Int) throws(JSONFault) -> Bool { try begins(depth, until: UInt8(ascii: "]")) }

    private mutating func begins(_ depth: Int, until close: UInt8) throws(JSONFault) -> Bool {
        guard depth <= JSONParser.depthLimit else { throw fault("nests deeper than \(JSONParser.depthLimit) levels") }
        position += 1
        return !skip(close)
    }

    /// Goes past the key and the colon that come next.
    @inline(__always)
    mutating func key() throws(JSONFault) -> JSONToken {
        guard peek() == UInt8(ascii: "\"") else { throw fault("needs a key in quotes") }
        let key = try text()
        guard skip(UInt8(ascii: ":")) else { throw fault("needs `:` after a key") }
        return key
    }

    /// Goes past a comma, or past the closing bracket; says which.
    @inline(__always)
    mutating func goesOn(until close: UInt8) throws(JSONFault) -> Bool {
        switch peek() {
        case UInt8(ascii: ","):
            position += 1
            return true
        case close:
            position += 1
            return false
        case nil: throw fault("ends inside \(close == UInt8(ascii: "]") ? "an array" : "an object")")
        default: throw fault("needs `,` or `\(Character(Unicode.Scalar(close)))`")
        }
    }
}
