internal import Connectors
internal import Diagnostics
internal import JSON
internal import Tables

/// The steps of an action that reach out of the program: of a live session to Defender and to the user, of a replay to
/// the record, so that the way between them is one and the same.
struct HostActions: Sendable {
    let address: DefenderAddress
    /// When the action was asked for.
    let at: Timestamp
    let machine: @Sendable (_ host: String) async throws -> DefenderMachine
    let confirm: @Sendable (ConfirmationQuestion) async throws -> ConfirmationAnswer
    let send: @Sendable (DefenderRequest) async throws -> DefenderOutcome
    /// Watches an action to its end.
    let follow: @Sendable (DefenderMachineAction) async throws -> DefenderMachineAction
}

/// What a `service_call` record of an action is about.
enum ActionStep: String {
    case lookUp = "look-up", confirmation, answer, end
}

// MARK: Live

extension HostActions {
    /// Over a service. What each step gave is in the transcript before the next one begins.
    init(_ defender: DefenderService, at: Timestamp, transcript: Transcript, watch: Session.Watch) {
        self.at = at
        address = defender.address
        let note = { @Sendable (step: ActionStep, members: [JSONValue.Member]) async throws in
            let head = [JSONValue.Member("service", "defender"), JSONValue.Member("step", .string(step.rawValue))]
            try await transcript.append(.serviceCall, head + members)
        }
        machine = { host in
            let machine = try await defender.machine(host)
            try await note(.lookUp, [
                JSONValue.Member("origin", .string(defender.address.origin)),
                JSONValue.Member("at", .string(at.description)), JSONValue.Member("machine", machine.json),
            ])
            return machine
        }
        confirm = { question in
            let answer = await watch.confirm(question)
            try await note(.confirmation, [
                JSONValue.Member("request", .string(question.request)), JSONValue.Member("answer", answer.json),
            ])
            return answer
        }
        send = { request in
            watch.onWait("sending")
            defer { watch.onWait(nil) }
            let outcome = try await defender.send(request)
            try await note(.answer, [JSONValue.Member("outcome", outcome.json)])
            return outcome
        }
        follow = { action in
            // The first look is some seconds away, and the request is out: that is told at once.
            watch.onNotice("sent; Defender calls it action \(action.id.visible(limit: 60))")
            let last = try await defender.follow(action, watch: watch.onAction)
            try await note(.end, [JSONValue.Member("action", last.json)])
            return last
        }
    }
}

extension DefenderOutcome {
    /// As a `service_call` record keeps it.
    var json: JSONValue {
        switch self {
        case .started(let action): ["already_running": false, "action": action.json]
        case .alreadyRunning(let action): ["already_running": true, "action": action?.json ?? .null]
        }
    }

    /// Reads ``json``; `nil` for what is none.
    init?(json: JSONValue) {
        let action = json["action"].flatMap { DefenderMachineAction($0) }
        if json["already_running"]?.bool == true {
            self = .alreadyRunning(action)
        } else if let action {
            self = .started(action)
        } else {
            return nil
        }
    }
}

// MARK: Recorded

extension HostActions {
    /// From the record of a command: each step gives what it gave, and one that gave nothing fails as the command did.
    ///
    /// - Throws: What the command failed with before its first step.
    init(recorded: Exchange) throws {
        let step = { @Sendable (step: ActionStep) throws -> JSONValue in
            guard let call = recorded.serviceCalls.first(where: { $0["step"]?.string == step.rawValue }) else {
                throw recorded.fault ?? Self.incomplete
            }
            return call
        }
        let first = try step(.lookUp)
        address = try DefenderAddress(url: first["origin"]?.string ?? "")
        at = try Self.need(first["at"]?.string.flatMap { Timestamp($0) })
        machine = { _ in try Self.need(first["machine"].flatMap { DefenderMachine($0) }) }
        confirm = { question in
            let call = try step(.confirmation)
            guard call["request"]?.string.map({ $0.utf8.elementsEqual(question.request.utf8) }) == true else {
                throw Diagnostic(
                    "another request is shown than the recorded one", remedy: "Compare both", kind: .difference)
            }
            return try Self.need(call["answer"].flatMap { ConfirmationAnswer(json: $0) })
        }
        send = { _ in try Self.need(try step(.answer)["outcome"].flatMap { DefenderOutcome(json: $0) }) }
        follow = { _ in try Self.need(try step(.end)["action"].flatMap { DefenderMachineAction($0) }) }
    }

    private static func need<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw incomplete }
        return value
    }

    private static let incomplete = Diagnostic(
        "the record of the action is not complete", remedy: "The session file was changed, or is of another version")
}
