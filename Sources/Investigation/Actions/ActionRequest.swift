public import Connectors
internal import Diagnostics
internal import JSON

/// What `isolate`, `release` and `scan` ask for.
public struct ActionRequest: Hashable, Sendable {
    /// What is to be done, and how much of it.
    public var action: DefenderAction
    /// The machine as the user names it: a name, in full or without its domain, or an id.
    public var host: String
    /// Why; `nil` takes the title of the worst incident that is not closed, or else the session's name.
    public var reason: String?

    /// A request; the host is looked up when it is performed.
    public init(_ action: DefenderAction, host: String, reason: String? = nil) {
        self.action = action
        self.host = host
        self.reason = reason
    }
}

extension ActionRequest {
    /// The members of a `command` record.
    var members: [JSONValue.Member] {
        [
            JSONValue.Member("host", .string(host)), JSONValue.Member("scope", JSONValue(action.scope)),
            JSONValue.Member("reason", JSONValue(reason)),
        ]
    }

    /// Reads the members of a `command` record.
    init(command: String, json: JSONValue) throws(Diagnostic) {
        guard let host = json["host"]?.string,
            let action = DefenderAction(command: command, scope: json["scope"]?.string)
        else {
            throw Diagnostic(
                "a command record lacks its host, or what was to be done to it",
                remedy: "The session file was changed, or is of another version")
        }
        self.init(action, host: host, reason: json["reason"]?.string)
    }
}

extension DefenderAction {
    /// The command that asks for it.
    public var command: String {
        switch self {
        case .isolate: "isolate"
        case .release: "release"
        case .scan: "scan"
        }
    }

    /// `Full`, `Selective` or `Quick`; `nil` for a release.
    public var scope: String? {
        switch self {
        case .isolate(let isolation): isolation.rawValue
        case .release: nil
        case .scan(let scan): scan.rawValue
        }
    }

    /// The action of a command; `nil` for another command, or a scope that it does not have.
    init?(command: String, scope: String?) {
        switch command {
        case "isolate":
            guard let isolation = scope.flatMap(Isolation.init) else { return nil }
            self = .isolate(isolation)
        case "release": self = .release
        case "scan":
            guard let scan = scope.flatMap(Scan.init) else { return nil }
            self = .scan(scan)
        default: return nil
        }
    }
}
