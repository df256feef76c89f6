internal import Tables

/// Reads records of a CSV as rows.
struct FieldRows {
    private(set) var rows: ChunkRows
    private let bytes: UnsafeRawBufferPointer
    /// For each field the column that it is of; `nil` where it is of none.
    private let columns: [Int?]
    private var scratch: [UInt8] = []

    init(_ bytes: UnsafeRawBufferPointer, _ header: [FieldName], _ plan: TablePlan) {
        self.bytes = bytes
        var rows = ChunkRows(plan)
        columns = header.map { field in Array(field.name.utf8).withUnsafeBytes { rows.column(of: $0) } }
        self.rows = rows
    }

    mutating func read(_ records: [CSVReader.Record]) { for record in records { read(record) } }

    private mutating func read(_ record: CSVReader.Record) {
        if let fault = record.fault { return rows.reject(fault.byte, fault.reason) }
        let start = record.range.lowerBound
        guard record.fields.count == columns.count else {
            let count = record.fields.count == 1 ? "1 field" : "\(record.fields.count) fields"
            return rows.reject(start, "has \(count) where the header has \(columns.count)")
        }
        let text = bytes[record.range]
        if text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil {
            return rows.reject(start, "has bytes that are not UTF-8")
        }
        for (field, column) in zip(record.fields, columns) where column != nil { take(field, column ?? 0) }
        rows.endRow()
    }

    private mutating func take(_ field: Range<Int>, _ column: Int) {
        let quote = UInt8(ascii: "\"")
        guard field.count >= 2, bytes[field.lowerBound] == quote else {
            return rows.take(field: UnsafeRawBufferPointer(rebasing: bytes[field]), column: column)
        }
        let inside = UnsafeRawBufferPointer(rebasing: bytes[field.lowerBound + 1..<field.upperBound - 1])
        guard inside.contains(quote) else { return rows.take(field: inside, column: column) }
        scratch.removeAll(keepingCapacity: true)
        var isSecond = false
        for byte in inside {
            isSecond = byte == quote && !isSecond
            if !isSecond { scratch.append(byte) }
        }
        scratch.withUnsafeBytes { rows.take(field: $0, column: column) }
    }
}
