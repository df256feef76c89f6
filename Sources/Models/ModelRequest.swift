public import JSON

/// One message of a conversation with a model.
public struct ChatMessage: Hashable, Sendable {
    /// Who speaks.
    public enum Role: String, Hashable, Sendable {
        case system, user, assistant
    }

    /// Who speaks.
    public let role: Role
    /// What is said, as plain text.
    public let content: String

    /// A message.
    public init(_ role: Role, _ content: String) {
        self.role = role
        self.content = content
    }

    var json: JSONValue { ["role": .string(role.rawValue), "content": .string(content)] }
}

/// The JSON Schema that a structured reply shall follow.
public struct ReplySchema: Hashable, Sendable {
    /// Letters, digits, `_` and `-`.
    public let name: String
    /// In the subset that strict servers take: every property required, no additional ones.
    public let schema: JSONValue

    /// A named schema.
    public init(name: String, schema: JSONValue) {
        self.name = name
        self.schema = schema
    }
}

/// What a model is asked.
public struct ModelRequest: Hashable, Sendable {
    /// What the reply is for: `route`, `score`, `plan`, `answer`, `hunt` or `hunt_analysis`.
    public var purpose: String
    /// The conversation so far, oldest first.
    public var messages: [ChatMessage]
    /// The shape of the reply, or `nil` for free text.
    public var schema: ReplySchema?
    /// The most tokens the reply may have; `nil` leaves it to the endpoint's configuration.
    public var maxTokens: Int?

    /// A request.
    public init(purpose: String, messages: [ChatMessage], schema: ReplySchema? = nil, maxTokens: Int? = nil) {
        self.purpose = purpose
        self.messages = messages
        self.schema = schema
        self.maxTokens = maxTokens
    }

    /// The request for the transcript; it never holds a key.
    public var json: JSONValue {
        [
            "purpose": .string(purpose),
            "messages": .array(messages.map(\.json)),
            "schema": schema.map { ["name": .string($0.name), "schema": $0.schema] } ?? .null,
            "max_tokens": maxTokens.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}
