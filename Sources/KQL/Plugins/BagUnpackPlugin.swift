extension Plugins {
    /// `bag_unpack(bag [, prefix] [, columnsConflict] [, ignoredProperties])`: the other columns, then one for each
    /// key, in the order of the keys' bytes, of the type that all its values have.
    static let bagUnpack = Plugin(
        "bag_unpack", "(bag [, prefix] [, columnsConflict] [, ignoredProperties])", arguments: 1...4,
        schema: .ofRows { call throws(FunctionFault) in try BagUnpacking(call).columns(call) }
    ) { call throws(FunctionFault) in try BagUnpacking(call).rows(call) }
}

/// A call of `bag_unpack`, read.
private struct BagUnpacking {
    /// What becomes of a column that a key has the name of.
    private enum Conflict: String {
        case error
        case replaceSource = "replace_source"
        case keepSource = "keep_source"
    }

    private let column: Int
    private let prefix: String
    private let conflict: Conflict
    private let ignored: Set<Scalar>
    private let kept: [Int]

    init(_ call: PluginCall) throws(FunctionFault) {
        column = try call.header.column(0, of: "bag_unpack")
        guard column < call.header.columns.count, call.header.columns[column].type == .dynamic else {
            throw FunctionFault("SEM0001", "bag_unpack: argument #1 must be a column of type dynamic")
        }
        prefix = (call.value("OutputColumnPrefix", or: 1) ?? call.value("column_prefix", or: 1))?.text ?? ""
        let word = call.value("columnsConflict", or: 2)?.text ?? "error"
        guard let conflict = Conflict(rawValue: word) else {
            throw FunctionFault(
                "SEM0001", "bag_unpack: '\(word)' is no way to settle a conflict",
                suggestion: "It is 'error', 'replace_source' or 'keep_source'.")
        }
        self.conflict = conflict
        let names = call.value("ignoredProperties", or: 3)?.packed.elements ?? []
        ignored = Set(names.map { .string(Scalar($0).text) })
        let bag = column
        kept = call.header.columns.indices.filter { $0 != bag }
    }

    private func key(_ member: Dynamic.Bag.Member) -> String? {
        ignored.contains(.string(member.key)) ? nil : prefix + member.key
    }

    func columns(_ call: PluginCall) throws(FunctionFault) -> [ColumnSchema] {
        var types: [Scalar: ScalarType?] = [:]
        for row in call.rows {
            for member in row[column].packed.bag?.members ?? [] {
                guard let name = key(member) else { continue }
                let type = member.value.isNull ? nil : Scalar(member.value).bagType
                guard let known = types[.string(name)] else {
                    types[.string(name)] = .some(type)
                    continue
                }
                types[.string(name)] = .some(known == nil ? type : type == nil || type == known ? known : .dynamic)
            }
        }
        let keys = types.map { ColumnSchema($0.key.text, $0.value ?? .dynamic) }.sorted { $0.name.precedes($1.name) }
        let source = kept.map { call.header.columns[$0] }
        let shared = keys.filter { source.index(named: $0.name) != nil }
        switch conflict {
        case .error:
            guard let first = shared.first else { return source + keys }
            throw FunctionFault(
                "RUN0001", "bag_unpack: the key '\(first.name)' is also a column",
                suggestion: "Give a prefix: bag_unpack(…, 'x_').")
        case .keepSource: return source + keys.filter { source.index(named: $0.name) == nil }
        case .replaceSource: return source.filter { keys.index(named: $0.name) == nil } + keys
        }
    }

    func rows(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        let source = kept.map { call.header.columns[$0] }
        let places = call.result.map { column in
            conflict == .replaceSource && isKey(column.name, call) ? nil : source.index(named: column.name)
        }
        var rows: [[Scalar]] = []
        for row in call.rows {
            try call.context.checkTime()
            var values: [Scalar: Dynamic] = [:]
            for member in row[column].packed.bag?.members ?? [] {
                if let name = key(member) { values[.string(name)] = member.value }
            }
            rows.append(
                zip(call.result, places).map { column, place in
                    if let place { return row[kept[place]].type == column.type ? row[kept[place]] : .none(column.type) }
                    return values[.string(column.name)].map { Scalar($0).unpacked(as: column.type) }
                        ?? .none(column.type)
                })
        }
        return rows
    }

    private func isKey(_ name: String, _ call: PluginCall) -> Bool {
        call.rows.contains { row in
            row[column].packed.bag?.members.contains { key($0)?.isSame(as: name) ?? false } ?? false
        }
    }
}

extension Scalar {
    /// The type of a column of such values: those of bags' members, whose bags and arrays stay dynamic.
    fileprivate var bagType: ScalarType {
        guard case .dynamic(let value) = self else { return type }
        return switch value {
        case .bool: .bool
        case .long: .long
        case .real: .real
        case .string: .string
        case .datetime: .datetime
        case .timespan: .timespan
        case .guid: .guid
        case .decimal: .decimal
        case .null, .array, .bag: .dynamic
        }
    }

    fileprivate func unpacked(as type: ScalarType) -> Scalar { type == .dynamic ? self : converted(to: type) }
}
