internal import JSON
internal import Tables

/// Tables of events: the Admin Console's CSV, and others whose columns are those of a known shape.
enum CSVShape {
    /// A header longer than this is none of ours; nor is a file without lines to be taken for one.
    private static let headerLimit = 4 << 20

    /// Whether a table of events begins here: its first record names at least two columns, and they are those of a
    /// known shape. Never for JSON. Reads the first line only.
    static func looksLikeCSV(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        let first = bytes[min(start, bytes.count)...].first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
        guard let first, first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return false }
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, start + headerLimit)])
        var reader = CSVReader(head, from: start)
        guard let record = reader.next(), record.fault == nil, record.fields.count >= 2,
            record.range.upperBound < head.count || head.count == bytes.count, let header = reader.texts(of: record)
        else { return false }
        return Format.csv(header: header) != nil
    }

    /// A record as an object of its columns, in their order. Empty cells are left out, and so are those beyond the
    /// header.
    static func row(_ fields: [String], header: [String]) -> JSONValue {
        .object(zip(header, fields).compactMap { name, cell in
            cell.isEmpty ? nil : JSONValue.Member(name, .string(cell))
        })
    }
}

extension Format {
    /// The format of the rows of a table, which ``CSVShape/row(_:header:)`` makes; what it cannot supply is told from
    /// the very columns. `nil` when the header has the columns of no known shape.
    ///
    /// Columns may be the Admin Console's, Okta's paths, those of Okta_CL or OktaV2_CL, Elastic's or the flat shape's.
    /// ` [UTC]`, which the Log Analytics portal adds to the names of times, is passed over. Splunk's and Elastic's
    /// exports may have a column with the event itself; a row is read from that where it holds one.
    static func csv(header: [String]) -> Format? {
        let names = header.map(ShapeColumns.plain), original = names.first(where: originals.contains)
        let shape = EventShape(ofColumns: names).flatMap(columnShape) ?? (original == nil ? nil : .dotted)
        guard let shape else { return nil }
        let columns = ShapeColumns(shape: shape, names: header)
        return Format(
            name: EventShape.console.rawValue,
            missingFields: original == nil ? FieldMappings.missing(supplied: columns.paths) : [],
            recognises: { _ in false },
            logEvent: { row in
                if let original, let event = FieldKind.object.value(row[original] ?? .null),
                    let format = Formats.format(of: event)
                {
                    return format.logEvent(event)
                }
                return FieldCollector.logEvent(row, columns: columns)
            })
    }

    private static let originals = ["_raw", "event.original"]

    /// The shape whose columns a table has. A LogEvent's own keys are paths without dots.
    private static func columnShape(_ shape: EventShape) -> EventShape? {
        switch shape {
        case .okta: .dotted
        case .panther, .ocsf: nil
        default: shape
        }
    }
}
