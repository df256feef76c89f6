internal import Events
internal import JSON

/// Reads objects of JSON as rows, out of lines or out of a text that spans them.
struct JSONRows {
    private(set) var rows: ChunkRows
    private let bytes: UnsafeRawBufferPointer
    private var values: [(column: Int, token: JSONToken)] = []
    private var key: [UInt8] = []

    init(_ bytes: UnsafeRawBufferPointer, _ plan: TablePlan) {
        self.bytes = bytes
        rows = ChunkRows(plan)
    }

    /// Reads lines, each for itself.
    mutating func read(lines range: Range<Int>) {
        var position = range.lowerBound
        while position < range.upperBound {
            let line = Lines.line(of: bytes, from: position)
            read(line: line)
            position = line.upperBound + 1
        }
    }

    /// Reads what stands on a line: mostly an object, but also several, or arrays of them.
    private mutating func read(line: Range<Int>) {
        var cursor = JSONCursor(bytes, in: line)
        do throws(JSONFault) {
            while let byte = cursor.peek() {
                switch byte {
                case UInt8(ascii: "{"): try readObject(&cursor)
                case UInt8(ascii: "["): try readArray(&cursor)
                case UInt8(ascii: ","): cursor.position = cursor.position + 1
                default: try readOther(&cursor)
                }
            }
        } catch {
            rows.reject(error.byte, error.reason)
        }
    }

    private mutating func readArray(_ cursor: inout JSONCursor) throws(JSONFault) {
        var hasMore = try cursor.beginsArray(depth: 1)
        while hasMore {
            if cursor.peek() == UInt8(ascii: "{") { try readObject(&cursor) } else { try readOther(&cursor) }
            hasMore = try cursor.goesOn(until: UInt8(ascii: "]"))
        }
    }

    /// Goes past a value that is no row.
    private mutating func readOther(_ cursor: inout JSONCursor) throws(JSONFault) {
        let token = try cursor.token(depth: 1)
        rows.reject(token.whole.lowerBound, "is \(token.kind.name), not a JSON object")
    }

    /// Takes the object that comes next, all of it or nothing.
    private mutating func readObject(_ cursor: inout JSONCursor) throws(JSONFault) {
        values.removeAll(keepingCapacity: true)
        var hasMore = try cursor.beginsObject(depth: 1)
        while hasMore {
            let key = try cursor.key()
            let token = try cursor.token(depth: 1)
            if let column = column(of: key) { values.append((column, token)) }
            hasMore = try cursor.goesOn(until: UInt8(ascii: "}"))
        }
        for (column, token) in values { rows.take(token, of: bytes, column: column) }
        rows.endRow()
    }

    @inline(__always)
    private mutating func column(of key: JSONToken) -> Int? {
        let text = UnsafeRawBufferPointer(rebasing: bytes[key.range])
        guard key.kind == .escapedText else { return rows.column(of: text) }
        JSONParser.unescape(text, into: &self.key)
        return self.key.withUnsafeBytes { rows.column(of: $0) }
    }
}

// MARK: A text that spans lines

extension JSONRows {
    /// Reads objects that stand one after another, or in an array. After one that is broken, reading goes on at the
    /// next line that begins with an object.
    mutating func read(values range: Range<Int>) {
        var cursor = JSONCursor(bytes, in: range), isInArray = false, isWhole = true
        while let byte = cursor.peek() {
            isWhole = true
            switch byte {
            case UInt8(ascii: ","): cursor.position = cursor.position + 1
            case UInt8(ascii: "[") where !isInArray, UInt8(ascii: "]") where isInArray:
                isInArray.toggle()
                cursor.position = cursor.position + 1
            default: isWhole = readValue(&cursor)
            }
        }
        if isInArray, isWhole { rows.reject(range.upperBound, "ends inside an array") }
    }

    /// Says whether the value was JSON.
    private mutating func readValue(_ cursor: inout JSONCursor) -> Bool {
        let start = cursor.position
        do throws(JSONFault) {
            if cursor.peek() == UInt8(ascii: "{") { try readObject(&cursor) } else { try readOther(&cursor) }
            return true
        } catch {
            rows.reject(error.byte, error.reason)
            cursor.position = Lines.nextObject(in: bytes, start..<cursor.end)
            return false
        }
    }
}

extension JSONToken.Kind {
    /// With its article, for messages.
    fileprivate var name: String {
        switch self {
        case .null: "null"
        case .yes, .no: "a boolean"
        case .integer, .real: "a number"
        case .text, .escapedText: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
