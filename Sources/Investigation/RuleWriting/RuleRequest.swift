internal import JSON

/// What `rule` is asked to do.
public struct RuleRequest: Hashable, Sendable {
    /// An incident, a finding or a hunt: its id, or a unique beginning of it.
    public var subject: String
    /// Whether the rule is to be put into Sentinel.
    public var deploys: Bool
    /// Whether it may be tried in a service unasked (`--yes`); putting it there is confirmed by its name all the same.
    public var isConfirmed: Bool

    /// A rule of something found.
    public init(subject: String, deploys: Bool = false, isConfirmed: Bool = false) {
        self.subject = subject
        self.deploys = deploys
        self.isConfirmed = isConfirmed
    }

    var members: [JSONValue.Member] {
        [
            JSONValue.Member("text", .string(subject)), JSONValue.Member("deploy", .bool(deploys)),
            JSONValue.Member("yes", isConfirmed ? true : .null),
        ]
    }
}
