/// A set of types: what a parameter takes.
struct ScalarTypes: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ type: ScalarType) { rawValue = 1 << UInt16(ScalarType.allCases.firstIndex(of: type) ?? 0) }

    static let bool = ScalarTypes(.bool), datetime = ScalarTypes(.datetime), timespan = ScalarTypes(.timespan)
    static let string = ScalarTypes(.string), guid = ScalarTypes(.guid), dynamic = ScalarTypes(.dynamic)
    static let int = ScalarTypes(.int), long = ScalarTypes(.long), real = ScalarTypes(.real)
    static let decimal = ScalarTypes(.decimal)
    static let integer: ScalarTypes = [.int, .long]
    static let number: ScalarTypes = [.int, .long, .real, .decimal]
    static let any = ScalarTypes(rawValue: .max)

    func contains(_ type: ScalarType) -> Bool { contains(ScalarTypes(type)) }

    /// What a message calls these types: `a string`, `a number`.
    var description: String {
        switch self {
        case .string: "a string"
        case .number, [.number, .timespan]: "a number"
        case .integer: "an integer"
        case .any: "a scalar"
        default:
            ScalarType.allCases.filter { contains($0) }.map(\.rawValue).joined(separator: " or ")
        }
    }
}
