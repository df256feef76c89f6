internal import Tables

/// Which columns of a file are read, and as what.
struct TablePlan: Sendable {
    /// A column that is known before its values are read.
    struct Column: Sendable {
        let name: String
        /// `nil` where it is not known yet.
        var type: ScalarType?
        /// Whether somebody has said so, rather than the values.
        let isDeclared: Bool
        /// What is known of its values.
        var kinds: ValueKinds = []
    }

    private(set) var columns: [Column]
    /// Whether keys that are none of the columns become columns.
    let takesOthers: Bool
    /// Whether texts that hold arrays or objects are those where a column is dynamic: so write Log Analytics' exports.
    let opensTexts: Bool
    private let isCSV: Bool
    /// The most columns that it may have.
    let limit: Int
    /// Whether there were more.
    private(set) var isOverLimit = false

    /// The most columns that a file gives by itself; Log Analytics' own limit of a custom table is 500.
    static let columnLimit = 1000

    /// What is known before any value is read: the columns that are declared, and those of a CSV's header.
    init(_ declared: DeclaredColumns, _ layout: TableLayout) {
        columns = declared.columns.map { Column(name: $0.name, type: $0.type, isDeclared: true) }
        takesOthers = declared.takesOthers
        opensTexts = declared.opensTexts
        limit = columns.count + Self.columnLimit
        guard case .fields(_, let header) = layout else { isCSV = false; return }
        isCSV = true
        let known = Set(columns.map { ByteText($0.name) })
        for field in header where takesOthers && !known.contains(ByteText(field.name)) {
            add(Column(name: field.name, type: field.isTime ? .datetime : nil, isDeclared: field.isTime))
        }
    }

    private mutating func add(_ column: Column) {
        if columns.count < limit { columns.append(column) } else { isOverLimit = true }
    }

    /// Learns which columns chunks have, and what their values are.
    mutating func learn(from chunks: [ChunkRows]) {
        var places = columns.indices.reduce(into: [:]) { $0[Array(columns[$1].name.utf8)] = $1 }
        for chunk in chunks {
            isOverLimit = isOverLimit || chunk.hasTooManyKeys
            for (name, cells) in zip(chunk.names, chunk.columns) {
                let place = places[name] ?? columns.count
                if place == columns.count {
                    add(Column(name: String(decoding: name, as: UTF8.self), type: nil, isDeclared: false))
                    guard place < columns.count else { continue }
                    places[name] = place
                }
                columns[place].kinds.formUnion(cells.kinds)
            }
        }
    }

    /// Gives types to the columns that have none declared.
    ///
    /// - Parameter isFinal: Whether all values are known. Otherwise a column whose type any value may change has none.
    mutating func inferTypes(isFinal: Bool) {
        for index in columns.indices where !columns[index].isDeclared {
            let kinds = columns[index].kinds
            let type = isCSV ? kinds.fieldType ?? .string : kinds.jsonType ?? .dynamic
            columns[index].type = isFinal || !kinds.isUndetermined ? type : nil
        }
    }

    /// Whether values have to be read again, because a plan before this knew their type less well.
    func isOtherwise(than before: TablePlan) -> Bool {
        columns.indices.contains { index in
            let known = index < before.columns.count ? before.columns[index].type : nil
            return known != columns[index].type && !columns[index].kinds.subtracting(.empty).isEmpty
        }
    }

    /// The places of the columns in the order of the table: those declared, then the others as they first appear.
    func order(in chunks: [ChunkRows]) -> [Int] {
        var first: [[UInt8]: Int] = [:]
        for chunk in chunks {
            for (name, byte) in zip(chunk.names, chunk.firstBytes) { first[name] = min(first[name] ?? .max, byte) }
        }
        let bytes = columns.map { isCSV || $0.isDeclared ? -1 : first[Array($0.name.utf8)] ?? .max }
        return columns.indices.sorted { (bytes[$0], $0) < (bytes[$1], $1) }
    }
}
