import Diagnostics
import HTTP
import JSON
import Models
import Testing

/// What the configuration says of models, and what a server says of their context.
struct ModelProfileTests {
    private func read(_ text: String) throws -> (ModelProfile, [String]) {
        let (profile, problems) = ModelProfile.read("m", try JSONValue(parsing: text))
        return (profile, problems.map(\.problem))
    }

    @Test("Everything that a model may have") func whole() throws {
        let (profile, problems) = try read(
            #"{"context":131072,"input_price":0.1,"output_price":0.4,"currency":"USD","#
                + #""tokens_per_minute":200000,"requests_per_minute":60}"#)
        #expect(problems.isEmpty)
        #expect(profile == ModelProfile(
            name: "m", context: 131_072, tariff: ModelTariff(input: 0.1, output: 0.4, currency: "USD"),
            tokensPerMinute: 200_000, requestsPerMinute: 60))
    }

    @Test("Every field may be missing", arguments: [
        ("{}", ModelProfile(name: "m")), (#"{"context":null}"#, ModelProfile(name: "m")),
        (#"{"context":8192}"#, ModelProfile(name: "m", context: 8_192)),
        (#"{"input_price":0,"output_price":0}"#,
         ModelProfile(name: "m", tariff: ModelTariff(input: 0, output: 0, currency: nil))),
    ])
    func parts(text: String, expected: ModelProfile) throws {
        let (profile, problems) = try read(text)
        #expect(profile == expected && problems.isEmpty)
    }

    @Test("What is wrong is told and left out, and the rest counts", arguments: [
        (#"{"context":"8k","tokens_per_minute":9}"#, "`context` is not a whole number above 0"),
        (#"{"context":0,"tokens_per_minute":9}"#, "`context` is not a whole number above 0"),
        (#"{"context":9223372036854775807,"tokens_per_minute":9}"#, "`context` is not a whole number above 0"),
        (#"{"requests_per_minute":1.5,"tokens_per_minute":9}"#, "`requests_per_minute` is not a whole number above 0"),
        (#"{"input_price":-1,"tokens_per_minute":9}"#, "`input_price` is not a price for a million tokens"),
        (#"{"input_price":0.1,"tokens_per_minute":9}"#, "one of its two prices is missing, so no cost is shown"),
        (#"{"contxt":9,"tokens_per_minute":9}"#, "`contxt` is nothing that a model has"),
    ])
    func faults(text: String, problem: String) throws {
        let (profile, problems) = try read(text)
        #expect(profile == ModelProfile(name: "m", tokensPerMinute: 9))
        #expect(problems == ["model `m`: " + problem])
    }

    @Test("A currency that is none is left out, a model that is no object is nothing")
    func odd() throws {
        let (profile, problems) = try read(#"{"input_price":1,"output_price":2,"currency":"\u001b[31m"}"#)
        #expect(profile.tariff == ModelTariff(input: 1, output: 2, currency: nil))
        #expect(problems == ["model `m`: `currency` is not a short text"])
        #expect(try read("[1]").1 == ["model `m`: it is not an object in `models`"])
    }

    @Test("A cost is the tokens by the million") func cost() {
        let tariff = ModelTariff(input: 0.1, output: 0.4, currency: "USD")
        #expect(tariff.cost(input: 1_000_000, output: 500_000) == ModelCost(amount: 0.3, currency: "USD"))
        #expect(tariff.cost(input: -1, output: -1).amount == 0)
    }
}

/// Where each kind of server says how long a context is.
struct ContextProbeTests {
    private static let none = Turn.body("{}", status: 404)

    private func reading(
        _ turns: [Turn], base: String = "http://127.0.0.1:1/v1", model: String = "m1"
    ) async -> (ContextReading?, [String]) {
        let transport = TurnTransport(turns)
        let configuration = ChatEndpointConfiguration(baseURL: base, model: model, apiKey: "key")
        let reading = await ContextProbe(configuration, transport: transport).reading()
        #expect(transport.requests.allSatisfy { $0.method == "GET" && $0.limits.total <= .seconds(2) })
        #expect(transport.requests.allSatisfy { $0.headers.contains { $0.value == "Bearer key" } })
        return (reading, transport.requests.map(\.url))
    }

    @Test("vLLM, gateways, llama.cpp, LM Studio and Ollama each have a page for it", arguments: [
        ([.body(#"{"data":[{"id":"m","max_model_len":1},{"id":"m1","max_model_len":8192}]}"#)], 8_192, "/v1/models"),
        ([.body(#"{"data":[{"id":"m1","context_length":131072}]}"#)], 131_072, "/v1/models"),
        ([.body(#"{"data":[{"id":"m1","meta":{"n_ctx":2048,"n_ctx_train":9}}]}"#)], 2_048, "/v1/models"),
        ([none, .body(#"{"data":[{"id":"m1","state":"loaded","max_context_length":9,"loaded_context_length":4096}]}"#)],
         4_096, "/api/v0/models"),
        ([none, none, .body(#"{"default_generation_settings":{"n_ctx":2048}}"#)], 2_048, "/props"),
        ([none, none, none, .body(#"{"models":[{"name":"m1","context_length":4096}]}"#)], 4_096, "/api/ps"),
        ([none, none, none, .body(#"{"models":[{"name":"m1:latest","context_length":4096}]}"#)], 4_096, "/api/ps"),
    ] as [([Turn], Int, String)])
    func said(turns: [Turn], tokens: Int, page: String) async {
        let (reading, urls) = await reading(turns)
        #expect(reading == ContextReading(tokens: tokens, origin: "the server's \(page)"))
        #expect(urls.last == "http://127.0.0.1:1\(page)" && urls.count == turns.count)
    }

    @Test("What cannot be meant is not known", arguments: [
        #"{"data":[{"id":"m1","max_model_len":"8192"}]}"#,
        #"{"data":[{"id":"m1","max_model_len":9223372036854775807}]}"#,
        #"{"data":[{"id":"m1","max_model_len":-1,"context_length":0}]}"#, #"{"data":{"id":"m1"}}"#, "[]", "null", "",
        "<html>", #"{"data":[{"id":"M1","max_model_len":5}]}"#, String(repeating: "[", count: 100_000),
    ])
    func hostile(body: String) async {
        let (reading, urls) = await reading([.body(body), .body(body), .body(body), .body(body)])
        #expect(reading == nil && urls.count == 4)
    }

    @Test("A server that cannot be reached is asked no more")
    func unreachable() async {
        let (reading, urls) = await reading([.failure(ChatEndpointTests.cut), .body("{}")])
        #expect(reading == nil && urls == ["http://127.0.0.1:1/v1/models"])
    }

    @Test("All is asked below the configured address", arguments: [
        ("http://localhost:1234", ["http://localhost:1234/v1/models", "http://localhost:1234/api/v0/models"]),
        ("https://gw.example/team/v1/chat/completions",
         ["https://gw.example/team/v1/models", "https://gw.example/team/api/v0/models"]),
        ("https://gw.example/api/v1/", ["https://gw.example/api/v1/models", "https://gw.example/api/api/v0/models"]),
        ("https://x.example/deployments/d?api-version=1", []),
    ])
    func addresses(base: String, expected: [String]) async {
        let (_, urls) = await reading([Self.none, Self.none, Self.none, Self.none], base: base)
        #expect(Array(urls.prefix(2)) == expected)
    }
}
