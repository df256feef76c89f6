internal import CByteScan
internal import Events
internal import JSON
internal import Tables

/// A column that is read from the raw events, all of it or for some rows.
struct RawColumn: Sendable {
    private let events: EventTable
    private let path: [[UInt8]]
    private let dottedPath: String
    private let type: ScalarType

    init(_ events: EventTable, _ path: [String], _ type: ScalarType) {
        self.events = events
        self.path = path.map { Array($0.utf8) }
        dottedPath = path.joined(separator: ".")
        self.type = type
    }

    /// The whole column.
    func read() throws(KQLFault) -> Column { try read((0..<Int32(events.count)).map { $0 }) }

    /// The column, not yet read.
    ///
    /// - Parameter late: Where it is kept once all of it was read.
    func column(keptIn late: LateColumn) -> Column {
        Column(of: type, count: events.count, on: { self.column(of: $0, keptIn: late) }) { () throws(KQLFault) in
            try late.column()
        }
    }

    /// Some rows of it, not yet read. Many rows are reason enough to read all, which are then there for the next query.
    private func column(of selection: Selection, keptIn late: LateColumn) -> Column {
        let isMost = selection.count > events.count / 4
        return Column(
            of: type, count: selection.count, on: { self.column(of: selection.picking($0), keptIn: late) }
        ) { () throws(KQLFault) in
            isMost ? try late.column().picking(selection).resolved() : try self.read(selection.rows)
        }
    }

    /// - Parameter rows: Of the events; −1 stands for none.
    private func read(_ rows: [Int32]) throws(KQLFault) -> Column {
        var values = StringPool(), codes: [Int32] = []
        codes.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            if index % 4096 == 0, Task.isCancelled {
                throw KQLFault("RUN0002", "the query was cancelled", at: SourceSpan(0, 0))
            }
            codes.append(row < 0 ? 0 : Int32(truncatingIfNeeded: code(of: events[Int(row)], &values)))
        }
        // Each different value is parsed once. Code 0 has no bytes, and is none.
        let scalars = (0..<UInt32(values.count)).map { code in
            values.withBytes(of: code) { Scalar(cell: (try? JSONParser.parse($0).get()) ?? .null, as: type) }
        }
        return Column(codes: codes, of: scalars, type)
    }

    /// The code of the JSON at the path.
    private func code(of event: OktaEvent, _ values: inout StringPool) -> UInt32 {
        guard event.isLogEvent else {
            return event.value(at: dottedPath).map { $0.isNull ? 0 : values.code(adding: $0.text) } ?? 0
        }
        return event.withRawBytes { bytes in
            var cursor = JSONCursor(bytes)
            guard let token = cursor.value(at: path[...]), token.kind != .null else { return 0 }
            return values.code(adding: UnsafeRawBufferPointer(rebasing: bytes[token.whole]))
        }
    }
}

extension JSONCursor {
    /// The value at a path of keys in the object that comes next; of a repeated key the last one. `nil` where there is
    /// none, and where the bytes are no JSON: they may lie in a file that another program has changed since.
    fileprivate mutating func value(at path: ArraySlice<[UInt8]>, depth: Int = 0) -> JSONToken? {
        guard let step = path.first else { return try? token(depth: depth) }
        guard peek() == UInt8(ascii: "{") else {
            skipValue(depth: depth)
            return nil
        }
        var found: JSONToken?
        guard var hasMore = try? beginsObject(depth: depth + 1) else { return nil }
        while hasMore {
            guard let key = try? key() else { return nil }
            if isKey(key, step) {
                found = value(at: path.dropFirst(), depth: depth + 1)
            } else {
                skipValue(depth: depth)
            }
            guard let goesOn = try? goesOn(until: UInt8(ascii: "}")) else { return nil }
            hasMore = goesOn
        }
        return found
    }

    /// Whether a key has these bytes.
    private func isKey(_ key: JSONToken, _ name: [UInt8]) -> Bool {
        let text = UnsafeRawBufferPointer(rebasing: bytes[key.range])
        guard key.kind == .escapedText else { return text.count == name.count && text.elementsEqual(name) }
        var plain: [UInt8] = []
        JSONParser.unescape(text, into: &plain)
        return plain == name
    }

    /// Goes past a value that was found to be JSON before.
    private mutating func skipValue(depth: Int) {
        guard let byte = peek(), byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["),
            let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        else {
            _ = try? token(depth: depth)
            return
        }
        position = byte_scan_nest(base + position, base + end).map { $0 - base } ?? end
    }
}
