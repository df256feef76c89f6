public import Diagnostics
import Synchronization

/// A model that gives prepared replies in order and keeps what it was asked: for tests and for replay.
///
/// ```swift
/// let model = ScriptedModel([.text(#"{"route":"score"}"#), .failure(.interrupted)])
/// _ = try await model.reply(to: request)
/// model.requests  // [request]
/// ```
public final class ScriptedModel: LanguageModel {
    /// One prepared turn.
    public enum Turn: Sendable, ExpressibleByStringLiteral {
        /// A complete reply of this text.
        case text(String)
        /// A reply in full.
        case reply(ModelReply)
        /// No reply, but this.
        case failure(Diagnostic)

        public init(stringLiteral text: String) { self = .text(text) }
    }

    public let name: String
    private let state: Mutex<State>

    private struct State {
        var turns: ArraySlice<Turn>
        var requests: [ModelRequest] = []
    }

    /// A model that answers with these turns, then fails.
    public init(name: String = "scripted", _ turns: [Turn] = []) {
        self.name = name
        state = Mutex(State(turns: turns[...]))
    }

    /// What was asked so far, oldest first.
    public var requests: [ModelRequest] { state.withLock { $0.requests } }

    /// How many turns are left.
    public var remaining: Int { state.withLock { $0.turns.count } }

    /// Adds a turn after the others.
    public func append(_ turn: Turn) { state.withLock { $0.turns.append(turn) } }

    public func reply(
        to request: ModelRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws -> ModelReply {
        let turn = state.withLock { state in
            state.requests.append(request)
            return state.turns.popFirst()
        }
        if Task.isCancelled { throw Diagnostic.interrupted }
        switch turn {
        case .text(let text): return spoken(ModelReply(text: text, model: name), onText)
        case .reply(let reply): return spoken(reply, onText)
        case .failure(let diagnostic): throw diagnostic
        case nil:
            throw Diagnostic(
                "the script of `\(name)` has no further reply", remedy: "Record a reply for every request",
                kind: .unavailable)
        }
    }

    private func spoken(_ reply: ModelReply, _ onText: (String) -> Void) -> ModelReply {
        if !reply.text.isEmpty { onText(reply.text) }
        return reply
    }
}
