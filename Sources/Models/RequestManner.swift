import HTTP
import JSON

/// How one server wants to be asked for one model: learned from its refusals, and remembered.
struct RequestManner: Hashable {
    /// The rungs of the ladder, most exact first.
    enum Output: String, CaseIterable {
        case schema = "json_schema"
        case object = "json_object"
        case text
    }

    var output = Output.schema
    /// `max_tokens`, or `max_completion_tokens` for servers of the newer kind.
    var usesCompletionTokens: Bool
    var asksForUsage = true
    private var hasFlippedTokens = false

    init(baseURL: String) {
        usesCompletionTokens = baseURL.contains("openai.com") || baseURL.contains(".azure.com")
    }

    /// The manner in which a request is really sent: without a schema there is nothing to climb down from.
    func output(for request: ModelRequest) -> Output { request.schema == nil ? .text : output }

    /// Changes what the server refuses; `nil` when the refusal is about something else.
    func adapted(to fault: ServerFault, status: Int, _ request: ModelRequest) -> RequestManner? {
        guard [400, 422, 500].contains(status), !fault.isContextOverflow || fault.mentions("max_completion_tokens") else {
            return nil
        }
        var manner = self
        if fault.mentions("response_format", "json_schema", "json_object"), output(for: request) != .text {
            manner.output = output == .schema ? .object : .text
        } else if fault.mentions("max_tokens", "max_completion_tokens"), !hasFlippedTokens {
            manner.usesCompletionTokens.toggle()
            manner.hasFlippedTokens = true
        } else if fault.mentions("stream_options"), asksForUsage {
            manner.asksForUsage = false
        } else {
            return nil
        }
        return manner
    }

    /// The body to send.
    func body(_ request: ModelRequest, _ configuration: ChatEndpointConfiguration) -> JSONValue {
        var body: JSONValue = [
            "model": .string(configuration.model), "messages": .array(request.messages.map(\.json)), "stream": true,
        ]
        if asksForUsage { body = body.setting("stream_options", to: ["include_usage": true]) }
        if let limit = request.maxTokens ?? configuration.maxTokens {
            let key = usesCompletionTokens ? "max_completion_tokens" : "max_tokens"
            body = body.setting(key, to: .integer(Int64(limit)))
        }
        guard let schema = request.schema else { return body }
        switch output {
        case .schema:
            let named: JSONValue = ["name": .string(schema.name), "strict": true, "schema": schema.schema]
            return body.setting("response_format", to: ["type": "json_schema", "json_schema": named])
        case .object: return body.setting("response_format", to: ["type": "json_object"])
        case .text: return body
        }
    }
}
