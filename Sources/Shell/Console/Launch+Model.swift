import Diagnostics
import HTTP
import Investigation
import Models

// The model, by the settings.
extension Launch {
    /// The model to ask; `nil` while none is configured, or nothing may be asked.
    func model() throws(Diagnostic) -> (any LanguageModel)? {
        try chatEndpoint.map { ChatEndpoint($0, transport: CurlTransport()) }
    }

    /// Where models are asked; `nil` while none is configured, or nothing may be asked.
    var chatEndpoint: ChatEndpointConfiguration? {
        get throws(Diagnostic) {
            guard !options.offline, let url = configuration["LLM_BASE_URL"] else { return nil }
            return ChatEndpointConfiguration(
                baseURL: url, model: configuration["LLM_MODEL"] ?? "gpt-oss-20b", apiKey: configuration["LLM_API_KEY"],
                maxTokens: try configuration.number("LLM_MAX_TOKENS").map { Int(min($0, 1e6)) },
                timeout: try configuration.number("LLM_TIMEOUT") ?? 120)
        }
    }

    /// What models may spend, and what the configuration and their server say of them.
    func budget() throws(Diagnostic) -> ModelBudget {
        var budget = ModelBudget()
        guard let endpoint = try chatEndpoint else {
            // Without a model a wrong number hinders nothing.
            try? budget.take(configuration)
            return budget
        }
        try budget.take(configuration)
        let named = { @Sendable (name: String) in
            var endpoint = endpoint
            endpoint.model = name
            return endpoint
        }
        budget.endpoint = Self.shortName(of: endpoint.baseURL)
        budget.replyTokens = endpoint.maxTokens
        budget.model = { ChatEndpoint(named($0), transport: CurlTransport()) }
        budget.probe = { await ContextProbe(named($0), transport: CurlTransport()).reading() }
        return budget
    }

    /// Host and port: `localhost:1234`, `api.example.com`.
    static func shortName(of url: String) -> String {
        // What is no URL may still hold a secret.
        guard let address = WebAddress(url) else { return "the configured address" }
        return String(address.origin.dropFirst(address.scheme.count + 3))
    }
}
