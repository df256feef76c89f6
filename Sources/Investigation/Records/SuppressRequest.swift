public import Detection
public import Diagnostics
internal import Events
internal import JSON
public import Tables

/// What `suppress` is to do.
public struct SuppressRequest: Hashable, Sendable {
    /// Make one, list them, take one back, or show what one would hide.
    public enum Action: String, CaseIterable, Sendable { case add, list, remove, test }

    /// What is done.
    public var action: Action
    /// For ``Action/add`` and ``Action/test`` a finding whose rule and actor make the scope, where no scope is given; for
    /// ``Action/remove`` and ``Action/test`` a suppression. Ids in full or in part.
    public var id: String?
    /// What it covers.
    public var scope: SuppressionScope?
    /// Who answers for it.
    public var owner: String?
    /// Why it is harmless.
    public var reason: String?
    /// Where it was decided.
    public var ticket: String?
    /// When it runs out, as the user writes it; see ``expiry(at:)``.
    public var expires: String?

    /// A request; which parts an action needs is the caller's to check.
    public init(
        _ action: Action, id: String? = nil, scope: SuppressionScope? = nil, owner: String? = nil, reason: String? = nil,
        ticket: String? = nil, expires: String? = nil
    ) {
        (self.action, self.id, self.scope) = (action, id, scope)
        (self.owner, self.reason, self.ticket, self.expires) = (owner, reason, ticket, expires)
    }
}

extension SuppressRequest {
    /// How long a suppression lasts of which nobody says it, in days.
    public static let daysByDefault = 90.0

    /// The end that ``expires`` means: an instant, or `30d` from now on; `nil` for `never`; 90 days where nothing is said.
    ///
    /// Unlike other times of the command line, one without a date counts forward: an end lies ahead.
    ///
    /// - Throws: When it is not a time, or not a later one than `now`.
    public func expiry(at now: Timestamp) throws(Diagnostic) -> Timestamp? {
        guard let expires else { return now.advanced(bySeconds: Self.daysByDefault * 86_400) }
        guard let expression = try Self.expression(expires) else { return nil }
        let end = switch expression {
        case .instant(let instant): instant
        case .back(let seconds): now.advanced(bySeconds: seconds)
        }
        guard end > now else {
            throw Diagnostic(
                "the suppression would have run out already at \(end.spaced); it is \(now.spaced)",
                remedy: "Give a later time, such as --expires 30d", kind: .usage)
        }
        return end
    }

    /// Reads an end without a clock, to check it early; `nil` is `never`.
    @discardableResult
    static func expression(_ text: String) throws(Diagnostic) -> TimeExpression? {
        text == "never" ? nil : try TimeExpression(text)
    }

    /// Checks an end that the user gave.
    public static func check(expires text: String) throws(Diagnostic) { try expression(text) }
}

extension SuppressRequest {
    /// The members of a `command` record.
    var members: [JSONValue.Member] {
        [JSONValue.Member("action", .string(action.rawValue)), JSONValue.Member("id", JSONValue(id))]
            + (scope?.members ?? [])
            + [
                JSONValue.Member("owner", JSONValue(owner)), JSONValue.Member("reason", JSONValue(reason)),
                JSONValue.Member("ticket", JSONValue(ticket)), JSONValue.Member("expires", JSONValue(expires)),
            ]
    }

    /// Reads the members of a `command` record.
    init(json: JSONValue) throws(Diagnostic) {
        guard let action = json["action"]?.string.flatMap(Action.init) else {
            throw Diagnostic(
                "a command record lacks what `suppress` did",
                remedy: "The session file was changed, or is of another version")
        }
        let names = ["rule", "actor", "ip", "asn", "app"]
        let hasScope = names.contains { json[$0].map { !$0.isNull } ?? false }
        self.init(
            action, id: json["id"]?.string, scope: hasScope ? try SuppressionScope(json: json) : nil,
            owner: json["owner"]?.string, reason: json["reason"]?.string, ticket: json["ticket"]?.string,
            expires: json["expires"]?.string)
    }
}
