import Diagnostics
import HTTP
import JSON
import Models
import Testing

/// How an endpoint learns what a server does not take.
@Suite struct LadderTests {
    static let schema = ReplySchema(name: "route", schema: ["type": "object"])
    static let good = Turn.stream(ChatEndpointTests.say("{}"), ChatEndpointTests.end())

    static func no(_ message: String, status: Int = 400) -> Turn {
        .body(JSONValue.object([.init("error", ["message": .string(message)])]).text, status: status)
    }

    static func endpoint(_ transport: TurnTransport, base: String = "http://127.0.0.1:1") -> ChatEndpoint {
        ChatEndpoint(
            ChatEndpointConfiguration(baseURL: base, model: "m", apiKey: "key-1", maxTokens: 7), transport: transport,
            retries: RetryPolicy(attempts: 1))
    }

    static let request = ModelRequest(purpose: "route", messages: [ChatMessage(.user, "?")], schema: schema)

    @Test(arguments: [
        ([good], ["json_schema"]),
        ([no("'response_format.type' must be 'json_object'"), good], ["json_schema", "json_object"]),
        ([no("response_format"), no("json_object is not supported"), good], ["json_schema", "json_object", "-"]),
        ([no("response_format", status: 422), good], ["json_schema", "json_object"]),
        ([no("[{'loc': ('body', 'response_format')}]", status: 500), good], ["json_schema", "json_object"]),
    ])
    func climbsDown(turns: [Turn], formats: [String]) async throws {
        let transport = TurnTransport(turns + [Self.good])
        let endpoint = Self.endpoint(transport)
        let mode = formats.last == "-" ? "text" : formats.last
        #expect(try await endpoint.reply(to: Self.request).mode == mode)
        #expect(transport.sent("response_format.type") == formats)
        // And remembers it.
        #expect(try await endpoint.reply(to: Self.request).mode == mode)
        #expect(transport.sent("response_format.type").suffix(1) == formats.suffix(1))
    }

    @Test(arguments: [
        (no("response_format", status: 401), "the model server refused the key (status 401): response_format"),
        (no("bad request"), "the model server rejected the request (status 400): bad request"),
        (no("broke", status: 500), "the model server failed (status 500): broke"),
    ])
    func staysForOtherFaults(turn: Turn, problem: String) async {
        let error = await #expect(throws: Diagnostic.self) {
            try await Self.endpoint(TurnTransport([turn])).reply(to: Self.request)
        }
        #expect(error?.problem == problem)
    }

    @Test(arguments: [
        ("http://127.0.0.1:1", [good], ["7 -"]),
        ("http://127.0.0.1:1", [no("Unsupported parameter: 'max_tokens'"), good], ["7 -", "- 7"]),
        ("https://api.openai.com/v1", [good], ["- 7"]),
        ("https://api.openai.com/v1", [no("max_completion_tokens: extra_forbidden"), good], ["- 7", "7 -"]),
    ])
    func tokenLimitIsFlipped(base: String, turns: [Turn], limits: [String]) async throws {
        let transport = TurnTransport(turns)
        _ = try await Self.endpoint(transport, base: base).reply(to: Self.request)
        #expect(zip(transport.sent("max_tokens"), transport.sent("max_completion_tokens")).map { "\($0) \($1)" } == limits)
    }

    @Test func tokenLimitIsFlippedOnce() async {
        let transport = TurnTransport([Self.no("max_tokens"), Self.no("max_completion_tokens")])
        let error = await #expect(throws: Diagnostic.self) { try await Self.endpoint(transport).reply(to: Self.request) }
        #expect(error?.problem == "the model server rejected the request (status 400): max_completion_tokens")
    }

    @Test func usageIsNotAskedForWhereItIsRefused() async throws {
        let transport = TurnTransport([Self.no("unknown field stream_options"), Self.good])
        _ = try await Self.endpoint(transport).reply(to: Self.request)
        #expect(transport.sent("stream_options.include_usage") == ["true", "-"])
    }

    @Test func requestOnTheWire() async throws {
        let transport = TurnTransport([Self.good])
        _ = try await Self.endpoint(transport).reply(to: Self.request)
        let request = try #require(transport.requests.first)
        #expect(request.url == "http://127.0.0.1:1/v1/chat/completions")
        #expect(request.headers.map { "\($0.name): \($0.value)" } == [
            "Content-Type: application/json", "Accept: text/event-stream, application/json", "Authorization: Bearer key-1",
        ])
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"model":"m","messages":[{"role":"user","content":"?"}],"stream":true,"#
                + #""stream_options":{"include_usage":true},"max_tokens":7,"response_format":{"type":"json_schema","#
                + #""json_schema":{"name":"route","strict":true,"schema":{"type":"object"}}}}"#)
        #expect(request.secrets == ["key-1"])
    }
}
