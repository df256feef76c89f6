public import Diagnostics
public import JSON

/// How many tokens a server says it counted.
public struct TokenUsage: Hashable, Sendable {
    /// Tokens of the request.
    public let prompt: Int
    /// Tokens of the reply, reasoning included.
    public let completion: Int

    /// A count.
    public init(prompt: Int, completion: Int) {
        self.prompt = prompt
        self.completion = completion
    }

    /// Whether both numbers can be meant: not negative, and no more than a thousand million.
    public var isPlausible: Bool { (0...1_000_000_000).contains(prompt) && (0...1_000_000_000).contains(completion) }

    /// The count for the transcript.
    public var json: JSONValue { ["prompt": .integer(Int64(prompt)), "completion": .integer(Int64(completion))] }
}

/// What a model answered.
public struct ModelReply: Hashable, Sendable {
    /// How a reply ended.
    public enum Finish: String, Hashable, Sendable {
        /// The model had said all.
        case complete
        /// A token limit was reached.
        case length
        /// The connection ended before the model did.
        case truncated
        /// The user stopped it.
        case interrupted
        /// The server's filter, or the model itself, refused.
        case filtered
    }

    /// The visible answer.
    public var text: String
    /// What the model thought aloud; kept apart and never sent back.
    public var reasoning: String
    /// The model that the server says it used, which may be another than was asked for.
    public var model: String
    /// How the reply ended.
    public var finish: Finish
    /// What the server counted, if it told.
    public var usage: TokenUsage?
    /// The kind of output that was asked for: `json_schema`, `json_object` or `text`.
    public var mode: String

    /// A reply.
    public init(
        text: String, reasoning: String = "", model: String, finish: Finish = .complete, usage: TokenUsage? = nil,
        mode: String = "text"
    ) {
        self.text = text
        self.reasoning = reasoning
        self.model = model
        self.finish = finish
        self.usage = usage
        self.mode = mode
    }
}

extension ModelReply {
    /// The reply for the transcript.
    public var json: JSONValue {
        [
            "text": .string(text), "reasoning": .string(reasoning), "model": .string(model),
            "finish": .string(finish.rawValue), "usage": usage?.json ?? .null, "mode": .string(mode),
        ]
    }

    /// A reply as ``json`` wrote it.
    ///
    /// - Throws: A `Diagnostic` that names the member that is missing or wrong.
    public init(json: JSONValue) throws(Diagnostic) {
        func string(_ key: String) throws(Diagnostic) -> String {
            guard let string = json[key]?.string else { throw Self.damaged(key) }
            return string
        }
        guard let finish = Finish(rawValue: try string("finish")) else { throw Self.damaged("finish") }
        self.init(
            text: try string("text"), reasoning: try string("reasoning"), model: try string("model"), finish: finish,
            usage: try Self.usage(json["usage"]), mode: try string("mode"))
    }

    private static func usage(_ json: JSONValue?) throws(Diagnostic) -> TokenUsage? {
        guard let json, !json.isNull else { return nil }
        guard let prompt = json["prompt"]?.integer, let completion = json["completion"]?.integer else {
            throw damaged("usage")
        }
        return TokenUsage(prompt: Int(prompt), completion: Int(completion))
    }

    private static func damaged(_ key: String) -> Diagnostic {
        Diagnostic(
            "the recorded model reply has no usable `\(key)`", remedy: "The record was changed or is from another version")
    }
}
