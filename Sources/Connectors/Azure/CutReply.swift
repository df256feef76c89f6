/// The beginning of a JSON text whose end was not read, made whole again after its last whole row.
enum CutReply {
    /// The text up to the last row that is whole, with all brackets closed.
    ///
    /// - Parameter depth: How many brackets are open around a row: 4 in `{"tables":[{"rows":[[…]]}]}`.
    /// - Returns: `nil` when no row is whole, or the nesting is deeper than the reader of JSON allows.
    static func closed(_ bytes: [UInt8], rowDepth depth: Int) -> [UInt8]? {
        var brackets = OpenBrackets(), atMark = OpenBrackets(), mark: Int?
        var position = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): position = stringEnd(bytes, position)
            case UInt8(ascii: "{"): guard brackets.open(isObject: true) else { return nil }
            case UInt8(ascii: "["): guard brackets.open(isObject: false) else { return nil }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                guard brackets.close() else { return nil }
                if brackets.count == depth { (mark, atMark) = (position + 1, brackets) }
            default: break
            }
            position += 1
        }
        return mark.map { Array(bytes[..<$0]) + atMark.closing }
    }

    /// The closing quote of the string that begins here, or the end.
    private static func stringEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return position
    }
}

/// Which brackets are open: a bit for each, as it is copied for every row.
private struct OpenBrackets {
    private(set) var count = 0
    private var objects: UInt64 = 0

    mutating func open(isObject: Bool) -> Bool {
        guard count < 64 else { return false }
        let bit = UInt64(1) << UInt64(count)
        objects = isObject ? objects | bit : objects & ~bit
        count += 1
        return true
    }

    mutating func close() -> Bool {
        guard count > 0 else { return false }
        count -= 1
        return true
    }

    /// What closes them all, the innermost first.
    var closing: [UInt8] {
        (0..<count).reversed().map { objects >> UInt64($0) & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }
}
