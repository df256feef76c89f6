extension Plugins {
    /// `schema_merge`: results of `getschema`, as one.
    static let schemas: [Plugin] = [
        Plugin(
            "schema_merge", "([PreserveOrder])", arguments: 0...1,
            schema: .ofCall { header throws(FunctionFault) in
                let names = ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"]
                for name in names where header.columns.index(named: name) == nil {
                    throw FunctionFault(
                        "SEM0100", "schema_merge: there is no column '\(name)'",
                        suggestion: "Its rows come from `getschema`.")
                }
                return names.map { ColumnSchema($0, $0 == "ColumnOrdinal" ? .long : .string) }
            }, keepsOrder: true
        ) { call throws(FunctionFault) in merged(call) }
    ]

    /// A column as schemas have it.
    private struct Entry {
        var ordinals: Set<Int64>
        var types: [(data: String, column: String)]
        let name: String
    }

    private static func merged(_ call: PluginCall) -> [[Scalar]] {
        let places = ["ColumnName", "ColumnOrdinal", "DataType", "ColumnType"].compactMap {
            call.header.columns.index(named: $0)
        }
        let preservesOrder = call.value("PreserveOrder", or: 0) != .bool(false)
        var indices: [Scalar: Int] = [:]
        var entries: [Entry] = []
        for row in call.rows {
            let ordinal = row[places[1]].long ?? 0
            let type = (row[places[2]].text, row[places[3]].text)
            guard let index = indices[row[places[0]]] else {
                indices[row[places[0]]] = entries.count
                entries.append(Entry(ordinals: [ordinal], types: [type], name: row[places[0]].text))
                continue
            }
            entries[index].ordinals.insert(ordinal)
            if !entries[index].types.contains(where: { $0 == type }) { entries[index].types.append(type) }
        }
        return numbered(entries, preservesOrder: preservesOrder)
    }

    /// By their last places. A column that stands at several of them, or has several types, is at fault; the texts of
    /// that are the engine's.
    private static func numbered(_ entries: [Entry], preservesOrder: Bool) -> [[Scalar]] {
        let sorted = entries.enumerated().sorted { left, right in
            let (one, other) = (left.element.ordinals.max() ?? 0, right.element.ordinals.max() ?? 0)
            return one == other ? left.offset < right.offset : one < other
        }
        return sorted.map(\.element).enumerated().map { place, entry in
            let fault: String? =
                entry.types.count > 1
                ? "column type mismatch" : preservesOrder && entry.ordinals.count > 1 ? "columns are out of order" : nil
            guard let fault else {
                return [
                    .string(entry.name), .long(Int64(place)), .string(entry.types[0].data),
                    .string(entry.types[0].column),
                ]
            }
            return [
                .string(entry.name), .long(-1), .string("ERROR(unknown CSL type:ERROR(\(fault)))"),
                .string("ERROR(\(fault))"),
            ]
        }
    }
}
