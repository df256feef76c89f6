public import Detection
internal import Events
internal import JSON
public import Pipeline
public import Tables

/// One actor's or address's story, as `entity` tells it.
public struct EntityStory: Sendable {
    /// What is counted apart, in the order in which it is told. The raw value is the key in JSON.
    public enum Aspect: String, CaseIterable, Sendable {
        case places, addresses, accounts, networks, devices, userAgents = "user_agents"
        case operatingSystems = "operating_systems", factors, applications, sessions, eventTypes = "event_types"
        /// What others did to an account: event types, with who did it.
        case doneByOthers = "done_by_others"
    }

    /// An account or an address.
    public let subject: StorySubject
    /// How many events it is the actor, or the source, of.
    public let events: Int
    public let first: Timestamp?
    public let last: Timestamp?
    /// Its events over the whole time that is loaded; `nil` where no event has a time.
    public let activity: TimeSeries?
    public let signIns: SignInTally
    /// What its events have; aspects without any value are left out.
    public let facets: [(aspect: Aspect, facet: Facet)]
    /// The findings that it or its events belong to.
    public let findings: [DetectionFinding]
    public let incidents: [SecurityIncident]
    /// Whether the detectors have seen all the events.
    public let isDetected: Bool
}

extension EntityStory {
    var json: JSONValue {
        let facets = facets.map { JSONValue.Member($0.aspect.rawValue, $0.facet.json) }
        return .object(
            subject.members + [
                JSONValue.Member("events", .integer(Int64(events))),
                JSONValue.Member("first", JSONValue(first?.description)),
                JSONValue.Member("last", JSONValue(last?.description)),
                JSONValue.Member("activity", activity?.json ?? .null),
                JSONValue.Member("sign_ins", signIns.json),
            ] + facets + [
                JSONValue.Member("findings", .array(findings.map(\.brief))),
                JSONValue.Member("incidents", .array(incidents.map(\.brief))),
            ])
    }
}

extension StorySubject {
    /// What an entity is, for JSON.
    fileprivate var members: [JSONValue.Member] {
        switch self {
        case .account(let account):
            [
                JSONValue.Member("kind", "account"), JSONValue.Member("id", .string(account.key)),
                JSONValue.Member("login", JSONValue(account.login)),
                JSONValue.Member("display_name", JSONValue(account.displayName)),
                JSONValue.Member("type", JSONValue(account.type)),
            ]
        case .address(let address): [JSONValue.Member("kind", "address"), JSONValue.Member("id", .string(address))]
        case .finding(let finding): [JSONValue.Member("kind", "finding"), JSONValue.Member("id", .string(finding.id))]
        case .incident(let incident):
            [JSONValue.Member("kind", "incident"), JSONValue.Member("id", .string(incident.id))]
        }
    }
}

extension SignInTally {
    fileprivate var json: JSONValue {
        [
            "succeeded": .integer(Int64(succeeded)), "failed": .integer(Int64(failed)),
            "last_success": JSONValue(lastSuccess?.description), "last_failure": JSONValue(lastFailure?.description),
        ]
    }
}

extension DetectionFinding {
    fileprivate var brief: JSONValue {
        [
            "id": .string(id), "finding_type": .string(findingType), "severity": .string(severity.rawValue),
            "created_at": JSONValue(createdAt?.description), "description": .string(description),
        ]
    }
}

extension SecurityIncident {
    fileprivate var brief: JSONValue {
        [
            "id": .string(id), "severity": .string(severity.rawValue), "status": .string(status.rawValue),
            "created_at": JSONValue(createdAt?.description), "title": .string(title),
        ]
    }
}
