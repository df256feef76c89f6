/// The different texts of a column, so that what is read out of a text is read once for all rows that have it.
struct DistinctTexts {
    let texts: [String]
    /// For each row which of the texts it has.
    let places: Selection

    /// - Parameter column: Resolved. Values of other types count as their text.
    init(_ column: Column) {
        switch column.storage {
        case .constant(let value):
            texts = [value.text]
            places = Selection([Int32](repeating: 0, count: column.count))
        case .coded(let codes, let dictionary):
            // After a filter few of a dictionary's values may be left.
            var known = [Int32](repeating: -1, count: dictionary.count)
            var texts: [String] = []
            let places = codes.map { code -> Int32 in
                if known[Int(code)] < 0 {
                    known[Int(code)] = Int32(texts.count)
                    texts.append(dictionary[code].text)
                }
                return known[Int(code)]
            }
            self.texts = texts
            self.places = Selection(places)
        default:
            texts = (0..<column.count).map { column.value(at: $0).text }
            places = Selection((0..<Int32(column.count)).map { $0 })
        }
    }
}

/// What reads values out of a text.
protocol TextReader {
    /// The values of the reader's columns; `nil` where the text has another form.
    func values(of text: [UInt8]) -> [Scalar]?
}

/// Rows with columns that are read out of a text.
struct TextColumns {
    let frame: Frame
    let source: BoundExpression
    /// Where each of the reader's values stands in the result, and its type.
    let targets: [(index: Int, type: ScalarType)]
    let execution: Execution

    /// The frame with the columns in their places or behind the others; rows whose text has another form have none of
    /// the values, or are left out.
    func filled(_ schema: [ColumnSchema], by reader: some TextReader, dropsOthers: Bool) throws(KQLFault) -> Frame {
        let texts = DistinctTexts(try Evaluator(frame, execution).column(source))
        var builders = targets.map { ColumnBuilder($0.type, capacity: texts.texts.count) }
        var isKept: [Bool] = []
        for (index, text) in texts.texts.enumerated() {
            if index & 0xFFF == 0xFFF { try execution.check() }
            let values = reader.values(of: Array(text.utf8))
            isKept.append(values != nil)
            for index in builders.indices { builders[index].append(values?[index] ?? .none(targets[index].type)) }
        }
        var columns = frame.columns
        columns += schema.dropFirst(columns.count).map { .none($0.type, count: frame.count) }
        for (target, builder) in zip(targets, builders) {
            columns[target.index] = builder.column.picking(texts.places)
        }
        let filled = Frame(count: frame.count, columns)
        guard dropsOthers, isKept.contains(false) else { return filled }
        return filled.picking(
            (0..<Int32(frame.count)).filter { isKept[Int(texts.places.rows[Int($0)])] })
    }
}

extension Scalar {
    /// A part of a text as a value of a type; dynamic values are read as JSON.
    init(reading text: some Sequence<UInt8>, as type: ScalarType) {
        let text = String(decoding: Array(text), as: UTF8.self)
        self = type == .dynamic ? Scalar(Dynamic(parsing: text)) : Scalar.string(text).converted(to: type)
    }
}
