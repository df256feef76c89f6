internal import Diagnostics
internal import Events
internal import JSON
internal import Tables

/// The columns that a table is said to have, and by whom.
enum DeclaredColumns: Sendable {
    /// By nobody: all is inferred.
    case none
    /// By a file beside the table: it has these and no others.
    case complete([ColumnSchema])
    /// By the table's name, which is that of a known table: it may have others.
    case known([ColumnSchema])

    var columns: [ColumnSchema] {
        switch self {
        case .none: []
        case .complete(let columns), .known(let columns): columns
        }
    }

    var takesOthers: Bool { if case .complete = self { false } else { true } }
    var opensTexts: Bool { if case .known = self { true } else { false } }

    /// Those of a name that is a known table's.
    init(ofTable name: String) { self = KnownTables.schema(of: name).map { .known($0) } ?? .none }

    /// Those of a file's bytes: `{"columns":[{"name":"x","type":"long"}]}` (contract.md, "JSON values").
    init(schema: RawBytes) throws(Diagnostic) {
        let value: JSONValue
        switch schema.withBytes(JSONParser.parse) {
        case .success(let parsed): value = parsed
        case .failure(let fault): throw Self.fault("the file \(fault.reason)", schema, byte: fault.byte)
        }
        guard let entries = value["columns"]?.array else {
            throw Self.fault("there is no list `columns` in it", schema)
        }
        var columns: [ColumnSchema] = [], names: Set<ByteText> = []
        for entry in entries {
            guard let name = entry["name"]?.string, let word = entry["type"]?.string else {
                throw Self.fault("a column has no `name` or no `type`", schema)
            }
            guard let type = ScalarType(written: word) else {
                throw Self.fault("the column `\(name)` has the type `\(word)`, which is none", schema)
            }
            guard names.insert(ByteText(name)).inserted else {
                throw Self.fault("the column `\(name)` is there twice", schema)
            }
            columns.append(ColumnSchema(name, type))
        }
        self = .complete(columns)
    }

    private static func fault(_ problem: String, _ schema: RawBytes, byte: Int? = nil) -> Diagnostic {
        Diagnostic(
            "the columns cannot be read: \(problem)",
            remedy: #"Write `{"columns":[{"name":"x","type":"long"}]}`, or remove the file"#,
            at: Place(file: schema.name, byte: byte))
    }
}
