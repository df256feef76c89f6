/// One field of the System Log, and what each shape calls it.
struct FieldMapping: Sendable {
    /// Okta's own path.
    let path: String
    /// The path in steps.
    let steps: [String]
    let kind: FieldKind
    private let columns: [EventShape: [Column]]

    /// The columns of each shape stand the most faithful first; none where the shape does not carry the field.
    init(
        _ path: String, _ kind: FieldKind = .text, console: Columns = .spelled, elastic: Columns = [],
        oktaCL: Columns = .spelled, oktaV2: Columns = [], ocsf: Columns = [], flat: Columns = [],
        dotted: Columns = []
    ) {
        self.path = path
        steps = path.split(separator: ".").map(String.init)
        self.kind = kind
        columns = [
            .dotted: [Column(path)] + dotted.listed, .elastic: elastic.listed, .oktaV2: oktaV2.listed,
            .ocsf: ocsf.listed, .flat: flat.listed,
            .console: console.listed(or: OktaSpelling.snakeCase(path)),
            .oktaCL: oktaCL.listed(or: path.replacing(".", with: "_")),
        ]
    }

    /// The columns that hold the field in a shape, the most faithful first.
    func columns(in shape: EventShape) -> [Column] { columns[shape] ?? [] }
}

/// A column of a shape.
struct Column: Sendable, ExpressibleByStringLiteral {
    /// As the shape writes it; dots lead into objects. Those of Okta_CL stand without the type (`_s`, `_d`, …).
    let name: String
    /// Okta's words for the shape's own, where it has replaced them; other words are then no value.
    let words: [String: String]?

    init(_ name: String, words: [String: String]? = nil) {
        self.name = name
        self.words = words
    }

    init(stringLiteral name: String) { self.init(name) }
}

/// The columns of one shape in a row of the table.
enum Columns: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, Sendable {
    /// The shape has a rule by which it spells Okta's path.
    case spelled
    case named([Column])

    init(stringLiteral name: String) { self = .named([Column(name)]) }
    init(arrayLiteral elements: Column...) { self = .named(elements) }

    var listed: [Column] { if case .named(let columns) = self { columns } else { [] } }

    func listed(or name: String) -> [Column] { if case .named(let columns) = self { columns } else { [Column(name)] } }
}
