import Diagnostics
public import HTTP
import JSON

/// How long a model's context is, and who says so.
public struct ContextReading: Hashable, Sendable {
    /// Tokens of request and reply together.
    public let tokens: Int
    /// Such as `config.json` or `the server's /v1/models`.
    public let origin: String

    /// A reading.
    public init(tokens: Int, origin: String) {
        self.tokens = tokens
        self.origin = origin
    }
}

/// Asks a server how long the context of its model is, where servers of its kind tell.
///
/// At most four short requests below the configured address, none after one that could not be sent. Whatever goes
/// wrong means that nothing is known.
public struct ContextProbe: Sendable {
    private let configuration: ChatEndpointConfiguration
    private let transport: any HTTPTransport

    /// A probe; nothing is sent before it is used.
    public init(_ configuration: ChatEndpointConfiguration, transport: any HTTPTransport) {
        self.configuration = configuration
        self.transport = transport
    }

    /// For each of the four requests, two seconds at most; a large list of models is 4 MB.
    private static let limits = HTTPLimits(
        connect: .seconds(2), firstByte: .seconds(2), idle: .seconds(2), total: .seconds(2), maxBody: 4 << 20)

    /// What the server says; `nil` where it says nothing that can be meant.
    public func reading() async -> ContextReading? {
        for source in Source.allCases {
            if Task.isCancelled { return nil }
            guard let url = url(of: source) else { continue }
            let request = HTTPRequest(
                url: url, headers: [("Accept", "application/json")] + configuration.keyHeaders, limits: Self.limits,
                secrets: [configuration.apiKey].compactMap { $0 })
            // Who cannot be reached once is not asked again for the same.
            guard let answer = try? await transport.response(to: request) else { return nil }
            guard answer.head.status == 200, let json = try? JSONValue(parsing: answer.body) else { continue }
            if let tokens = source.tokens(json, configuration.model) {
                return ContextReading(tokens: tokens, origin: "the server's \(source.rawValue)")
            }
        }
        return nil
    }

    /// Beside the chat API, below the same address: the native ones lie where `/v1` begins.
    private func url(of source: Source) -> String? {
        let chat = "/chat/completions", base = configuration.completionsURL
        guard base.hasSuffix(chat) else { return nil }
        let root = base.dropLast(chat.count)
        if source == .models { return root + "/models" }
        return (root.hasSuffix("/v1") ? root.dropLast(3) : root) + source.rawValue
    }
}

/// A page on which servers of one kind say it.
private enum Source: String, CaseIterable {
    /// vLLM has `max_model_len`, OpenRouter and other gateways `context_length`, llama.cpp `meta.n_ctx`.
    case models = "/v1/models"
    /// LM Studio: what the model was loaded with, which is less than `max_context_length`.
    case lmStudio = "/api/v0/models"
    /// llama.cpp: the context of one slot.
    case llamaServer = "/props"
    /// Ollama: of the models that are loaded.
    case ollama = "/api/ps"

    func tokens(_ json: JSONValue, _ model: String) -> Int? {
        let found: [JSONValue?] =
            switch self {
            case .models:
                entries(json["data"], "id", model).flatMap {
                    [$0["max_model_len"], $0["context_length"], $0[path: "meta.n_ctx"]]
                }
            case .lmStudio: entries(json["data"], "id", model).map { $0["loaded_context_length"] }
            case .llamaServer: [json[path: "default_generation_settings.n_ctx"]]
            // A name without a tag stands for the latest.
            case .ollama:
                (entries(json["models"], "name", model) + entries(json["models"], "name", model + ":latest"))
                    .map { $0["context_length"] }
            }
        let numbers = found.lazy.compactMap { $0?.integer }
        return numbers.first { (1...ModelProfile.largestCount).contains($0) }.map { Int($0) }
    }

    private func entries(_ list: JSONValue?, _ key: String, _ model: String) -> [JSONValue] {
        (list?.array ?? []).filter { $0[key] == .string(model) }
    }
}
