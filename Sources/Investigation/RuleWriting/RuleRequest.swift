internal import JSON

/// What `rule` is asked to do.
public struct RuleRequest: Hashable, Sendable {
    /// An incident or a finding: its id, or a unique beginning of it.
    public var subject: String
    /// Whether the rule is to be put into Sentinel.
    public var deploys: Bool

    /// A rule of something found.
    public init(subject: String, deploys: Bool = false) {
        self.subject = subject
        self.deploys = deploys
    }

    var members: [JSONValue.Member] {
        [JSONValue.Member("text", .string(subject)), JSONValue.Member("deploy", .bool(deploys))]
    }
}
