internal import JSON

/// What `detect` runs, and what it keeps quiet about.
public struct DetectRequest: Hashable, Sendable {
    /// Ids of detectors, ids or names of rules; empty for all.
    public var only: [String]
    /// Files, folders and patterns of the user's own rules.
    public var rules: [String]
    /// Whether the built-in detectors and rules run.
    public var usesBuiltIn: Bool
    /// A file of suppressions that count besides those of the data folder.
    public var suppressions: String?

    public init(only: [String] = [], rules: [String] = [], usesBuiltIn: Bool = true, suppressions: String? = nil) {
        self.only = only
        self.rules = rules
        self.usesBuiltIn = usesBuiltIn
        self.suppressions = suppressions
    }
}

extension DetectRequest {
    /// As a `command` record keeps it.
    var members: [JSONValue.Member] {
        [
            JSONValue.Member("only", JSONValue(only)),
            JSONValue.Member("rules", rules.isEmpty ? .null : JSONValue(rules)),
            JSONValue.Member("builtin", usesBuiltIn ? .null : false),
            JSONValue.Member("suppressions", JSONValue(suppressions)),
        ]
    }

    init(json: JSONValue) {
        self.init(
            only: json["only"]?.strings ?? [], rules: json["rules"]?.strings ?? [],
            usesBuiltIn: json["builtin"]?.bool ?? true, suppressions: json["suppressions"]?.string)
    }
}
