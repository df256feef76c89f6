internal import JSON

/// What `detect` runs, and what it keeps quiet about.
public struct DetectRequest: Hashable, Sendable {
    /// Detectors' ids; all of them when none is named.
    public var only: [String]
    /// A file of suppressions that count besides those of the data folder.
    public var suppressions: String?

    /// All detectors, unless some are named.
    public init(only: [String] = [], suppressions: String? = nil) {
        self.only = only
        self.suppressions = suppressions
    }
}

extension DetectRequest {
    /// The members of a `command` record.
    var members: [JSONValue.Member] {
        [JSONValue.Member("only", JSONValue(only)), JSONValue.Member("suppressions", JSONValue(suppressions))]
    }

    /// Reads the members of a `command` record; what is not there was not asked for.
    init(json: JSONValue) {
        self.init(only: json["only"]?.strings ?? [], suppressions: json["suppressions"]?.string)
    }
}
