public import JSON
public import Tables

/// An action as Defender keeps it in its Action center (Microsoft Learn, "MachineAction resource type").
///
/// Texts are the API's own and not made safe to show.
public struct DefenderMachineAction: Hashable, Sendable {
    /// How far an action is.
    public enum Status: Hashable, Sendable {
        case pending, inProgress, succeeded, failed, timedOut, cancelled
        /// What this program does not know; taken as not ended.
        case other(String)

        /// Whether it changes no more.
        public var isFinal: Bool {
            switch self {
            case .succeeded, .failed, .timedOut, .cancelled: true
            case .pending, .inProgress, .other: false
            }
        }

        /// The API's own word: `Pending`, `InProgress`, `Succeeded`, `Failed`, `TimeOut`, `Cancelled`.
        public var name: String {
            switch self {
            case .pending: "Pending"
            case .inProgress: "InProgress"
            case .succeeded: "Succeeded"
            case .failed: "Failed"
            case .timedOut: "TimeOut"
            case .cancelled: "Cancelled"
            case .other(let name): name
            }
        }

        /// Reads the API's word in capitals or not.
        init(_ name: String) {
            let known: [Status] = [.pending, .inProgress, .succeeded, .failed, .timedOut, .cancelled]
            self = known.first { $0.name.lowercased() == name.lowercased() } ?? .other(name)
        }
    }

    /// The action's identity, a GUID.
    public let id: String
    /// `Isolate`, `Unisolate`, `RunAntiVirusScan`, …
    public let type: String
    /// `Full`, `Selective` or `Quick`; `nil` where the type has none.
    public let scope: String?
    /// How far it is.
    public let status: Status
    /// Who asked for it.
    public let requestor: String?
    /// Why.
    public let requestorComment: String?
    /// The machine's ``DefenderMachine/id``.
    public let machineID: String
    /// When it was asked for.
    public let created: Timestamp?
    /// When its status changed last.
    public let updated: Timestamp?

    /// Reads the answer to an action, or ``json``; `nil` without an id that may stand in an address, a status and a
    /// machine.
    public init?(_ json: JSONValue) {
        guard let id = json["id"]?.string, id.isPlainIdentifier, let status = json["status"]?.string,
            let machineID = json["machineId"]?.string
        else { return nil }
        self.id = id
        type = json["type"]?.string ?? ""
        scope = json["scope"]?.string
        self.status = Status(status)
        requestor = json["requestor"]?.string
        requestorComment = json["requestorComment"]?.string
        self.machineID = machineID
        created = json["creationDateTimeUtc"]?.string.flatMap { Timestamp($0) }
        // The documentation's examples have the first name, its table the second.
        updated = (json["lastUpdateTimeUtc"] ?? json["lastUpdateDateTimeUtc"])?.string.flatMap { Timestamp($0) }
    }

    /// The record of the action in `actions.jsonl` and in results.
    public var json: JSONValue {
        [
            "id": .string(id), "type": .string(type), "scope": JSONValue(scope), "status": .string(status.name),
            "requestor": JSONValue(requestor), "requestorComment": JSONValue(requestorComment),
            "machineId": .string(machineID), "creationDateTimeUtc": JSONValue(created?.description),
            "lastUpdateDateTimeUtc": JSONValue(updated?.description),
        ]
    }
}
