public import JSON

/// What a question asks for, as the built-in analyst understood it.
public struct HuntIntent: Hashable, Sendable {
    /// In words: `sign-ins`, `run keys`.
    public let subject: String
    /// The tables that are asked.
    public let tables: [String]
    /// Restrictions in words: `failed`, `remote desktop`.
    public let qualifiers: [String]
    /// Whom and what the question names.
    public let entities: [HuntEntity]
    /// When.
    public let range: HuntRange
    /// What is wanted of the rows.
    public let shape: HuntShape
    /// What was guessed, left out or not understood, as sentences; the range's own notes among them.
    public let notes: [String]

    /// An intent.
    public init(
        subject: String, tables: [String], qualifiers: [String] = [], entities: [HuntEntity] = [], range: HuntRange,
        shape: HuntShape = .rows, notes: [String] = []
    ) {
        self.subject = subject
        self.tables = tables
        self.qualifiers = qualifiers
        self.entities = entities
        self.range = range
        self.shape = shape
        self.notes = notes
    }

    /// One line for people: `failed sign-ins, user jdoe; OktaSystemLog; rows`. Holds the question's own texts.
    public var words: String {
        let what = qualifiers.isEmpty ? subject : "\(subject) (\(qualifiers.joined(separator: ", ")))"
        return ([what] + entities.map(\.words)).joined(separator: ", ")
            + "; \(tables.joined(separator: ", ")); \(shape.words)"
    }

    /// `{"subject","tables","qualifiers","entities","shape","notes"}`.
    public var json: JSONValue {
        [
            "subject": .string(subject), "tables": JSONValue(tables), "qualifiers": JSONValue(qualifiers),
            "entities": .array(entities.map(\.json)), "shape": .string(shape.words), "notes": JSONValue(notes),
        ]
    }
}
