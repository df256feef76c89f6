internal import Events
internal import JSON
internal import KQL
internal import Sigma
internal import Tables

/// What one row of a result tells: whom it is about, and what its events have in common.
struct ResultRow {
    let result: QueryResult
    let row: Int
    let columns: ResultColumns

    private func text(_ column: Int) -> String? {
        let text = result.text(row: row, column: column)
        return text.isEmpty ? nil : text
    }

    /// The ids of events that it names.
    var eventIDs: [String] {
        columns.ids.flatMap { column -> [String] in
            let value = result.json(row: row, column: column)
            return value.array?.compactMap(\.string) ?? [value.string].compactMap { $0 }
        }
    }

    /// What the account may be called, most telling first.
    var accounts: [String] {
        let whole = columns.parts.flatMap { parts in
            text(parts.name).flatMap { name in
                text(parts.suffix).map { name.utf8.contains(UInt8(ascii: "@")) ? name : name + "@" + $0 }
            }
        }
        return [whole].compactMap { $0 } + columns.accounts.compactMap(text)
    }

    var addresses: [String] { columns.addresses.compactMap(text) }

    /// The texts of fields, the empty one where a field is not there; several where a join brought several.
    var fields: [EventField: Set<ByteText>] {
        columns.fields.reduce(into: [:]) { fields, part in
            fields[part.field, default: []].insert(ByteText(result.text(row: row, column: part.column)))
        }
    }

    /// In ticks since 1970.
    var times: [Int64] {
        columns.times.compactMap { column in
            result.json(row: row, column: column).string.flatMap { Timestamp($0) }?.ticks
        }
    }

    /// Whom it is about, by the columns that say so.
    var group: [RuleMatch.GroupValue] {
        let parts = columns.parts.map { [$0.name, $0.suffix] } ?? []
        var seen: Set<Int> = []
        return (parts + columns.accounts + columns.addresses).filter { seen.insert($0).inserted }.compactMap { column in
            text(column).map { RuleMatch.GroupValue(field: columns.names[column], value: $0) }
        }
    }

    /// How many columns a result may have to be shown: one of more shows whole events.
    private static let columnLimit = 30
    private static let textLimit = 200
    private static let elementLimit = 20

    /// What the query worked out, for people; `nil` where a row is a whole event.
    var figures: JSONValue? {
        guard columns.names.count <= Self.columnLimit else { return nil }
        let members = columns.names.indices.compactMap { column -> JSONValue.Member? in
            let value = result.json(row: row, column: column)
            guard !value.isNull, value.string?.isEmpty != true else { return nil }
            return JSONValue.Member(columns.names[column], Self.cut(value))
        }
        return .object(members)
    }

    private static func cut(_ value: JSONValue) -> JSONValue {
        if var elements = value.array {
            // A set has no order of its own, and the same events in another order would give another finding.
            let texts = elements.compactMap(\.string)
            if texts.count == elements.count {
                elements = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { .string($0) }
            }
            return .array(
                elements.prefix(elementLimit).map { element in
                    element.array == nil && element.members == nil ? cut(element) : .string("…")
                })
        }
        let text = value.string ?? (value.members == nil ? "" : value.text)
        guard text.utf8.count > textLimit else { return value }
        return .string(text.prefix(textLimit) + "…")
    }
}
