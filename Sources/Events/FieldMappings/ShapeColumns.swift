internal import Tables

/// Where the columns of one shape lead in a LogEvent.
struct ShapeColumns: Sendable {
    /// What a column holds.
    enum Destination: Sendable {
        /// A row of ``FieldMappings``; of several columns that hold it the one of the lowest rank counts.
        case field(row: Int, rank: Int, words: [String: String]?)
        /// A place beyond the table.
        case other([String])
        /// A field of one target; without an index, of all targets: one value each.
        case target(index: Int?, key: String)
    }

    let shape: EventShape
    private let listed: [ByteText: Destination]
    /// The names that lead to columns further inside.
    private let parents: Set<ByteText>
    /// Whether names beyond the table are read by the shape's rule.
    private let hasRule: Bool

    /// The columns of a shape.
    static subscript(_ shape: EventShape) -> ShapeColumns { all[shape] ?? ShapeColumns(shape: shape, names: []) }

    private static let all = Dictionary(
        uniqueKeysWithValues: EventShape.allCases.map { ($0, ShapeColumns($0)) })

    private init(_ shape: EventShape) {
        self.shape = shape
        var listed: [ByteText: Destination] = [:], parents: Set<ByteText> = []
        for (row, mapping) in FieldMappings.all.enumerated() {
            var columns = mapping.columns(in: shape)
            // What OCSF has no place for may stand there by Okta's own path.
            if shape == .ocsf { columns.append(Column("unmapped." + mapping.path)) }
            for (rank, column) in columns.enumerated() {
                listed[ByteText(column.name)] = Self.target(mapping.path)
                    ?? .field(row: row, rank: rank, words: column.words)
                parents.formUnion(Self.prefixes(of: column.name))
            }
        }
        self.listed = listed
        self.parents = parents
        hasRule = true
    }

    /// The columns of a table with these names, which may bear what the Log Analytics portal adds to those of times.
    init(shape: EventShape, names: [String]) {
        self.shape = shape
        let columns = names.compactMap { name in
            ShapeColumns[shape].destination(of: Self.plain(name)).map { (ByteText(name), $0) }
        }
        listed = Dictionary(columns, uniquingKeysWith: { first, _ in first })
        parents = []
        hasRule = false
    }

    /// A column's name without white space around it and without ` [UTC]`.
    static func plain(_ name: String) -> String {
        let name = name.trimmed
        return name.hasSuffix(" [UTC]") ? String(name.dropLast(6)).trimmed : name
    }

    /// Whether the table names the column, or it is one of a list or map whose columns are numbered or open.
    func lists(_ name: String) -> Bool {
        if listed[ByteText(name)] != nil { return true }
        // The rule costs more than the look-up, so it is asked only of names that can be of the two.
        let map = shape == .console ? "debug_context.debug_data." : "debugContext.debugData."
        guard hasRule, name.utf8.starts(with: "target".utf8) || name.utf8.starts(with: map.utf8) else { return false }
        switch byRule(name) {
        case nil, .field: return false
        case .other(let steps): return steps.first == "debugContext"
        case .target: return true
        }
    }

    /// The column of this name in the table.
    func listed(_ name: String) -> Destination? { listed[ByteText(name)] }

    /// What the column of this name holds; `nil` when that is no part of a LogEvent.
    func destination(of name: String) -> Destination? { listed[ByteText(name)] ?? (hasRule ? byRule(name) : nil) }

    /// Whether objects of this name hold columns.
    func leadsFurther(_ name: String) -> Bool { parents.contains(ByteText(name)) }

    /// The Okta paths that the columns hold.
    var paths: [String] {
        listed.values.map { destination in
            switch destination {
            case .field(let row, _, _): FieldMappings.all[row].path
            case .other(let steps): steps.joined(separator: ".")
            case .target(let index, let key): "target.\(index ?? 0).\(key)"
            }
        }
    }

    private static func prefixes(of name: String) -> [ByteText] {
        name.indices.filter { name[$0] == "." }.map { ByteText(String(name[..<$0])) }
    }
}

extension String {
    /// Without ASCII white space at both ends.
    fileprivate var trimmed: String {
        var rest = Substring(self)
        while let first = rest.utf8.first, first <= 0x20 { rest = rest.dropFirst() }
        while let last = rest.utf8.last, last <= 0x20 { rest = rest.dropLast() }
        return String(rest)
    }
}
