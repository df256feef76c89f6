/// What a rule asks of one event.
indirect enum Predicate: Hashable, Sendable {
    case all([Predicate])
    case any([Predicate])
    case not(Predicate)
    case field(FieldTest)
    /// Whether the event's text holds this; see ``EventText``.
    case keyword(TextTests)
}

/// What a rule asks of the values at a path.
struct FieldTest: Hashable, Sendable {
    let path: FieldPath
    let condition: ValueCondition
}

/// What the values at a path must be like. A path may lead to several values, since it goes through arrays.
///
/// Every value has a text: a string its own, numbers and booleans their JSON, an object its compact JSON. Null and an
/// empty array are no values, but the path exists.
enum ValueCondition: Hashable, Sendable {
    /// One value's text passes.
    case text(TextTests)
    /// There is no value: the path does not exist, or holds null alone.
    case isNull
    /// The path exists, if only with null.
    case exists
    /// There is a value that is neither an empty text nor an empty object.
    case isPresent
    /// A value here stands so to a value at another path.
    case reference(FieldReference)
}

/// How two fields of one event must stand to each other.
struct FieldReference: Hashable, Sendable {
    let path: FieldPath
    /// Whether there may be more text before and after the other field's.
    let isOpenBefore: Bool
    let isOpenAfter: Bool
    let isCased: Bool
}

extension Predicate {
    /// All of these; one alone stands for itself.
    static func every(_ predicates: [Predicate]) -> Predicate {
        predicates.count == 1 ? predicates[0] : .all(predicates)
    }

    /// At least one of these; one alone stands for itself.
    static func some(_ predicates: [Predicate]) -> Predicate {
        predicates.count == 1 ? predicates[0] : .any(predicates)
    }

    /// How many statements it is made of.
    var size: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.size }
        case .not(let part): part.size + 1
        case .field, .keyword: 1
        }
    }

    /// Every path it reads.
    var paths: [FieldPath] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.paths)
        case .not(let part): part.paths
        case .field(let test): [test.path] + test.condition.otherPaths
        case .keyword: []
        }
    }
}

extension ValueCondition {
    /// The paths beside the field's own.
    var otherPaths: [FieldPath] { if case .reference(let reference) = self { [reference.path] } else { [] } }
}
