internal import Connectors
public import JSON

/// What became of a rule that was to be deployed.
public struct RuleDeployment: Hashable, Sendable {
    /// How it ended.
    public enum Status: String, Sendable {
        /// There is a new rule in Sentinel.
        case created
        /// A rule of Sentinel was replaced by this one.
        case updated
        /// It was not confirmed; nothing was sent.
        case cancelled
        /// It could not be deployed, and is kept in the data folder.
        case saved
        /// It was stopped on its way: it may be in Sentinel.
        case interrupted
    }

    public let status: Status
    /// The request that was shown, method and address in the first line; `nil` where there was nothing to ask.
    public let request: String?
    /// Why it was not deployed, and what helps.
    public let reason: String?
    /// Where it was saved.
    public let paths: [String]

    /// `{"status","request","reason","paths"}`.
    public var json: JSONValue {
        [
            "status": .string(status.rawValue), "request": JSONValue(request), "reason": JSONValue(reason),
            "paths": JSONValue(paths),
        ]
    }

    init(_ status: Status, request: String? = nil, reason: String? = nil, paths: [String] = []) {
        self.status = status
        self.request = request
        self.reason = reason
        self.paths = paths
    }

    /// Reads what ``json`` wrote; `nil` for something else.
    init?(json: JSONValue?) {
        guard let json, let status = json["status"]?.string.flatMap(Status.init) else { return nil }
        self.init(
            status, request: json["request"]?.string, reason: json["reason"]?.string,
            paths: json["paths"]?.strings ?? [])
    }
}

/// What `rule` gave.
public struct RuleOutcome: Sendable {
    /// The incident's, finding's or hunt's id.
    public let subject: String
    public let written: WrittenRule
    public let dryRun: RuleDryRun
    /// `nil` where it was only written.
    public let deployment: RuleDeployment?

    /// The record of `rules.jsonl`: what was asked, the rule, what it would have done, what was shown, confirmed and
    /// answered.
    public var json: JSONValue {
        [
            "id": .string(written.id), "subject": .string(subject), "deploy": .bool(deployment != nil),
            "display_name": .string(written.title), "rule": written.rule.body(), "sigma": JSONValue(written.sigma),
            "notes": JSONValue(written.notes), "dry_run": dryRun.json,
            "confirmed": deployment.flatMap { $0.request == nil ? nil : .bool($0.status != .cancelled) } ?? .null,
            "deployment": deployment?.json ?? .null,
        ]
    }
}
