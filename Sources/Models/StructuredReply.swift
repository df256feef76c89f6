public import Diagnostics
public import JSON

/// A reply that was decoded into a value, with what it was decoded from.
public struct StructuredReply<Value: Sendable>: Sendable {
    /// The decoded value.
    public let value: Value
    /// The JSON it was decoded from.
    public let raw: JSONValue
    /// The text the JSON was found in.
    public let text: String
    /// The name of the model that was asked.
    public let source: String
    /// Whether the first reply was unusable and this is the second.
    public let repaired: Bool
    /// The reply in full.
    public let reply: ModelReply

    /// A decoded reply.
    public init(value: Value, raw: JSONValue, source: String, repaired: Bool, reply: ModelReply) {
        self.value = value
        self.raw = raw
        self.text = reply.text
        self.source = source
        self.repaired = repaired
        self.reply = reply
    }
}

extension LanguageModel {
    /// Asks for JSON and decodes it; when that fails, asks once more and says what was wrong.
    ///
    /// - Parameter repairPrompt: Makes the second request's message from the fault.
    /// - Parameter decode: Makes the value, or throws what is wrong with the JSON.
    /// - Throws: A `Diagnostic` of kind `.unavailable` that says why neither reply could be used; whatever
    ///   ``reply(to:onText:)`` throws.
    public func structured<Value: Sendable>(
        _ request: ModelRequest, repairPrompt: @Sendable (String) -> String,
        decode: @Sendable (JSONValue) throws(Diagnostic) -> Value
    ) async throws -> StructuredReply<Value> {
        let first = try await reply(to: request)
        let fault: Diagnostic
        do { return try decoded(first, repaired: false, decode) } catch { fault = error }
        if first.finish == .filtered { throw fault }
        let second = try await reply(to: request.repairing(first, with: repairPrompt(fault.problem)))
        do {
            return try decoded(second, repaired: true, decode)
        } catch {
            throw Diagnostic(
                "\(name) gave no usable reply for `\(request.purpose)`, also when asked again: \(error.problem)",
                remedy: "Try again, or another model", kind: .unavailable)
        }
    }

    private func decoded<Value: Sendable>(
        _ reply: ModelReply, repaired: Bool, _ decode: (JSONValue) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> StructuredReply<Value> {
        let raw = try reply.structuredJSON
        return StructuredReply(value: try decode(raw), raw: raw, source: name, repaired: repaired, reply: reply)
    }
}

extension ModelReply {
    /// The JSON of a reply that ended well.
    fileprivate var structuredJSON: JSONValue {
        get throws(Diagnostic) {
            switch finish {
            case .complete: break
            case .length: throw Self.unusable("the reply was cut at its length limit", "Raise LLM_MAX_TOKENS")
            case .truncated: throw Self.unusable("the reply was cut short by the server", "Try again")
            case .interrupted: throw .interrupted
            case .filtered:
                throw Self.unusable("the model refused: \(text.visible(limit: 200))", "Ask in other words, or use another model")
            }
            // Some servers put constrained output where the reasoning belongs.
            return try ReplyJSON.salvage(text.isEmpty ? reasoning : text)
        }
    }

    private static func unusable(_ problem: String, _ remedy: String) -> Diagnostic {
        Diagnostic(problem, remedy: remedy, kind: .unavailable)
    }
}

extension ModelRequest {
    /// How much of a faulty reply is shown to the model again, in characters.
    private static let echoLimit = 8_000

    /// This request with the faulty reply and what is wrong with it.
    fileprivate func repairing(_ reply: ModelReply, with prompt: String) -> ModelRequest {
        var request = self
        if !reply.text.isEmpty {
            request.messages.append(ChatMessage(.assistant, String(reply.text.prefix(Self.echoLimit))))
        }
        request.messages.append(ChatMessage(.user, prompt))
        return request
    }
}
