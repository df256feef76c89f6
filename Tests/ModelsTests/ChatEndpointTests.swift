import Diagnostics
import HTTP
import JSON
import Models
import Synchronization
import Testing

/// What servers send, and what becomes of it.
@Suite(.timeLimit(.minutes(10))) struct ChatEndpointTests {
    static let key = "sk-0123456789abcdef"
    static let cut = Diagnostic("cut", remedy: "r", kind: .unavailable)

    /// A chunk of a stream whose first choice is `choice`.
    static func chunk(_ choice: String) -> String { "data: {\"model\":\"m2\",\"choices\":[\(choice)]}\n\n" }
    static func say(_ text: String) -> String { chunk("{\"delta\":{\"content\":\"\(text)\"}}") }
    static func end(_ reason: String = "stop") -> String { chunk("{\"delta\":{},\"finish_reason\":\"\(reason)\"}") }
    static let done = "data: [DONE]\n\n"
    static let usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\n"

    static func ask(_ transport: TurnTransport, retries: RetryPolicy = RetryPolicy(attempts: 1)) async -> String {
        let shown = Mutex("")
        let endpoint = ChatEndpoint(
            ChatEndpointConfiguration(baseURL: "http://127.0.0.1:1/v1", model: "m1", apiKey: key), transport: transport,
            retries: retries)
        do {
            let request = ModelRequest(purpose: "answer", messages: [ChatMessage(.user, "?")])
            let reply = try await endpoint.reply(to: request) { piece in shown.withLock { $0 += piece } }
            let usage = reply.usage.map { " \($0.prompt)+\($0.completion)" } ?? ""
            #expect(shown.withLock { $0 } == reply.text || reply.finish == .filtered)
            return "\(reply.finish) \(reply.model)\(usage): \(reply.text)" + (reply.reasoning.isEmpty ? "" : " (\(reply.reasoning))")
        } catch {
            return (error as? Diagnostic)?.problem ?? "\(error)"
        }
    }

    static let replyTable: [(Turn, String)] = [
        (Turn.stream(say("Hel"), say("lo"), end(), usage, done), "complete m2 5+2: Hello"),
        (.stream(say("Hel") + say("lo") + end() + done), "complete m2: Hello"),
        (.stream(say("Hello") + usage + end()), "complete m2 5+2: Hello"),
        (.stream(say("Hello") + done), "complete m2: Hello"),
        (.stream(say("Hello") + end("length")), "length m2: Hello"),
        (.stream(say("Hello"), end("content_filter")), "filtered m2: Hello"),
        (.stream(end("content_filter")), "filtered m2: "),
        (.stream(chunk(#"{"delta":{"refusal":"I won't"}}"#), end()), "filtered m2: I won't"),
        // Cut streams keep what came and say so.
        (.stream(say("Hel")), "truncated m2: Hel"),
        (.stream(say("Hel"), "data: {\"choi"), "truncated m2: Hel"),
        (.stream(say("Hel"), cut: cut), "truncated m2: Hel"),
        (.stream(say("Hello"), end(), cut: cut), "complete m2: Hello"),
        (.stream(cut: cut), "cut"),
        // Reasoning stays apart.
        (.stream(chunk(#"{"delta":{"reasoning_content":"hm"}}"#), say("Hello"), end()), "complete m2: Hello (hm)"),
        (.stream(chunk(#"{"delta":{"reasoning":"hm","content":null}}"#), say("Hello"), end()), "complete m2: Hello (hm)"),
        (.stream(chunk(#"{"delta":{"reasoning":{"text":"hm"}}}"#), say("Hello"), end()), "complete m2: Hello (hm)"),
        (.stream(say("<thi"), say("nk>hm</th"), say("ink>Hello"), end()), "complete m2: Hello (hm)"),
        // Chunks without what they should have.
        (.stream("data: {\"choices\":null}\n\n", "data: {}\n\n", chunk("{}"), chunk(#"{"delta":null}"#), say("x"), end()), "complete m2: x"),
        (.stream(chunk(#"{"index":1,"delta":{"content":"other"}}"#), say("x"), end()), "complete m2: x"),
        (.stream(": OPENROUTER PROCESSING\n\n", say("x"), end()), "complete m2: x"),
        (.stream("data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"), "complete m1: x"),
        // Whole bodies.
        (.body(#"{"model":"m3","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#), "complete m3: Hi"),
        (.body(#"{"choices":[{"message":{"content":"<think>a</think>b"},"finish_reason":"stop"}]}"#), "complete m1: b (a)"),
        (.body(#"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#, type: "text/event-stream"), "complete m1: Hi"),
    ]

    @Test(arguments: replyTable)
    func replies(turn: Turn, reply: String) async { #expect(await Self.ask(TurnTransport([turn])) == reply) }

    static let nothing = "the model server answered with nothing"
    static let tooLong = "the request is longer than the model's context"

    static let failureTable: [(Turn, String)] = [
        (Turn.body(""), nothing),
        (.body("", type: "text/event-stream"), nothing),
        (.body("{}"), nothing),
        (.stream(done), nothing),
        (.stream(end()), nothing),
        (.stream(": only a comment\n\n"), nothing),
        (.stream(end("length")), "the model server reached its length limit before the answer began"),
        (.body("<!doctype html><p>hi", type: "text/html"), "the model server answered with a web page"),
        (.body("\n<html>", type: "application/json"), "the model server answered with a web page"),
        (.body("<html>", type: ""), "the model server answered with a web page"),
        (.body("{oops"), "the model server sent a reply that is not JSON: {oops"),
        (.body("[1]"), "the model server sent a piece that is an array: [1]"),
        (.stream("data: {oops\n\n"), "the model server sent a piece that is not JSON: {oops"),
        (.stream("data: Number of choices must be 1\n\n"), "the model server sent a piece that is not JSON: Number of choices must be 1"),
        (.stream(say("a"), "data: \u{1B}[2J\n\n", end()), #"the model server sent a piece that is not JSON: \u{1B}[2J"#),
        (.stream("data: {\"choices\":\"none\"}\n\n"), #"the model server sent `choices` as a string: "none""#),
        (.stream(chunk(#"{"delta":5}"#)), "the model server sent `delta` as a number: 5"),
        (.stream(chunk(#"{"delta":{"content":5}}"#)), "the model server sent `content` as a number: 5"),
        (.stream(chunk(#"{"delta":{},"finish_reason":{}}"#)), "the model server sent `finish_reason` as an object: {}"),
        // Errors sent with status 200.
        (.body(#"{"error":{"message":"no model"}}"#), "the model server reported an error: no model"),
        (.body(#"{"error":"no model"}"#), "the model server reported an error: no model"),
        (.stream(say("a"), "data: {\"error\":{\"message\":\"broke\"}}\n\n"), "the model server reported an error: broke"),
        (.stream("data: {\"error\":\"broke\"}\n\n"), "the model server reported an error: broke"),
        (.stream("event: error\ndata: {\"message\":\"broke\"}\n\n"), "the model server reported an error: broke"),
        (.stream("error: {\"code\":500,\"message\":\"broke\"}\n\n", done), "the model server reported an error: broke"),
        (.body(#"{"error":{"message":"broke"}}"#, type: "text/event-stream"), "the model server reported an error: broke"),
        (.stream("data: {\"error\":{\"message\":\"Context length exceeded\"}}\n\n"), tooLong + ": Context length exceeded"),
        // Other statuses.
        (.body(#"{"error":{"message":"bad key \#(key)"}}"#, status: 401), "the model server refused the key (status 401): bad key [secret]"),
        (.body("no", status: 404), "the model server knows no such address or model (status 404): no"),
        (.body("<h1>oops", status: 500), "the model server failed (status 500)"),
        (.body(#"{"detail":"oops"}"#, status: 500), "the model server failed (status 500): oops"),
        (.body("", status: 400), "the model server rejected the request (status 400)"),
        (.body(#"{"error":{"message":"wait"}}"#, status: 429), "the model server has too many requests (status 429): wait"),
        (.body(#"{"error":{"message":"pay","code":"insufficient_quota"}}"#, status: 429),
            "the model server says the quota is used up (status 429): pay"),
        (.body(#"{"error":{"message":"n","type":"exceed_context_size_error"}}"#, status: 400), tooLong + ": n"),
        (.body(#"{"error":{"message":"This model's maximum context length is 4096 tokens","code":400}}"#, status: 400),
            tooLong + ": This model's maximum context length is 4096 tokens"),
    ]

    @Test(arguments: failureTable)
    func failures(turn: Turn, problem: String) async { #expect(await Self.ask(TurnTransport([turn])) == problem) }

    @Test func aReplyWithoutEndIsStopped() async {
        let piece = Self.say(String(repeating: "x", count: 1 << 20))
        let reply = await Self.ask(TurnTransport([.stream(piece, piece, piece, piece, piece)]))
        #expect(reply == "the model server sent a reply of more than 4194304 bytes")
    }

    @Test func manyChunksTakeLinearTime() async {
        let pieces = [String](repeating: Self.say("word "), count: 100_000) + [Self.end()]
        let turn = Turn.answer(status: 200, type: "text/event-stream", pieces: pieces, failure: nil)
        #expect(await Self.ask(TurnTransport([turn])).utf8.count == "complete m2: ".utf8.count + 500_000)
    }

    @Test func triesAgainAfterRetryAfter() async {
        let transport = TurnTransport([.body("busy", status: 429), .stream(Self.say("Hi"), Self.end())])
        let retries = RetryPolicy(clock: RetryClock(sleep: { _ in }, now: { 0 }))
        #expect(await Self.ask(transport, retries: retries) == "complete m2: Hi")
    }

    @Test func theKeyIsStruckFromTheReply() async {
        let transport = TurnTransport([.body(#"{"choices":[{"message":{"content":"\#(Self.key)"}, "finish_reason":"content_filter"}]}"#)])
        #expect(await Self.ask(transport) == "filtered m1: [secret]")
    }

    @Test(arguments: [
        ("http://localhost:1234/v1", "http://localhost:1234/v1/chat/completions"),
        ("http://localhost:1234/v1/", "http://localhost:1234/v1/chat/completions"),
        ("http://localhost:1234", "http://localhost:1234/v1/chat/completions"),
        ("http://localhost:1234/", "http://localhost:1234/v1/chat/completions"),
        ("http://localhost:1234/v1/chat/completions", "http://localhost:1234/v1/chat/completions"),
        ("https://x.example/api/v1", "https://x.example/api/v1/chat/completions"),
        ("https://x.openai.azure.com/openai/deployments/d?api-version=1",
            "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1"),
        ("", "/chat/completions"),
    ])
    func address(base: String, url: String) {
        #expect(ChatEndpointConfiguration(baseURL: base, model: "m").completionsURL == url)
    }
}
