internal import Diagnostics

/// The scalar functions of KQL, by name. To add one, add it to its family's file; to add a family, name it here.
enum ScalarFunctions {
    static let all: [ScalarFunction] = [
        conversions, conditions, strings, slices, replacements, patterns, parsing, paths, formats, encodings, hashes,
        math, bits, dates, dateParts, arrays, sets, bags, addresses, addressesV6, addressRanges, series, seriesFits,
        periods, transforms, geography, units, domains, distributions, documents, sketches, digests,
    ].flatMap { $0 }

    private static let byName: [String: ScalarFunction] = all.reduce(into: [:]) { table, function in
        for name in [function.name] + function.aliases { table[name] = function }
    }

    /// The function of a name, which is compared as it is: Kusto's functions are in small letters.
    static func named(_ name: String) -> ScalarFunction? { byName[name] }

    /// The names, for suggestions and completion; older spellings are not among them.
    static var names: [String] { all.map(\.name) }

    /// What to say of a name that ``named(_:)`` does not know: a refusal that names the reason, or that there is none.
    static func fault(ofUnknown name: String) -> FunctionFault {
        if let fault = RefusedFunctions.fault(of: name) { return fault }
        let near = (names + Aggregations.names).nearest(to: name.lowercased())
        return FunctionFault("SEM0260", "Unknown function: '\(name)'", suggestion: near.map { "Did you mean '\($0)'?" })
    }
}
