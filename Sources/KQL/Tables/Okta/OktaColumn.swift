internal import Events

/// A column of a table of Okta events: its name and type, and the field of the System Log that it shows.
struct OktaColumn: Sendable {
    let schema: ColumnSchema
    let source: Source

    enum Source: Sendable {
        /// `published`.
        case time
        /// `uuid`, or the id that stands for it.
        case id
        /// A field that the events have a column for; a text may be put into other words.
        case field(EventField, words: (@Sendable (String) -> String)? = nil)
        case number(NumberField)
        /// What stands at a path of the raw event.
        case raw([String])
        /// The same for all events.
        case constant(Scalar)
    }

    init(_ name: String, _ type: ScalarType, _ source: Source) {
        schema = ColumnSchema(name, type)
        self.source = source
    }

    /// A column that shows the field at a path of the System Log.
    init(_ name: String, _ type: ScalarType, path: String) {
        let source: Source =
            switch path {
            case "published": .time
            case "uuid": .id
            default:
                EventField(rawValue: path).map { .field($0) } ?? NumberField(rawValue: path).map { .number($0) }
                    ?? .raw(path.split(separator: ".").map(String.init))
            }
        self.init(name, type, source)
    }
}
