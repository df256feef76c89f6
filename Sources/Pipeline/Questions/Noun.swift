internal import Events

/// What a question counts or lists.
enum Noun: CaseIterable {
    case logins, actors, addresses, countries, cities, eventTypes, outcomes, reasons, userAgents, sessions, findings,
        incidents, plans, commands, events

    /// The words for it, in lower case.
    var words: Set<String> {
        switch self {
        case .events: ["event", "events"]
        case .logins: ["login", "logins", "signin", "signins", "sign-in", "sign-ins", "logon", "logons", "log-ins"]
        case .actors: ["actor", "actors", "user", "users", "account", "accounts", "people", "identity", "identities"]
        case .addresses: ["ip", "ips", "address", "addresses"]
        case .countries: ["country", "countries"]
        case .cities: ["city", "cities", "town", "towns"]
        case .eventTypes: ["event-types", "eventtype", "eventtypes"]
        case .outcomes: ["outcome", "outcomes", "result", "results"]
        case .reasons: ["outcome-reasons"]
        case .userAgents: ["agent", "agents", "user-agent", "user-agents", "browser", "browsers", "device", "devices"]
        case .sessions: ["session", "sessions"]
        case .findings: ["finding", "findings", "detection", "detections", "alert", "alerts"]
        case .incidents: ["incident", "incidents"]
        case .plans: ["plan", "plans"]
        case .commands: ["command", "commands"]
        }
    }

    /// The plural, for answers.
    var plural: String {
        switch self {
        case .events: "events"
        case .logins: "logins"
        case .actors: "actors"
        case .addresses: "addresses"
        case .countries: "countries"
        case .cities: "cities"
        case .eventTypes: "event types"
        case .outcomes: "outcomes"
        case .reasons: "reasons"
        case .userAgents: "user agents"
        case .sessions: "sessions"
        case .findings: "findings"
        case .incidents: "incidents"
        case .plans: "plans"
        case .commands: "commands"
        }
    }

    var singular: String {
        switch self {
        case .addresses: "address"
        case .countries: "country"
        case .cities: "city"
        default: String(plural.dropLast())
        }
    }

    /// `1 event`, `2 events`.
    func counted(_ count: Int) -> String { "\(count) \(count == 1 ? singular : plural)" }

    /// The word in a model's evidence.
    var field: String { singular.replacing(" ", with: "_") }

    /// The column it is a value of; `nil` for what is no value of an event.
    var column: EventField? {
        switch self {
        case .addresses: .ipAddress
        case .countries: .country
        case .cities: .city
        case .eventTypes: .eventType
        case .outcomes: .outcomeResult
        case .reasons: .outcomeReason
        case .userAgents: .userAgent
        case .sessions: .externalSessionID
        default: nil
        }
    }

    /// Whether events have values of it.
    var isFacet: Bool { self == .actors || column != nil }

    /// The nearest command for what cannot be answered in words.
    var command: String {
        switch self {
        case .findings: "show findings"
        case .incidents: "show incidents"
        case .plans: "show plans"
        case .commands: "show commands"
        default: "show events"
        }
    }
}
