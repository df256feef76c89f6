import Diagnostics
import FlyingFox
import FlyingSocks
import Foundation
import Synchronization
import Testing

import struct HTTP.CurlTransport
import struct HTTP.RetryPolicy
import struct HTTP.RetryClock

@testable import Models

/// The whole way over a real connection.
@Suite(.timeLimit(.minutes(10))) struct ChatEndpointWireTests {
    static let request = ModelRequest(purpose: "answer", messages: [ChatMessage(.user, "?")])
    static let hello = ChatEndpointTests.say("Hello")

    static func endpoint(_ url: String, timeout: Double = 600, grace: Duration = .milliseconds(100)) -> ChatEndpoint {
        ChatEndpoint(
            ChatEndpointConfiguration(baseURL: url, model: "m", apiKey: ChatEndpointTests.key, timeout: timeout),
            transport: CurlTransport(),
            retries: RetryPolicy(clock: RetryClock(sleep: { _ in }, now: { 0 })), grace: grace)
    }

    static func events(_ script: Script) -> HTTPResponse {
        HTTPResponse(
            statusCode: .ok, headers: HTTPHeaders([.contentType: "text/event-stream"]), body: HTTPBodySequence(from: script))
    }

    @Test func streamedReply() async throws {
        try await HTTPServer.serving { _ in
            Self.events(Script([Self.hello, ChatEndpointTests.end(), ChatEndpointTests.usage, ChatEndpointTests.done]))
        } _: { url in
            let reply = try await Self.endpoint(url).reply(to: Self.request)
            #expect(reply == ModelReply(text: "Hello", model: "m2", usage: TokenUsage(prompt: 5, completion: 2)))
        }
    }

    @Test func cutStreamIsTruncated() async throws {
        try await HTTPServer.serving { _ in Self.events(Script([Self.hello], then: .fail)) } _: { url in
            let reply = try await Self.endpoint(url).reply(to: Self.request)
            #expect(reply.finish == .truncated)
        }
    }

    @Test func openConnectionAfterTheEnd() async throws {
        try await HTTPServer.serving { _ in Self.events(Script([Self.hello, ChatEndpointTests.end()], then: .hold)) } _: { url in
            let reply = try await Self.endpoint(url).reply(to: Self.request)
            #expect(reply.finish == .complete)
        }
    }

    @Test func cancelInTheStream() async throws {
        try await HTTPServer.serving { _ in Self.events(Script([Self.hello], then: .hold)) } _: { url in
            let (texts, shown) = AsyncStream<String>.makeStream()
            let task = Task { try await Self.endpoint(url).reply(to: Self.request) { shown.yield($0) } }
            for await text in texts {
                #expect(text == "Hello")
                break
            }
            task.cancel()
            let error = await #expect(throws: Diagnostic.self) { try await task.value }
            #expect(error == .interrupted)
        }
    }

    @Test(arguments: [[], [hello]])
    func timeoutBoundsTheReply(pieces: [String]) async throws {
        try await HTTPServer.serving { _ in Self.events(Script(pieces, then: .hold)) } _: { url in
            let error = await #expect(throws: Diagnostic.self) {
                try await Self.endpoint(url, timeout: 0.2).reply(to: Self.request)
            }
            #expect(error?.problem == "the model server did not finish its reply within 0.2 s")
            #expect(error?.remedy == "Raise LLM_TIMEOUT, or use a smaller model")
        }
    }

    @Test func busyServerIsAskedAgain() async throws {
        let count = Mutex(0)
        try await HTTPServer.serving { _ in
            let isFirst = count.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst { return HTTPResponse(statusCode: .tooManyRequests, headers: HTTPHeaders([HTTPHeader("Retry-After"): "1"])) }
            return Self.events(Script([Self.hello, ChatEndpointTests.done]))
        } _: { url in
            let reply = try await Self.endpoint(url).reply(to: Self.request)
            #expect(reply.text == "Hello")
        }
    }

    @Test func echoedKeyIsStruck() async throws {
        try await HTTPServer.serving { request in
            let key = request.headers[HTTPHeader("Authorization")] ?? "none"
            return HTTPResponse(statusCode: .unauthorized, body: Data("bad header \(key)".utf8))
        } _: { url in
            let error = await #expect(throws: Diagnostic.self) { try await Self.endpoint(url).reply(to: Self.request) }
            #expect(error?.problem == "the model server refused the key (status 401): bad header Bearer [secret]")
        }
    }

    @Test func redirectIsNotFollowed() async throws {
        let asked = Mutex(0)
        try await HTTPServer.serving { _ in
            asked.withLock { $0 += 1 }
            return HTTPResponse(statusCode: .ok)
        } _: { other in
            try await HTTPServer.serving { _ in
                HTTPResponse(statusCode: .temporaryRedirect, headers: HTTPHeaders([.location: other + "/v1/chat/completions"]))
            } _: { url in
                let error = await #expect(throws: Diagnostic.self) { try await Self.endpoint(url).reply(to: Self.request) }
                #expect(error?.problem == "\(url) redirects to another address, at 127.0.0.1, which is not followed")
            }
        }
        #expect(asked.withLock { $0 } == 0)
    }

    @Test func unreachableServer() async {
        let error = await #expect(throws: Diagnostic.self) {
            try await Self.endpoint("http://127.0.0.1:1").reply(to: Self.request)
        }
        #expect(error?.rendered == "error: http://127.0.0.1:1 refused the connection\n  "
            + "Is the server running? `model` shows the endpoint")
    }
}

/// A body of prepared pieces, and what comes after them.
struct Script: AsyncBufferedSequence, AsyncBufferedIteratorProtocol, Sendable {
    enum End: Sendable { case finish, fail, hold }
    private var pieces: ArraySlice<String>
    private let end: End

    init(_ pieces: [String], then end: End = .finish) {
        self.pieces = pieces[...]
        self.end = end
    }

    func makeAsyncIterator() -> Script { self }

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
        if let piece = pieces.popFirst() { return Array(piece.utf8) }
        switch end {
        case .finish: return nil
        case .fail: throw CancellationError()
        case .hold:
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
    }
}

extension HTTPServer {
    /// Runs a server on a free port while `body` works with its base URL.
    static func serving(
        _ handler: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse, _ body: (String) async throws -> Void
    ) async throws {
        let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: 0), logger: .disabled, handler: ClosureHTTPHandler(handler))
        let task = Task { try await server.run() }
        defer { task.cancel() }
        try await server.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port)? = await server.listeningAddress else { return }
        try await body("http://127.0.0.1:\(port)")
    }
}
