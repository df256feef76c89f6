/// `evaluate bag_unpack(bag, prefix, conflict, ignored)`: a column for each property of a bag, after the other columns
/// and in the order of their names. A property's type is its values'; `dynamic` where they have several.
/// (Kusto documentation, *bag_unpack plugin*)
struct UnpackedBags {
    private let frame: Frame
    private let columns: [ColumnSchema]
    /// The column that the bags stand in, which is left out.
    private let bagColumn: Int?
    private let bags: Column
    private let prefix: String
    private let ignored: Set<Scalar>
    private let conflict: Conflict
    private let span: SourceSpan
    private let execution: Execution

    /// What a property means that has the name of another column.
    private enum Conflict: String {
        case error
        case replaceSource = "replace_source"
        case keepSource = "keep_source"
    }

    init(
        _ frame: Frame, _ columns: [ColumnSchema], _ plugin: BoundPlugin, _ execution: Execution
    ) throws(KQLFault) {
        guard let bag = plugin.arguments.first, bag.type == .dynamic else {
            throw KQLFault(
                "SEM0001", "bag_unpack: a dynamic column is expected",
                at: plugin.arguments.first?.span ?? SourceSpan(0, 0))
        }
        self.frame = frame
        self.columns = columns
        self.execution = execution
        span = bag.span
        bagColumn = bag.column
        bags = try Evaluator(frame, execution).column(bag)
        var options: [Scalar] = []
        for argument in plugin.arguments.dropFirst() { options.append(try execution.value(argument)) }
        // The words of a conflict and a list are not to be mistaken for a prefix, so that names are not needed.
        let texts = options.filter { $0.type == .string }.map(\.text)
        conflict = texts.compactMap(Conflict.init).first ?? .error
        prefix = texts.first { Conflict(rawValue: $0) == nil } ?? ""
        ignored = Set(options.flatMap { $0.packed.elements ?? [] }.map { .string($0.text) })
    }

    func schema() throws(KQLFault) -> [ColumnSchema] {
        var types = self.types
        var schema: [ColumnSchema] = []
        for (index, column) in columns.enumerated() where index != bagColumn {
            let key = Scalar.string(column.name)
            guard let type = types.removeValue(forKey: key) else {
                schema.append(column)
                continue
            }
            switch conflict {
            case .error:
                throw KQLFault(
                    "SEM0001", "bag_unpack: the property '\(column.name)' has the name of another column", at: span,
                    suggestion: "Say what it means: `columnsConflict = 'replace_source'` or `'keep_source'`.")
            case .keepSource: schema.append(column)
            case .replaceSource: schema.append(ColumnSchema(column.name, type))
            }
        }
        let rest = types.map { ColumnSchema($0.key.text, $0.value) }
        return schema + rest.sorted { $0.name.precedes($1.name) }
    }

    /// The properties of all bags by their columns' names, and their types. The names stand as values, which are
    /// compared by bytes.
    private var types: [Scalar: ScalarType] {
        var types: [Scalar: ScalarType] = [:]
        var untyped: Set<Scalar> = []
        for member in usedMembers where !ignored.contains(.string(member.key)) {
            let name = Scalar.string(prefix + member.key)
            if member.value.isNull {
                untyped.insert(name)
                continue
            }
            let type = member.value.unpacked.type
            types[name] = types[name].map { $0 == type ? type : .dynamic } ?? type
        }
        // Null everywhere, a property has no type of its own.
        for name in untyped where types[name] == nil { types[name] = .dynamic }
        return types
    }

    private var usedMembers: [Dynamic.Bag.Member] {
        switch bags.storage {
        case .coded(let codes, let dictionary):
            Set(codes).sorted().flatMap { dictionary[$0].packed.bag?.members ?? [] }
        case .constant(let value) where frame.count > 0: value.packed.bag?.members ?? []
        default: []
        }
    }

    /// The columns of a schema, by their names; what no bag has is null.
    func frame(of schema: [ColumnSchema]) throws(KQLFault) -> Frame {
        let types = conflict == .replaceSource ? self.types : [:]
        let result = schema.map { column -> Column in
            let source = columns.indices.first { $0 != bagColumn && columns[$0].name.isSame(as: column.name) }
            if let source, types[.string(column.name)] == nil { return frame.columns[source] }
            return Column(of: column.type, count: frame.count) { () throws(KQLFault) in try property(column) }
        }
        return Frame(count: frame.count, result)
    }

    private func property(_ column: ColumnSchema) throws(KQLFault) -> Column {
        try execution.check()
        guard column.name.utf8.starts(with: prefix.utf8) else { return .none(column.type, count: frame.count) }
        let key = String(decoding: column.name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        switch bags.storage {
        case .constant(let bag): return Column(constant: Self.property(key, of: bag, column.type), count: frame.count)
        case .coded(let codes, let dictionary):
            var builder = ColumnBuilder(column.type, capacity: dictionary.count)
            for code in 0..<Int32(dictionary.count) {
                builder.append(Self.property(key, of: dictionary[code], column.type))
            }
            return builder.column.picking(Selection(codes))
        default: return .none(column.type, count: frame.count)
        }
    }

    private static func property(_ key: String, of bag: Scalar, _ type: ScalarType) -> Scalar {
        Scalar(bag.packed[key]).converted(to: type)
    }
}
