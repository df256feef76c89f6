/// Where a model is served and how it is asked.
///
/// ```swift
/// let configuration = ChatEndpointConfiguration(baseURL: "http://localhost:1234/v1", model: "gpt-oss-20b")
/// ```
public struct ChatEndpointConfiguration: Hashable, Sendable {
    /// The base URL, such as `http://localhost:1234/v1`; `/v1` may be left out, `/chat/completions` may be there.
    public var baseURL: String
    /// The name the server knows the model by.
    public var model: String
    /// The key, or `nil` for a server that needs none.
    public var apiKey: String?
    /// The most tokens a reply may have, where the request names no number.
    public var maxTokens: Int?
    /// In seconds, from the request to the last byte of the reply, further attempts included.
    public var timeout: Double

    /// A configuration; nothing is checked before the first request.
    public init(
        baseURL: String, model: String, apiKey: String? = nil, maxTokens: Int? = nil, timeout: Double = 120
    ) {
        self.baseURL = baseURL
        self.model = model
        self.apiKey = apiKey
        self.maxTokens = maxTokens
        self.timeout = timeout
    }

    /// The URL that requests are posted to.
    public var completionsURL: String {
        let parts = baseURL.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = parts.count > 1 ? "?" + parts[1] : ""
        var base = parts.first.map(String.init) ?? ""
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix("/chat/completions") { return base + query }
        let hasPath = base.firstRange(of: "://").map { base[$0.upperBound...].contains("/") } ?? true
        return base + (hasPath ? "" : "/v1") + "/chat/completions" + query
    }

    /// The header with the key, as the service wants it; none without a key.
    var keyHeaders: [(name: String, value: String)] {
        guard let apiKey, !apiKey.isEmpty else { return [] }
        return baseURL.contains(".azure.com") ? [("api-key", apiKey)] : [("Authorization", "Bearer \(apiKey)")]
    }
}
