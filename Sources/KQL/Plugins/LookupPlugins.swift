extension Plugins {
    /// Joins of addresses with the networks that they lie in.
    static let lookups: [Plugin] = [
        // The documentation shows the rows' columns first for version 4; the recorded engine has the table's first for
        // version 6.
        lookup("ipv4_lookup", isTableFirst: false) { NetworkAddress(version4: $0) },
        lookup("ipv6_lookup", isTableFirst: true) { NetworkAddress($0) },
    ]

    private static func lookup(
        _ name: String, isTableFirst: Bool, _ read: @escaping @Sendable (String) -> NetworkAddress?
    ) -> Plugin {
        Plugin(
            name, "(table, address, network [, key, …] [, return_unmatched])", arguments: 3...64,
            schema: .ofCall { header throws(FunctionFault) in
                guard let table = header.tables.first else {
                    throw FunctionFault("SEM0001", "\(name): argument #1 must be a table")
                }
                for index in [1, 2] { _ = try header.column(index, of: name) }
                for key in try keys(header, of: name) where table.index(named: header.columns[key].name) == nil {
                    throw FunctionFault("SEM0100", "\(name): the table has no column '\(header.columns[key].name)'")
                }
                var unique = UniqueNames()
                let sides = isTableFirst ? table + header.columns : header.columns + table
                return sides.map { ColumnSchema(unique.take($0.name), $0.type) }
            }, tableColumn: 2
        ) { call throws(FunctionFault) in
            let networks = try NetworkTable(call, keys: keys(call.header, of: name), of: name, read)
            return try matches(call, networks, isTableFirst: isTableFirst, of: name, read)
        }
    }

    /// The further columns that have to be equal on both sides.
    private static func keys(_ header: PluginHeader, of name: String) throws(FunctionFault) -> [Int] {
        var keys: [Int] = []
        for index in header.arguments.indices.dropFirst(3) where header.names[index] == nil {
            guard case .column = header.arguments[index] else { continue }
            _ = try header.schema(index, of: name)
            keys.append(try header.column(index, of: name))
        }
        return keys
    }

    private static func matches(
        _ call: PluginCall, _ networks: NetworkTable, isTableFirst: Bool, of name: String,
        _ read: (String) -> NetworkAddress?
    ) throws(FunctionFault) -> [[Scalar]] {
        let address = try call.header.column(1, of: name)
        let keys = try keys(call.header, of: name)
        let last = call.header.arguments.count - 1
        let givesAll = call.value("return_unmatched", or: max(last, 3)) == .bool(true)
        let nothing = call.header.tables[0].map { Scalar.none($0.type) }
        var rows: [[Scalar]] = []
        for row in call.rows {
            try call.context.checkTime()
            let found = read(row[address].text).map { networks.rows(holding: $0, keys: keys.map { row[$0] }) } ?? []
            let own = call.source(row)
            let partners = found.isEmpty && givesAll ? [nothing] : found.map { call.tables[0][$0] }
            rows += partners.map { isTableFirst ? $0 + own : own + $0 }
        }
        return rows
    }
}

/// The networks of a table, found by their bits.
private struct NetworkTable {
    private struct Key: Hashable {
        let bits: UInt128
        let prefix: Int
        let values: [Scalar]
    }

    private var indices: [Key: [Int]] = [:]
    private var prefixes: [Int] = []

    init(
        _ call: PluginCall, keys: [Int], of name: String, _ read: (String) -> NetworkAddress?
    ) throws(FunctionFault) {
        let column = try call.header.column(2, of: name)
        let table = call.header.tables[0]
        let places = keys.compactMap { table.index(named: call.header.columns[$0].name) }
        var found: Set<Int> = []
        for (index, row) in call.tables[0].enumerated() {
            guard let network = read(row[column].text) else { continue }
            found.insert(network.prefix)
            let key = Key(
                bits: network.network(network.prefix), prefix: network.prefix, values: places.map { row[$0] })
            indices[key, default: []].append(index)
        }
        prefixes = found.sorted(by: >)
    }

    func rows(holding address: NetworkAddress, keys: [Scalar]) -> [Int] {
        prefixes.filter { $0 <= address.prefix }.flatMap { prefix in
            indices[Key(bits: address.network(prefix), prefix: prefix, values: keys)] ?? []
        }
    }
}
