/// A recursive-descent JSON reader over raw bytes.
public struct JSONParser {
    /// How deeply arrays and objects may nest: far below what a 512 KiB stack bears.
    public static let depthLimit = 64

    let bytes: UnsafeRawBufferPointer
    var position = 0

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

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func fault(_ reason: String) -> JSONFault { JSONFault(reason, at: position) }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

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
