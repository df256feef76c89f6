internal import Diagnostics
internal import JSON
internal import Models
internal import Synchronization

/// A model whose every call is kept in the transcript before its reply is used.
struct RecordingModel: LanguageModel {
    let model: any LanguageModel
    let transcript: Transcript

    var name: String { model.name }

    func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply {
        let head = [JSONValue.Member("purpose", .string(request.purpose)), JSONValue.Member("request", request.json)]
        do {
            let reply = try await model.reply(to: request, onText: onText)
            try await transcript.append(.modelCall, head + [JSONValue.Member("reply", reply.json)])
            return reply
        } catch let fault as Diagnostic {
            try await transcript.append(.modelCall, head + [JSONValue.Member("error", fault.record)])
            throw fault
        }
    }
}

/// A model that gives the replies of a recording, in their order.
final class RecordedModel: LanguageModel {
    let name: String
    private let replies: Mutex<[JSONValue]>

    init(name: String, calls: [JSONValue]) {
        self.name = name
        replies = Mutex(calls.reversed())
    }

    func reply(to request: ModelRequest, onText: @escaping @Sendable (String) -> Void) async throws -> ModelReply {
        guard let call = replies.withLock({ $0.popLast() }), call["purpose"]?.string == request.purpose else {
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
