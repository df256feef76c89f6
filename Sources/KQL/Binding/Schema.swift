internal import Diagnostics

/// A column as the binder knows it.
struct ColumnSchema: Hashable, Sendable {
    let name: String
    let type: ScalarType

    init(_ name: String, _ type: ScalarType) {
        self.name = name
        self.type = type
    }
}

/// The columns of a table, in their order.
struct TableSchema: Hashable, Sendable {
    let columns: [ColumnSchema]
}

/// The tables that a query may read, by name. Letters count as they are, as in Kusto.
struct Catalog: Sendable {
    let tables: NameTable<TableSchema>

    init(_ tables: [String: TableSchema]) { self.tables = NameTable(tables) }

    /// The tables whose names fit a pattern with `*`, in the order of their names.
    func names(matching pattern: NamePattern) -> [String] {
        tables.names.filter(pattern.matches).sorted { $0.precedes($1) }
    }
}

extension [ColumnSchema] {
    /// Compared by bytes.
    func index(named name: String) -> Int? { firstIndex { $0.name.isSame(as: name) } }

    /// The name to suggest: the same in other letters, else the nearest.
    func suggestion(for name: String) -> String? { map(\.name).suggestion(for: name) }
}

extension [String] {
    /// `Did you mean …`, where one of these is near.
    func suggestion(for name: String) -> String? {
        guard name.utf8.count <= 80 else { return nil }
        let lowered = name.lowercased()
        let meant = first { $0.lowercased() == lowered } ?? nearest(to: name)
        return meant.map { "Did you mean `\($0)`?" }
    }
}

extension NamePattern {
    /// Whether a name fits; `*` stands for any letters. Linear in the name for each `*`.
    func matches(_ name: String) -> Bool {
        guard isWildcard else { return name.isSame(as: text) }
        let parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
        var rest = Array(name.utf8)[...]
        guard let first = parts.first, let last = parts.last, rest.starts(with: first) else { return false }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
