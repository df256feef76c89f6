/// The search for the end of one record.
struct CSVRecordScan {
    let bytes: UnsafeRawBufferPointer
    let delimiter: UInt8
    var position: Int
    var fields: [Range<Int>] = []
    var spansLines = false
    /// A quote stood inside an unquoted field. Such a record must not go on over lines: were that allowed, a file of
    /// half-open quotes would be searched to its end from each of its lines.
    private var hasLooseQuote = false

    init(bytes: UnsafeRawBufferPointer, delimiter: UInt8, position: Int) {
        self.bytes = bytes
        self.delimiter = delimiter
        self.position = position
    }

    /// Goes to the line end, or the end, behind the record.
    mutating func run() -> CSVFault? {
        while true {
            let start = position
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            if let fault = isQuoted ? skipQuoted() : skipPlain() { return fault }
            guard position < bytes.count, bytes[position] == delimiter else {
                fields.append(start..<CSVReader.withoutReturn(bytes, start..<position))
                return nil
            }
            fields.append(start..<position)
            position += 1
        }
    }

    private mutating func skipPlain() -> CSVFault? {
        while position < bytes.count, bytes[position] != delimiter, bytes[position] != 0x0A {
            if bytes[position] == UInt8(ascii: "\"") {
                if spansLines { return CSVFault("has a quote inside a field without quotes", at: position) }
                hasLooseQuote = true
            }
            position += 1
        }
        return nil
    }

    private mutating func skipQuoted() -> CSVFault? {
        let start = position
        position += 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { break }
                return endsField ? nil : CSVFault("goes on after the quote that closes a field", at: position)
            case 0x0A:
                if hasLooseQuote { return CSVFault("has a quote that is never closed", at: start) }
                spansLines = true
            default: break
            }
            position += 1
        }
        return CSVFault("has a quote that is never closed", at: start)
    }

    /// Whether a field may end here.
    private var endsField: Bool {
        guard position < bytes.count else { return true }
        if bytes[position] == 0x0D {
            let isLineEnd = position + 1 == bytes.count || bytes[position + 1] == 0x0A
            return isLineEnd
        }
        return bytes[position] == delimiter || bytes[position] == 0x0A
    }
}
