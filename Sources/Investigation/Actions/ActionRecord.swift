public import Connectors
internal import Diagnostics
internal import Digests
public import JSON
public import Tables

/// One action on a host: what was asked, shown, confirmed and answered. One line of `actions.jsonl`.
public struct ActionRecord: Hashable, Sendable {
    /// How far it came.
    public enum Status: Hashable, Sendable {
        /// Nothing was sent: the target was not typed.
        case notConfirmed
        /// The look-up failed, or the request did; ``ActionRecord/problem`` says whether it may have had its effect.
        case failed
        /// It is being sent. A record that ends so is of a program that died meanwhile.
        case sending
        /// Defender was doing something else to the machine, and started nothing.
        case alreadyRunning
        /// Defender took it, and this is what it last said of it.
        case taken(DefenderMachineAction.Status)

        /// As records have it: `not_confirmed`, `failed`, `sending`, `already_running`, or Defender's own word.
        public var name: String {
            switch self {
            case .notConfirmed: "not_confirmed"
            case .failed: "failed"
            case .sending: "sending"
            case .alreadyRunning: "already_running"
            case .taken(let status): status.name
            }
        }
    }

    /// A version-5 UUID of the session, the command, the host and the time.
    public let id: String
    /// What was asked for.
    public let request: ActionRequest
    /// Why, as Defender is told; may hold text from the log.
    public let reason: String
    /// When it was asked for, by the wall clock.
    public let at: Timestamp
    /// What the look-up found.
    public internal(set) var machine: DefenderMachine?
    /// The request as it was shown: `{"method","url","headers":{…},"body"}`, without secrets.
    public internal(set) var shown: JSONValue?
    /// What was answered to the question for the target.
    public internal(set) var confirmation: ConfirmationAnswer?
    /// The action as Defender last told it; one that ran already, where nothing new was started.
    public internal(set) var action: DefenderMachineAction?
    /// Whether ``action`` ran before it was asked for.
    public internal(set) var wasRunning = false
    /// How far it came.
    public internal(set) var status = Status.failed
    /// What went wrong, in words.
    public internal(set) var problem: String?

    init(_ request: ActionRequest, reason: String, at: Timestamp, session: String) {
        self.request = request
        self.reason = reason
        self.at = at
        id = NameUUID.of(["action", session, request.action.command, request.host, at.description])
    }

    /// Whether Defender did what was asked for.
    public var isDone: Bool { status == .taken(.succeeded) }

    /// The record as `actions.jsonl` has it.
    public var json: JSONValue {
        [
            "id": .string(id), "target": JSONValue(machine?.target),
            "asked": .object([JSONValue.Member("command", .string(request.action.command))] + request.members),
            "reason": .string(reason), "machine": machine?.json ?? .null, "shown": shown ?? .null,
            "confirmed": confirmation.map(confirmed) ?? .null,
            "answered": action.map { ["already_running": .bool(wasRunning), "action": $0.json] } ?? .null,
            "status": .string(status.name), "problem": JSONValue(problem), "at": .string(at.description),
        ]
    }

    private func confirmed(_ answer: ConfirmationAnswer) -> JSONValue {
        answer.json.setting("accepted", to: .bool(machine.map { answer.names($0.target) } ?? false))
    }
}
