/// The types of Kusto's columns and values.
enum ScalarType: String, CaseIterable, Sendable {
    case bool, int, long, real, decimal, datetime, timespan, guid, string, dynamic

    /// Other spellings that Kusto's grammar knows (`extendedParameterType` in Kql.g4).
    private static let aliases: [String: ScalarType] = [
        "boolean": .bool, "int8": .int, "int16": .int, "int32": .int, "uint8": .int, "uint16": .int, "uint": .long,
        "uint32": .long, "int64": .long, "ulong": .long, "uint64": .long, "double": .real, "float": .real,
        "date": .datetime, "time": .timespan, "uuid": .guid, "uniqueid": .guid,
    ]

    /// The type that a query names, in any of its spellings; letters count as they are.
    init?(written name: String) {
        guard let type = ScalarType(rawValue: name) ?? Self.aliases[name] else { return nil }
        self = type
    }
}
