/// Finds the elements of a JSON array in bytes, without reading them.
///
/// Knows strings and brackets, nothing else: what lies in a range may still not be JSON.
enum ArrayElements {
    /// The range of each element, white space around it left out; `nil` when the bytes are not one closed array.
    static func ranges(of bytes: [UInt8]) -> [Range<Int>]? {
        var position = skipSpace(bytes, 0)
        guard position < bytes.count, bytes[position] == UInt8(ascii: "[") else { return nil }
        position = skipSpace(bytes, position + 1)
        if position < bytes.count, bytes[position] == UInt8(ascii: "]") { return isEnd(bytes, position + 1) ? [] : nil }
        var ranges: [Range<Int>] = []
        while true {
            let start = position
            guard let end = elementEnd(bytes, start) else { return nil }
            ranges.append(start..<trimmed(bytes, start..<end))
            if bytes[end] == UInt8(ascii: "]") { return isEnd(bytes, end + 1) ? ranges : nil }
            position = skipSpace(bytes, end + 1)
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func skipSpace(_ bytes: [UInt8], _ start: Int) -> Int {
        var position = start
        while position < bytes.count, isSpace(bytes[position]) { position += 1 }
        return position
    }

    private static func isEnd(_ bytes: [UInt8], _ start: Int) -> Bool { skipSpace(bytes, start) == bytes.count }

    private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound, isSpace(bytes[end - 1]) { end -= 1 }
        return end
    }

    /// Where the comma or bracket stands that ends the element that begins here.
    private static func elementEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
        var position = start, depth = 0
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""): position = stringEnd(bytes, position)
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "]") where depth <= 0: return position
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth <= 0: return position
            default: break
            }
            position += 1
        }
        return nil
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
