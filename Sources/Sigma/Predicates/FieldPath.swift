internal import Events

/// A field of a LogEvent, as a path.
///
/// Names compare without case; a step goes through arrays to all their elements, and a number is one element:
/// `target.displayName`, `target.0.displayName`.
struct FieldPath: Hashable, Sendable {
    /// In lower case.
    let steps: [[UInt8]]
    /// The column that holds it, where one does.
    let field: EventField?
    /// Whether Okta's log has a field of that name, or its top at least.
    let isKnown: Bool
    /// As the rule wrote it.
    let name: String

    /// Deeper than any event: a longer path leads nowhere, cut or not.
    private static let depthLimit = 100

    /// The field that a rule's author meant; see ``FieldNames``.
    init(_ name: String) {
        let path = FieldNames.oktaPath(for: name)
        steps = path.utf8.split(separator: UInt8(ascii: ".")).prefix(Self.depthLimit).map(LetterCase.folded)
        field = Self.fields[steps]
        isKnown = steps.first.map(FieldNames.isTopLevel) ?? false
        self.name = name
    }

    static func == (left: FieldPath, right: FieldPath) -> Bool { left.steps == right.steps }

    func hash(into hasher: inout Hasher) { hasher.combine(steps) }

    private static let fields = Dictionary(
        uniqueKeysWithValues: EventField.allCases.map { field in
            (field.rawValue.utf8.split(separator: UInt8(ascii: ".")).map { LetterCase.folded($0) }, field)
        })
}

extension [UInt8] {
    /// The place in an array that a step names.
    var arrayIndex: Int? {
        guard !isEmpty, count <= 9, allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else { return nil }
        return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
