internal import JSON
internal import Tables

/// A table of events: its columns, and how its rows are read.
struct EventCSV: Sendable {
    let header: [String]
    /// The shape of the rows, which knows how to read one again.
    let format: Format

    /// Reads the header, which is the first record; `nil` when its columns are those of no known shape.
    init?(_ reader: inout CSVReader) {
        guard let record = reader.next(), let header = reader.texts(of: record), var format = Format.csv(header: header)
        else { return nil }
        let delimiter = reader.delimiter
        format.value = { bytes in
            bytes.withUnsafeBytes { bytes in
                var reader = CSVReader(bytes, delimiter: delimiter)
                let texts = reader.next().flatMap { reader.texts(of: $0) } ?? []
                return CSVShape.row(texts, header: header)
            }
        }
        self.header = header
        self.format = format
    }

    /// The row of a record, or why it is none.
    func row(_ record: CSVReader.Record, of bytes: UnsafeRawBufferPointer) -> Result<JSONValue, CSVFault> {
        if let fault = record.fault { return .failure(fault) }
        guard record.fields.count == header.count else {
            let fields = "\(record.fields.count) field\(record.fields.count == 1 ? "" : "s")"
            return .failure(CSVFault("has \(fields) where the header has \(header.count)", at: record.range.lowerBound))
        }
        guard let texts = CSVReader.texts(of: record, in: bytes) else {
            return .failure(CSVFault("has bytes that are not UTF-8", at: record.range.lowerBound))
        }
        return .success(CSVShape.row(texts, header: header))
    }
}
