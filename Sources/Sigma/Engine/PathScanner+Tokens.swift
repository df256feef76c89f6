internal import CByteScan

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

    /// The closing quote of the string that begins here, and whether it has escapes; sixteen bytes a step.
    func string(_ quote: Int) -> (close: Int, isEscaped: Bool)? {
        var position = quote + 1, isEscaped = false
        while position < end {
            if position + 16 <= end, let base = bytes.baseAddress {
                let marks = byte_scan_quotes((base + position).assumingMemoryBound(to: UInt8.self))
                guard marks != 0 else {
                    position += 16
                    continue
                }
                position += marks.trailingZeroBitCount
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

    /// What follows the array or object that begins here.
    func nest(_ start: Int) -> Int? {
        guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), start < end else { return nil }
        return byte_scan_nest(base + start, base + end).map { $0 - base }
    }
}
