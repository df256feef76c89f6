internal import Diagnostics
internal import JSON
internal import Models
internal import Synchronization

/// A model whose every call is kept in the transcript before its reply is used.
struct RecordingModel: LanguageModel {
    let model: BudgetedModel
    let transcript: Transcript
    let ledger: SpendingLedger

    var name: String { model.name }

    func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply {
        let (call, outcome) = await model.ask(request, onText: onText)
        let head = [JSONValue.Member("purpose", .string(request.purpose)), JSONValue.Member("request", request.json)]
        switch outcome {
        case .success(let reply):
            try await keep(head + call.members + [JSONValue.Member("reply", reply.json)])
        case .failure(let fault as Diagnostic):
            try await keep(head + call.members + [JSONValue.Member("error", fault.record)])
        case .failure: break
        }
        return try outcome.get()
    }

    private func keep(_ members: [JSONValue.Member]) async throws(Diagnostic) {
        ledger.take(.object(members))
        try await transcript.append(.modelCall, members)
    }
}

/// A model that gives the replies of a recording, in their order, command by command.
final class RecordedModel: LanguageModel {
    private let state: Mutex<(name: String, left: ArraySlice<JSONValue>)>

    /// - Parameter name: The model that the session began with.
    init(name: String) { state = Mutex((name, [])) }

    /// The model that answered last, which the user may have exchanged for the one before.
    var name: String { state.withLock { $0.name } }

    /// Goes on with the calls of one command; what another has left is not its own.
    func serve(_ calls: [JSONValue]) { state.withLock { $0.left = calls[...] } }

    func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply {
        let call = state.withLock { state -> JSONValue? in
            let call = state.left.popFirst()
            if let name = call?["model"]?.string { state.name = name }
            return call
        }
        guard let call, call["purpose"]?.string == request.purpose else {
            throw Diagnostic("the recording has no reply for this question", remedy: "The session was recorded otherwise")
        }
        if let error = call["error"] { throw Diagnostic(record: error) }
        let reply = try ModelReply(json: call["reply"] ?? .null)
        onText(reply.text)
        return reply
    }
}

extension Diagnostic {
    /// The fault as a transcript keeps it.
    var record: JSONValue {
        ["problem": .string(problem), "remedy": .string(remedy), "kind": .string(kind.rawValue)]
    }

    /// A fault that a transcript kept.
    init(record: JSONValue) {
        self.init(
            record["problem"]?.string ?? "unknown", remedy: record["remedy"]?.string ?? "Try again",
            kind: record["kind"]?.string.flatMap(Kind.init) ?? .failed)
    }
}
