public import Diagnostics

extension JSONValue {
    /// Reads one JSON text (RFC 8259), all of it or nothing.
    ///
    /// Strict: no comments, no trailing commas, no control characters or invalid UTF-8 in strings, no number
    /// beyond a double's range. A lone surrogate written as an escape becomes U+FFFD, and `-0` the whole number 0.
    /// Nesting is limited to ``JSONParser/depthLimit``. Linear in the input.
    ///
    /// - Throws: A `Diagnostic` whose place holds the byte of the fault.
    public init(parsing bytes: [UInt8]) throws(Diagnostic) {
        var outcome: Result<JSONValue, JSONFault> = .failure(JSONFault("is empty", at: 0))
        bytes.withUnsafeBufferPointer { outcome = JSONParser.parse(UnsafeRawBufferPointer($0)) }
        switch outcome {
        case .success(let value): self = value
        case .failure(let fault): throw fault.diagnostic
        }
    }

    /// As ``init(parsing:)-([UInt8])``, for text.
    public init(parsing text: String) throws(Diagnostic) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// Why a text is not JSON, and at which byte, counted from 0.
public struct JSONFault: Error, Hashable, Sendable {
    /// Reads on from "the text …": `ends inside a string`.
    public let reason: String
    public let byte: Int

    public init(_ reason: String, at byte: Int) {
        self.reason = reason
        self.byte = byte
    }

    var diagnostic: Diagnostic {
        Diagnostic("the JSON \(reason), at byte \(byte)", remedy: "Mend the text there", at: Place(file: "JSON", byte: byte))
    }
}

/// A recursive-descent JSON reader over raw bytes.
public struct JSONParser {
    /// How deeply arrays and objects may nest: far below what a 512 KiB stack bears.
    public static let depthLimit = 64

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Reads one value that must fill `bytes`, white space aside.
    public static func parse(_ bytes: UnsafeRawBufferPointer) -> Result<JSONValue, JSONFault> {
        var parser = JSONParser(bytes: bytes)
        return Result { () throws(JSONFault) in
            let value = try parser.value(depth: 0)
            parser.skipSpace()
            guard parser.position == bytes.count else { throw parser.fault("goes on after its end") }
            return value
        }
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private func fault(_ reason: String) -> JSONFault { JSONFault(reason, at: position) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipSpace()
        guard let byte = current else { throw fault(position == 0 ? "is empty" : "ends before a value") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw fault("has a character that begins no value")
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw fault("ends inside a word") }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] {
            throw fault("has a word that is not true, false or null")
        }
        position += count
        return value
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        try enter(depth)
        var members: [JSONValue.Member] = []
        if try closes(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw fault("needs a key in quotes") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fault("needs `:` after a key") }
            position += 1
            members.append(JSONValue.Member(key, try value(depth: depth)))
        } while try more(until: UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        if try closes(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value(depth: depth)) } while try more(until: UInt8(ascii: "]"))
        return .array(elements)
    }

    private mutating func enter(_ depth: Int) throws(JSONFault) {
        guard depth <= Self.depthLimit else { throw fault("nests deeper than \(Self.depthLimit) levels") }
        position += 1
    }

    private mutating func closes(_ close: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        guard current == close else { return false }
        position += 1
        return true
    }

    private mutating func more(until close: UInt8) throws(JSONFault) -> Bool {
        skipSpace()
        switch current {
        case UInt8(ascii: ","): position += 1; return true
        case close: position += 1; return false
        case nil: throw fault("ends inside \(close == UInt8(ascii: "]") ? "an array" : "an object")")
        default: throw fault("needs `,` or `\(Character(Unicode.Scalar(close)))`")
        }
    }
}

// MARK: Strings

extension JSONParser {
    private mutating func string() throws(JSONFault) -> String {
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

// MARK: Numbers

extension JSONParser {
    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        var whole = true
        if current == UInt8(ascii: ".") {
            whole = false
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            whole = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<position]), as: UTF8.self)
        if whole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw JSONFault("has a number out of range", at: start)
        }
        return .number(number)
    }

    private mutating func digits() throws(JSONFault) {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw fault("has a number without digits") }
    }
}
