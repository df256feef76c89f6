import Diagnostics
import JSON

/// Puts a reply together from the pieces of a stream, or from one whole body.
struct ReplyReader {
    /// Whether the server said that the reply is over.
    private(set) var isFinished = false
    /// Whether `[DONE]` came, after which nothing is to be expected.
    private(set) var isDone = false

    private let messages: EndpointMessages
    private let limit: Int
    private var splitter = ThinkSplitter()
    private var text = "", reasoning = "", refusal = "", model = ""
    private var finish: ModelReply.Finish?
    private var usage: TokenUsage?
    private var size = 0

    /// - Parameter limit: Bytes of text and reasoning together.
    init(_ messages: EndpointMessages, limit: Int) {
        self.messages = messages
        self.limit = limit
    }

    /// Whether anything of the answer has arrived.
    var hasContent: Bool { !text.isEmpty || !reasoning.isEmpty || !refusal.isEmpty }

    /// Takes one event and gives the visible text it adds.
    mutating func take(_ event: StreamEvent) throws(Diagnostic) -> String {
        let data = event.data.trimmed
        if data.isEmpty || isDone { return "" }
        if data == "[DONE]" {
            (isDone, isFinished) = (true, true)
            return ""
        }
        if event.name == "error" { throw messages.reported(Self.fault(data)) }
        if let json = try? JSONValue(parsing: data) { return try take(json) }
        guard data.contains("\n") else { throw messages.malformed("a piece that is not JSON", data) }
        var visible = ""
        for line in data.split(separator: "\n") { visible += try take(StreamEvent(data: String(line))) }
        return visible
    }

    private static func fault(_ data: String) -> ServerFault {
        guard let json = try? JSONValue(parsing: data) else { return ServerFault(message: data) }
        return ServerFault(json: json) ?? ServerFault(json: ["error": json]) ?? ServerFault(message: data)
    }

    /// Takes one chunk of a stream or a whole completion, which differ only in `delta` and `message`.
    mutating func take(_ json: JSONValue) throws(Diagnostic) -> String {
        if let fault = ServerFault(json: json) { throw messages.reported(fault) }
        guard case .object = json else { throw messages.malformed("a piece that is \(json.kind)", json.text) }
        if let name = json["model"]?.string, !name.isEmpty { model = name }
        take(usage: json["usage"])
        guard let choices = json["choices"], !choices.isNull else { return "" }
        guard let choices = choices.array else { throw wrong("choices", choices) }
        guard let choice = choices.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else { return "" }
        let visible = try take(delta: choice["delta"] ?? choice["message"])
        try take(finish: choice["finish_reason"])
        return visible
    }

    private mutating func take(usage json: JSONValue?) {
        guard let prompt = json?["prompt_tokens"]?.integer else { return }
        usage = TokenUsage(prompt: Int(prompt), completion: Int(json?["completion_tokens"]?.integer ?? 0))
    }

    private mutating func take(finish json: JSONValue?) throws(Diagnostic) {
        guard let json, !json.isNull else { return }
        guard let reason = json.string else { throw wrong("finish_reason", json) }
        finish =
            switch reason {
            case "length": .length
            case "content_filter": .filtered
            default: .complete
            }
        isFinished = true
    }

    private mutating func take(delta json: JSONValue?) throws(Diagnostic) -> String {
        guard let json, !json.isNull else { return "" }
        guard case .object = json else { throw wrong("delta", json) }
        let named = try words(json, "reasoning_content")
        let thought = named.isEmpty ? try words(json, "reasoning") : named
        let said = try words(json, "content")
        refusal += try words(json, "refusal")
        size += thought.utf8.count + said.utf8.count
        guard size + refusal.utf8.count <= limit else { throw messages.overlong(limit) }
        reasoning += thought
        return keep(splitter.consume(said))
    }

    private mutating func keep(_ output: ThinkSplitter.Output) -> String {
        text += output.visible
        reasoning += output.reasoning
        return output.visible
    }

    /// The text of a member that may be a string, an object with a text, or an array of such; empty without it.
    private func words(_ json: JSONValue, _ key: String) throws(Diagnostic) -> String {
        guard let value = json[key], !value.isNull else { return "" }
        guard let text = Self.words(value) else { throw wrong(key, value) }
        return text
    }

    private static func words(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .array(let parts): parts.compactMap(words).joined()
        case .object: ["text", "content", "summary"].lazy.compactMap { value[$0]?.string }.first
        default: nil
        }
    }

    private func wrong(_ key: String, _ value: JSONValue) -> Diagnostic {
        messages.malformed("`\(key)` as \(value.kind)", value.text)
    }

    /// Ends the reply; `onText` gets what was still held back.
    mutating func reply(mode: String, asked: String, onText: (String) -> Void) throws(Diagnostic) -> ModelReply {
        let rest = keep(splitter.finish())
        if !rest.isEmpty { onText(rest) }
        let isRefused = text.isEmpty && !refusal.isEmpty
        let finish = isRefused ? .filtered : finish ?? (isDone ? .complete : .truncated)
        if !hasContent, finish != .filtered { throw finish == .length ? messages.onlyLength : messages.nothing }
        return ModelReply(
            text: isRefused ? refusal : text, reasoning: reasoning, model: model.isEmpty ? asked : model, finish: finish,
            usage: usage, mode: mode)
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
